"""Plausibility: slips of the pen are found and undone on paper only; true reports stay quiet."""

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai import find_claims, read
from shanhai.catalogue.files import decode
from shanhai.catalogue.plausible import Plausible, load_plausible
from shanhai.model import CatalogueError, Code, Finding, Number, Severity
from shanhai.reasoning.case import Case
from shanhai.reasoning.checks.plausibility import find
from shanhai.reasoning.evidence import Evidence

from ...conftest import ROOT
from ..reported import case, told


def check(*lines: str) -> list[Finding]:
    return list(find(case(told("report", *lines))))


SLIPS: list[tuple[str, str, str, Number]] = [
    ("队员平均年龄415岁。", "415岁", "lost_point", Decimal("41.5")),
    ("全县平均海拔46000米。", "46000米", "lost_point", 4600),
    ("高考上线率985%。", "985%", "lost_point", Decimal("98.5")),
    ("考试合格率由65%提高到9120%。", "65%提高到9120%", "lost_point", Decimal("91.2")),
    ("全县森林覆盖率达到683%。", "683%", "lost_point", Decimal("68.3")),
    ("农户户均增收1.2亿元。", "1.2亿元", "yi_for_wan", 12_000),
    ("财政援助资金县均5187亿元。", "5187亿元", "yi_for_wan", 51_870_000),
    ("财政援助资金县均0.5万元。", "0.5万元", "wan_for_yi", 50_000_000),
    ("农村居民人均可支配收入15300万元。", "15300万元", "extra_wan", 15_300),
    ("农村居民人均可支配收入1.53元。", "1.53元", "lost_wan", 15_300),
]


@pytest.mark.parametrize(("sentence", "quote", "slip", "meant"), SLIPS)
def test_a_slip_is_found_with_its_likeliest_correction(
    sentence: str, quote: str, slip: str, meant: Number
) -> None:
    (found,) = check(sentence)

    assert (found.code, found.severity) == (Code.IMPLAUSIBLE, Severity.WARNING)
    assert [c.quote for c in found.claims] == [quote]
    assert found.detail["correction"] == {"slip": slip, "value": meant}
    assert quote in found.message.zh
    assert "没有改动" in found.message.zh
    assert "nothing has been changed" in found.message.en
    assert found.settles.zh
    assert found.settles.en


def test_what_no_slip_explains_is_shown_without_a_correction() -> None:
    (found,) = check("队员平均年龄7岁。")

    assert found.detail["correction"] is None
    assert (found.detail["low"], found.detail["high"]) == (20, 60)
    assert "可能" not in found.message.zh


LIKELY = [
    "队员平均年龄41.5岁，年龄最大的58岁。",
    "全县平均海拔4600米，最高处海拔8848米。",
    "高考上线率98.5%，比上年提高6.2个百分点。",
    "小学毛入学率103.5%。",
    "全年完成协议数的113%，资金到位率106%。",
    "销售收入增长320%，税收增长1.2倍。",
    "农户户均增收8000元，最多的户增收12万元。",
    "财政援助资金县均5187万元，总额231.9亿元。",
    "2023年培训2023人次。",
    "全县今年植树2020亩，建成卫生室2000个。",
    "农村居民人均可支配收入由500元增加到18387元。",
    "利润同比下降135%。",
    "农户户均增收0元。",
]


@pytest.mark.parametrize("sentence", LIKELY)
def test_what_may_well_be_stays_quiet(sentence: str) -> None:
    assert check(sentence) == []


@pytest.mark.parametrize("sentence", ["截至2023人，已有收获。", "早在1994个项目。"])
def test_a_year_read_as_a_count_is_told(sentence: str) -> None:
    (found,) = check(sentence)

    assert found.detail["why"] == "year"
    assert "像是年份" in found.message.zh
    assert found.detail["correction"]["slip"] == "year"


def cited_values(values: list[str]) -> list[tuple[str, str]]:
    reports = [told(f"r{i}", f"2023年，第{i}组带动农户户均增收{v}元。") for i, v in enumerate(values)]
    found = list(find(Case(tuple(reports), {r.doc: r.doc for r in reports})))
    assert all(f.detail["why"] == "elsewhere" for f in found)
    return [(f.claims[0].doc, f.claims[0].quote) for f in found]


EIGHT = ["8000", "7600", "9100", "6800", "8500", "8800", "7900", "8300"]


def test_a_figure_far_from_all_others_is_told() -> None:
    assert cited_values([*EIGHT, "8210", "95万"]) == [("r9", "95万元")]
    assert cited_values([*EIGHT, "42"]) == [("r8", "42元")]


def test_seven_others_are_too_few_and_ninety_times_too_near() -> None:
    assert cited_values([*EIGHT[:7], "95万"]) == []
    assert cited_values([*EIGHT, "72万"]) == []


def test_copies_of_a_report_are_no_independent_values() -> None:
    reports = [told(f"r{i}", "2023年，带动农户户均增收8000元。") for i in range(20)]
    far = told("far", "2023年，带动农户户均增收95万元。")
    original = {r.doc: "r0" for r in reports} | {"far": "far"}

    assert list(find(Case((*reports, far), original))) == []


def test_totals_are_compared_only_where_place_and_measure_are_the_same() -> None:
    reports = [told(f"r{i}", f"2023年，累计拨付援藏资金{v}元。") for i, v in enumerate([*EIGHT, "95亿"])]

    assert list(find(Case(tuple(reports), {r.doc: r.doc for r in reports}))) == []


@given(st.integers(0, 10**13), st.sampled_from(["元", "万元", "亿元"]))
def test_an_offered_correction_always_lies_in_the_range(number: int, unit: str) -> None:
    for found in check(f"农户户均增收{number}{unit}。"):
        offered = found.detail["correction"]
        assert offered is None or found.detail["low"] <= offered["value"] <= found.detail["high"]


def own_texts() -> list[Path]:
    return sorted(
        p
        for folder in ("gold/open", "gold/held", "examples/reports")
        for p in (ROOT / folder).iterdir()
        if p.suffix != ".jsonl" and p.name != "README.md"
    )


def test_no_alarm_rings_on_true_reports(seeds: list[Path]) -> None:
    reports = [read(p.read_bytes(), name=p.name) for p in [*own_texts(), *seeds]]
    evidence = tuple(Evidence(r.doc, tuple(find_claims(r)), r) for r in reports)

    alarms = list(find(Case(evidence, {e.doc: e.doc for e in evidence})))

    assert sum(len(e.claims) for e in evidence) > 2000
    assert [(f.claims[0].doc, f.claims[0].quote) for f in alarms] == []


def test_findings_come_in_the_order_of_the_case_and_are_the_same_twice() -> None:
    told_twice = case(told("a", "队员平均年龄415岁。高考上线率985%。"), told("b", "全县平均海拔46000米。"))

    found = list(find(told_twice))

    assert [f.claims[0].quote for f in found] == ["415岁", "985%", "46000米"]
    assert msgspec.json.encode(found) == msgspec.json.encode(list(find(told_twice)))


def test_there_are_ranges_for_at_least_forty_sorts_of_figures() -> None:
    assert len(load_plausible()) >= 40
    assert all(e.reason_zh and e.reason_en and e.per_zh for e in load_plausible().values())


REFUSED = [
    ("unit: 堆", "'堆' is no unit"),
    ("low: 9\nhigh: 3", "low 9 must lie below high 3"),
    ("indicators: [people.nothing]", "people.nothing"),
    ("words: []\nindicators: []", "nothing narrows the entry"),
]


@pytest.mark.parametrize(("changed", "problem"), REFUSED)
def test_a_range_that_cannot_be_is_refused(tmp_path: Path, changed: str, problem: str) -> None:
    lines = {
        "unit": "unit: 岁",
        "low": "low: 20",
        "high": "high: 60",
        "indicators": "indicators: [people.age]",
        "words": "words: [平均]",
    }
    lines |= {line.partition(":")[0]: line for line in changed.splitlines()}
    names = "name_zh: 甲\nname_en: a\nper_zh: 乙\nper_en: b\nreason_zh: 丙\nreason_en: c\n"
    file = tmp_path / "own.yaml"
    file.write_text(names + "\n".join(lines.values()), "utf-8")

    assert any(problem in p for p in decode(file, Plausible).problems())


def test_an_unknown_key_of_a_range_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("name_zh: 甲\nlowest: 3\n", "utf-8")

    with pytest.raises(CatalogueError, match=r"own\.yaml"):
        decode(file, Plausible)
