"""Accounts: what a period begins with, takes in, pays out and ends with (上年结转, 收入, 支出, 结余)."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from shanhai.catalogue.relations import any_of, load_relations
from shanhai.catalogue.units import load_units
from shanhai.model import Kind
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import is_level, tight
from shanhai.reasoning.relations.relation import Form, Relation, Slot

_REACH = 300
"""How many characters before the closing balance the other sides may stand."""
_SIDES = ("opening", "income", "outlay", "closing")


class Account(msgspec.Struct, frozen=True):
    """The sides of an account; opening is None where the text does not tell it."""

    opening: Slot | None
    income: tuple[Slot, ...]
    outlay: tuple[Slot, ...]
    closing: Slot

    @property
    def relation(self) -> Relation:
        """Opening and income are outlay and closing."""
        terms = [(slot, 1) for slot in self.income] + [(slot, -1) for slot in self.outlay]
        if self.opening is not None:
            terms.insert(0, (self.opening, 1))
        return Relation(Form.ACCOUNT, self.closing, tuple(terms), certain=self.opening is not None)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All sides that are told, in the order of an account."""
        return (*((self.opening,) if self.opening else ()), *self.income, *self.outlay, self.closing)


@cache
def _named() -> re.Pattern[str]:
    words = load_relations()
    sides = "|".join(f"(?P<{side}>{any_of(getattr(words, side))})" for side in _SIDES)
    return re.compile(sides)


def accounts(sheet: Sheet) -> Iterator[Account]:
    """The accounts of a report: a closing balance with the outlay told before it and the income before or behind, not
    far away, and the opening balance where it is told."""
    sided: list[tuple[int, str]] = []
    for i, figure in enumerate(sheet.figures):
        level = is_level(sheet, i, figure.unit) or (sheet.in_table(i) and figure.claim.kind is Kind.LEVEL)
        if not level or not tight(figure.interval):
            continue
        told = figure.claim.measure or "" if sheet.in_table(i) else sheet.clause(i)
        found = list(_named().finditer(told))
        if found:
            sided.append((i, _side(found)))
    for at, (i, side) in enumerate(sided):
        if side != "closing":
            continue
        sides: dict[str, list[int]] = {"closing": [i]}
        behind = [(k, other) for k, other in sided[at + 1 :] if other == "income"]
        for k, other in _nearest(sheet, [*sided[:at], *behind], i):
            sides.setdefault(other, []).append(k)
        account = _account(sheet, sides)
        if account:
            yield account


def _nearest(sheet: Sheet, sided: Sequence[tuple[int, str]], closing: int) -> list[tuple[int, str]]:
    """The sides not far from a closing balance; only those of its own paragraph where that tells enough."""
    end = sheet.figures[closing]
    near = [
        (k, side)
        for k, side in sided
        if abs(end.start - sheet.figures[k].end) <= _REACH and sheet.figures[k].unit == end.unit
    ]
    own = [(k, side) for k, side in near if sheet.figures[k].passage == end.passage]
    told = {side for _, side in own}
    return own if "income" in told and "outlay" in told else near


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations of the accounts whose sides are all told, or that close without an opening."""
    for account in accounts(sheet):
        if account.opening is not None or account.relation.holds():
            yield account.relation


def _side(found: list[re.Match[str]]) -> str:
    """The side that the words of a clause name; what is carried over from before is the opening."""
    groups = [m.lastgroup or "" for m in found]
    for side in ("opening", "closing"):
        if side in groups:
            return side
    return groups[-1]


def _account(sheet: Sheet, sides: dict[str, list[int]]) -> Account | None:
    """The account that some sides make; None where one could be two things, or a side is missing.

    Money is told with its parts behind its whole, so that the first of a side stands for it; of things (a herd, a
    stock) each is counted by itself, and only an account with its opening is one.
    """
    income, outlay = sides.get("income", []), sides.get("outlay", [])
    closing, opening = sides["closing"], sides.get("opening", [])
    if len(closing) > 1 or len(opening) > 1:
        return None
    if load_units().kind_of.get(sheet.figures[closing[0]].unit) == "money":
        income, outlay = _first_whole(sheet, income), _first_whole(sheet, outlay)
        if not income or not outlay:
            return None
    elif not opening or not (income or outlay):
        return None
    return Account(
        Slot(sheet.figures[opening[0]]) if opening else None,
        tuple(Slot(sheet.figures[k]) for k in income),
        tuple(Slot(sheet.figures[k]) for k in outlay),
        Slot(sheet.figures[closing[0]]),
    )


def _first_whole(sheet: Sheet, found: list[int]) -> list[int]:
    """The first figure of a side, where it is the largest of them; the others are its parts."""
    lows = [sheet.figures[i].interval.low or 0 for i in found]
    return found[:1] if lows and lows[0] == max(lows) else []
