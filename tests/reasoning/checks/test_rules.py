"""The check of rules: stated shares and divided amounts against the version that may hold."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from shanhai import find_claims, read
from shanhai.catalogue.rules import load_rules
from shanhai.model import Code, Finding, Severity
from shanhai.reasoning.case import Case
from shanhai.reasoning.checks.rules import find
from shanhai.reasoning.evidence import Evidence

from ...conftest import ROOT
from ..reported import case, told

NAQU = "甲省第十批援藏工作队对口支援那曲市。"
KASHGAR = "乙省援疆指挥部对口支援喀什地区。"


def check(*lines: str, date: str = "") -> list[Finding]:
    return list(find(case(told("report", *lines, date=date))))


def verdicts(findings: Sequence[Finding]) -> list[tuple[str, Code]]:
    return [(f.detail["rule"], f.code) for f in findings if f.code is not Code.UNVERIFIABLE]


def assert_liaoning(findings: list[Finding]) -> None:
    livelihood, county, absent = findings
    assert verdicts(findings) == [
        ("livelihood_share", Code.RULE_MET),
        ("county_share", Code.RULE_MET),
    ]
    assert [c.quote for c in livelihood.claims] == ["80.79%"]
    assert [c.quote for c in county.claims] == ["85.86%"]
    assert livelihood.detail["margin"] == Decimal("0.79")
    assert county.detail["margin"] == Decimal("5.86")
    assert "高出0.79个百分点" in livelihood.message.zh
    assert "by 0.79 points" in livelihood.message.en
    assert absent.code is Code.UNVERIFIABLE
    assert absent.severity is Severity.INFO
    assert [c.quote for c in absent.claims] == ["80.79%", "85.86%"]
    assert absent.detail["missing"] == {
        "livelihood_share": ["numerator", "denominator"],
        "county_share": ["numerator", "denominator"],
    }
    assert "无法复算" in absent.message.zh
    assert "援助资金总额" in absent.settles.zh


def test_shares_in_a_list_meet_both_rules_and_cannot_be_worked_out_again() -> None:
    assert_liaoning(
        check(
            "丙省对口支援那曲市综述",
            "党的十八大以来，丙省援藏工作队在那曲市实施项目215个，"
            "保障和改善民生、县及县以下基层领域资金分别占比80.79%和85.86%。",
            date="2024-06-21",
        )
    )


def test_the_seed_gives_the_same(seeds: list[Path]) -> None:
    path = next(p for p in seeds if p.name.startswith("002"))
    report = read(path.read_bytes(), name=path.name)

    assert_liaoning(list(find(case(Evidence(report.doc, tuple(find_claims(report)), report)))))


STATED = [
    (
        "2023年，投向民生的援藏资金占83.6%，投向县及县以下的占81.4%。",
        {"livelihood_share": "met", "county_share": "met"},
    ),
    ("2023年，投向民生的援藏资金占76.2%。", {"livelihood_share": "broken"}),
    ("2023年，超过八成的援藏资金落在县乡两级。", {"county_share": "met"}),
    ("2023年，援藏资金八成以上到县乡，七成多到民生。", {"county_share": "met", "livelihood_share": "broken"}),
    # What 80% was rounded from may lie on either side.
    ("2023年，投向民生的援藏资金占80%。", {"livelihood_share": "open"}),
    ("2023年，投向民生的援藏资金占近八成。", {"livelihood_share": "broken"}),
    # Both shares in one figure say nothing sure of either; county money for livelihood is part of both.
    ("2023年，85%以上的援藏资金投向民生和基层。", {"livelihood_share": "open", "county_share": "open"}),
    ("2023年，民生领域和县及县以下援藏资金占85%。", {"livelihood_share": "open", "county_share": "open"}),
    ("2023年，民生领域和县及县以下援藏资金均超过85%。", {"livelihood_share": "met", "county_share": "met"}),
    # a name behind 、 belongs to the figure before it
    ("2023年，援藏资金85%用于民生、73%用于基层。", {"livelihood_share": "met", "county_share": "broken"}),
    # the share of an amount that no rule counts
    ("2023年，援藏资金县及县以下1.7亿元，占85%，市本级0.3亿元，占15%。", {"county_share": "met"}),
    ("2023年，援藏资金用于县以下民生领域的占85%以上。", {"livelihood_share": "met", "county_share": "met"}),
    # one list of names with one of figures behind it, and a count that is no figure of the list
    (
        "2023年，投向县乡村和改善民生的援藏资金占比分别为81.2%和78.3%，两项指标一升一降。",
        {"county_share": "met", "livelihood_share": "broken"},
    ),
    # the name behind the figure, in tenths
    (
        "2023年，援藏资金有八成三投向民生，七成二投向县乡。",
        {"livelihood_share": "met", "county_share": "broken"},
    ),
    # the share in a bracket behind its name; what stands in the next bracket is another share
    ("2023年，援藏资金保民生（占比83%）、兴产业（占比12%）。", {"livelihood_share": "met"}),
    # Before 2014 only the share to county level is known, and another threshold.
    ("2012年，援藏资金投向县及县以下的占73%，投向民生的占73%。", {"county_share": "met"}),
]


@pytest.mark.parametrize(("sentence", "expected"), STATED)
def test_stated_shares_are_held_against_their_rules(sentence: str, expected: dict[str, str]) -> None:
    assert {key: code.removeprefix("rule_") for key, code in verdicts(check(NAQU, sentence))} == expected


SILENT = [
    (NAQU, "2023年，实施援藏项目50个，其中民生项目占82%。"),
    (NAQU, "2023年，投向民生的援藏资金同比增长12%。"),
    (NAQU, "2023年，用于产业的援藏资金占63%。"),
    # of people, of projects, of what no rule counts, of two kinds together
    (NAQU, "2023年，管理援藏资金3亿元，有队员58名，来自基层的占33%。"),
    (NAQU, "2023年，援藏资金到位1亿元，实施项目40个，民生占82%。"),
    (NAQU, "2023年，用于县及县以下的产业援藏资金占12%。"),
    (NAQU, "2023年，投向产业和民生的援藏资金占95%。"),
    # as many figures as names there must be
    (NAQU, "2023年，民生、县及县以下基层和产业领域援藏资金分别占比81%、12%。"),
    # no rule is known for the place, or the place is not known
    ("甲省对口支援玉树藏族自治州。", "2023年，投向民生的资金占83.6%。"),
    ("年度情况", "2023年，投向民生的援助资金占83.6%。"),
]


@pytest.mark.parametrize("lines", SILENT)
def test_what_no_rule_speaks_of_is_passed_over(lines: tuple[str, str]) -> None:
    assert verdicts(check(*lines)) == []


def test_between_two_statements_of_a_rule_a_share_that_meets_one_stays_open() -> None:
    (found, _) = check(KASHGAR, "2020年，援疆资金投向县及县以下的占85.5%。")

    assert found.code is Code.RULE_OPEN
    assert found.detail["why_open"] == "versions"
    assert [v["threshold"] for v in found.detail["versions"]] == [95, 80]
    assert "哪一种有效不清楚" in found.message.zh


@pytest.mark.parametrize(("share", "code"), [("96.5%", Code.RULE_MET), ("78.5%", Code.RULE_BROKEN)])
def test_where_all_versions_agree_there_is_a_verdict(share: str, code: Code) -> None:
    found = check(KASHGAR, f"2020年，援疆资金投向县及县以下的占{share}。")[0]

    assert found.code is code


def test_a_target_is_held_against_the_rule_and_asked_no_amounts() -> None:
    (found,) = check(NAQU, "2026年，计划投向民生的援藏资金不低于82%。")

    assert (found.code, found.detail["planned"]) == (Code.RULE_MET, True)
    assert "计划" in found.message.zh


DIVIDED = [
    ("其中民生类8200万元，产业类1000万元", "rule_met", 82, 90, []),
    ("其中民生类7500万元，产业类1000万元，教育类600万元", "rule_open", 75, 90, ["余下部分"]),
    ("其中民生类7500万元，产业类1500万元，道路建设1000万元", "rule_open", 75, 85, ["道路建设"]),
    ("其中7500万元用于民生，2200万元用于产业", "rule_broken", 75, 78, []),
    ("其中：民生类11个、7800万元；产业类3个、2100万元", "rule_broken", 78, 79, []),
]


@pytest.mark.parametrize(("parts", "code", "certain", "possible", "deciding"), DIVIDED)
def test_divided_amounts_give_a_range(
    parts: str, code: str, certain: int, possible: int, deciding: list[str]
) -> None:
    (found,) = check(NAQU, f"2023年，安排援藏资金1亿元，{parts}。")

    assert found.code == code
    assert (found.detail["certain"], found.detail["possible"]) == (certain, possible)
    assert found.detail["deciding"] == deciding
    assert found.claims[0].quote == "1亿元"


def test_shares_in_a_numbered_list_take_the_place_of_its_heading() -> None:
    findings = check(
        "一、那曲市援藏资金投向（2023年）",
        "1．用于县及县以下的资金占援藏资金总额的82.4%；",
        "2．用于改善民生的资金占援藏资金总额的79.1%。",
    )

    assert verdicts(findings) == [
        ("county_share", Code.RULE_MET),
        ("livelihood_share", Code.RULE_BROKEN),
    ]
    assert {f.detail["place"] for f in findings if f.code is not Code.UNVERIFIABLE} == {"那曲市"}


def test_shares_in_a_table_are_named_by_their_rows() -> None:
    findings = check(
        "2023年那曲市援藏资金投向",
        "",
        "| 投向 | 占援藏资金比例 |",
        "|---|---|",
        "| 民生领域 | 84.1% |",
        "| 县及县以下 | 77.5% |",
    )

    assert verdicts(findings) == [
        ("livelihood_share", Code.RULE_MET),
        ("county_share", Code.RULE_BROKEN),
    ]


LATER = [
    # a paragraph of its own for what is left, named behind the amount
    (
        ("安排援藏资金1亿元，其中县及县以下7500万元，市本级1500万元。", "另有1000万元待分配。"),
        [("county_share", "rule_open", ["待分配"])],
    ),
    (
        ("安排援藏资金1亿元：", "1.民生项目7600万元；", "2.产业项目1800万元；", "3.待定用途600万元。"),
        [("livelihood_share", "rule_open", ["待定用途"])],
    ),
    (
        (
            "安排援藏资金1亿元。",
            "从领域看，民生8300万元，产业1700万元。",
            "从层级看，县乡6800万元，市本级3200万元。",
        ),
        [("livelihood_share", "rule_met", []), ("county_share", "rule_broken", [])],
    ),
    (
        (
            "安排援藏资金1亿元，按领域分，民生8300万元、产业1700万元；按层级分，县乡8100万元、市本级1900万元。",
        ),
        [("livelihood_share", "rule_met", []), ("county_share", "rule_met", [])],
    ),
    (("安排援藏资金1亿元。其中，民生8200万元，产业1000万元。",), [("livelihood_share", "rule_met", [])]),
    # what is not yet decided counts for nothing sure, whatever else is said of it
    (
        ("安排援藏资金1亿元，其中县级以下7900万元，尚未分到县级的1500万元，市本级600万元。",),
        [("county_share", "rule_open", ["尚未分到县级的"])],
    ),
    # sums that do not make up the total divide something else
    (("安排援藏资金1亿元。", "民生投资6300万元，产业投资1200万元。"), []),
]


@pytest.mark.parametrize(("lines", "expected"), LATER)
def test_a_total_is_divided_by_what_makes_it_up(
    lines: tuple[str, ...], expected: list[tuple[str, str, list[str]]]
) -> None:
    findings = check(NAQU, f"2023年，{lines[0]}", *lines[1:])

    assert [(f.detail["rule"], f.code, f.detail["deciding"]) for f in findings] == expected


@pytest.mark.parametrize(
    "parts",
    [
        "其中产业类1000万元，干部人才类500万元",  # nothing is sure to count
        "其中民生类8200万元，产业类5000万元",  # more than the total: a clash of figures
    ],
)
def test_amounts_that_say_nothing_of_the_rule_are_passed_over(parts: str) -> None:
    assert check(NAQU, f"2023年，安排援藏资金1亿元，{parts}。") == []


def test_a_total_of_nothing_has_no_share() -> None:
    assert check(NAQU, "2023年，安排援藏资金0万元，其中民生类0万元，产业类0万元。") == []


def test_where_both_amounts_are_told_nothing_is_asked() -> None:
    findings = check(NAQU, "2023年，安排援藏资金10000万元，其中民生类8350万元，投向民生的援藏资金占83.5%。")

    assert Code.UNVERIFIABLE not in {f.code for f in findings}


def test_an_amount_that_names_what_counts_is_the_numerator() -> None:
    findings = check(
        NAQU,
        "2023年安排援藏资金2亿元。",
        "（一）民生领域1.66亿元，占83%；",
        "（二）产业领域0.34亿元，占17%。",
    )

    assert {f.code for f in findings} == {Code.RULE_MET}


def test_what_copies_of_a_report_say_is_one_finding_that_cites_them_all() -> None:
    text = (NAQU, "2023年，投向民生的援藏资金占83.6%。")
    first, second = told("first", *text), told("second", *text)

    copied = list(find(Case((first, second), {"first": "first", "second": "first"})))
    apart = list(find(Case((first, second), {"first": "first", "second": "second"})))

    assert [[c.doc for c in f.claims] for f in copied] == [["first", "second"]] * 2
    assert [[c.doc for c in f.claims] for f in apart] == [["first"], ["first"], ["second"], ["second"]]


def test_without_the_text_a_sentence_that_tells_one_share_twice_is_not_guessed() -> None:
    whole = told("report", NAQU, "2023年，保障和改善民生、县及县以下基层领域援藏资金分别占比80.79%和85.86%。")
    claims = tuple(msgspec.structs.replace(c, place="那曲市") for c in whole.claims)

    assert list(find(case(Evidence("report", claims)))) == []


def test_a_units_own_rule_speaks_for_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "industry_share.yaml").write_text(
        page.split("```yaml\n")[1].split("```")[0], "utf-8"
    )
    monkeypatch.setenv("SHANHAI_CATALOGUE", str(tmp_path))
    load_rules.cache_clear()
    try:
        findings = check("丁市对口帮扶昭通市。", "2024年，用于产业发展的协作资金占57.5%。")
    finally:
        load_rules.cache_clear()

    assert verdicts(findings) == [("industry_share", Code.RULE_BROKEN)]
    assert findings[0].detail["margin"] == Decimal("-2.5")
    assert "本办2024年3号文" in findings[0].message.zh


def test_the_example_of_the_meter_holds() -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")

    exec(page.split("```python\n")[1].split("```")[0], {})
