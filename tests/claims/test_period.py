"""Periods: absolute, relative to the report's date, cumulative; never invented."""

import pytest

from claims.reports import claims

TOLD = [
    ("2023年，引进企业59家。", "2023"),
    ("2023年5月，引进企业59家。", "2023-05"),
    ("2023年5月27日，引进企业59家。", "2023-05-27"),
    ("2016—2020年，引进企业59家。", "2016/2020"),
    ("今年5月，引进企业59家。", "2024-05"),
    ("去年，引进企业59家。", "2023"),
    ("6月3日，引进企业59家。", "2024-06-03"),
    ("11月3日，引进企业59家。", "2023-11-03"),
    ("今年上半年，引进企业59家。", "2024-01/2024-06"),
    ("2016年7月以来，引进企业59家。", "2016-07/2024-06"),
    ("党的十八大以来，引进企业59家。", "2012-11/2024-06"),
    ("引进企业59家。", None),
]


@pytest.mark.parametrize(("sentence", "period"), TOLD)
def test_the_period_of_a_figure(sentence: str, period: str | None) -> None:
    assert claims(sentence, date="2024-06-21")["59家"].period == period


@pytest.mark.parametrize(
    "sentence", ["去年，引进企业59家。", "6月3日，引进企业59家。", "今年5月，引进企业59家。"]
)
def test_words_that_need_the_reports_date_say_nothing_without_it(sentence: str) -> None:
    assert claims(sentence)["59家"].period is None


def test_the_year_of_a_title_or_heading_holds_below_it_but_not_for_cumulative_figures() -> None:
    found = claims(
        "援藏工作队2023年工作总结", "", "引进企业59家。累计签约项目78个。", "2024年计划", "培训医生120人。"
    )
    assert [c.period for c in found.values()] == ["2023", None, "2024"]


def test_both_ends_of_a_change_have_their_year() -> None:
    found = claims("升学率由2016年的85%提升到2023年的98.7%。")
    assert found["85%提升到2023年的98.7%"].period == "2016/2023"


def test_the_year_that_a_figure_is_compared_with_is_not_its_own() -> None:
    assert claims("2023年，手术量比2015年增加了66.44%。")["66.44%"].period == "2023"


def test_a_cumulative_figure_knows_since_when() -> None:
    card = claims("2016年7月以来，累计投入资金2.71亿元。", date="2024-08-29")["2.71亿元"].definition
    assert card.cumulative is True
    assert str(card.since) == "2016-07-01"
