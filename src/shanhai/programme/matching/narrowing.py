"""Which records a statement speaks of: those of its days, its place, its team, and those that it names."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Self

import msgspec

from shanhai.programme.matching.told import Days, Frame, Item, Reading, Said, Way

_NAMED = Decimal("0.6")
_SHORTEST = 3
"""So many characters of what is counted name something; fewer are words like 项目."""


class Chosen(msgspec.Struct, frozen=True):
    """What counts for sure, and what may count or not as the register does not say; what it comes to at least and at most."""

    sure: tuple[Item, ...]
    maybe: tuple[Item, ...]
    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, sure: Sequence[Item], maybe: Sequence[Item] = ()) -> Self:
        """These items and their sums."""
        low = sum((i.amount for i in sure), Decimal(0))
        return cls(tuple(sure), tuple(maybe), low, low + sum((i.amount for i in maybe), Decimal(0)))

    @property
    def all(self) -> tuple[Item, ...]:
        """All of them."""
        return (*self.sure, *self.maybe)


def choose(said: Said, reading: Reading, days: Days | None, frame: Frame) -> Chosen:
    """The items of a reading that a statement speaks of, in the order in which they are given."""
    told = [i for i in reading.items if said.party not in frame.teams or i.team == said.party]
    if reading.way is Way.PERIOD:
        told = list(of_period(told, days))
    sure: list[Item] = []
    maybe: list[Item] = []
    within = stem(said.code) if is_within(said.code, frame) else ""
    for item in told:
        certain = (_in_time(item, days, reading.way), _in_place(item, within))
        if False in certain:
            continue
        (maybe if None in certain else sure).append(item)
    return Chosen.of(sure, maybe)


def _in_time(item: Item, days: Days | None, way: Way) -> bool | None:
    """Whether an item counts in a period; None where the register does not say."""
    if way in (Way.ALWAYS, Way.PERIOD) or days is None:
        return True
    if item.first is None:
        return None
    if way is Way.DAY:
        return days[0] <= item.first <= days[1]
    return item.first <= days[1] and (item.last is None or item.last >= days[0])


def _in_place(item: Item, within: str) -> bool | None:
    """Whether an item lies in a place, by its stem; None where the register does not say, or only a part of it does."""
    if not within:
        return True
    inside = [stem(c).startswith(within) for c in item.codes]
    if not inside or (any(inside) and not all(inside)):
        return None
    return all(inside)


def is_within(code: str, frame: Frame) -> bool:
    """Whether a place lies within the receiving place and is not all of it."""
    return bool(code) and code not in frame.whole and stem(code).startswith(stem(frame.receiving))


def stem(code: str) -> str:
    """A code without the zeros that stand for all that lies within.

    >>> stem("540300"), stem("540329")
    ('5403', '540329')
    """
    while len(code) > len("54") and code.endswith("00"):
        code = code[:-2]
    return code


def of_period(items: Sequence[Item], days: Days | None) -> tuple[Item, ...]:
    """What is told of exactly a period: one item, else items that follow each other through all of it."""
    if days is None:
        return ()
    exact = [i for i in items if (i.first, i.last) == days]
    if exact:
        return tuple(exact[:1])
    parts = sorted(
        (i for i in items if not i.cumulative and i.first and i.last), key=lambda i: (i.first, i.key)
    )
    found: list[Item] = []
    begin = days[0]
    for item in parts:
        if item.first == begin and item.last is not None and item.last <= days[1]:
            found.append(item)
            begin = item.last + datetime.timedelta(days=1)
    return tuple(found) if begin > days[1] else ()


def named(core: str, items: Sequence[Item]) -> tuple[Item, ...]:
    """The items whose names hold most of what a statement says it counts; none where that is no name."""
    pairs = {core[at : at + 2] for at in range(len(core) - 1)}
    if len(core) < _SHORTEST:
        return ()
    return tuple(i for i in items if i.name and sum(p in i.name for p in pairs) >= _NAMED * len(pairs))
