"""Backups taken while the ledger is written to, and their way back; a process killed while it receives."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from conftest import needs
from ledger.filled import FIRST, SECOND
from ledger.processes import environment, shanhai

pytestmark = pytest.mark.sqlite_only

_WRITER = """
import sys
from pathlib import Path
from shanhai.cli import ledgers
with ledgers.opened(Path(sys.argv[1]), create=True):
    from shanhai import find_claims, read
    from shanhai.ledger.actions.receive import Arrival, receive
    for number in range(int(sys.argv[2]), int(sys.argv[3])):
        data = (f"{2000 + number % 24}年工作情况\\n" + "".join(
            f"投入援助资金{number * 7 + i}万元,培训医生{i + 1}名。" for i in range(30))).encode()
        report = read(data, name=f"{number}.txt")
        receive(Arrival(data, f"{number}.txt", "", report, find_claims(report)), actor=ledgers.actor())
        print(number, flush=True)
"""


def write(ledger: Path, first: int, last: int) -> "subprocess.Popen[str]":
    """A process that fills a ledger with reports, and prints the number of each that it has stored."""
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(ledger), str(first), str(last)],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )


def asked(ledger: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(ledger)) as database:
        return database.execute(question).fetchall()


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ledger = tmp_path_factory.mktemp("made") / "l.ledger"
    process = write(ledger, 0, 3)
    process.communicate()
    assert process.returncode == 0
    return ledger


@pytest.fixture
def ledger(_made: Path, tmp_path: Path) -> Path:
    """A ledger of three reports."""
    return shutil.copyfile(_made, tmp_path / "l.ledger")


class TestBackup:
    def test_while_it_is_written_to(self, tmp_path: Path) -> None:
        ledger, copy = tmp_path / "l.ledger", tmp_path / "copy"
        with write(ledger, 0, 60) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "0\n"
            done = shanhai("backup", copy, "--ledger", ledger)
            told = process.stdout.read()
        assert done.returncode == 0, done.stderr
        assert told.split()[-1] == "59", "the writer was not disturbed"
        assert shanhai("ledger", "verify", "--ledger", copy).returncode == 0
        ((in_copy,),) = asked(copy, "SELECT count(*) FROM ledger_report")
        assert isinstance(in_copy, int)
        assert 1 <= in_copy <= 60

    def test_one_file_for_one_reader(self, ledger: Path, tmp_path: Path) -> None:
        assert shanhai("backup", tmp_path / "copy", "--ledger", ledger).returncode == 0
        assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
        assert [p.name for p in tmp_path.iterdir() if "copy" in p.name] == ["copy"]

    def test_never_over_a_file(self, ledger: Path, tmp_path: Path) -> None:
        (tmp_path / "copy").write_text("mine")
        done = shanhai("backup", tmp_path / "copy", "--ledger", ledger)
        assert (done.returncode, "is there already" in done.stderr) == (2, True)
        assert (tmp_path / "copy").read_text() == "mine"

    def test_no_folder_to_write_into(self, ledger: Path, tmp_path: Path) -> None:
        done = shanhai("backup", tmp_path / "none" / "copy", "--ledger", ledger)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


class TestRestore:
    def test_where_none_is(self, ledger: Path, tmp_path: Path) -> None:
        shanhai("backup", tmp_path / "copy", "--ledger", ledger)
        done = shanhai("restore", tmp_path / "copy", "--ledger", tmp_path / "new")
        assert done.returncode == 0, done.stderr
        entries = "SELECT number, hash FROM ledger_entry ORDER BY number"
        assert asked(tmp_path / "new", entries) == asked(ledger, entries)

    def test_never_over_a_ledger(self, ledger: Path, tmp_path: Path) -> None:
        shanhai("backup", tmp_path / "copy", "--ledger", ledger)
        before = ledger.read_bytes()
        done = shanhai("restore", tmp_path / "copy", "--ledger", ledger)
        assert (done.returncode, "--replace" in done.stderr) == (2, True)
        assert ledger.read_bytes() == before

    def test_replacing_keeps_the_one_before(self, ledger: Path, tmp_path: Path) -> None:
        shanhai("backup", tmp_path / "copy", "--ledger", ledger)
        write(ledger, 3, 4).communicate()
        done = shanhai("restore", tmp_path / "copy", "--ledger", ledger, "--replace")
        assert done.returncode == 0, done.stderr
        (aside,) = tmp_path.glob("l.ledger.*")
        assert asked(ledger, "SELECT count(*) FROM ledger_report") == [(3,)]
        assert asked(aside, "SELECT count(*) FROM ledger_report") == [(4,)]

    def test_not_while_the_ledger_is_in_use(self, ledger: Path, tmp_path: Path) -> None:
        shanhai("backup", tmp_path / "copy", "--ledger", ledger)
        with closing(sqlite3.connect(ledger)) as user:
            user.execute("SELECT count(*) FROM ledger_report").fetchall()
            done = shanhai("restore", tmp_path / "copy", "--ledger", ledger, "--replace")
        assert (done.returncode, "in use" in done.stderr) == (2, True)
        assert list(tmp_path.glob("l.ledger.*")) == []
        assert list(tmp_path.glob(".*")) == []

    def test_from_an_archive(self, ledger: Path, tmp_path: Path) -> None:
        assert shanhai("ledger", "export", tmp_path / "a.zip", "--ledger", ledger).returncode == 0
        assert shanhai("restore", tmp_path / "a.zip", "--ledger", tmp_path / "new").returncode == 0
        assert shanhai("ledger", "export", tmp_path / "b.zip", "--ledger", tmp_path / "new").returncode == 0
        assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()

    @pytest.mark.parametrize("share", [0.3, 0.7])
    def test_a_broken_backup_is_refused(self, share: float, ledger: Path, tmp_path: Path) -> None:
        shanhai("backup", tmp_path / "copy", "--ledger", ledger)
        data = (tmp_path / "copy").read_bytes()
        (tmp_path / "copy").write_bytes(data[: int(len(data) * share)])
        done = shanhai("restore", tmp_path / "copy", "--ledger", tmp_path / "new")
        assert (done.returncode, "damaged" in done.stderr) == (2, True)
        assert not (tmp_path / "new").exists()
        assert list(tmp_path.glob(".*")) == []

    def test_a_tampered_backup_is_refused(self, ledger: Path, tmp_path: Path) -> None:
        shanhai("backup", tmp_path / "copy", "--ledger", ledger)
        with closing(sqlite3.connect(tmp_path / "copy")) as database, database:
            database.execute("UPDATE ledger_statement SET state = 'accepted' WHERE id = 1")
        done = shanhai("restore", tmp_path / "copy", "--ledger", tmp_path / "new")
        assert done.returncode == 2
        assert "statement 1 state" in done.stderr
        assert not (tmp_path / "new").exists()
        assert (
            shanhai("restore", tmp_path / "copy", "--ledger", tmp_path / "new", "--even-damaged").returncode
            == 0
        )

    def test_what_is_no_backup(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_text(FIRST + SECOND, "utf-8")
        done = shanhai("restore", tmp_path / "x", "--ledger", tmp_path / "new")
        assert (done.returncode, "no backup" in done.stderr) == (2, True)


class TestKilled:
    def test_the_ledger_is_whole_afterwards(self, tmp_path: Path) -> None:
        """Killed in the middle of receiving, over and over: what was told as stored is there, nothing is by half."""
        ledger = tmp_path / "l.ledger"
        stored = 0
        for _ in range(3):
            with write(ledger, stored, stored + 500) as process:
                assert process.stdout is not None
                told = [process.stdout.readline() for _ in range(5)]
                process.send_signal(signal.SIGKILL)
                told += process.stdout.readlines()
            assert process.returncode == -signal.SIGKILL
            done = [int(line) for line in told if line.endswith("\n")]
            found = {name for (name,) in asked(ledger, "SELECT name FROM ledger_source")}
            assert {f"{number}.txt" for number in done} <= found
            stored = done[-1] + 1
        verified = shanhai("ledger", "verify", "--ledger", ledger)
        assert verified.returncode == 0, verified.stdout
        assert asked(ledger, "PRAGMA integrity_check") == [("ok",)]
        assert asked(ledger, "PRAGMA journal_mode") == [("wal",)]
        halves = asked(
            ledger,
            "SELECT count(*) FROM ledger_source s LEFT JOIN ledger_report r ON r.source_id = s.id WHERE r.id IS NULL",
        )
        assert halves == [(0,)]


class TestUnusable:
    def test_missing(self, tmp_path: Path) -> None:
        done = shanhai("ledger", "stats", "--ledger", tmp_path / "none")
        assert (done.returncode, "There is no ledger" in done.stderr) == (2, True)
        assert list(tmp_path.iterdir()) == []

    def test_no_database(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_text("报告")
        done = shanhai("ledger", "stats", "--ledger", tmp_path / "x")
        assert (done.returncode, "no SQLite database" in done.stderr) == (2, True)

    def test_another_database(self, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "x")) as database, database:
            database.execute("CREATE TABLE songs (name)")
        done = shanhai("ledger", "stats", "--ledger", tmp_path / "x")
        assert (done.returncode, "something else" in done.stderr) == (2, True)
        assert asked(tmp_path / "x", "SELECT name FROM sqlite_master") == [("songs",)]

    def test_empty_file(self, tmp_path: Path) -> None:
        (tmp_path / "x").touch()
        done = shanhai("ledger", "stats", "--ledger", tmp_path / "x")
        assert (done.returncode, "empty" in done.stderr) == (2, True)

    def test_newer(self, ledger: Path) -> None:
        with closing(sqlite3.connect(ledger)) as database, database:
            database.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_later', '2030-01-01')"
            )
        done = shanhai("ledger", "stats", "--ledger", ledger)
        assert (done.returncode, "newer version" in done.stderr) == (2, True)

    def test_older_and_brought_up_to_date(self, ledger: Path) -> None:
        with closing(sqlite3.connect(ledger)) as database, database:
            database.execute("DELETE FROM django_migrations WHERE app = 'ledger' AND name = '0002_search'")
            database.execute("DELETE FROM django_migrations WHERE app = 'programme'")
            later = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'programme_%'"
            for (table,) in database.execute(later).fetchall():
                database.execute(f"DROP TABLE {table}")
            database.execute("DROP TABLE ledger_search")
        done = shanhai("ledger", "stats", "--ledger", ledger)
        assert (done.returncode, "older version" in done.stderr) == (2, True)
        assert shanhai("ledger", "upgrade", "--ledger", ledger).returncode == 0
        assert shanhai("ledger", "stats", "--ledger", ledger).returncode == 0

    def test_damaged_in_the_middle(self, ledger: Path) -> None:
        data = bytearray(ledger.read_bytes())
        data[4096:] = b"\xa5" * (len(data) - 4096)
        ledger.write_bytes(bytes(data))
        done = shanhai("ledger", "stats", "--ledger", ledger)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
        assert "damaged" in done.stderr

    def test_a_full_disk(self, ledger: Path, tmp_path: Path) -> None:
        needs(sys.platform == "linux" and Path("/dev/full").exists(), "there is no /dev/full")
        limited = (
            "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); "
            "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from shanhai.cli import main; main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", limited, "backup", str(tmp_path / "copy"), "--ledger", str(ledger)],
            env=environment(),
            capture_output=True,
            text=True,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
        assert not (tmp_path / "copy").exists()
        assert list(tmp_path.glob(".*")) == []
