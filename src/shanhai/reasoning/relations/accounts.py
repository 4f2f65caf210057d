"""Accounts: what a period begins with, takes in, pays out and ends with (上年结转, 收入, 支出, 结余)."""

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from shanhai.catalogue.relations import any_of, load_relations
from shanhai.catalogue.units import load_units
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import is_level, tight
from shanhai.reasoning.relations.relation import Form, Relation, Slot

_REACH = 300
"""How many characters before the closing balance the other sides may stand."""
_SIDES = ("opening", "income", "outlay", "closing")


class Account(msgspec.Struct, frozen=True):
    """The sides of an account; opening is None where the text does not tell it."""

    opening: Slot | None
    income: Slot
    outlay: Slot
    closing: Slot

    @property
    def relation(self) -> Relation:
        """Opening and income are outlay and closing."""
        terms: tuple[tuple[Slot, int], ...] = ((self.income, 1), (self.outlay, -1))
        if self.opening is not None:
            terms = ((self.opening, 1), *terms)
        return Relation(Form.ACCOUNT, self.closing, terms, certain=self.opening is not None)


@cache
def _named() -> re.Pattern[str]:
    words = load_relations()
    sides = "|".join(f"(?P<{side}>{any_of(getattr(words, side))})" for side in _SIDES)
    return re.compile(sides)


def accounts(sheet: Sheet) -> Iterator[Account]:
    """The accounts of a report: a closing balance with the outlay and income told before it, not far away, and the
    opening balance where it is told."""
    money = load_units()
    sided: list[tuple[int, str]] = []
    for i, figure in enumerate(sheet.figures):
        if money.kind_of.get(figure.unit) != "money" or not is_level(sheet, i, figure.unit):
            continue
        found = list(_named().finditer(sheet.clause(i)))
        if found and tight(figure.interval):
            sided.append((i, _side(found)))
    for at, (i, side) in enumerate(sided):
        if side != "closing":
            continue
        sides: dict[str, list[int]] = {"closing": [i]}
        for k, other in sided[:at]:
            if sheet.figures[i].start - sheet.figures[k].end <= _REACH:
                sides.setdefault(other, []).append(k)
        account = _account(sheet, sides) if sides.get("income") and sides.get("outlay") else None
        if account:
            yield account


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
    """The account of one passage; None where more than one figure could be the same side."""
    income = _first_whole(sheet, sides["income"])
    outlay = _first_whole(sheet, sides["outlay"])
    closing, opening = sides["closing"], sides.get("opening", [])
    if len(closing) > 1 or len(opening) > 1 or income is None or outlay is None:
        return None
    return Account(
        Slot(sheet.figures[opening[0]]) if opening else None,
        Slot(sheet.figures[income]),
        Slot(sheet.figures[outlay]),
        Slot(sheet.figures[closing[0]]),
    )


def _first_whole(sheet: Sheet, found: list[int]) -> int | None:
    """The first figure of a side, where it is the largest of them; the others are its parts."""
    lows = [sheet.figures[i].interval.low or 0 for i in found]
    return found[0] if lows[0] == max(lows) else None
