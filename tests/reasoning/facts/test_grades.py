"""Grades: every part gives its points and says why; kinds of source by publisher and title; the page lists the rule."""

import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.catalogue.grading import load_grading
from shanhai.catalogue.publishers import load_publishers
from shanhai.model import Claim, Definition, Grade
from shanhai.reasoning.facts.grades import grade
from shanhai.reasoning.sources.publishers import kind_of, kind_of_source

from ...conftest import ROOT
from ..reported import told

PAGE = (ROOT / "docs" / "grades.md").read_text("utf-8")
KINDS = list(load_grading().best_source)


def claim(sentence: str = "2023年，拨付援藏资金5亿元。", **changed: object) -> Claim:
    (found,) = told("report", sentence).claims
    return msgspec.structs.replace(found, **changed)


FULL = claim(
    indicator="funds.paid",
    period="2023",
    place="那曲市",
    definition=Definition(form="money", cumulative=True, since=datetime.date(2019, 7, 1)),
)
BARE = claim(indicator=None, period=None, place=None, definition=Definition(cumulative=True))


def points(given: Grade) -> dict[str, int]:
    return {p.name: p.points for p in given.parts}


def test_a_well_defined_figure_of_an_audit_and_of_a_county_is_graded_best() -> None:
    found = grade(sources=["audit", "official"], supporting=[FULL], opposed=False)

    assert (found.letter, found.points, found.out_of) == ("A", 15, 17)
    assert points(found) == {"sources": 2, "best_source": 5, "definition": 5, "contradiction": 3}


def test_a_figure_without_definition_that_nobody_signs_is_graded_worst() -> None:
    found = grade(sources=["unknown"], supporting=[BARE], opposed=False)

    assert (found.letter, points(found)) == (
        "E",
        {"sources": 1, "best_source": 0, "definition": 0, "contradiction": 1},
    )
    why = {p.name: p.why for p in found.parts}
    assert "累计的起点" in why["definition"].zh
    assert "the place" in why["definition"].en
    assert "看不出发布者" in why["best_source"].zh


def test_a_contradicted_fact_is_no_better_than_its_cap_however_many_tell_it() -> None:
    calm = grade(sources=["audit"] * 4, supporting=[FULL], opposed=False)
    opposed = grade(sources=["audit"] * 4, supporting=[FULL], opposed=True)

    assert (calm.letter, opposed.letter) == ("A", "C")
    assert "最高评C级" in opposed.parts[-1].why.zh


def test_what_one_claim_leaves_open_another_may_tell() -> None:
    assert points(grade(sources=["press"], supporting=[BARE, FULL], opposed=False))["definition"] == 5


@pytest.mark.parametrize(
    ("sentence", "form", "counted"),
    [
        ("高考升学率达到85%。", None, 1),
        ("培训干部45人。", None, 1),
        ("拨付5亿元。", None, 0),
        ("拨付5亿元。", "money", 1),
    ],
)
def test_money_needs_its_form_and_a_count_its_unit(sentence: str, form: str | None, counted: int) -> None:
    bare = claim(
        sentence, indicator=None, period=None, place=None, definition=Definition(form=form, cumulative=True)
    )

    assert points(grade(sources=["press"], supporting=[bare], opposed=False))["definition"] == counted


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=7), st.sampled_from(KINDS), st.booleans())
def test_one_source_more_never_lowers_a_grade(sources: list[str], more: str, opposed: bool) -> None:
    letters = list(load_grading().letters)

    before = grade(sources=sources, supporting=[FULL], opposed=opposed)
    after = grade(sources=[*sources, more], supporting=[FULL], opposed=opposed)

    assert after.points >= before.points
    assert letters.index(after.letter) <= letters.index(before.letter)
    assert after.points == sum(p.points for p in after.parts)
    assert all(0 <= p.points <= p.out_of for p in after.parts)
    assert all(p.why.zh and p.why.en for p in after.parts)


def test_a_grade_without_source_or_of_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one source"):
        grade(sources=[], supporting=[FULL], opposed=False)
    with pytest.raises(ValueError, match="'rumour' is none of audit"):
        grade(sources=["rumour"], supporting=[FULL], opposed=False)


SOURCES = [
    ("某省日报", "", "press"),
    ("某市融媒", "某工作队三年工作小结", "press"),
    ("某省审计厅", "", "audit"),
    ("某网", "关于某省援藏资金跟踪审计结果的公告", "audit"),
    ("某省日报", "某县审计结果公告", "audit"),
    ("某县统计局", "", "official"),
    ("某县人民政府网", "", "official"),
    ("某民族大学学报", "", "scholarship"),
    ("某省援疆前方指挥部", "", "self_report"),
    ("", "援 藏 工 作 简 报", "self_report"),
    ("", "某县2023年统计公报", "official"),
    ("", "山那边的灯", "unknown"),
    ("", "", "unknown"),
]


@pytest.mark.parametrize(("publisher", "title", "kind"), SOURCES)
def test_the_kind_of_a_source(publisher: str, title: str, kind: str) -> None:
    assert kind_of(publisher, title) == kind


def test_the_kind_of_a_report_is_that_of_its_publisher() -> None:
    assert kind_of_source(told("report", "引进企业59家。", date="2024-06-21")) == "press"
    assert kind_of_source(told("report", "引进企业59家。")) == "unknown"


def rows(part: int) -> list[str]:
    return PAGE.split("---|\n")[part].split("\n\n")[0].splitlines()


def test_the_page_lists_parts_letters_and_kinds_as_they_are() -> None:
    rule, kinds = load_grading(), load_publishers()

    best = max(rule.best_source.values())
    assert [r.split(" | ")[1] for r in rows(1)] == [
        f"0–{rule.most_for_sources}",
        f"0–{best}",
        f"0–{len(rule.asked)}",
        f"0–{rule.agreed}",
    ]
    assert rows(2) == [f"| {letter} | {least} |" for letter, least in rule.letters.items()]
    assert f"least points of {rule.out_of}" in PAGE
    assert rows(3) == [
        *(
            f"| {k.name_en} ({k.name_zh}) | {rule.best_source[key]} | {'、'.join(k.publisher[:5])} "
            f"| {'、'.join(k.title[:4])} |"
            for key, k in kinds.items()
        ),
        f"| unknown (不明) | {rule.best_source['unknown']} | | |",
    ]
    exec(PAGE.split("```python\n")[1].split("```")[0], {})
