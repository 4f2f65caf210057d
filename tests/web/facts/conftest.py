"""A ledger with two pairings: a place that changed its code, two reports that contradict, several places to compare."""

import pytest

from ledger.conftest import NOON, arrival
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Fact, Pairing

COUNTIES = ("洛隆县", "边坝县", "左贡县", "芒康县", "察雅县")
TEXTS = [
    *(
        (
            "east",
            f"昌都-{year}.txt",
            f"{place}{year}年工作总结\n发布时间：{year + 1}年1月8日  来源：{place}人民政府办公室\n"
            f"{year}年，{place}引进企业{number}家，带动就业{10 * number}人。\n",
        )
        for year, place, number in (
            (2012, "昌都地区", 12),
            (2013, "昌都地区", 15),
            (2014, "昌都市", 18),
            (2015, "昌都市", 21),
            (2016, "昌都市", 24),
        )
    ),
    *(
        (
            "west",
            f"{county}-2022.txt",
            f"{county}2022年工作总结\n发布时间：2023年1月{n + 3}日  来源：{county}人民政府办公室\n"
            f"2022年，{county}引进企业{4 + 3 * n}家，带动就业约{100 + 20 * n}人。\n",
        )
        for n, county in enumerate(COUNTIES)
    ),
    (
        "west",
        "洛隆县-又.txt",
        "洛隆县2022年乡村振兴简报\n发布时间：2023年2月20日  来源：人民网\n2022年，洛隆县引进企业9家，游客很多。联系电话13812345678。\n",
    ),
    (
        "west",
        "洛隆县-计划.txt",
        "洛隆县2022年招商计划\n发布时间：2022年2月1日  来源：洛隆县商务局\n2022年，洛隆县计划引进企业20家。\n",
    ),
]


@pytest.fixture
def clerk() -> Actor:
    return Actor.command_line("clerk")


@pytest.fixture
def filled(db: None, clerk: Actor) -> dict[str, Pairing]:
    """The pairings by their keys, with the texts received and facts built."""
    east = Pairing.objects.create(
        key="east",
        name_zh="东川援昌都",
        name_en="Dongchuan for Changdu",
        sending="东川市",
        receiving="昌都市",
        receiving_code="540300",
    )
    west = Pairing.objects.create(
        key="west",
        name_zh="西河援藏东",
        name_en="Xihe for Zangdong",
        sending="西河市",
        receiving="昌都市",
        receiving_code="540300",
    )
    pairings = {"east": east, "west": west}
    for key, name, text in TEXTS:
        receive(arrival(text, name), actor=clerk, pairing=pairings[key], at=NOON)
    for pairing in pairings.values():
        rebuild(pairing, actor=clerk, at=NOON)
    return pairings


def of(place: str, year: int = 2022, indicator: str = "") -> Fact:
    """The fact about enterprises of a place and year."""
    found = Fact.objects.filter(place=place, year=year, unit="家")
    return found.filter(indicator=indicator).get() if indicator else found.order_by("-sources", "pk")[0]
