"""Sources of two pairings and of none, and the wait for what runs apart."""

import datetime
import fcntl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shanhai import find_claims, read
from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing, Source
from shanhai.web import rebuilding

NOON = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)
BRIEF = (
    "东川市援青山县工作队2023年工作简报\n来源：青山县人民政府办公室　发布时间：2024-01-05\n\n"
    "2023年，投入援助资金3200万元，实施项目25个，其中卫生项目15个、教育项目10个。选派医生8名，培训教师120名。\n"
)
REVIEW = (
    "东川市援青山县工作队三年回顾\n来源：青山县人民政府办公室　发布时间：2024-02-10\n\n"
    "三年来，引进企业12家，带动就业300人，消费帮扶销售额450万元。\n"
)
NEWS = (
    "西河援洛隆见闻\n来源：洛隆日报　发布时间：2022-08-01\n\n洛隆县去年接待游客2.5万人次，新建卫生室4所。\n"
)

clerk = Actor.command_line("clerk")


def arrival(text: str, name: str, origin: str = "") -> Arrival:
    """What a text file is when it comes."""
    data = text.encode()
    report = read(data, name=name)
    return Arrival(data, name, origin, report, find_claims(report))


@pytest.fixture
def pairings(db: None) -> dict[str, Pairing]:
    return {
        key: Pairing.objects.create(key=key, name_zh=name, sending=name[:2], receiving=name[3:])
        for key, name in (("qing", "东川援青山"), ("luo", "西河援洛隆"))
    }


@pytest.fixture
def received(pairings: dict[str, Pairing]) -> dict[str, Source]:
    """Three sources that were read, one that was not, by short names."""
    later = NOON + datetime.timedelta(days=9)
    found = {
        "brief": receive(arrival(BRIEF, "简报.txt"), actor=clerk, pairing=pairings["qing"], at=NOON),
        "review": receive(arrival(REVIEW, "回顾.txt"), actor=clerk, pairing=pairings["qing"], at=NOON),
        "news": receive(
            arrival(NEWS, "见闻.txt", "https://example.org/a"),
            actor=Actor("wang", clerk.general),
            pairing=pairings["luo"],
            at=later,
        ),
        "scan": receive(
            Arrival(b"%PDF-1.4 \xff", "扫描.pdf", fault="没有文字\nno text"), actor=clerk, at=later
        ),
    }
    receive(arrival(BRIEF, "简报(副本).txt", "邮件"), actor=clerk, pairing=pairings["qing"], at=later)
    return {name: one.source for name, one in found.items()}


@pytest.fixture
def rebuilt_apart(settings: Any, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Waits until the rebuilding that goes on has ended; the test does not end before."""
    settings.LEDGER_FILE = tmp_path / "none.ledger"

    def wait() -> None:
        with rebuilding._file().open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)

    yield wait
    if rebuilding._file().exists():
        wait()
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and thread.daemon and "(wait)" in thread.name:
                thread.join(5)
        rebuilding._file().unlink()
