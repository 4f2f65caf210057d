"""Balances against a computation fen by fen: each fen that came in, and which one goes out first."""

import datetime
from decimal import Decimal
from itertools import groupby

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from shanhai.programme.money.balances import Event, balance_of, older_than

FIRST = datetime.date(2023, 1, 1)
events = st.builds(
    Event,
    st.sampled_from(["promised", "committed", "arrived", "paid_on", "spent", "returned"]),
    st.sampled_from(["cash", "cash", "cash", "goods"]),
    st.integers(1, 9).map(lambda n: Decimal(n) / 100),
    st.integers(0, 6).map(lambda n: FIRST + datetime.timedelta(n)),
)


def fen_by_fen(told: list[Event]) -> tuple[list[datetime.date], int]:
    """The days of arrival of all fen that still lie there, and how many went out that never came in."""
    there: list[datetime.date] = []
    owed = 0
    days = sorted({e.day for e in told})
    for day in days:
        today = [e for e in told if e.day == day and e.form == "cash"]
        for _ in range(sum(int(e.amount * 100) for e in today if e.stage == "arrived")):
            if owed:
                owed -= 1
            else:
                there.append(day)
        for _ in range(sum(int(e.amount * 100) for e in today if e.stage in ("spent", "returned"))):
            if there:
                there.pop(0)
            else:
                owed += 1
    return there, owed


@given(st.lists(events, max_size=14), st.randoms(use_true_random=False))
@hypothesis_settings(max_examples=200)
def test_as_fen_by_fen_in_whatever_order(told: list[Event], random) -> None:
    found = balance_of(told)
    there, owed = fen_by_fen(told)
    expected: list[tuple[datetime.date, Decimal]] = []
    for day, fen in groupby(there):
        expected.append((day, Decimal(len(list(fen))) / 100))
    by_day: dict[datetime.date, Decimal] = {}
    for day, amount in found.lots:
        by_day[day] = by_day.get(day, Decimal(0)) + amount
    assert list(by_day.items()) == expected
    assert found.overspent == Decimal(owed) / 100
    assert found.idle == Decimal(len(there)) / 100
    assert found.idle_since == (there[0] if there else None)
    for stage, amount in found.sums.items():
        assert amount == sum((e.amount for e in told if e.stage == stage), Decimal(0))
    day = FIRST + datetime.timedelta(3)
    assert older_than(found.lots, day) == Decimal(sum(1 for d in there if d < day)) / 100
    mixed = told[:]
    random.shuffle(mixed)
    assert balance_of(mixed) == found


def test_lies_since_it_arrived_and_not_since_it_was_planned() -> None:
    day = datetime.date
    told = [
        Event("committed", "cash", Decimal(9), day(2020, 1, 1)),
        Event("arrived", "cash", Decimal(5), day(2021, 1, 1)),
        Event("arrived", "cash", Decimal(4), day(2022, 1, 1)),
        Event("spent", "cash", Decimal(6), day(2022, 6, 1)),
    ]
    assert balance_of(told).lots == ((day(2022, 1, 1), Decimal(3)),)
