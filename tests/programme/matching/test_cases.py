"""Statements of short reports, read by the reader, held against a small register: what must come out."""

from decimal import Decimal

import pytest

from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.matching import rebuild_matches
from shanhai.programme.models import MatchedRecord, Project, RecordMatch, Team
from shanhai.programme.queries.matches import behind

from ..conftest import NOON, Enter, arrival, day, made

HEAD = "昌都市对口支援工作简报\n重庆市援藏工作队 2024年1月10日\n"

BACKED = [
    ("2023年，昌都市到位援藏资金4350万元。", "4350万元", 43500000),
    ("2023年，昌都市到位援藏资金近4400万元。", "近4400万元", 43500000),
    ("2023年，昌都市到位援藏资金超过4300万元。", "超过4300万元", 43500000),
    ("2022年7月以来，工作队累计到位援藏资金5850万元。", "5850万元", 58500000),
    ("2023年，计划内援藏资金到位4000万元。", "4000万元", 40000000),
    ("2023年，培训各类人员310人。", "310人", 310),
    ("2023年，举办培训班3期。", "3期", 3),
    ("2023年8月14日，在洛隆县举办乡镇医护急救培训，培训医护人员42人。", "42人", 42),
    ("2023年，实施援藏项目3个，完工项目1个。", "3个", 3),
    ("2023年，实施援藏项目3个，完工项目1个。", "1个", 1),
    ("2023年，引进企业2家。", "2家", 2),
    ("2023年，工作队在昌都市引进企业2家。", "2家", 2),
    ("2023年，消费帮扶金额350万元。", "350万元", 3500000),
    ("2023年，新选派医生2名。", "2名", 2),
    ("洛隆县人民医院住院楼项目投资2600万元。", "2600万元", 26000000),
    ("2023年，开展义诊活动1次，诊疗群众200余人次。", "200余人次", 230),
]
DIFFERS = [
    ("2023年，昌都市到位援藏资金4400万元。", "4400万元", -500000, ()),
    ("2023年，昌都市到位援藏资金3350万元。", "3350万元", 10000000, ("E3",)),
    ("2023年，昌都市到位援藏资金4850万元。", "4850万元", -5000000, ("E5",)),
    ("2023年，重庆市到位援藏资金4400万元。", "4400万元", -500000, ()),
    ("2023年，培训各类人员400人。", "400人", -90, ()),
    ("2023年，举办培训班2期。", "2期", 1, ()),
    ("2023年，实施援藏项目5个。", "5个", -2, ()),
    ("2023年，消费帮扶金额300万元。", "300万元", 500000, ("D12",)),
    ("2022年7月以来，工作队累计到位援藏资金5000万元。", "5000万元", 8500000, ("E4", "E5")),
]
UNLIKE = [
    ("到位援藏资金4350万元。", "4350万元", "哪一段时间"),
    ("2023年，到位援藏资金同比增长5%。", "5%", "增减"),
    ("2023年，西藏自治区到位援藏资金9亿元。", "9亿元", "比本结对的受援地大"),
    ("2023年，喀什地区到位援疆资金9亿元。", "9亿元", "不在本结对"),
    ("2023年，培训各类人员310人次。", "310人次", "单位不同"),
    ("2023年，累计到位援藏资金6000万元。", "6000万元", "没有写明口径"),
    ("2023年，昌都市拨付援藏资金600万元。", "600万元", "没有写明口径"),
    ("2023年，洛隆县培训农牧民30人。", "30人", "没有把它单独分出来"),
    ("2023年，边坝县到位援藏资金500万元。", "500万元", "没有写明是否全在"),
    ("2023年，洛隆县到位援藏资金3350万元。", "3350万元", "没有写明是否全在"),
    ("2023年，选派医生25名。", "25名", "没有写明口径"),
    ("2023年，到位援藏资金4350万元，其中教育1000万元。", "1000万元", "分不出这一项"),
    ("2023年，举办教师培训班12期。", "12期", "分不出这一项"),
    ("2023年，引进龙头企业7家。", "7家", "分不出这一项"),
]
ABSENT = [
    ("2023年，新建幼儿园5所。", "5所", "台账不登记"),
    ("2021年，昌都市到位援藏资金9000万元。", "9000万元", "没有记录"),
    ("2019年以来，昌都市累计到位援藏资金9亿元。", "9亿元", "只有其中一部分"),
    ("2023年，举办招聘会6场。", "6场", "还没有"),
    ("2025年，计划培训2000人次。", "2000人次", "应与目标相比"),
]


@pytest.fixture
def register(enter: Enter) -> None:
    """One term, three projects, money of two years, work of one, two doctors."""
    term = enter("term", "P10", batch=10, starts=day("2022-07-01"), ends=day("2025-07-01"))
    team = enter("team", "T10", name="重庆市第十批援藏工作队", term=term)
    luolong, bianba = ["540329", ""], ["540330", ""]
    about = {"term": term, "team": team, "level": "county", "livelihood": "whole"}
    hospital = enter(
        "project", "X1", name="洛隆县人民医院住院楼", area="health", status="2", places=[luolong],
        planned=Decimal(26000000), started=day("2022-09-01"), planned_start=day("2022-09-01"),
        planned_end=day("2024-06-30"), **about,
    )  # fmt: skip
    road = enter(
        "project", "X2", name="产业道路", area="livelihood", status="3", places=[luolong, bianba],
        started=day("2023-03-01"), ended=day("2023-11-20"), **about,
    )  # fmt: skip
    enter(
        "project", "X3", name="电商中心", area="industry", status="2", places=[luolong],
        started=day("2023-05-01"), **about,
    )  # fmt: skip
    money = [
        ("E1", "2022-08-10", "arrived", 10000000, hospital, "in"),
        ("E2", "2023-02-10", "arrived", 30000000, hospital, "in"),
        ("E3", "2023-06-10", "arrived", 10000000, road, "in"),
        ("E4", "2023-09-10", "arrived", 3500000, hospital, "out"),
        ("E5", "2024-01-05", "arrived", 5000000, hospital, "in"),
        ("E6", "2023-10-01", "spent", 5000000, hospital, "in"),
        ("E7", "2023-10-02", "paid_on", 6000000, hospital, "in"),
    ]
    for key, when, stage, amount, project, plan in money:
        enter("money", key, day=day(when), stage=stage, amount=Decimal(amount), plan=plan, project=project)
    work = [
        ("D1", "training", "乡镇医护急救培训", "2023-08-14", {"trained": 42}, None, ""),
        ("D2", "training", "电商主播培训", "2023-09-01", {"trained": 168}, None, ""),
        ("D3", "training", "教师骨干培训", "2023-10-01", {"trained": 100}, None, ""),
        ("D9", "clinic", "孜托镇义诊", "2023-07-01", {"treated": 230}, None, ""),
        ("D10", "firm", "青稞加工厂", "2023-03-01", {}, None, "arrived"),
        ("D11", "firm", "牦牛乳业", "2023-05-01", {}, None, "producing"),
        ("D12", "sale", "食堂采购", "2023-04-01", {}, Decimal(500000), "canteen"),
        ("D13", "sale", "直播带货", "2023-11-01", {}, Decimal(3000000), "livestream"),
    ]
    for key, sort, name, when, counts, amount, stage in work:
        values = {"sort": sort, "name": name, "day": day(when), "counts": counts, "places": [luolong]}
        enter("activity", key, amount=amount, stage=stage, team=team, **values)
    for key, starts in (("Y1", "2023-02-01"), ("Y2", "2023-03-01"), ("Y3", "2022-07-20")):
        enter(
            "member",
            key,
            name=f"队员{key}",
            team=team,
            profession="doctor",
            sending_unit="市医院",
            starts=day(starts),
        )


def told(text: str, quote: str, pairing: Pairing, clerk: Actor) -> RecordMatch:
    receive(arrival(HEAD + text), actor=clerk, pairing=pairing, at=NOON)
    rebuild_matches(pairing, actor=clerk, at=NOON)
    return RecordMatch.objects.get(statement__quote=quote)


@pytest.mark.parametrize(("text", "quote", "figure"), BACKED)
def test_backed(register: None, pairing: Pairing, clerk: Actor, text: str, quote: str, figure: int) -> None:
    found = told(text, quote, pairing, clerk)
    assert (found.verdict, found.figure) == ("backed", figure), found.reason_zh


@pytest.mark.parametrize(("text", "quote", "difference", "explains"), DIFFERS)
def test_differs(
    register: None,
    pairing: Pairing,
    clerk: Actor,
    text: str,
    quote: str,
    difference: int,
    explains: tuple[str, ...],
) -> None:
    found = told(text, quote, pairing, clerk)
    assert (found.verdict, found.difference) == ("differs", difference), found.reason_zh
    assert tuple(found.records.filter(explains=True).values_list("key", flat=True)) == explains


@pytest.mark.parametrize(("text", "quote", "why"), UNLIKE)
def test_not_comparable(
    register: None, pairing: Pairing, clerk: Actor, text: str, quote: str, why: str
) -> None:
    found = told(text, quote, pairing, clerk)
    assert found.verdict == "unlike", found.reason_zh
    assert why in found.reason_zh


@pytest.mark.parametrize(("text", "quote", "why"), ABSENT)
def test_not_in_the_register(
    register: None, pairing: Pairing, clerk: Actor, text: str, quote: str, why: str
) -> None:
    found = told(text, quote, pairing, clerk)
    assert found.verdict == "absent", found.reason_zh
    assert why in found.reason_zh


def test_a_plan_is_held_against_the_target(
    register: None, pairing: Pairing, clerk: Actor, enter: Enter
) -> None:
    enter(
        "target", "B1", indicator="training.person_times", unit="人次", starts=day("2024-01-01"),
        ends=day("2024-12-31"), target=Decimal(1200),
    )  # fmt: skip
    text = "2024年，计划培训1200人次。2024年，计划安排培训1500人次。"
    assert told(text, "1200人次", pairing, clerk).verdict == "backed"
    other = RecordMatch.objects.get(statement__quote="1500人次")
    assert (other.verdict, other.difference) == ("differs", -300)


def test_results_of_parts_of_a_year_make_up_the_year(
    register: None, pairing: Pairing, clerk: Actor, enter: Enter
) -> None:
    target = enter(
        "target", "B1", indicator="health.outpatients", unit="人次", starts=day("2023-01-01"),
        ends=day("2023-12-31"), target=Decimal(9000),
    )  # fmt: skip
    for key, first, last, value in (
        ("W1", "2023-01-01", "2023-06-30", 4000),
        ("W2", "2023-07-01", "2023-12-31", 4100),
    ):
        enter("result", key, target=target, starts=day(first), ends=day(last), value=Decimal(value))
    found = told("2023年，门诊量8100人次。", "8100人次", pairing, clerk)
    assert found.statement.indicator == "health.outpatients"
    assert (found.verdict, found.figure) == ("backed", 8100), found.reason_zh
    cumulative = enter(
        "result", "W3", target=target, starts=day("2023-07-01"), ends=day("2023-12-31"), cumulative=True,
        value=Decimal(8200),
    )  # fmt: skip
    rebuild_matches(pairing, actor=clerk, at=NOON)
    again = RecordMatch.objects.get(statement__quote="8100人次")
    assert (again.verdict, again.difference) == ("differs", 100)
    assert again.records.get().key == cumulative.key


def test_rebuilding_again_gives_the_same_rows(register: None, pairing: Pairing, clerk: Actor) -> None:
    told("2023年，昌都市到位援藏资金3350万元，培训各类人员310人。", "3350万元", pairing, clerk)

    def rows() -> list[object]:
        records = MatchedRecord.objects.values_list("match__statement", "kind", "key", "project", "explains")
        kept = RecordMatch.objects.values_list("statement", "verdict", "reason_zh", "reason_en", "figure")
        return [*records, *kept]

    first = rows()
    assert behind(clerk) == []
    rebuild_matches(pairing, actor=clerk, at=NOON)
    assert rows() == first


def test_nothing_is_said_where_the_register_is_empty(pairing: Pairing, clerk: Actor) -> None:
    receive(arrival(HEAD + "2023年，举办培训班3期。"), actor=clerk, pairing=pairing, at=NOON)
    assert sum(rebuild_matches(pairing, actor=clerk, at=NOON).values()) == 0
    assert not RecordMatch.objects.exists()


def test_members_are_counted_and_never_named(register: None, pairing: Pairing, clerk: Actor) -> None:
    found = told("2023年，新选派医生2名。", "2名", pairing, clerk)
    assert found.count == 2
    assert not found.records.exists()


def test_a_changed_record_leaves_the_matches_behind(
    register: None, pairing: Pairing, clerk: Actor, enter: Enter
) -> None:
    found = told("2023年，昌都市到位援藏资金4350万元。", "4350万元", pairing, clerk)
    assert found.verdict == "backed"
    enter(
        "money", "E9", day=day("2023-12-01"), stage="arrived", amount=Decimal(100000), plan="in",
        project=Project.objects.get(key="X1"), team=Team.objects.get(),
    )  # fmt: skip
    assert behind(clerk) == [pairing] == behind(clerk, only=pairing)
    rebuild_matches(pairing, actor=clerk, at=NOON)
    assert RecordMatch.objects.get(statement__quote="4350万元").verdict == "differs"
    assert behind(clerk) == []


def test_a_register_without_reports_or_reports_without_a_register_are_not_behind(
    register: None, pairing: Pairing, clerk: Actor
) -> None:
    assert behind(clerk) == []
    other = made("other", clerk)
    receive(arrival(HEAD + "2023年，举办培训班3期。"), actor=clerk, pairing=other, at=NOON)
    assert behind(clerk) == []
    receive(arrival(HEAD + "2023年，举办培训班2期。", "乙.txt"), actor=clerk, pairing=pairing, at=NOON)
    assert behind(clerk) == [pairing]
