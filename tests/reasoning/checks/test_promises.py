"""Promises: what is told as yet to come, by when, and what later reports make of it."""

import datetime

import pytest

from shanhai import find_claims, read
from shanhai.model import Code, PromiseState, Severity
from shanhai.reasoning.checks.promises import find
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.promises.following import promises

from ..reported import case, told


def _dues(*lines: str, date: str = "2024-07-03") -> dict[str, str | None]:
    return {p.cited.quote: p.due for p in promises(case(told("a", *lines, date=date)))}


@pytest.mark.parametrize(
    ("line", "cited", "due"),
    [
        ("总投资1.2亿元的妇幼保健楼将于2025年5月投入使用。", "2025年5月", "2025-05"),
        ("新建的雪山幼儿园主体完工，预计明年9月开学。", "明年9月", "2025-09"),
        ("河谷水厂力争年底前建成。", "年底前", "2024"),
        ("数据中心开工建设，2025年3月即将亮灯。", "2025年3月", "2025-03"),
        ("卒中中心的设备正在安装，年底能投用。", "年底", "2024"),
        ("按照规划，到2027年，剩下的流动沙丘也将锁上绿边。", "到2027年", "2027"),
        ("到2025年，双方将建成示范村130个。", "130个", "2025"),
        ("余下的17例将于8月底前送诊。", "17例", "2024-08"),
        ("明年计划引进企业24家。", "24家", "2025"),
        ("年内力争再培训牧民800人次。", "800人次", "2024"),
        ("下半年拟组织专场招聘会6场次。", "6场次", "2024-12"),
        ("“十四五”期末，力争高原果园达到3000亩。", "3000亩", "2025"),
        ("五年内计划投资12亿元。", "12亿元", "2029"),
        ("粮库预计明年5月投产，届时可年加工青稞8000吨。", "8000吨", "2025-05"),
        ("青稞酒厂满产达效后预计年产值逾3亿元。", "逾3亿元", None),
        ("工厂建成后，预计带动就业260人。", "260人", None),
        ("制药厂预计年产值可达1.7亿元。", "1.7亿元", None),
        # the condition is just what the date is told for; another condition has no date
        ("智慧牧场计划于2025年6月投产，投产后可带动420户。", "420户", "2025-06"),
        ("智慧牧场计划于2025年6月投产，满产后可带动420户。", "420户", None),
        ("因设备未到，屠宰场竣工时间推迟至2025年4月。", "至2025年4月", "2025-04"),
    ],
)
def test_a_promise_has_its_due_date_or_none(line: str, cited: str, due: str | None) -> None:
    assert _dues(line)[cited] == due


@pytest.mark.parametrize(
    "line",
    [
        "妇幼保健楼已于2023年5月投入使用。",
        "截至2024年6月底，项目全部开工。",
        "2019年7月进藏的工作队即将期满。",
        "教学楼在去年底前已经建成。",
        "工作队争取到计划外资金2687万元。",
        "2023年全国可再生能源装机增长。",
        "今年前几天公布的消息说，项目进展顺利。",
        # the plan that results are held against
        "完成投资8500万元，占计划总投资1亿元的85%。",
        "2023年计划安排项目35项。",
    ],
)
def test_what_has_come_about_is_no_promise(line: str) -> None:
    assert _dues(line) == {}


@pytest.mark.parametrize(
    ("line", "cited"),
    [
        ("2025年计划投资1亿元，其中民生项目7000万元，产业项目3000万元。", ["1亿元"]),
        ("2025年计划投资1亿元（其中：教育6000万元；医疗4000万元），力争带动就业300人。", ["1亿元", "300人"]),
        # what is promised of its own behind the parts is no part
        ("2025年计划投资1亿元，其中民生项目7000万元，预计年产值5000万元。", ["1亿元", "5000万元"]),
        # a total that is no promise has no promised parts
        ("项目总投资3亿元，下一步计划投资1亿元建设冷库。", ["1亿元"]),
    ],
)
def test_a_total_and_its_parts_are_one_promise(line: str, cited: list[str]) -> None:
    assert list(_dues(line)) == cited


@pytest.mark.parametrize(
    ("head", "row", "cited"),
    [
        ("2023年度项目计划表", "", {}),
        ("项目计划表", "", {}),
        ("项目计划表", "（预计）", {"7": None}),
        ("2025年度项目计划表", "", {"12": "2025", "7": "2025"}),
    ],
)
def test_a_row_that_only_its_tables_head_tells_as_planned_is_a_promise_where_it_has_a_date_to_come(
    head: str, row: str, cited: dict[str, str | None]
) -> None:
    page = (
        f"<h1>帮扶工作情况</h1><p>来源：山海日报 发布时间：2024-07-03</p><h2>{head}</h2>"
        "<table><tr><th>项目</th><th>项目数（个）</th></tr>"
        f"<tr><td>教育类</td><td>12</td></tr><tr><td>产业类{row}</td><td>7</td></tr></table>"
    )
    report = read(f"<html><body>{page}</body></html>".encode(), name="a.html")
    listed = promises(case(Evidence(report.doc, tuple(find_claims(report)), report)))

    assert {p.cited.quote: p.due for p in listed} == cited


def test_relative_dates_without_a_report_date_stay_open() -> None:
    assert _dues("雪山幼儿园预计明年9月开学。", date="") == {"明年9月": None}


def test_an_old_plan_is_not_dated_from_the_report() -> None:
    assert _dues("空置的幼儿园将于当年秋季启用。") == {"当年秋季": None}


def test_every_figure_and_date_to_come_of_the_seeds_is_listed(seeds: list) -> None:  # type: ignore[type-arg]  # paths
    reports = [read(path) for path in seeds]
    listed = promises(case(*(Evidence(r.doc, tuple(find_claims(r)), r) for r in reports)))

    assert [(p.cited.doc[:3], p.cited.quote, p.due) for p in listed] == [
        ("000", "277.8億元", None),
        ("000", "9.2%", None),
        ("001", "2025年5月", "2025-05"),
        ("001", "1.7億元", None),
        ("001", "逾3億元", None),
        ("001", "約1億元", None),
        ("001", "2025年3月", "2025-03"),
    ]


PROMISED = "重庆市援藏工作队承建的洛隆县妇幼保健院门诊楼将于2024年5月投入使用。"
AIMED = "2024年，重庆市援藏工作队计划在洛隆县引进企业24家。"


def _after(first: str, then: str, on: str = "2025-06-01") -> tuple[PromiseState, Code, Severity]:
    """The state of the first report's promise, and how it is found."""
    held = case(
        told("then", then, date="2025-01-15"),
        told("first", first, date="2024-01-20"),
        on=datetime.date.fromisoformat(on),
    )
    (promise,) = [p for p in promises(held) if p.cited.doc == "first"]
    (finding,) = [f for f in find(held) if f.claims[0].doc == "first"]
    assert finding.detail["state"] == promise.state.value
    assert finding.detail["check"] == "promises"
    return promise.state, finding.code, finding.severity


@pytest.mark.parametrize(
    ("first", "then", "state"),
    [
        (PROMISED, "2024年6月，洛隆县妇幼保健院门诊楼正式投入使用。", PromiseState.KEPT),
        (PROMISED, "洛隆县妇幼保健院门诊楼启用半年，群众就诊方便多了。", PromiseState.KEPT),
        (PROMISED, "洛隆县妇幼保健院门诊楼尚未投入使用。", PromiseState.CONTRADICTED),
        (PROMISED, "洛隆县妇幼保健院门诊楼预计2025年9月投入使用。", PromiseState.DELAYED),
        (PROMISED, "洛隆县妇幼保健院住院楼正式投入使用。", PromiseState.DUE),
        (PROMISED, "洛隆县妇幼保健院门诊楼建成。", PromiseState.DUE),
        (PROMISED, "工作队加快推进洛隆县妇幼保健院门诊楼投入使用。", PromiseState.DUE),
        (AIMED, "2024年，重庆市援藏工作队在洛隆县引进企业26家。", PromiseState.KEPT),
        (AIMED, "2024年，重庆市援藏工作队在洛隆县引进企业17家。", PromiseState.CONTRADICTED),
        (AIMED, "2023年，重庆市援藏工作队在洛隆县引进企业17家。", PromiseState.DUE),
        (AIMED, "2024年上半年，重庆市援藏工作队在洛隆县引进企业17家。", PromiseState.DUE),
        (AIMED, "2024年，重庆市援藏工作队在芒康县引进企业17家。", PromiseState.DUE),
        (AIMED, "2024年，天津市援藏工作队在洛隆县引进企业17家。", PromiseState.DUE),
        (AIMED, "2025年，重庆市援藏工作队计划在洛隆县引进企业24家。", PromiseState.DUE),
    ],
)
def test_later_reports_close_delay_or_contradict(first: str, then: str, state: PromiseState) -> None:
    found, code, severity = _after(first, then)
    short = Code.PROMISE_DUE if first == AIMED else Code.CONTRADICTED

    assert found is state
    assert (code, severity) == {
        PromiseState.KEPT: (Code.ADDS_UP, Severity.INFO),
        PromiseState.CONTRADICTED: (short, Severity.WARNING),
        PromiseState.DELAYED: (Code.PROMISE_OPEN, Severity.WARNING),
        PromiseState.DUE: (Code.PROMISE_DUE, Severity.WARNING),
    }[state]


WORKS = "新建的河谷水厂预计2024年8月建成，日供水3000吨。"


@pytest.mark.parametrize(
    ("then", "thing", "figure"),
    [
        ("受汛期影响，河谷水厂建成时间推迟至2025年9月。", PromiseState.DELAYED, PromiseState.DELAYED),
        ("河谷水厂延期，预计2025年9月建成。", PromiseState.DELAYED, PromiseState.DELAYED),
        ("河谷水厂没有延期，如期建成，日供水3000吨。", PromiseState.KEPT, PromiseState.KEPT),
        # that it is finished says nothing of how much water it gives
        ("河谷水厂已经建成。", PromiseState.KEPT, PromiseState.DUE),
        ("河谷水厂已经建成，日供水2500吨。", PromiseState.KEPT, PromiseState.DUE),
        ("原定8月建成的河谷水厂尚未建成。", PromiseState.CONTRADICTED, PromiseState.CONTRADICTED),
        # put off without a day, or put off of something else
        ("河谷水厂建成时间推迟。", PromiseState.DUE, PromiseState.DUE),
        ("河谷水厂建成，延期三个月的县医院改造也已完工。", PromiseState.KEPT, PromiseState.DUE),
    ],
)
def test_a_figure_shares_the_fate_of_what_it_was_promised_with(
    then: str, thing: PromiseState, figure: PromiseState
) -> None:
    held = case(
        told("first", WORKS, date="2024-01-20"),
        told("then", then, date="2024-10-15"),
        on=datetime.date(2025, 6, 1),
    )

    states = {p.cited.quote: p.state for p in promises(held) if p.cited.doc == "first"}

    assert states == {"2024年8月": thing, "3000吨": figure}


def test_nothing_is_due_on_an_unknown_day_or_before_its_time() -> None:
    promised = told("first", PROMISED, date="2024-01-20")

    assert [p.state for p in promises(case(promised))] == [PromiseState.OPEN]
    assert [p.state for p in promises(case(promised, on=datetime.date(2024, 5, 31)))] == [PromiseState.OPEN]
    assert [p.state for p in promises(case(promised, on=datetime.date(2024, 6, 1)))] == [PromiseState.DUE]


def test_an_earlier_report_answers_nothing() -> None:
    held = case(
        told("first", PROMISED, date="2024-01-20"),
        told("before", "洛隆县妇幼保健院门诊楼正式投入使用。", date="2023-06-01"),
    )

    assert [p.state for p in promises(held)] == [PromiseState.OPEN]


def test_copies_tell_one_promise() -> None:
    held = case(told("a", PROMISED, AIMED), told("b", PROMISED, AIMED))

    assert [p.cited.doc for p in promises(held)] == ["a", "a"]


def test_the_message_names_promise_date_and_answer() -> None:
    held = case(
        told("first", AIMED, date="2024-01-20"),
        told("then", "2024年，重庆市援藏工作队在洛隆县引进企业17家。", date="2025-01-15"),
    )

    (finding,) = find(held)

    assert "引进企业24家" in finding.message.zh
    assert "期限 2024" in finding.message.zh
    assert "《then》所说未达到承诺（“17家”）" in finding.message.zh
    assert "falls short" in finding.message.en
    assert [c.quote for c in finding.claims] == ["24家", "17家"]


def test_thousands_of_promises_in_one_sentence_are_listed() -> None:
    many = told("a", "计划引进企业37家，" * 3000 + "。", date="2024-07-03")

    listed = promises(case(many, on=datetime.date(2026, 1, 1)))

    assert len(listed) > 0
