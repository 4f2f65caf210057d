"""Entries in groups with running sums, against looking at each record; whatever the order in which they come."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.programme.matching.items import Entries, Group, Items
from shanhai.programme.matching.told import Item, Way

BEGIN = datetime.date(2022, 1, 1)
TEAMS = ("", "甲组", "乙组")
CODES = ((), ("540329",), ("540330",), ("540329", "540330"), ("540300",))
NAMES = ("洛隆县人民医院", "产业道路", "电商中心", "")
_day = st.one_of(st.none(), st.integers(0, 60).map(lambda n: BEGIN + datetime.timedelta(days=n)))
_items = st.lists(
    st.builds(
        lambda amount, first, last, codes, team, name: Item(
            "money", "", Decimal(amount), first, last, codes, team, name
        ),
        st.integers(0, 90),
        _day,
        _day,
        st.sampled_from(CODES),
        st.sampled_from(TEAMS),
        st.sampled_from(NAMES),
    ),
    max_size=14,
).map(lambda items: [_numbered(item, at) for at, item in enumerate(items)])


def _numbered(item: Item, at: int) -> Item:
    return Item(item.kind, f"E{at:02}", item.amount, item.first, item.last, item.codes, item.team, item.name)


def _in_time(item: Item, way: Way, days: tuple[datetime.date, datetime.date]) -> bool | None:
    if way is Way.ALWAYS:
        return True
    if item.first is None:
        return None
    if way is Way.DAY:
        return days[0] <= item.first <= days[1]
    return item.first <= days[1] and (item.last is None or days[0] <= item.last)


def _in_place(item: Item, within: str) -> bool | None:
    inside = {code.startswith(within) for code in item.codes if not code.endswith("00")}
    inside |= {"5403".startswith(within) for code in item.codes if code.endswith("00")}
    if not within:
        return True
    return inside.pop() if len(inside) == 1 else None


@pytest.mark.parametrize("way", [Way.DAY, Way.STANDING, Way.ALWAYS])
@settings(max_examples=60, deadline=None)
@given(
    _items, st.integers(0, 60), st.integers(0, 30), st.sampled_from(TEAMS), st.sampled_from(("", "540329"))
)
def test_what_is_chosen(way: Way, items: list[Item], first: int, length: int, team: str, within: str) -> None:
    days = (BEGIN + datetime.timedelta(days=first), BEGIN + datetime.timedelta(days=first + length))
    sure, maybe = set(), set()
    for item in items:
        certain = {_in_time(item, way, days), _in_place(item, within)}
        if (not team or item.team == team) and False not in certain:
            (maybe if None in certain else sure).add(item)
    for told in (items, items[::-1]):
        chosen = Items.of(told).choose(way, days, team, within)
        assert (set(chosen.sure()), set(chosen.maybe())) == (sure, maybe)
        assert (chosen.sure_count, chosen.maybe_count) == (len(sure), len(maybe))
        assert chosen.low == sum(i.amount for i in sure)
        assert chosen.high == chosen.low + sum(i.amount for i in maybe)
        assert [told[p] for p in range(len(told)) if p in chosen] == [i for i in told if i in sure | maybe]
        named = chosen.named("人民医院")
        of_name = {i for i in sure | maybe if "医院" in i.name}
        assert (set(named.all()) if named else set()) == of_name


def test_marks_choose_groups_and_fen_are_exact() -> None:
    entries = Entries(lambda positions: [Item("money", str(p), Decimal(0)) for p in positions], whole=True)
    for fen, plan, form in ((30000001, "in", "cash"), (2, "out", "cash"), (400, "in", "goods")):
        entries.add(fen, BEGIN, BEGIN, Group((), "", (plan, form)), "", "")
    days = (BEGIN, BEGIN)
    sums = {marks: Items(entries, marks).choose(Way.DAY, days, "", "").low for marks in (
        (), ("in", ""), ("", "cash"), ("out", "goods"),
    )}  # fmt: skip
    assert sums == {
        (): Decimal("300004.03"), ("in", ""): Decimal("300004.01"), ("", "cash"): Decimal("300000.03"),
        ("out", "goods"): 0,
    }  # fmt: skip
    assert not Items(entries, ("out", "goods"))
