"""Matching over registers at random, against sums worked out by other means: what is told truly is backed, all else is not."""

import datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.model import Bounds, Kind
from shanhai.programme.matching.deciding import match
from shanhai.programme.matching.items import Items
from shanhai.programme.matching.told import Frame, Item, Measure, Reading, Said, Verdict, Way

BEGIN = datetime.date(2022, 7, 1)
YEAR = (datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))
FRAME = Frame("540300", frozenset({"540300"}), "重庆市", BEGIN)
COUNTIES = ("540329", "540330")

_items = st.lists(
    st.builds(
        lambda number, amount, days, codes: (number, amount, BEGIN + datetime.timedelta(days=days), codes),
        st.integers(0, 10**6),
        st.integers(1, 5000),
        st.integers(0, 900),
        st.lists(st.sampled_from(COUNTIES), max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda told: told[0],
)
Told = tuple[int, int, datetime.date, tuple[str, ...]]


def said(value: Decimal, code: str = "") -> Said:
    exact = Bounds(value, value)
    return Said(
        "funds.arrived", "元", Kind.LEVEL, value, exact, days=YEAR, place="某县" if code else "", code=code
    )


def measures(told: list[Told]) -> list[Measure]:
    items = tuple(Item("money", f"E{n}", Decimal(amount), day, day, codes) for n, amount, day, codes in told)
    return [Measure("元", (Reading("", "", Way.DAY, Items.of(items)),))]


@settings(max_examples=80)
@given(_items, st.integers(-3, 3), st.randoms(use_true_random=False))
def test_a_figure_of_all_places(told: list[Told], off: int, chance: object) -> None:
    there = [amount for _, amount, day, _ in told if day.year == YEAR[0].year]
    found = match(said(Decimal(sum(there) + off)), measures(told), FRAME)
    if not there:
        assert found.verdict is Verdict.ABSENT
    elif off == 0:
        assert (found.verdict, found.figure, len(found.items)) == (Verdict.BACKED, sum(there), len(there))
    else:
        assert (found.verdict, found.figure, found.difference) == (Verdict.DIFFERS, sum(there), -off)
    mixed = list(told)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    again = match(said(Decimal(sum(there) + off)), measures(mixed), FRAME)
    assert (again.verdict, again.zh, again.figure, again.explains) == (
        found.verdict, found.zh, found.figure, found.explains,
    )  # fmt: skip


@settings(max_examples=80)
@given(_items, st.integers(-3, 3))
def test_a_figure_of_one_county_is_never_guessed(told: list[Told], off: int) -> None:
    year = [(amount, set(codes)) for _, amount, day, codes in told if day.year == YEAR[0].year]
    sure = sum(amount for amount, codes in year if codes == {COUNTIES[0]})
    open_ = sum(amount for amount, codes in year if COUNTIES[0] in codes or not codes) - sure
    found = match(said(Decimal(sure + off), COUNTIES[0]), measures(told), FRAME)
    if found.verdict is Verdict.BACKED:
        assert (off, open_) == (0, 0)
    if found.verdict is Verdict.DIFFERS:
        assert not sure <= sure + off <= sure + open_
    if open_ and 0 <= off <= open_:
        assert found.verdict is Verdict.UNLIKE
