"""Projects that are alike to every total and every rule, put together: so a pairing's shares hang on a few sums."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal, localcontext
from typing import NamedTuple, Self

import msgspec

from shanhai.programme.shares.classes import Classing
from shanhai.programme.shares.credit import Decided, Why

DIGITS = 100
_ZERO = Decimal(0)


class Group(msgspec.Struct, frozen=True):
    """What is alike; all is as of ``Decided`` and its project."""

    currency: str
    level: str
    livelihood: str
    livelihood_share: Decimal | None
    why: Why | None
    own: Decimal
    unsure: bool

    @classmethod
    def of(cls, one: Decided) -> Self:
        """The group of a project."""
        p = one.project
        return cls(p.currency, p.level, p.livelihood, p.livelihood_share, one.why, one.own, one.unsure)

    def range_of(self, amount: Decimal) -> tuple[Decimal, Decimal]:
        """How much of an amount of the group is the pairing's own at least and at most."""
        with localcontext(prec=DIGITS):
            high = amount * self.own
        return (_ZERO if self.unsure else high), high


class Sum(NamedTuple):
    """What a group comes to, and how many projects it has."""

    amount: Decimal
    projects: int


Sums = Mapping[Group, Sum]


class Row(NamedTuple):
    """A project of which it is not known how much counts: how much of it is the pairing's own at least and at most."""

    id: int
    low: Decimal
    high: Decimal


class Rows(NamedTuple):
    """Projects of groups.

    Attributes:
        sure: those whose amount is known, the greatest first; read as far as needed.
        others: the rest.
    """

    sure: Iterator[Row]
    others: list[Row]


class Total(msgspec.Struct, frozen=True):
    """What is held against the rules.

    Attributes:
        currency: the one that is added.
        sums: of all projects, added or refused.
        rows: the projects of some groups, which a rule does not tell apart otherwise.
    """

    currency: str
    sums: Sums
    rows: Callable[[Classing, Collection[Group]], Rows]

    @classmethod
    def of(cls, decided: Collection[Decided], currency: str) -> Self:
        """Of projects that are all here."""
        return cls(currency, sums_of(decided), lambda _, groups: Rows(iter(()), rows_of(decided, groups)))

    def counted(self) -> dict[Group, Sum]:
        """The sums that are added."""
        return {g: s for g, s in self.sums.items() if g.why is None and g.currency == self.currency}

    @property
    def certain(self) -> Decimal:
        """What is the pairing's own for certain."""
        return self._added(0)

    @property
    def possible(self) -> Decimal:
        """What may be the pairing's own at most."""
        return self._added(1)

    @property
    def projects(self) -> int:
        """How many projects are added."""
        return sum(s.projects for s in self.counted().values())

    def _added(self, end: int) -> Decimal:
        with localcontext(prec=DIGITS):
            return sum((g.range_of(s.amount)[end] for g, s in self.counted().items()), _ZERO)


class Refusal(msgspec.Struct, frozen=True):
    """What a total does not add, or adds to what is possible only.

    Attributes:
        why: the reason.
        currency: of the amount.
        amount: None where none is told.
        projects: how many; 0 for money of no project.
    """

    why: Why
    currency: str
    amount: Decimal | None
    projects: int


def refusals(total: Total) -> tuple[Refusal, ...]:
    """What a total refuses, by reason and currency, in the order of reasons."""
    found: dict[tuple[Why, str], Sum] = {}

    def refuse(why: Why, group: Group, amount: Decimal, projects: int) -> None:
        before = found.get((why, group.currency), Sum(_ZERO, 0))
        found[why, group.currency] = Sum(before.amount + amount, before.projects + projects)

    with localcontext(prec=DIGITS):
        for group, told in total.sums.items():
            if group.why is not None:
                refuse(group.why, group, told.amount, told.projects)
            elif group.currency != total.currency:
                refuse(Why.CURRENCY, group, told.amount, told.projects)
            else:
                _, high = group.range_of(told.amount)
                if high < told.amount:
                    refuse(Why.OTHERS_SHARE, group, told.amount - high, told.projects)
                if group.unsure and high:
                    refuse(Why.UNKNOWN_SHARE, group, high, told.projects)
    order = list(Why)
    return tuple(
        Refusal(why, currency, None if why is Why.NO_AMOUNT else told.amount, told.projects)
        for (why, currency), told in sorted(
            found.items(), key=lambda one: (order.index(one[0][0]), one[0][1])
        )
    )


def sums_of(decided: Iterable[Decided]) -> dict[Group, Sum]:
    """The sums of projects one by one."""
    found: dict[Group, Sum] = {}
    for one in decided:
        group = Group.of(one)
        before = found.get(group, Sum(_ZERO, 0))
        found[group] = Sum(before.amount + (one.project.amount or _ZERO), before.projects + 1)
    return found


def exchanged(sums: Sums, less: Sums, more: Sums) -> dict[Group, Sum]:
    """The sums without some of their projects and with others."""
    found = dict(sums)
    for told, sign in ((less, -1), (more, 1)):
        for group, one in told.items():
            before = found.get(group, Sum(_ZERO, 0))
            found[group] = Sum(before.amount + sign * one.amount, before.projects + sign * one.projects)
    return {group: told for group, told in found.items() if told.projects}


def rows_of(decided: Iterable[Decided], groups: Collection[Group]) -> list[Row]:
    """The projects of some groups that have money."""
    told = ((one.project, Group.of(one)) for one in decided if one.project.amount)
    return [Row(p.id, *group.range_of(p.amount or _ZERO)) for p, group in told if group in groups]
