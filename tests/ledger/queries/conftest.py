"""A small ledger of two pairings and of what is filed under none, with accounts that see parts of it."""

import pytest

from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing, Role
from shanhai.ledger.rights import RIGHTS

from ..conftest import NOON, arrival

TEXTS = (
    (
        "one",
        "2021",
        "东川市援青山县工作队2021年工作简报\n发布时间：2022年1月5日  来源：青山县人民政府办公室\n"
        "2021年，青山县引进企业12家，带动就业300人。援建项目25个，其中卫生项目15个、教育项目12个。\n"
        "青山县选派医生8名、教师20名。\n",
    ),
    (
        "one",
        "2022",
        "东川市援青山县工作队2022年工作简报\n发布时间：2023年1月6日  来源：青山县人民政府办公室\n"
        "2022年，青山县引进企业15家，带动就业420人。计划2023年底前建成学校2所。\n",
    ),
    (
        "two",
        "2022",
        "西河市援昌都市洛隆县工作队2022年工作简报\n发布时间：2023年1月8日  来源：洛隆县人民政府办公室\n"
        "2022年，昌都市洛隆县引进企业7家，带动就业150人。\n",
    ),
    (
        "",
        "2022",
        "昌都市2022年工作回顾\n发布时间：2023年2月1日  来源：昌都市人民政府办公室\n"
        "2022年，昌都市引进企业31家，接待游客2.5万人次。\n",
    ),
)


@pytest.fixture
def pairings(db: None) -> dict[str, Pairing]:
    """Two pairings by their keys."""
    one = Pairing.objects.create(key="one", name_zh="东川援青山", sending="东川市", receiving="青山县")
    two = Pairing.objects.create(
        key="two", name_zh="西河援洛隆", sending="西河市", receiving="洛隆县", receiving_code="540329"
    )
    return {"one": one, "two": two}


@pytest.fixture
def filled(pairings: dict[str, Pairing], clerk: Actor) -> dict[str, Pairing]:
    """The pairings, with the texts received and facts built."""
    for key, year, text in TEXTS:
        receive(arrival(text, f"{key or '-'}-{year}.txt"), actor=clerk, pairing=pairings.get(key), at=NOON)
    for pairing in (*pairings.values(), None):
        rebuild(pairing, actor=clerk, at=NOON)
    return pairings


@pytest.fixture
def only_two(pairings: dict[str, Pairing]) -> Actor:
    """One who reads and reviews pairing two, and nothing else."""
    return Actor("two", scoped={pairings["two"].pk: RIGHTS[Role.REVIEWER]})
