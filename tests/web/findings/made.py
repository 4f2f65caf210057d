"""A small ledger for the pages: two pairings and what is filed under none, with an error, promises due and a kept one."""

import datetime

from shanhai import find_claims, read
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Finding, Pairing, Source

NOON = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)
CLERK = Actor.command_line("clerk")
WRONG = (
    "东川市援青山县工作队2021年工作简报\n发布时间：2022年1月5日  来源：青山县人民政府办公室\n"
    "2021年，青山县引进企业12家，带动就业300人。援建项目25个，其中卫生项目15个、教育项目12个。\n"
    "青山县选派医生8名、教师20名。\n"
)
LATER = (
    "东川市援青山县工作队2022年工作简报\n发布时间：2023年1月6日  来源：青山县人民政府办公室\n"
    "2022年，青山县引进企业15家，带动就业420人。计划2023年底前建成学校2所。\n"
)
TEXTS = (
    ("one", "one-2021.txt", WRONG),
    ("one", "one-2022.txt", LATER),
    (
        "two",
        "two-2022.txt",
        "西河市援昌都市洛隆县工作队2022年工作简报\n发布时间：2023年1月8日  来源：洛隆县人民政府办公室\n"
        "2022年，昌都市洛隆县引进企业7家，带动就业150人。培训医生30名，其中县级18名、乡级14名。\n",
    ),
    (
        "",
        "open-2022.txt",
        "昌都市2022年工作回顾\n发布时间：2023年2月1日  来源：昌都市人民政府办公室\n"
        "2022年，昌都市引进企业31家，接待游客2.5万人次（联系电话：13800001111）。\n",
    ),
)


def made() -> dict[str, Pairing]:
    """The pairings by their keys, with the texts received and facts built."""
    pairings = {
        "one": Pairing.objects.create(key="one", name_zh="东川援青山", sending="东川市", receiving="青山县"),
        "two": Pairing.objects.create(
            key="two", name_zh="西河援洛隆", sending="西河市", receiving="洛隆县", receiving_code="540329"
        ),
    }
    for key, name, text in TEXTS:
        take(text, name, pairings.get(key))
    for pairing in (*pairings.values(), None):
        rebuild(pairing, actor=CLERK, at=NOON)
    return pairings


def take(text: str, name: str, pairing: Pairing | None = None) -> Source:
    """Receive a text."""
    data = text.encode()
    report = read(data, name=name)
    return receive(
        Arrival(data, name, "", report, find_claims(report)), actor=CLERK, pairing=pairing, at=NOON
    ).source


def wrong(key: str = "one") -> Finding:
    """The sum of a pairing that does not add up."""
    return Finding.objects.get(pairing__key=key, severity="error")
