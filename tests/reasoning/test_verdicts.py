"""Each verdict once, with a draft and its evidence as they are written; what a draft copies backs it."""

import pytest

from shanhai.model import Code, Verdict
from shanhai.reasoning.check import check
from shanhai.reasoning.checked import Checked, Judged
from shanhai.reasoning.evidence import Evidence

from .reported import told

TEAM = "重庆市第九批援藏工作队"
DRAFT = (
    f"2023年，{TEAM}在洛隆县培训农牧民3287人次。",
    f"2023年，{TEAM}在洛隆县实施援藏项目22个，分别为教育项目9个、卫生项目8个、产业项目6个。",
    f"2023年，{TEAM}为洛隆县到位援藏资金2.71亿元。",
    f"2023年，{TEAM}在洛隆县接诊患者5120人次。",
    f"2023年，{TEAM}在洛隆县引进企业17家。",
    f"2023年，{TEAM}在洛隆县开展义诊36场。",
    f"2023年，{TEAM}在洛隆县建成蔬菜大棚42座。",
    f"2023年，{TEAM}在洛隆县栽植苗木7350株。",
)
EVIDENCE = [
    told("通讯", f"2023年，{TEAM}在洛隆县共培训农牧民3287人次，反响很好。", date="2024-01-10"),
    told("公报", f"2023年，{TEAM}为洛隆县到位援藏资金27135万元。", date="2024-02-10"),
    told("县报", f"2023年，{TEAM}在洛隆县接诊患者4210人次。", date="2024-02-12"),
    told("商务简报", f"2023年，{TEAM}在洛隆县签约引进企业25家。", date="2024-02-14"),
    told("计划", f"2023年，{TEAM}计划在洛隆县建成蔬菜大棚42座。", date="2023-02-01"),
    told("去年总结", f"2022年，{TEAM}在洛隆县栽植苗木7350株。", date="2023-01-05"),
]


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check(told("草稿", *DRAFT, date="2024-03-01"), EVIDENCE)


def _of(checked: Checked, quote: str) -> Judged:
    (found,) = [j for j in checked.judged if j.claim.quote == quote]
    return found


@pytest.mark.parametrize(
    ("quote", "verdict", "doc"),
    [
        ("3287人次", Verdict.BACKED, "通讯"),
        ("2.71亿元", Verdict.ROUNDED, "公报"),
        ("5120人次", Verdict.DIFFERS, "县报"),
        ("22个", Verdict.DOES_NOT_ADD_UP, ""),
        ("6个", Verdict.DOES_NOT_ADD_UP, ""),
        ("7350株", Verdict.REPEATS, "去年总结"),
        ("42座", Verdict.PROMISED, "计划"),
        ("36场", Verdict.NO_SOURCE, ""),
    ],
)
def test_each_verdict_with_its_reason(checked: Checked, quote: str, verdict: Verdict, doc: str) -> None:
    judged = _of(checked, quote)
    assert judged.verdict is verdict
    assert judged.why.zh.endswith("。")
    assert judged.why.en.endswith(".")
    if doc:
        assert doc in judged.why.zh
        assert doc in {c.doc for c in (*judged.supporting, *judged.opposing)}


def test_what_counts_something_else_differs_by_definition() -> None:
    draft = told("草稿", f"2023年，{TEAM}在洛隆县培训农牧民3287人次。", date="2024-03-01")
    other = told("名册", f"2023年，{TEAM}在洛隆县培训农牧民2100人。", date="2024-02-01")
    judged = check(draft, [other]).judged
    assert [j.verdict for j in judged] == [Verdict.DEFINITION]
    assert "名册" in judged[0].why.zh
    assert any(f.code is Code.NOT_COMPARABLE for f in judged[0].findings)


def test_every_number_of_the_draft_has_one_verdict_in_text_order(checked: Checked) -> None:
    assert [j.claim for j in checked.judged] == list(checked.draft.claims)


def test_what_holds_is_not_blamed_for_what_does_not(checked: Checked) -> None:
    assert not [f for f in _of(checked, "3287人次").findings if f.code is Code.DOES_NOT_ADD_UP]


def test_numbers_without_a_source_are_gathered(checked: Checked) -> None:
    (bare,) = [
        f
        for f in checked.reasoned.findings
        if f.code is Code.UNVERIFIABLE and f.detail.get("check") == "sources"
    ]
    told_of = {j.claim.quote for j in checked.judged if j.verdict is Verdict.NO_SOURCE}
    assert {c.quote for c in bare.claims} == told_of
    assert "36场" in told_of


def test_a_draft_that_copies_an_earlier_report_is_backed_by_it() -> None:
    lines = [line for line in DRAFT if "22个" not in line]
    earlier = told("已发布", *lines, date="2024-01-15")
    found = check(told("草稿", *lines, date="2024-03-01"), [earlier])
    assert {j.verdict for j in found.judged} == {Verdict.BACKED}
    assert all({c.doc for c in j.supporting} == {"已发布"} for j in found.judged)


@pytest.mark.parametrize("others", [[], [told("空", "没有数字。")]])
def test_without_evidence_nothing_is_backed(others: list[Evidence]) -> None:
    found = check(told("草稿", *DRAFT), others)
    assert {j.verdict for j in found.judged} <= {Verdict.NO_SOURCE, Verdict.DOES_NOT_ADD_UP}


def test_the_same_twice_gives_the_same(checked: Checked) -> None:
    again = check(told("草稿", *DRAFT, date="2024-03-01"), EVIDENCE)
    assert (again.judged, again.reasoned) == (checked.judged, checked.reasoned)
