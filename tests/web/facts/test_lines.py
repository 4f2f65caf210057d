"""Lines join only what counts the same; breaks of codes and areas are told."""

from decimal import Decimal
from typing import Any

import pytest

from shanhai.ledger.models import Fact
from shanhai.web.facts.asking import place_of, places_like
from shanhai.web.facts.comparing import compare
from shanhai.web.facts.lines import breaks, differences, lines
from shanhai.web.facts.pictures import bars, series_picture
from shanhai.web.facts.subjects import Subject
from shanhai.web.facts.wording import period_name, whole_year
from shanhai.web.frame.amounts import amount


def fact(year: int, value: str = "10", **told: Any) -> Fact:
    defaults = {
        "unit": "家",
        "kind": "level",
        "period": str(year),
        "low": value,
        "high": value,
        "closed": "both",
    }
    given = {"definition": {"counted": "家"}, "grade": "B", "place_code": "540300", "sources": 1} | told
    return Fact(key=f"{year}{value}", year=year, **(defaults | given))


def test_what_counts_the_same_is_one_line() -> None:
    (line,) = lines([fact(2020), fact(2021), fact(2022)])

    assert list(line.years) == [2020, 2021, 2022]


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "户"},
        {"kind": "change"},
        {"definition": {"stage": "planned"}},
        {"definition": {"cumulative": True}},
        {"period": "2021-06"},
        {"period": "1996/2021"},
        {"place_code": "450000", "place": "广西"},
    ],
)
def test_what_counts_something_else_is_another_line(other: dict[str, Any]) -> None:
    found = lines([fact(2020), fact(2021, **other)])

    assert len(found) == 2
    ((_part, here, there),) = differences(*found)
    assert here != there


def test_a_place_under_two_codes_is_one_line_without_being_asked_for() -> None:
    (line,) = lines([fact(2013, place_code="542100", place="昌都地区"), fact(2016, place="昌都市")])

    assert list(line.years) == [2013, 2016]


def test_large_amounts_are_drawn_in_yi() -> None:
    options = series_picture(lines([fact(2020, "270000000", unit="元")]), ["甲"], [])

    assert options["yAxis"]["name"] == "亿元"
    assert options["series"][2]["data"] == [2.7]


def test_two_told_forms_are_apart_and_an_unsaid_one_is_marked() -> None:
    money = {"definition": {"form": "money"}}

    joined, other = lines([fact(2020, **money), fact(2021), fact(2022, definition={"form": "goods"})])

    assert [f.year for f in joined.facts] == [2020, 2021]
    assert joined.unsaid(joined.facts[1]) == ["形式"]
    assert differences(joined, other) == [("形式", "资金", "物资")]


def test_a_change_of_code_is_told_and_keeps_the_area() -> None:
    facts = [fact(2012, place_code="542100"), fact(2016)]

    (told,) = breaks("540300", facts)

    assert (told.year, told.other_area) == (2014, False)
    assert "昌都地区（542100）" in told.told
    assert breaks("540300", facts[1:]) == []


@pytest.mark.parametrize(
    ("code", "year", "told"),
    [("542129", 1999, "盐井县（542134）并入芒康县"), ("542135", 1999, "碧土县（542135）并入左贡县")],
)
def test_what_was_merged_or_split_is_another_area(code: str, year: int, told: str) -> None:
    found = breaks(code, [fact(1990, place_code=code), fact(2005, place_code=code)])

    (one,) = [b for b in found if b.year == year]
    assert told in one.told
    assert one.other_area
    options = series_picture(lines([fact(1998, place_code=code), fact(1999, place_code=code)]), ["甲"], [one])
    drawn = [s["data"] for s in options["series"] if s.get("symbolSize")]
    assert drawn == [[10.0, None], [None, 10.0]]  # no line over the change


def test_a_year_with_several_figures_breaks_the_line() -> None:
    found = lines([fact(2020), fact(2021, "5"), fact(2021, "6"), fact(2022)])
    options = series_picture(found, ["甲"], [])
    joined = next(
        s for s in options["series"] if s["type"] == "line" and "areaStyle" not in s and not s.get("silent")
    )

    assert joined["data"] == [10.0, None, 10.0]
    assert [p for s in options["series"] if s["type"] == "scatter" for p in s["data"]] == [
        ["2021", 5.0],
        ["2021", 6.0],
    ]


def test_missing_years_stay_missing() -> None:
    options = series_picture(lines([fact(2020), fact(2023)]), ["甲"], [])

    assert options["xAxis"]["data"] == ["2020", "2021", "2022", "2023"]
    assert options["series"][2]["data"] == [10.0, None, None, 10.0]


def test_bounds_are_a_band() -> None:
    options = series_picture(lines([fact(2020, low="90", high="110")]), ["甲"], [])

    assert [s["data"] for s in options["series"]] == [[90.0], [20.0], [100.0]]


def test_a_comparison_keeps_other_definitions_apart() -> None:
    a, b = Subject("place", "1", "甲县"), Subject("place", "2", "乙县")
    plan = fact(2022, "20", definition={"stage": "planned"})

    told = compare([(a, [fact(2022, "4"), plan]), (b, [fact(2022, "7")])])

    ((year, cells),) = told.rows
    assert (year, [[f.low for f in cell] for cell in cells]) == (2022, [["4"], ["7"]])
    ((apart),) = told.apart
    assert apart.differs == [("阶段", "未写明", "计划")]
    assert [(s, facts) for s, facts in apart.told] == [(a, [plan])]
    assert compare([(a, [fact(2022, "4"), plan]), (b, [fact(2022, "7")])], apart.number).rows[0][1][0] == [
        plan
    ]


@pytest.mark.parametrize(
    ("low", "high", "closed", "unit", "told"),
    [
        ("33", "33", "both", "名", "33 名"),
        ("270500000", "271500000", "low", "元", "2.705–2.715 亿元"),
        ("80000000", "", "none", "元", "> 8,000 万元"),
        ("", "200", "none", "名", "< 200 名"),
        ("12345", "12345", "both", "人", "12,345 人"),
        ("85", "85", "both", "%", "85%"),
        ("", "", "clash", "人", "相互矛盾"),
        ("", "", "both", "人", "—"),
    ],
)
def test_amounts_are_told_as_an_office_writes_them(
    low: str, high: str, closed: str, unit: str, told: str
) -> None:
    assert amount(low, high, closed, unit) == told


def test_intervals_share_one_axis_and_open_ends_reach_its_edge() -> None:
    first, second, none = bars([(Decimal(10), Decimal(20)), (Decimal(15), None), None])

    assert none is None
    assert first is not None
    assert second is not None
    assert first.x < second.x < first.right < second.right == 100
    assert second.open_right


@pytest.mark.parametrize(
    ("written", "code"),
    [("昌都市", "540300"), ("西藏自治区昌都市 540300", "540300"), ("没有这里", ""), ("999999", "")],
)
def test_places_are_read_by_name_and_code(written: str, code: str) -> None:
    assert place_of(written)[0] == code


def test_an_ambiguous_name_gives_its_choices() -> None:
    code, choices = place_of("市中区")

    assert code == ""
    assert len(choices) > 1


def test_typing_offers_places_in_force_first() -> None:
    offers = places_like("昌都")

    assert offers[0] == "西藏自治区昌都市 540300"
    assert len(offers) <= 10


@pytest.mark.parametrize(
    ("period", "told", "whole"),
    [
        ("2023", "2023年", True),
        ("2023-05", "2023年5月", False),
        ("2023-01-01/2023-12-31", "2023年1月1日–2023年12月31日", True),
        ("2023-01/2023-12", "2023年1月–2023年12月", True),
        ("2021/2023", "2021年–2023年", False),
    ],
)
def test_periods_are_told(period: str, told: str, whole: bool) -> None:
    assert period_name(period) == told
    assert whole_year(period) is whole
