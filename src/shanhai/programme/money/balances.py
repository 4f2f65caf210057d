"""Balances of one project in one currency, worked out from its events.

Idle is cash that arrived and was neither spent nor returned. What goes out is taken from what came in first, so that
the age of what is left is the least that it can be by the oldest money, as auditors count it: from arrival.
"""

import datetime
from collections import deque
from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

ARRIVED, SPENT, RETURNED = "arrived", "spent", "returned"
CASH = "cash"
NOTHING = Decimal(0)


class Event(msgspec.Struct, frozen=True):
    """One event: its stage, cash or goods, its amount and day."""

    stage: str
    form: str
    amount: Decimal
    day: datetime.date


class Found(msgspec.Struct, frozen=True):
    """What events come to.

    Attributes:
        sums: by stage, cash and goods together.
        lots: idle cash by its day of arrival, oldest first.
        overspent: cash that went out before any had come in to cover it.
    """

    sums: dict[str, Decimal]
    lots: tuple[tuple[datetime.date, Decimal], ...]
    overspent: Decimal = NOTHING

    @property
    def idle(self) -> Decimal:
        """Cash that arrived and was neither spent nor returned."""
        return sum((amount for _, amount in self.lots), NOTHING)

    @property
    def idle_since(self) -> datetime.date | None:
        """When the oldest of it arrived."""
        return self.lots[0][0] if self.lots else None

    @property
    def idle_until(self) -> datetime.date | None:
        """When the newest of it arrived."""
        return self.lots[-1][0] if self.lots else None


def balance_of(events: Iterable[Event]) -> Found:
    """What events come to, in whatever order they are given."""
    told = sorted(events, key=lambda e: (e.day, e.stage != ARRIVED, e.stage, e.amount))
    sums: dict[str, Decimal] = {}
    for event in told:
        sums[event.stage] = sums.get(event.stage, NOTHING) + event.amount
    waiting: deque[tuple[datetime.date, Decimal]] = deque()
    owed = NOTHING
    for event in told:
        if event.form != CASH:
            continue
        if event.stage == ARRIVED:
            waiting.append((event.day, event.amount))
        elif event.stage in (SPENT, RETURNED):
            owed += event.amount
        owed = _taken(waiting, owed)
    return Found(sums, tuple(waiting), owed)


def _taken(waiting: deque[tuple[datetime.date, Decimal]], owed: Decimal) -> Decimal:
    """Take what went out from what came in first; what is left owed is covered by what comes later."""
    while owed and waiting:
        day, amount = waiting.popleft()
        if amount > owed:
            waiting.appendleft((day, amount - owed))
            return NOTHING
        owed -= amount
    return owed


def older_than(lots: Sequence[tuple[datetime.date, Decimal]], day: datetime.date) -> Decimal:
    """How much of idle money arrived before a day."""
    return sum((amount for arrived, amount in lots if arrived < day), NOTHING)
