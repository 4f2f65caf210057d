"""Findings as lines of JSON: keys, order, exact numbers; and that the documentation lists what there is."""

import json
import re
from datetime import date
from decimal import Decimal

from shanhai.claims.find import find_claims
from shanhai.cli.writers.checked import ATTENTION
from shanhai.model import Cited, Code, Finding, Message, Severity, Verdict
from shanhai.reading.read import read
from shanhai.reasoning.checked import Checked, Judged, Reasoned
from shanhai.reasoning.contract import VERSION, as_lines
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.sources.naming import told_apart

from ..conftest import ROOT

PAGE = (ROOT / "docs" / "findings.md").read_text("utf-8")


def evidence(name: str, text: str) -> Evidence:
    report = read(text.encode(), name=name)
    return Evidence(report.doc, tuple(find_claims(report)), report)


def checked() -> Checked:
    draft, other = evidence("draft.txt", "引进企业59家。"), evidence("other.txt", "引进企业85家。")
    (ours,), (theirs,) = draft.claims, other.claims
    finding = Finding(
        Code.CONTRADICTED,
        Severity.ERROR,
        Message("两处不同。", "They differ."),
        (Cited.of(ours), Cited.of(theirs), Cited("draft", 0, 2, "引进")),
        {
            "check": "facts",
            "difference": Decimal("26.10"),
            "low": 10**20,
            "on": date(2024, 1, 3),
            "unit": "家",
        },
        Message("看台账。", "See the register."),
    )
    judged = Judged(
        ours, Verdict.DIFFERS, Message("不符", "differs"), opposing=(Cited.of(theirs),), findings=(finding,)
    )
    return Checked(draft, (judged,), Reasoned((), (finding,), ()), {"draft": draft, "other": other})


def rows(heading: str) -> list[list[str]]:
    """The rows of all tables below a heading, with what stands in their cells."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found
    return [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in found[1].splitlines()
        if line.startswith("| `")
    ]


def test_a_line_has_the_keys_of_the_contract_in_order() -> None:
    (line,) = as_lines(checked())

    told = json.loads(line)

    assert line.endswith(b"}\n")
    assert list(told) == ["code", "severity", "message", "claims", "detail", "settles"]
    assert told["message"] == {"zh": "两处不同。", "en": "They differ."}
    assert told["settles"] == {"zh": "看台账。", "en": "See the register."}
    assert told["claims"][0] == {"doc": "draft", "start": 4, "end": 7, "quote": "59家", "verdict": "differs"}


def test_only_numbers_of_the_draft_have_a_verdict() -> None:
    (line,) = as_lines(checked())

    assert [c["verdict"] for c in json.loads(line)["claims"]] == ["differs", None, None]


def test_numbers_are_exact_and_dates_are_iso() -> None:
    (line,) = as_lines(checked())

    assert b'"difference":26.10,"low":100000000000000000000,"on":"2024-01-03"' in line


def test_two_writings_are_the_same_bytes() -> None:
    assert list(as_lines(checked())) == list(as_lines(checked()))


def test_the_documentation_lists_keys_codes_severities_and_verdicts() -> None:
    (line,) = as_lines(checked())
    told = json.loads(line)

    assert f"# A finding as a JSON object: version {VERSION}\n" in PAGE
    assert [row[0] for row in rows("Keys")] == [*told, *told["claims"][0]]
    assert [row[0] for row in rows("Codes")] == list(Code)
    assert [row[0] for row in rows("Severities")] == list(Severity)
    assert [row[0] for row in rows("Verdicts")] == list(Verdict)
    assert {row[0] for row in rows("Verdicts") if row[3] == "yes"} == ATTENTION


def test_reports_of_one_name_are_told_apart() -> None:
    given = [evidence(f"{n}/简报.txt", f"引进企业{n}9家。") for n in range(1, 4)]
    given.insert(1, evidence("简报-2.txt", "引进企业99家。"))

    apart = told_apart(given)

    assert [e.doc for e in apart] == ["简报", "简报-2", "简报-3", "简报-4"]
    assert [[c.doc for c in e.claims] for e in apart] == [[e.doc] for e in apart]
    assert [c.quote for e in apart for c in e.claims] == ["19家", "99家", "29家", "39家"]
    assert apart[0] is given[0]
