"""What figures are made of, kept so that the part of a period, a place, a team or a name is found without looking at each.

``Entries`` hold the amounts of many records in columns, put into groups of one place and one team, each in the order of
days with running sums; records themselves are fetched only where they are named. ``Items`` are those of them that a figure
counts, ``Chosen`` those that a statement speaks of.
"""

import datetime
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, MutableSequence, Sequence
from decimal import Decimal
from heapq import merge
from itertools import accumulate, islice
from typing import Any, NamedTuple, Self

from shanhai.programme.matching.told import Days, Item, Way

LISTED = 200
"""So many records of one figure are named."""
_NAMED = Decimal("0.6")
_SHORTEST = 3
"""So many characters of what is counted name something; fewer are words like 项目."""
_UNDATED = 0
_REMEMBERED = 256
"""So many answers are kept: statements of one report ask alike."""


class Group(NamedTuple):
    """What records have in common: the codes of their places, their team, what else sets them apart (plan and form)."""

    codes: tuple[str, ...]
    team: str
    marks: tuple[str, ...] = ()


class _Ordered(NamedTuple):
    """The records of a group by their first day, those without one at the end, and the sums up to each."""

    days: Sequence[int]
    positions: Sequence[int]
    sums: Sequence[Any]


class Entries:
    """Amounts of records in columns; a record is known by its position.

    Args:
        fetched: makes items of positions, in their order.
        whole: amounts are whole numbers of at most 64 bits, a hundredth each; else they are what they are.
    """

    def __init__(self, fetched: Callable[[Sequence[int]], list[Item]], *, whole: bool = False) -> None:
        self.fetched = fetched
        self.first, self.last = array("l"), array("l")
        self.group, self.owner = array("l"), array("l")
        self.amount: MutableSequence[Any] = array("q") if whole else []
        self.groups: dict[Group, int] = {}
        self.owners: dict[tuple[str, str], int] = {}
        self.known: dict[Any, Any] = {}
        self._scale = Decimal(100) if whole else None
        self._ordered: list[_Ordered] = []
        self._rank = array("l")
        self._projects: list[str] = []
        self._by_owner: list[Any] = []
        self._by_pair: dict[str, set[int]] = {}

    @classmethod
    def of(cls, items: Iterable[Item]) -> Self:
        """Those of items that are at hand."""
        kept = list(items)
        found = cls(lambda positions: [kept[p] for p in positions])
        for i in kept:
            found.add(i.amount, i.first, i.last, Group(i.codes, i.team), i.name, i.project or i.key)
        return found

    def add(
        self,
        amount: Any,
        first: datetime.date | None,
        last: datetime.date | None,
        group: Group,
        name: str,
        of: str,
    ) -> None:
        """One more record: what it adds, its days, its group, and what it is called, with the key of its project."""
        self.amount.append(amount)
        self.first.append(first.toordinal() if first else _UNDATED)
        self.last.append(last.toordinal() if last else _UNDATED)
        self.group.append(self.groups.setdefault(group, len(self.groups)))
        self.owner.append(self.owners.setdefault((name, of), len(self.owners)))

    def project_of(self, position: int) -> str:
        """The key of a record's project; its own where it has none."""
        if len(self._projects) != len(self.owners):
            self._projects = [of for _, of in self.owners]
        return self._projects[self.owner[position]]

    def scaled(self, total: Any) -> Decimal:
        """A sum of amounts as a figure."""
        return Decimal(total) / self._scale if self._scale else Decimal(total)

    @property
    def ordered(self) -> list[_Ordered]:
        """The records of each group."""
        if not self._ordered and self.groups:
            members: list[array[int]] = [array("l") for _ in self.groups]
            for position, group in enumerate(self.group):
                members[group].append(position)
            self._rank = array("l", bytes(len(self.group) * array("l").itemsize))
            self._ordered = [self._in_order(positions) for positions in members]
        return self._ordered

    def _in_order(self, positions: "array[int]") -> _Ordered:
        first = self.first
        dated = sorted((p for p in positions if first[p]), key=first.__getitem__)
        every = [*dated, *(p for p in positions if not first[p])]
        for rank, position in enumerate(every):
            self._rank[position] = rank
        sums = accumulate((self.amount[p] for p in every), initial=0)
        kept = array("q", sums) if self._scale else list(sums)
        return _Ordered(array("l", map(first.__getitem__, dated)), array("l", every), kept)

    def rank(self, position: int) -> int:
        """Where in its group a record stands."""
        return self._rank[position]

    def named(self, core: str) -> Sequence[int]:
        """Positions of the records whose names hold most of what a statement counts; none where that is no name."""
        pairs = {core[at : at + 2] for at in range(len(core) - 1)}
        if len(core) < _SHORTEST:
            return ()
        if not self._by_pair:
            for (name, _), owner in self.owners.items():
                for at in range(len(name) - 1):
                    self._by_pair.setdefault(name[at : at + 2], set()).add(owner)
            self._by_owner = [array("l") for _ in self.owners]
            for position, owner in enumerate(self.owner):
                self._by_owner[owner].append(position)
        held: Counter[int] = Counter()
        for pair in pairs:
            held.update(self._by_pair.get(pair, ()))
        owners = [owner for owner, number in held.items() if number >= _NAMED * len(pairs)]
        return sorted(p for owner in owners for p in self._by_owner[owner])


class Items:
    """Those entries that a figure counts: all, or of the marks that fit."""

    def __init__(self, entries: Entries, marks: tuple[str, ...] = ()) -> None:
        """``marks``: what a group's must be, one by one, where it is not ""."""
        self.entries, self._marks = entries, marks
        self._groups = [
            (number, group)
            for group, number in entries.groups.items()
            if all(not m or m == own for m, own in zip(marks, group.marks, strict=False))
        ]

    @classmethod
    def of(cls, items: Iterable[Item]) -> Self:
        """Those of items that are at hand."""
        return cls(Entries.of(items))

    def __bool__(self) -> bool:
        return bool(self._groups)

    @property
    def marks(self) -> set[tuple[str, ...]]:
        """The marks of their groups."""
        return {group.marks for _, group in self._groups}

    @property
    def earliest(self) -> datetime.date | None:
        """The first day of all; None where none has one."""
        found = [told.days[0] for number, _ in self._groups if (told := self.entries.ordered[number]).days]
        return datetime.date.fromordinal(min(found)) if found else None

    def every(self) -> list[Item]:
        """All of them, where they are few."""
        numbers = {number for number, _ in self._groups}
        return self.entries.fetched([p for p, g in enumerate(self.entries.group) if g in numbers])

    def choose(self, way: Way, days: Days | None, team: str, within: str) -> "Chosen":
        """Those that count in a period, of a team ("" for all) and of a place, by its stem ("" for all)."""
        key = (self._marks, way, days, team, within)
        found: Chosen | None = self.entries.known.get(key)
        if found is None:
            known = self.entries.known
            if len(known) >= _REMEMBERED:
                del known[next(iter(known))]
            found = known[key] = self._choose(way, days, team, within)
        return found

    def _choose(self, way: Way, days: Days | None, team: str, within: str) -> "Chosen":
        sure: list[_Run] = []
        maybe: list[_Run] = []
        for number, group in self._groups:
            here = _in_place(group.codes, within)
            if here is False or (team and group.team != team):
                continue
            certain = maybe if here is None else sure
            ordered = self.entries.ordered[number]
            dated, total = len(ordered.days), len(ordered.positions)
            if way is Way.ALWAYS or days is None:
                certain.append(_Run(number, 0, total))
                continue
            low = 0 if way is Way.STANDING else bisect_left(ordered.days, days[0].toordinal())
            high = bisect_right(ordered.days, days[1].toordinal())
            if way is Way.STANDING:
                certain += self._still(number, high, days[0].toordinal())
            else:
                certain.append(_Run(number, low, high))
            maybe.append(_Run(number, dated, total))
        return Chosen(self.entries, sure, maybe)

    def _still(self, number: int, high: int, day: int) -> Iterator["_Run"]:
        """Of the first so many of a group those that have not ended before a day, as runs."""
        last, positions = self.entries.last, self.entries.ordered[number].positions
        begin = None
        for at in range(high):
            ends = last[positions[at]]
            if ends == _UNDATED or ends >= day:
                begin = at if begin is None else begin
            elif begin is not None:
                yield _Run(number, begin, at)
                begin = None
        if begin is not None:
            yield _Run(number, begin, high)


class _Run(NamedTuple):
    """Records of a group that follow each other."""

    group: int
    low: int
    high: int


class Chosen:
    """What counts for sure, and what may count or not as the register does not say; what it comes to at least and at most."""

    def __init__(self, entries: Entries, sure: Sequence[_Run], maybe: Sequence[_Run] = ()) -> None:
        self._entries = entries
        self._sure = [run for run in sure if run.high > run.low]
        self._maybe = [run for run in maybe if run.high > run.low]
        self.sure_count = sum(run.high - run.low for run in self._sure)
        self.maybe_count = sum(run.high - run.low for run in self._maybe)
        self.low = entries.scaled(self._sum(self._sure))
        self.high = self.low + entries.scaled(self._sum(self._maybe))
        self._known: dict[Any, Any] = {}

    @classmethod
    def at(cls, entries: Entries, positions: Iterable[int]) -> Self:
        """Single records, for sure."""
        held = entries.ordered
        runs = [_Run(entries.group[p], entries.rank(p), entries.rank(p) + 1) for p in positions]
        return cls(entries, runs) if held else cls(entries, ())

    @property
    def count(self) -> int:
        """How many there are, those that may count among them."""
        return self.sure_count + self.maybe_count

    def _sum(self, runs: Iterable[_Run]) -> Any:
        ordered = self._entries.ordered
        return sum((ordered[r.group].sums[r.high] - ordered[r.group].sums[r.low] for r in runs), 0)

    def _positions(self, runs: Iterable[_Run]) -> Iterator[int]:
        ordered = self._entries.ordered
        return merge(*(sorted(ordered[r.group].positions[r.low : r.high]) for r in runs))

    def sure(self, most: int = LISTED) -> tuple[Item, ...]:
        """The first of those that count for sure."""
        return self._listed("sure", self._sure, most)

    def maybe(self, most: int = LISTED) -> tuple[Item, ...]:
        """The first of those that may count."""
        return self._listed("maybe", self._maybe, most)

    def all(self, most: int = LISTED) -> tuple[Item, ...]:
        """The first of all, those that count for sure before the others."""
        return (*self.sure(most), *self.maybe(most))[:most]

    def _listed(self, which: str, runs: Sequence[_Run], most: int) -> tuple[Item, ...]:
        if (which, most) not in self._known:
            positions = list(islice(self._positions(runs), most))
            self._known[which, most] = tuple(self._entries.fetched(positions))
        found: tuple[Item, ...] = self._known[which, most]
        return found

    def positions(self) -> list[int]:
        """Where those that count for sure stand."""
        return list(self._positions(self._sure))

    def amount(self, position: int) -> Decimal:
        """What a record adds."""
        return self._entries.scaled(self._entries.amount[position])

    def items(self, positions: Sequence[int]) -> list[Item]:
        """Records by where they stand."""
        return self._entries.fetched(positions)

    @property
    def is_of_one(self) -> bool:
        """Whether all belong to one project, or are one record."""
        every = self._positions((*self._sure, *self._maybe))
        return len({self._entries.project_of(p) for p in islice(every, LISTED)}) == 1

    def named(self, core: str) -> "Chosen | None":
        """Those whose names hold most of what a statement says it counts; None where it names none of them."""
        if ("named", core) not in self._known:
            positions = [p for p in self._entries.named(core) if p in self]
            self._known["named", core] = Chosen.at(self._entries, positions) if positions else None
        found: Chosen | None = self._known["named", core]
        return found

    def holds(self, other: "Chosen", position: int) -> bool:
        """Whether a record of what another holds is among these."""
        return other._entries is self._entries and position in self

    def __contains__(self, position: int) -> bool:
        if "runs" not in self._known:
            by_group: dict[int, list[tuple[int, int]]] = {}
            for run in (*self._sure, *self._maybe):
                by_group.setdefault(run.group, []).append((run.low, run.high))
            self._known["runs"] = by_group
        runs = self._known["runs"].get(self._entries.group[position], ())
        rank = self._entries.rank(position)
        return any(low <= rank < high for low, high in runs)


def _in_place(codes: Sequence[str], within: str) -> bool | None:
    """Whether a record lies in a place, by its stem; None where the register does not say, or only a part of it does."""
    if not within:
        return True
    inside = [stem(c).startswith(within) for c in codes]
    if not inside or (any(inside) and not all(inside)):
        return None
    return all(inside)


def stem(code: str) -> str:
    """A code without the zeros that stand for all that lies within.

    >>> stem("540300"), stem("540329")
    ('5403', '540329')
    """
    while len(code) > len("54") and code.endswith("00"):
        code = code[:-2]
    return code
