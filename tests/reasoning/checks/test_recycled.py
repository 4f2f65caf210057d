"""Recycled numbers: the same figure told for another year or by another team, and what only looks like it."""

import msgspec
import pytest

from shanhai.model import Code, Finding, Severity
from shanhai.reasoning.case import Case
from shanhai.reasoning.checks.recycled import find
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.sources.copies import originals

from ..reported import case, told

LAST = "2022年，重庆市第九批援藏工作队在洛隆县培训农牧民3287人次。"


def _found(first: str, then: str, second: str = "2024-01-15") -> list[Finding]:
    return list(find(case(told("first", first, date="2023-01-15"), told("then", then, date=second))))


@pytest.mark.parametrize(
    ("first", "then", "kind", "how"),
    [
        (LAST, LAST.replace("2022", "2023"), "sentence", "period"),
        (LAST, LAST.replace("2022年", "去年"), "sentence", "period"),
        (
            LAST,
            "2023年，工作队把技能课开到村里，重庆市第九批援藏工作队在洛隆县培训农牧民3287人次，受到欢迎。",
            "figure",
            "period",
        ),
        (LAST, LAST.replace("重庆市第九批", "天津市第九批"), "sentence", "party"),
        (LAST, LAST.replace("第九批", "第十批").replace("2022", "2023"), "sentence", "party"),
        (
            "2022年，工作队在洛隆县开展义诊36场，接诊群众540人次，发放药品27种。",
            "2023年，工作队在洛隆县开展义诊36场，接诊群众540人次，发放药品27种。",
            "sentence",
            "period",
        ),
    ],
)
def test_a_figure_of_another_year_or_team_rings(first: str, then: str, kind: str, how: str) -> None:
    (finding,) = _found(first, then)

    assert (finding.code, finding.severity) == (Code.RECYCLED, Severity.WARNING)
    assert finding.detail["check"] == "recycled"
    assert finding.detail["kind"] == kind
    assert finding.detail[f"other_{how}"]
    assert finding.detail[how] != finding.detail[f"other_{how}"]
    assert {c.doc for c in finding.claims} == {"first", "then"}
    assert "《first》" in finding.message.zh
    assert "《then》" in finding.message.zh


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (LAST, "2022年，重庆市第九批援藏工作队在洛隆县培训农牧民3287人次，今年又开了新班。"),
        (LAST, "2022年，重庆第九批第二期援藏专技干部在洛隆县培训农牧民3287人次。"),
        (LAST, "2023年，重庆市第九批援藏工作队在洛隆县培训农牧民4120人次，比2022年的3287人次增长25.3%。"),
        (LAST, "2023年，重庆市第九批援藏工作队在洛隆县接待游客3287人次。"),
        (LAST, "重庆市第九批援藏工作队在洛隆县培训农牧民3287人次。"),
        (LAST.replace("3287", "3200"), "2023年，工作队培训洛隆县农牧民和村干部3200人次，反响很好。"),
        (LAST, "2023年，湖北省第十批援藏工作队在琼结县培训农牧民3287人次，让技术进村入户。"),
        (
            "2022年，工作队援建的洛隆县人民医院综合楼建筑面积8765平方米。",
            "2023年，工作队援建的洛隆县人民医院综合楼建筑面积8765平方米。",
        ),
        (
            "2022年，总投资1.237亿元的洛隆县泵站开工建设。",
            "2023年，总投资1.237亿元的洛隆县泵站投入使用。",
        ),
        (
            "2022年，每名援藏教师帮扶1名学生，每周辅导1次，每月谈心1次。",
            "2023年，每名援藏教师帮扶1名学生，每周辅导1次，每月谈心1次。",
        ),
        ("2022年，洛隆县高考上线率达到98.7%。", "2023年，全县高考形势喜人，洛隆县上线率达到98.7%。"),
    ],
)
def test_what_only_looks_the_same_does_not_ring(first: str, then: str) -> None:
    assert _found(first, then) == []


def test_copies_of_one_release_do_not_ring() -> None:
    more = [
        f"工作队在{place}修路{n}公里。" for place, n in zip("甲乙丙丁戊", (12, 23, 34, 45, 56), strict=True)
    ]
    first, then = told("first", LAST, *more), told("then", "天津市第九批援藏工作队" + LAST, *more)
    held = Case((first, then), {"first": "first", "then": "first"})

    assert list(find(held)) == []


def test_a_cumulative_figure_since_earlier_does_not_ring() -> None:
    since = "2021年以来，重庆市第九批援藏工作队在洛隆县培训农牧民3287人次。"

    assert _found(LAST, since) == []


def test_claims_without_a_report_ring_by_their_figures() -> None:
    first = told("first", LAST, date="2023-01-15")
    claims = tuple(msgspec.structs.replace(c, doc="then", period="2023") for c in first.claims)
    held = Case((first, Evidence("then", claims)), {"first": "first", "then": "then"})

    (finding,) = find(held)

    assert finding.detail["kind"] == "figure"


def test_many_equal_figures_take_no_time() -> None:
    (claim,) = told("first", LAST, date="2023-01-15").claims
    evidence = [
        Evidence(
            f"d{d}",
            tuple(
                msgspec.structs.replace(claim, doc=f"d{d}", period=str(1990 + (d + i) % 30))
                for i in range(500)
            ),
        )
        for d in range(60)
    ]
    held = Case(tuple(evidence), originals(evidence))

    list(find(held))


COMPANY = "2022年，医疗队开展手术1387台，接诊18642人次，下乡巡诊57次，带教当地医生43名。"


def test_figures_told_in_the_same_company_are_known_in_another_order() -> None:
    turned = "2023年，医疗队下乡巡诊57次，接诊18642人次，带教本地医生43名，开展手术1387台。"
    found = _found(COMPANY, turned)
    assert {"1387台", "18642人次"} <= {c.quote for f in found for c in f.claims}

    other = "2023年，医疗队下乡巡诊61次，接诊20417人次，带教本地医生38名，开展手术1387台。"
    assert _found(COMPANY, other) == []
