"""docs/register.md tells all kinds, all reasons why an amount is refused, and all rules of adding."""

from pathlib import Path

from shanhai.catalogue.indicators import Adds
from shanhai.programme.kinds import KINDS
from shanhai.programme.shares.credit import Why

TEXT = (Path(__file__).parents[2] / "docs" / "register.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The rows of the table below a heading, without its own."""
    section = TEXT.split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_kinds() -> None:
    assert rows("Records") == [[k.name, k.en, k.zh, k.prefix] for k in KINDS.values()]


def test_reasons() -> None:
    assert [row[0] for row in rows("What totals")] == [why.value for why in Why]


def test_rules_of_adding() -> None:
    assert [row[0] for row in rows("How results")] == [adds.value for adds in Adds]
