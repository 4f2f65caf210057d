"""Facts: one thing told in several reports is one fact; copies count once; what excludes the others opposes them."""

from itertools import permutations

import pytest

from shanhai.model import Code, Fact, Severity
from shanhai.reasoning.checked import Reasoned
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.reason import reason

from ..reported import told

TEAM = "重庆市第九批援藏工作队"
BASE = f"2023年，{TEAM}在洛隆县培训农牧民3287人次。"


def _fact(out: Reasoned, quote: str) -> Fact:
    """The only fact that some claim with this quote supports."""
    (found,) = [f for f in out.facts if quote in {c.quote for c in f.supporting}]
    return found


@pytest.mark.parametrize(
    "again",
    [
        f"2023年，{TEAM}在洛隆县共培训农牧民3287人次，受到欢迎。",
        f"2023年，{TEAM}在昌都市洛隆县培训农牧民3287人次。",
        "2023年，重庆第九批援藏工作队在洛隆县组织培训农牧民3287人次。",
        f"技能夜校办到村里，2023年，{TEAM}在洛隆县培训农牧民3,287人次。",
    ],
)
def test_one_thing_in_other_words_is_one_fact(again: str) -> None:
    out = reason([told("a", BASE), told("b", again)])
    assert len(out.facts) == 1
    assert {c.doc for c in out.facts[0].supporting} == {"a", "b"}
    assert out.facts[0].sources == 2
    assert not [f for f in out.findings if f.code is Code.CONTRADICTED]


@pytest.mark.parametrize(
    "other",
    [
        BASE.replace("2023", "2022"),
        BASE.replace("洛隆县", "丁青县"),
        BASE.replace("重庆市", "天津市"),
        BASE.replace("人次", "户"),
        BASE.replace("培训农牧民", "义诊群众"),
    ],
)
def test_two_things_are_two_facts(other: str) -> None:
    out = reason([told("a", BASE), told("b", other)])
    assert len(out.facts) == 2
    assert all(f.opposing == () for f in out.facts)


RELEASE = (
    f"2023年，{TEAM}在洛隆县培训农牧民3287人次。",
    "工作队在县医院开展手术示教46台，接诊患者5120人次，捐赠药品价值38.5万元。",
    "工作队协调农科专家赴田间指导，推广青稞良种1.2万亩，亩均增产36公斤。",
)


def test_copies_count_once_and_the_earliest_is_named() -> None:
    evidence = [
        told("转载", *RELEASE, date="2024-01-20"),
        told("原稿", *RELEASE, date="2024-01-15"),
        told("摘编", *RELEASE, date="2024-01-28"),
        told(
            "县报",
            "年末盘点，各乡镇群众踊跃报名技能班。",
            BASE,
            "考取证书的有126人，县里将续办夜校。",
            date="2024-02-20",
        ),
    ]
    fact = _fact(reason(evidence), "3287人次")
    assert len(fact.supporting) == 4
    assert fact.sources == 2
    assert set(fact.releases) == {"原稿", "县报"}

    from shanhai.reasoning.sources.copies import originals

    named = originals(evidence)
    assert [named[d] for d in ("转载", "原稿", "摘编", "县报")] == ["原稿", "原稿", "原稿", "县报"]


@pytest.mark.parametrize(
    ("quotes", "low", "high"),
    [
        (("3287人次", "3200余人次"), 3287, 3287),
        (("近3300人次", "3200余人次"), 3200, 3300),
        (("超3200人次", "3287人次"), 3287, 3287),
    ],
)
def test_bounds_are_what_all_allow(quotes: tuple[str, ...], low: int, high: int) -> None:
    out = reason([told(f"r{i}", BASE.replace("3287人次", q)) for i, q in enumerate(quotes)])
    (fact,) = out.facts
    assert fact.bounds is not None
    assert fact.bounds.low is not None
    assert fact.bounds.high is not None
    assert low <= fact.bounds.low <= fact.bounds.high <= high
    assert fact.opposing == ()


def _disagreeing() -> list[Evidence]:
    return [
        told("a", BASE),
        told("b", BASE.replace("在洛隆县", "在昌都市洛隆县")),
        told("c", BASE.replace("3287", "3827")),
    ]


def test_most_reports_support_and_the_one_that_excludes_them_opposes() -> None:
    out = reason(_disagreeing())
    (fact,) = out.facts
    assert [c.doc for c in fact.supporting] == ["a", "b"]
    assert [c.doc for c in fact.opposing] == ["c"]
    (finding,) = [f for f in out.findings if f.code is Code.CONTRADICTED]
    assert finding.severity is Severity.ERROR
    assert {c.quote for c in finding.claims} == {"3287人次", "3827人次"}
    assert finding.detail["difference"] == 540
    assert "3287人次" in finding.message.zh
    assert "3827人次" in finding.message.en


def test_the_order_of_the_reports_does_not_decide_who_opposes() -> None:
    evidence = _disagreeing()
    for order in permutations(evidence):
        (fact,) = reason(order).facts
        assert {c.doc for c in fact.opposing} == {"c"}


def test_ids_are_of_the_content() -> None:
    first, again = reason([told("a", BASE)]).facts, reason([told("anders", BASE)]).facts
    assert [f.id for f in first] == [f.id for f in again]
    other = reason([told("a", BASE.replace("2023", "2022"))]).facts
    assert {f.id for f in first}.isdisjoint(f.id for f in other)


def test_a_figure_told_twice_in_one_report_is_one_fact_of_one_source() -> None:
    out = reason([told("a", BASE, "", "二、工作成效", f"一年来，{BASE}")])
    fact = _fact(out, "3287人次")
    assert fact.sources == 1
