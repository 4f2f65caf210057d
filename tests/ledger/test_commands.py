"""``shanhai ledger`` on whatever database the suite runs on."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ledger.filled import fill
from shanhai.cli import main
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import head
from shanhai.ledger.models import Report

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["ledger", *arguments])


def test_stats_as_json(clerk: Actor) -> None:
    fill(clerk)
    told = json.loads(run("stats", "--format", "json").stdout)
    last = head()
    assert last is not None
    assert (told["sources"], told["refused"], told["reports"]) == (4, 1, 3)
    assert (told["entries"], told["head"]) == (last.number, last.hash)
    assert told["statements"] == sum(told["by_state"][state] for state in ("open", "accepted"))
    assert told["reviews"] == {"accept": 1, "correct": 1, "reject": 1, "undo": 1}


def test_stats_for_people(clerk: Actor) -> None:
    fill(clerk)
    lines = run("stats").stdout.splitlines()
    assert lines[0].split() == ["来源", "sources", "4"]


def test_stats_of_an_empty_ledger() -> None:
    done = run("stats")
    assert done.exit_code == 0
    assert "来源 sources                 0" in done.stdout


def test_verify_says_that_all_is_well(clerk: Actor) -> None:
    fill(clerk)
    done = run("verify")
    assert done.exit_code == 0
    assert done.stdout.endswith(" 0 处不符 faults\n")


def test_verify_names_row_and_column(clerk: Actor) -> None:
    fill(clerk)
    report = Report.objects.order_by("pk")[0]
    Report.objects.filter(pk=report.pk).update(author="别人")
    done = run("verify", "--format", "json")
    assert done.exit_code == 3
    faults = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(f["table"], f["row"], f["column"]) for f in faults} == {("report", str(report.pk), "author")}
    assert {f["trouble"] for f in faults} == {"content", "changed"}


def test_export_never_over_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    assert run("export", str(file)).exit_code == 0
    before = file.read_bytes()
    done = run("export", str(file))
    assert (done.exit_code, "is there already" in done.stderr) == (2, True)
    assert file.read_bytes() == before


def test_import_of_what_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("报告")
    done = run("import", str(tmp_path / "a.zip"))
    assert (done.exit_code, "no zip file" in done.stderr) == (2, True)
