"""The command ``shanhai claims``, used as a person would."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shanhai.cli import COMMANDS, main

TEXT = "2023年，工作队引进企业59家，签约项目78个，预计年产值3亿元。"
KEYS = [
    "doc", "start", "end", "quote", "value", "low", "high", "closed", "unit", "approx", "kind", "status", "area", "indicator",
    "measure", "period", "place", "party", "definition", "minor", "sentence", "repeats",
]  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "brief.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)


def test_json_lines_are_the_contract(file: Path) -> None:
    result = run("claims", file, "--format", "jsonl")
    objects = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [o["quote"] for o in objects] == ["59家", "78个", "3亿元"]
    assert list(objects[0]) == KEYS
    assert all(TEXT[o["start"] : o["end"]] == o["quote"] for o in objects)
    assert objects[2]["value"] == 300_000_000
    assert objects[0]["doc"] == "brief"


def test_standard_input_is_read(file: Path) -> None:
    assert "59家" in run("claims", "-", stdin=TEXT.encode()).stdout


def test_filters_keep_what_they_name(file: Path) -> None:
    assert "3亿元" not in run("claims", file, "--status", "done").stdout
    assert run("claims", file, "--area", "health", "-f", "jsonl").stdout == ""


def test_csv_opens_in_a_spreadsheet_and_holds_no_formula(tmp_path: Path) -> None:
    source, target = tmp_path / "a.txt", tmp_path / "a.csv"
    source.write_text("同比-5.3%，引进企业59家。", "utf-8")
    assert run("claims", source, "-f", "csv", "-o", target).exit_code == 0
    rows = list(csv.DictReader(target.read_text("utf-8-sig").splitlines()))
    assert rows[0]["quote"] == "'-5.3%"
    assert rows[0]["value"] == "-5.3"
    assert rows[1]["value"] == "59"


def test_parquet_has_typed_columns(file: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    target = tmp_path / "a.parquet"
    assert run("claims", file, "-f", "parquet", "-o", target).exit_code == 0
    table = parquet.read_table(target)
    assert str(table.schema.field("value").type) == "decimal128(38, 9)"
    assert table.column("quote").to_pylist() == ["59家", "78个", "3亿元"]


def test_one_unreadable_input_does_not_stop_the_rest(file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    result = run("claims", broken, file, tmp_path / "missing.txt", "-f", "jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 3
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("shanhai: ") for line in lines)
    assert "broken.docx" in lines[0]
    assert "missing.txt" in lines[1]


def test_wrong_usage_has_its_own_exit_status(file: Path) -> None:
    assert run("claims").exit_code == 2
    assert run("claims", file, "--format", "xml").exit_code == 2
    assert run("nonsense").exit_code == 2


def test_a_place_that_cannot_be_written_is_named(file: Path, tmp_path: Path) -> None:
    result = run("claims", file, "-f", "csv", "-o", file / "below-a-file.csv")
    assert result.exit_code == 1
    assert "choose another place" in result.stderr


def test_many_inputs_on_several_processes_come_in_order(tmp_path: Path) -> None:
    for i in range(12):
        (tmp_path / f"r{i:02d}.txt").write_text(f"引进企业{i + 10}家。", "utf-8")
    (tmp_path / "r05.txt").write_bytes(b"")
    result = run("claims", tmp_path, "-f", "jsonl", "--jobs", 2)
    found = [json.loads(line)["value"] for line in result.stdout.splitlines()]
    assert found == [i + 10 for i in range(12) if i != 5]
    assert result.exit_code == 1


def test_standard_input_is_read_among_many(tmp_path: Path) -> None:
    for i in range(12):
        (tmp_path / f"r{i:02d}.txt").write_text(f"引进企业{i + 10}家。", "utf-8")
    result = run("claims", tmp_path, "-", "-f", "jsonl", "--jobs", 2, stdin="引进企业99家。".encode())
    assert [json.loads(line)["value"] for line in result.stdout.splitlines()] == [*range(10, 22), 99]


def test_explain_says_why(file: Path) -> None:
    assert "industry.firms" in run("claims", file, "--explain").stdout


def test_the_page_is_written_whole(file: Path, tmp_path: Path) -> None:
    page = tmp_path / "out" / "claims.html"
    assert run("overview", file, "--page", page).exit_code == 0
    assert "59家" in page.read_text("utf-8")
    assert [p.name for p in page.parent.iterdir()] == ["claims.html"]


def test_nothing_found_is_said(tmp_path: Path) -> None:
    empty = tmp_path / "a.txt"
    empty.write_text("没有数字的一段话。", "utf-8")
    assert "No claims found" in run("claims", empty).stdout


def test_help_names_every_command() -> None:
    result = run("--help")
    assert all(name in result.stdout for name in COMMANDS)


def test_help_loads_no_heavy_module() -> None:
    code = (
        "import sys; from shanhai.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'rich', 'opencc', 'selectolax', 'yaml', 'pyarrow', 'shanhai.claims.find'} & set(sys.modules)\n"
        "sys.exit(str(sorted(heavy)) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
