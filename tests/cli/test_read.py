import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shanhai.cli import main
from shanhai.ledger.models import Entry, Fact, Pairing, Rebuild, Receipt, Source, Statement

MAIN = [sys.executable, "-c", "from shanhai.cli import main; main()"]


def report(folder: Path, name: str, firms: int) -> Path:
    path = folder / name
    path.write_text(f"2023年工作简报\n2023年，青山县引进企业{firms}家，带动就业{firms * 9}人。\n", "utf-8")
    return path


def read(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, arguments)])


@pytest.mark.django_db
def test_a_folder_is_read_and_told_file_by_file(tmp_path: Path) -> None:
    report(tmp_path, "one.txt", 12)
    (tmp_path / "two.pdf").write_bytes(b"%PDF-1.7 broken")

    done = read(tmp_path, "--by", "青山办", "--origin", "邮箱")

    assert done.exit_code == 1
    assert f"{tmp_path}/one.txt: 读出 2 个数  read 2 claims" in done.stdout
    assert f"shanhai: {tmp_path}/two.pdf: " in done.stderr
    assert "新读 1 份，已有 0 份，无法读取 1 份；新增 2 个数" in done.stdout
    assert Statement.objects.count() == 2
    assert Fact.objects.count() == 2
    assert {(r.origin, r.by) for r in Receipt.objects.all()} == {("邮箱", "cli:青山办")}
    refused = Source.objects.get(name="two.pdf")
    assert refused.fault


@pytest.mark.django_db
def test_the_same_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    report(tmp_path, "one.txt", 12)
    assert read(tmp_path).exit_code == 0
    before = list(Entry.objects.values_list("hash", flat=True)), Rebuild.objects.get().at

    done = read(tmp_path)

    assert done.exit_code == 0
    assert "账本中已有  already there" in done.stdout
    assert "Nothing changed." in done.stdout
    assert "facts" not in done.stdout
    assert (list(Entry.objects.values_list("hash", flat=True)), Rebuild.objects.get().at) == before


@pytest.mark.django_db
def test_the_same_bytes_under_another_name_are_another_receipt_of_one_source(tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_bytes(report(tmp_path, "one.txt", 12).read_bytes())

    done = read(tmp_path)

    assert "1 read, 1 already there" in done.stdout
    assert Source.objects.count() == 1
    assert Receipt.objects.count() == 2


@pytest.mark.django_db
def test_sources_are_filed_under_a_pairing_that_there_is(tmp_path: Path) -> None:
    Pairing.objects.create(key="dong-qing", name_zh="东青", sending="东川市", receiving="青山县")
    path = report(tmp_path, "one.txt", 12)

    wrong = read(path, "--pairing", "dong")
    assert wrong.exit_code == 2
    assert "没有结对关系“dong”。已有：dong-qing" in wrong.stderr
    assert not Source.objects.exists()

    right = read(path, "--pairing", "dong-qing")
    assert "dong-qing: 2 条事实" in right.stdout
    assert set(Statement.objects.values_list("pairing__key", flat=True)) == {"dong-qing"}


@pytest.mark.django_db
def test_facts_wait_where_that_is_wished_and_are_built_by_the_next_run(tmp_path: Path) -> None:
    report(tmp_path, "one.txt", 12)
    assert read(tmp_path, "--no-rebuild").exit_code == 0
    assert not Fact.objects.exists()
    assert "2 facts" in read(tmp_path).stdout
    assert Fact.objects.count() == 2


@pytest.mark.django_db
def test_facts_are_rebuilt_pairing_by_pairing(tmp_path: Path) -> None:
    Pairing.objects.create(key="one", name_zh="一", sending="甲市", receiving="青山县")
    read(report(tmp_path, "one.txt", 12), "--pairing", "one", "--no-rebuild")
    read(report(tmp_path, "two.txt", 15), "--no-rebuild")

    one = CliRunner().invoke(main, ["ledger", "rebuild", "--pairing", "one"])
    assert one.exit_code == 0
    assert one.stdout.startswith("one: 2 条事实")
    assert set(Fact.objects.values_list("pairing__key", flat=True)) == {"one"}

    both = CliRunner().invoke(main, ["ledger", "rebuild"])
    assert [line.partition(":")[0] for line in both.stdout.splitlines()] == ["one", "-"]
    assert Fact.objects.count() == 4


@pytest.mark.django_db
def test_the_result_as_json(tmp_path: Path) -> None:
    report(tmp_path, "one.txt", 12)
    (tmp_path / "empty.txt").write_bytes(b"")

    done = read(tmp_path, "--format", "json")

    told = json.loads(done.stdout)
    empty, one = told["files"]
    assert (empty["result"], one["result"]) == ("refused", "read")
    assert empty["reason"]
    assert empty["remedy"]
    assert (one["statements"], one["new"], one["gone"]) == (2, 2, 0)
    assert (told["read"], told["known"], told["refused"], told["new"]) == (1, 0, 1, 2)
    assert told["interrupted"] is False
    assert [(r["pairing"], r["facts"]) for r in told["rebuilt"]] == [(None, 2)]


@pytest.mark.django_db
def test_standard_input_is_read() -> None:
    done = CliRunner().invoke(main, ["read", "-"], input="青山县引进企业12家。".encode())
    assert done.exit_code == 0
    assert Source.objects.get().content is not None
    assert Statement.objects.get().quote == "12家"


def started(file: Path, folder: Path) -> subprocess.Popen[str]:
    """The command in a process of its own, given after the first file was told."""
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"PYTHONUNBUFFERED": "1"}
    run = subprocess.Popen(
        [*MAIN, "read", str(folder), "--ledger", str(file)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True,
    )  # fmt: skip
    assert run.stdout is not None
    assert "read 2 claims" in run.stdout.readline()
    return run


def stored(file: Path) -> dict[str, int]:
    """Files that are in the ledger, by name, with their statements; what is half there would break a count."""
    import sqlite3

    with sqlite3.connect(file) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        counts = {
            table: database.execute(f"SELECT count(*) FROM ledger_{table}").fetchone()[0]
            for table in ("source", "content", "receipt", "report", "search", "entry")
        }
        assert len(set(counts.values())) == 1, counts
        rows = database.execute(
            "SELECT s.name, count(f.id) FROM ledger_source s JOIN ledger_report r ON r.source_id = s.id "
            "JOIN ledger_statement f ON f.report_id = r.id GROUP BY s.name"
        )
        return dict(rows.fetchall())


@pytest.mark.sqlite_only
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_files_whole_and_is_gone_on_with(
    tmp_path: Path, sign: signal.Signals
) -> None:
    folder, ledger = tmp_path / "reports", tmp_path / "l.ledger"
    folder.mkdir()
    names = [report(folder, f"{n:04}.txt", n + 1).name for n in range(150)]

    run = started(ledger, folder)
    os.killpg(run.pid, sign)
    out, err = run.communicate(timeout=60)

    found = stored(ledger)
    assert 1 <= len(found) < len(names)
    assert list(found) == names[: len(found)]
    assert set(found.values()) == {2}
    if sign == signal.SIGINT:
        assert run.returncode == 130
        assert f"150 份中完成 {len(found)} 份" in err
        assert "Traceback" not in err
        assert f"{len(found)} read" in out

    again = subprocess.run(
        [*MAIN, "read", str(folder), "--ledger", str(ledger), "--no-rebuild"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"{150 - len(found)} read, {len(found)} already there" in again.stdout
    assert list(stored(ledger)) == names
