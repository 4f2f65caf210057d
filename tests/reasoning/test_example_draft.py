"""The example draft: its planted faults are found, and the figures that are right are left alone."""

from functools import cache

import pytest

from shanhai import Checked, Code, Evidence, Finding, Verdict, check, find_claims, read

from ..conftest import ROOT

EXAMPLES = ROOT / "examples"


def evidence(path: str) -> Evidence:
    report = read(EXAMPLES / path)
    return Evidence(report.doc, tuple(find_claims(report)), report)


@cache
def checked() -> Checked:
    draft = evidence("drafts/minning-2012.docx")
    return check(
        draft, [evidence("reports/fujian-ningxia-2011.html"), evidence("reports/fujian-ningxia-2012.md")]
    )


def told(code: Code) -> list[Finding]:
    return [f for f in checked().reasoned.findings if f.code is code]


@pytest.mark.parametrize(
    ("code", "quotes"),
    [
        (Code.DOES_NOT_ADD_UP, {"7.74亿元", "2.94亿元", "3.53亿元", "1.45亿元"}),
        (Code.DOES_NOT_ADD_UP, {"1500户增加到1900户", "20%"}),
        (Code.IMPLAUSIBLE, {"2.5亿元"}),
    ],
)
def test_each_planted_fault_is_found_with_its_figures(code: Code, quotes: set[str]) -> None:
    assert quotes in [{c.quote for c in f.claims} for f in told(code)]


def test_the_transposed_digits_are_held_against_the_figure_of_the_report() -> None:
    (fault,) = told(Code.CONTRADICTED)

    assert [c.doc for c in fault.claims] == ["minning-2012", "fujian-ningxia-2012"]
    assert fault.claims[0].quote == "3.53亿元"


def test_figures_that_are_right_are_not_called_wrong() -> None:
    wrong = {Verdict.DOES_NOT_ADD_UP, Verdict.DIFFERS, Verdict.REPEATS}

    verdicts = {j.claim.quote: j.verdict for j in checked().judged}

    assert [q for q in ("124个", "22.9万亩", "786人", "7.8万人") if verdicts[q] in wrong] == []
