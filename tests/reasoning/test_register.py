"""What the register says goes before what reports say, and after what does not add up within the draft."""

import pytest

from shanhai.model import Code, Message, Verdict
from shanhai.reasoning.check import check
from shanhai.reasoning.checked import Checked, Judged
from shanhai.reasoning.register import Answer, Kept, Says

from .reported import told

TEAM = "重庆市第九批援藏工作队"
DRAFT = told(
    "草稿",
    f"2023年，{TEAM}在洛隆县接诊患者5120人次。",
    f"2023年，{TEAM}在洛隆县实施援藏项目22个，分别为教育项目9个、卫生项目8个、产业项目6个。",
    f"2023年，{TEAM}在洛隆县开展义诊36场。",
    date="2024-03-01",
)
REPORTS = [told("县报", f"2023年，{TEAM}在洛隆县接诊患者4210人次。", date="2024-02-12")]


def held(quote: str, says: Says, *records: str) -> tuple[Checked, Judged]:
    (claim,) = [c for c in DRAFT.claims if c.quote == quote]
    kept = tuple(Kept("cq", "activity", key) for key in records)
    why = Message("台账这样说。", "The register says so.")
    answer = Answer(claim.start, claim.end, says, why, "cq", kept, len(kept))
    checked = check(DRAFT, REPORTS, register=[answer])
    (judged,) = [j for j in checked.judged if j.claim == claim]
    assert judged.register == answer
    return checked, judged


@pytest.mark.parametrize(
    ("quote", "says", "verdict", "decides"),
    [
        ("5120人次", Says.BACKED, Verdict.BACKED, True),
        ("5120人次", Says.ROUNDED, Verdict.ROUNDED, True),
        ("5120人次", Says.UNLIKE, Verdict.DIFFERS, False),
        ("5120人次", Says.ABSENT, Verdict.DIFFERS, False),
        ("36场", Says.DIFFERS, Verdict.DIFFERS, True),
        ("36场", Says.UNLIKE, Verdict.DEFINITION, True),
        ("36场", Says.ABSENT, Verdict.NO_SOURCE, False),
        ("22个", Says.BACKED, Verdict.DOES_NOT_ADD_UP, False),
    ],
)
def test_what_goes_first(quote: str, says: Says, verdict: Verdict, decides: bool) -> None:
    _, judged = held(quote, says, "D1")
    assert judged.verdict is verdict
    assert (judged.why.zh == "台账这样说。") is decides


def test_reports_stand_beside_it() -> None:
    checked, judged = held("5120人次", Says.BACKED, "D1")
    assert [c.doc for c in judged.opposing] == ["县报"]
    assert {f.code for f in judged.findings} >= {Code.ADDS_UP, Code.CONTRADICTED}
    (fact,) = [f for f in checked.reasoned.facts if any(c.quote == "5120人次" for c in f.supporting)]
    assert fact.grade.letter == "A"
    assert fact.grade.points == sum(p.points for p in fact.grade.parts)
    assert fact.grade.out_of == sum(p.out_of for p in fact.grade.parts)


def test_what_cannot_be_compared_is_never_a_contradiction() -> None:
    checked, judged = held("36场", Says.UNLIKE)
    assert judged.verdict is Verdict.NO_SOURCE
    assert not [f for f in checked.reasoned.findings if f.detail["check"] == "register"]
    checked, _ = held("36场", Says.UNLIKE, "D1")
    (told_of,) = [f for f in checked.reasoned.findings if f.detail["check"] == "register"]
    assert told_of.code is Code.NOT_COMPARABLE
