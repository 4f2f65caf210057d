"""What a search finds; the same table of words must hold on SQLite and on PostgreSQL."""

import pytest

from ledger.conftest import arrival
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Report
from shanhai.ledger.search import found

pytestmark = pytest.mark.django_db

REPORTS = {
    "甲": "援藏工作简报\n2021年，昌都市实施项目58个，GDP增长8.5%，推广Wi-Fi设备ABC12台。\n",
    "乙": "帮扶工作简报\n2022年，成都市安排资金300万元，首都医疗队到昌江县义诊5次。\n",
    "丙": "關於對口支援工作的報告\n2022年，對口支援昌都縣醫療衛生項目6個，培訓醫護人員86名。\n",
    "丁": "人才工作\n2022年，选派党政干部9名，\U0002cb3a字改为人名用字，援建学校2所。\n",
}


@pytest.fixture(autouse=True)
def _reports(clerk: Actor) -> None:
    for name, text in REPORTS.items():
        receive(arrival(text, f"{name}.txt"), actor=clerk)


def names(query: str) -> set[str] | None:
    ids = found(query)
    return None if ids is None else {Report.objects.get(pk=number).doc for number in ids}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("昌都", "甲丙"),
        ("都市", "甲乙"),
        ("昌都市", "甲"),
        ("市都", ""),
        ("昌都市实施项目", "甲"),
        ("昌都市安排", ""),
        ("昌都 资金", ""),
        ("资金 成都", "乙"),
        ("人", "丁丙"),
        ("都", "甲乙丙"),
        ("昌", "甲乙丙"),
        ("58", "甲"),
        ("5", "甲乙"),
        ("8", "甲"),
        ("58个", "甲"),
        ("gdp", "甲"),
        ("GDP增长", "甲"),
        ("ＧＤＰ", "甲"),
        ("gd", ""),
        ("g", ""),
        ("abc12", "甲"),
        ("abc", ""),
        ("a", ""),
        ("对口支援", "丙"),
        ("對口支援", "丙"),
        ("醫療衛生", "丙"),
        ("医疗", "乙丙"),
        ("關於", "丙"),
        ("\U0002cb3a字", "丁"),
        ("\U0002cb3a", "丁"),
        ('"昌都"', "甲丙"),
        ("'昌都'", "甲丙"),
        ("昌都 OR 成都", ""),
        ("昌都 AND", ""),
        ("NOT 昌都", ""),
        ("昌都*", "甲丙"),
        ("words:昌都", ""),
        ("昌都); DROP TABLE ledger_search; --", ""),
        ("^昌都 + {市}", "甲"),
        ("%", None),
        ("", None),
        ("“”，。", None),
        ("没有这个词", ""),
    ],
)
def test_a_query_finds(query: str, expected: str | None) -> None:
    assert names(query) == (None if expected is None else set(expected))


def test_the_last_received_come_first() -> None:
    got = found("都")
    assert got == sorted(got or (), reverse=True)
    assert found("都", most=2) == (got or [])[:2]


def test_a_search_among_some_reports_gives_the_last_of_those_however_many_others_hold_the_words() -> None:
    first = Report.objects.filter(doc="甲")
    number = first.get().pk
    assert found("都", most=1) != [number]
    assert found("都", most=1, among=first) == [number]
    assert found("医疗", among=first) == []
    assert found("都", among=Report.objects.filter(pk__in=[])) == []
    assert found("，", among=first) is None
