"""Which version of a rule may hold: by place, nearest first, and by time."""

import msgspec
import pytest

from shanhai.catalogue.rules import RuleVersion, load_rules
from shanhai.model import Sides
from shanhai.reasoning.rules.versions import codes_of, receiving, time_of, versions_for

from ..reported import told

COUNTY = load_rules()["county_share"]


@pytest.mark.parametrize(
    ("time", "thresholds"),
    [
        (("2009", "2010"), []),
        (("2012", "2012-12"), [70]),
        (("2013-12", "2013-12"), [70]),
        (("2014-08-25", "2014-08-25"), [80]),
        (("2012-11", "2024-06"), [70, 80]),
        ((None, None), [70, 80]),
    ],
)
def test_versions_are_those_that_share_a_day_with_the_time(
    time: tuple[str | None, str | None], thresholds: list[int]
) -> None:
    found = versions_for(COUNTY, codes_of("那曲市"), time)

    assert [v.threshold for v in found] == thresholds


def test_a_version_for_the_place_itself_goes_before_one_for_what_it_lies_in() -> None:
    wide = COUNTY.versions[1]
    own = RuleVersion(("那曲市",), wide.threshold + 10, wide.must, wide.source, since="2014")
    rule = msgspec.structs.replace(COUNTY, versions=(*COUNTY.versions, own))

    assert versions_for(rule, codes_of("安多县"), ("2023", "2023")) == (own,)
    assert versions_for(rule, codes_of("芒康县"), ("2023", "2023")) == (wide,)


def test_a_name_of_several_places_means_what_they_share() -> None:
    assert codes_of("兵团")[-1] == "650000"
    assert codes_of("朝阳") == ()
    assert codes_of("乌有县") == codes_of(None) == ()


def test_the_report_says_the_place_where_the_figure_does_not() -> None:
    (claim,) = told("report", "2023年，投向民生的援助资金占83.6%。").claims
    sides = Sides("甲省", "那曲市")

    assert receiving(claim, sides)[0] == "那曲市"
    assert receiving(msgspec.structs.replace(claim, place="喀什地区"), sides)[0] == "喀什地区"
    # the assisting side is not where the money goes; a region around the report's place says less than the report
    assert receiving(msgspec.structs.replace(claim, place="辽宁省"), sides)[0] == "那曲市"
    assert receiving(msgspec.structs.replace(claim, place="西藏"), sides)[0] == "那曲市"
    assert receiving(claim, None) == ("", ())


def test_without_a_period_the_reports_year_and_the_year_before_count() -> None:
    evidence = told("report", "投向民生的援助资金占83.6%。", date="2024-01-18")
    (claim,) = evidence.claims

    assert time_of(msgspec.structs.replace(claim, period=None), evidence.report) == ("2023", "2024-01-18")
    assert time_of(msgspec.structs.replace(claim, period="2021-03/2023"), None) == ("2021-03", "2023")
    assert time_of(msgspec.structs.replace(claim, period=None), None) == (None, None)
