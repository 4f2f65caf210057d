"""What of the register each indicator's figures are held against (``data/registered.yaml``)."""

from functools import cache
from typing import Literal

import msgspec

from shanhai.catalogue.activities import load_activities
from shanhai.catalogue.files import data_file, decode
from shanhai.catalogue.indicators import load_indicators
from shanhai.model import CatalogueError


class Registered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What of the register one indicator's figures are held against; one of its parts.

    Attributes:
        money: the stages of money events, each a reading of its own; none for those that the claim's card means.
        plan: only money in the plan, or outside it; both where empty.
        projects: which projects, or the planned money of projects.
        members: the professions of members.
        sort: the sort of activities.
        of: what of them: how many, their money, or the key of a count.
        stages: only activities in these stages; all where empty.
        part_of: the indicators of which it is a part that the register does not tell apart.
    """

    money: tuple[str, ...] | None = None
    plan: Literal["", "in", "out"] = ""
    projects: Literal["", "under_way", "planned", "started", "finished", "planned_money"] = ""
    members: tuple[str, ...] = ()
    sort: str = ""
    of: str = ""
    stages: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()

    def problems(self) -> list[str]:
        """What is wrong with the entry."""
        told = (self.money is not None, self.projects, self.members, self.sort, self.part_of)
        found = [] if sum(map(bool, told)) == 1 else ["needs one of money, projects, members, sort, part_of"]
        if self.sort:
            sort = load_activities().get(self.sort)
            if sort is None:
                return [*found, f"sort: {self.sort!r} is no sort of activity"]
            if self.of not in {"events", "amount", *sort.counts}:
                found.append(f"of: {self.of!r} is neither events, amount nor a count of {self.sort!r}")
            found += [f"stages: {self.sort!r} has no {s!r}" for s in self.stages if s not in sort.stages]
        return found


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stages: dict[str, tuple[str, ...]]
    beside: dict[str, tuple[str, ...]]
    held: tuple[str, ...]
    indicators: dict[str, Registered]


@cache
def load_registered() -> dict[str, tuple[Registered, ...]]:
    """By indicator, what it is held against: what the file says, else the counts of activities that name it.

    Raises:
        CatalogueError: when the file does not hold what it must; all problems together.
    """
    told = _file().indicators
    known = load_indicators()
    problems = [
        f"registered.yaml: {code}: no such indicator"
        for code in (*told, *(p for one in told.values() for p in one.part_of), *_file().beside)
        if code not in known
    ]
    problems += [f"registered.yaml: {code}: {p}" for code, one in told.items() for p in one.problems()]
    if problems:
        raise CatalogueError(tuple(problems))
    found: dict[str, tuple[Registered, ...]] = {code: (one,) for code, one in told.items()}
    for name, sort in load_activities().items():
        for key, counted in sort.counts.items():
            if counted.indicator and counted.indicator not in told:
                more = Registered(sort=name, of=key)
                found[counted.indicator] = (*found.get(counted.indicator, ()), more)
    return found


def load_card_stages() -> dict[str, tuple[str, ...]]:
    """By stage of the definition card, the stages of money events that it may mean."""
    return _file().stages


def load_beside() -> dict[str, tuple[str, ...]]:
    """By indicator, those that count the same thing in another way."""
    return _file().beside


def load_held() -> tuple[str, ...]:
    """Words behind which a sentence names the work itself."""
    return _file().held


@cache
def _file() -> _File:
    return decode(data_file("registered.yaml"), _File)
