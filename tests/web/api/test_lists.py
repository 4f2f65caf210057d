"""Lists in pages: each row once, whatever is added meanwhile; filters and cursors that are none are refused."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from ledger.conftest import NOON, arrival
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Role, Statement

from .conftest import Caller, Ledger

CLERK = Actor.command_line("clerk")


@pytest.fixture
def reader(caller: Callable[..., Caller]) -> Caller:
    return caller(Role.READER)


def pages(reader: Caller, path: str, between: Callable[[], object] = lambda: None) -> list[list[Any]]:
    """All pages of a list, with something done between each two."""
    found, cursor = [], ""
    while True:
        answer = reader.get(f"{path}&cursor={cursor}")
        assert answer.status == 200, answer.data
        found.append(answer.data["items"])
        cursor = answer.data["next"]
        if not cursor:
            return found
        between()


def add(ledger: Ledger) -> Callable[[], None]:
    """Adds a report at each call."""
    numbers = iter(range(100, 200))

    def one() -> None:
        n = next(numbers)
        receive(
            arrival(f"{n}年简报，投入资金{n}万元。", f"{n}.txt"), actor=CLERK, pairing=ledger.here, at=NOON
        )

    return one


@pytest.mark.parametrize("size", [1, 2, 200])
def test_every_row_comes_once(size: int, reader: Caller, ledger: Ledger) -> None:
    found = [row["key"] for page in pages(reader, f"/statements?limit={size}") for row in page]
    assert found == list(Statement.objects.order_by("pk").values_list("key", flat=True))


def test_rows_added_meanwhile_move_nothing(reader: Caller, ledger: Ledger) -> None:
    sources = [row["sha256"] for page in pages(reader, "/sources?limit=1", add(ledger)) for row in page]
    assert sources == [ledger.elsewhere.sha256, ledger.sources[1].sha256, ledger.sources[0].sha256]
    before = list(Statement.objects.order_by("pk").values_list("key", flat=True))
    found = [row["key"] for page in pages(reader, "/statements?limit=3", add(ledger)) for row in page]
    assert found[: len(before)] == before
    assert len(found) == len(set(found))


def test_a_list_that_was_built_anew_says_so(reader: Caller, ledger: Ledger) -> None:
    cursor = reader.get("/facts?limit=1").data["next"]
    assert reader.get(f"/facts?limit=1&cursor={cursor}").status == 200
    rebuild(ledger.here, actor=CLERK, at=NOON + datetime.timedelta(seconds=1))
    answer = reader.get(f"/facts?limit=1&cursor={cursor}")
    assert (answer.status, answer.data["code"], answer.data["decision"]) == (409, "conflict", "rebuild")


def test_cursors_that_are_none(reader: Caller, ledger: Ledger) -> None:
    cursor = reader.get("/statements?limit=1").data["next"]
    for path in (
        f"/statements?limit=1&area=funds&cursor={cursor}",
        f"/sources?limit=1&cursor={cursor}",
        "/statements?cursor=AAAA",
        "/statements?cursor=WyJhIiwiIiwieCJd",
        f"/statements?cursor={cursor[:-3]}",
    ):
        answer = reader.get(path)
        assert (answer.status, answer.data["code"]) == (422, "not_possible"), path
    assert reader.get(f"/statements?limit=2&cursor={cursor}").status == 200


@pytest.mark.parametrize(
    "query",
    ["pairng=x", "area=funds&area=health", "limit=0", "limit=201", "limit=x", "state=odd", "place=海州", "since=99",
     "source=abc", "area=%00", "unit=%00", "since=2020-01-01", "cursor=%2B"],
)  # fmt: skip
def test_filters_that_are_none(query: str, reader: Caller, ledger: Ledger) -> None:
    answer = reader.get(f"/statements?{query}")
    assert (answer.status, answer.data["code"]) == (422, "invalid_request")


def test_filters_narrow(reader: Caller, ledger: Ledger) -> None:
    def keys(query: str) -> set[str]:
        return {row["key"] for page in pages(reader, f"/statements?limit=200&{query}") for row in page}

    everything = keys("background=with")
    there = keys("pairing=bing-ding")
    assert there == keys(f"source={ledger.elsewhere.sha256}")
    assert everything == keys("pairing=hai-shan") | there
    assert len(keys("state=accepted")) == 1
    assert keys("area=training") == {s.key for s in Statement.objects.filter(area="training")}
    assert keys("since=2030") == set()
    assert {r["sha256"] for r in reader.get("/sources?collection=audit-2024").data["items"]} == {
        s.sha256 for s in ledger.sources
    }
    assert [r["sha256"] for r in reader.get("/search?q=培训干部").data["items"]] == [ledger.elsewhere.sha256]
