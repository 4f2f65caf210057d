"""A draft held against a ledger finds what it finds against the same reports."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shanhai.cli import main
from shanhai.ledger.actions.review import decide
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Decision, Pairing, Report, Statement
from shanhai.ledger.rights import Right
from shanhai.programme.actions.records import Told, put
from shanhai.programme.kinds import KINDS

DRAFT = "发布时间：2024年1月8日 来源：芒康县人民政府\n2023年，工作队在芒康县引进企业59家，签约项目78个。\n"
SAME = "发布时间：2024年1月3日 来源：芒康县广播电视台\n据介绍，2023年工作队在芒康县引进企业59家，签约项目78个，成效明显。\n"
OTHER = "发布时间：2024年1月5日 来源：昌都市人民政府\n2023年，工作队在芒康县引进企业85家，大家都很振奋。\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, "utf-8")
    return path


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """Reports, read into the ledger too: the other, the same, the draft itself."""
    folder = tmp_path / "earlier"
    folder.mkdir()
    for name, text in (("a-other.txt", OTHER), ("b-same.txt", SAME)):
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["table", "jsonl", "html"])
def test_the_same_is_found_as_against_the_same_reports(draft: Path, earlier: Path, kind: str) -> None:
    assert run("read", earlier).exit_code == 0

    held = run("check", draft, "--ledger", "-", "--format", kind)

    assert held.exit_code == 3
    assert held.stdout
    assert held.stdout == run("check", draft, "--against", earlier, "--format", kind).stdout


@pytest.mark.django_db
def test_the_draft_in_the_ledger_is_no_evidence_for_itself(draft: Path) -> None:
    assert run("read", draft).exit_code == 0
    assert "没有来源 no source 2" in run("check", draft, "--ledger", "-").stdout


@pytest.mark.django_db
def test_what_a_reviewer_rejected_contradicts_nothing(draft: Path, earlier: Path) -> None:
    run("read", earlier)
    wrong = Statement.objects.get(quote="85家")
    reviewer = Actor.command_line("reviewer")
    decide(Report.objects.get(doc="a-other"), Decision.REJECT, {wrong.key: None}, actor=reviewer, reason="误")

    result = run("check", draft, "--ledger", "-")

    assert result.exit_code == 0
    assert "有据 backed 2" in result.stdout


@pytest.mark.django_db
def test_a_pairing_of_the_ledger_counts_alone(draft: Path, earlier: Path) -> None:
    Pairing.objects.create(key="one", name_zh="一", sending="甲市", receiving="芒康县")
    run("read", earlier / "a-other.txt", "--pairing", "one")
    run("read", earlier / "b-same.txt")

    assert run("check", draft, "--ledger", "-", "--pairing", "one").exit_code == 3
    assert run("check", draft, "--ledger", "-", "--pairing", "-").exit_code == 0
    unknown = run("check", draft, "--ledger", "-", "--pairing", "two")
    assert unknown.exit_code == 2
    assert "已有：one" in unknown.stderr


def test_a_pairing_without_a_ledger_is_wrong_usage(draft: Path) -> None:
    assert "name one with --ledger" in run("check", draft, "--pairing", "one").stderr


@pytest.mark.sqlite_only
def test_a_ledger_that_is_not_there_is_named(draft: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from shanhai.cli import main; main()", "check", str(draft)]
    done = subprocess.run(
        [*command, "--ledger", str(tmp_path / "none.ledger")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "none.ledger" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "none.ledger").exists()


def test_the_ledger_is_not_written_over(draft: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "l.ledger"
    ledger.write_bytes(b"kept")
    done = run("check", draft, "--ledger", ledger, "--output", ledger, "--format", "html")
    assert done.exit_code == 2
    assert "is the ledger" in done.stderr
    assert ledger.read_bytes() == b"kept"


@pytest.mark.django_db
def test_the_register_goes_before_reports(draft: Path, earlier: Path) -> None:
    assert run("read", earlier).exit_code == 0
    pairing = Pairing.objects.create(
        key="cq-mk", name_zh="重庆援芒康", sending="重庆市", receiving="芒康县", receiving_code="540328"
    )
    everyone = Actor("a test", frozenset(Right))
    for key in ("D1", "D2"):
        values = {
            "sort": "firm",
            "name": f"企业{key}",
            "day": date(2023, 5, 1),
            "counts": {},
            "stage": "arrived",
        }
        put(KINDS["activity"], pairing, Told(key, values), actor=everyone)

    held = run("check", draft, "--ledger", "-", "--pairing", "cq-mk", "--format", "jsonl")

    assert held.exit_code == 3
    found = [json.loads(line) for line in held.stdout.splitlines()]
    (firms,) = [f for f in found if f["detail"]["check"] == "register" and f["claims"][0]["quote"] == "59家"]
    assert (firms["code"], firms["claims"][0]["verdict"]) == ("contradicted", "differs")
    assert firms["detail"]["records"] == ["activity:cq-mk/D1", "activity:cq-mk/D2"]
    assert "比报告少57家" in run("check", draft, "--ledger", "-", "--pairing", "cq-mk").stdout
