"""Targets and results of teams, side by side where they may be compared: same indicator, same unit, same definition."""

import datetime
from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction

import msgspec
from django.db.models import Count, QuerySet

from shanhai.catalogue.indicators import Adds, Direction, load_indicators
from shanhai.programme.models import Target
from shanhai.programme.targets.standing import Standing, standings

MOST = 400
"""Targets that are set side by side at most."""


class Course(StrEnum):
    """How a target stands on a day."""

    REACHED = "reached"
    MISSED = "missed"
    BEHIND = "behind"
    ON_TIME = "on_time"
    OPEN = "open"


OFF = (Course.MISSED, Course.BEHIND)
"""Off target."""


class Alone(StrEnum):
    """Why a target is compared with no other."""

    UNIT = "alone_unit"
    DEFINITION = "alone_definition"
    NO_DEFINITION = "no_definition"
    ALONE = "alone"


class Judged(msgspec.Struct, frozen=True):
    """One target, how it stands, and how that is to be taken on a day."""

    standing: Standing
    course: Course

    @property
    def target(self) -> Target:
        """With its team, term and pairing."""
        return self.standing.target

    @property
    def until(self) -> datetime.date | None:
        """Up to when the results tell that are in the figure."""
        return self.standing.rolled.period[1] if self.standing.rolled.period else None


class Group(msgspec.Struct, frozen=True):
    """Targets that may be set side by side; one alone says why no other stands beside it."""

    unit: str
    definition: str
    members: list[Judged]
    alone: Alone | None = None


def told(pairings: Iterable[int], year: int) -> QuerySet[Target]:
    """The targets of teams and of whole pairings that have to do with a year."""
    return Target.objects.filter(
        pairing__in=list(pairings),
        withdrawn=False,
        project=None,
        starts__lte=datetime.date(year, 12, 31),
        ends__gte=datetime.date(year, 1, 1),
    ).select_related("pairing", "team__term")


def indicators(pairings: Iterable[int], year: int) -> list[tuple[str, int]]:
    """The indicators of which there are targets in a year, those with most first."""
    rows = (
        told(pairings, year).select_related(None).order_by().values_list("indicator").annotate(n=Count("pk"))
    )
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def judged(targets: Sequence[Target], day: datetime.date) -> list[Judged]:
    """Targets with what was reached by a day; those of an indicator that the catalogue has no more are left out."""
    known = load_indicators()
    found = standings([target for target in targets if target.indicator in known], day)
    return [Judged(one, _course(one, day)) for one in found]


def side_by_side(told: Sequence[Judged]) -> list[Group]:
    """Targets of one indicator in groups that may be compared, the largest first."""
    groups: dict[tuple[str, str], list[Judged]] = {}
    for one in told:
        groups.setdefault((one.target.unit, _same(one.target.definition)), []).append(one)
    found = []
    for (unit, definition), own in groups.items():
        written = own[0].target.definition
        if not definition:  # two that say nothing need not count the same
            found += [Group(unit, "", [one], Alone.NO_DEFINITION) for one in own]
        elif len(own) > 1:
            found.append(Group(unit, written, own))
        else:
            others = [key for key in groups if key != (unit, definition)]
            same_definition = any(other[1] == definition for other in others)
            why = Alone.UNIT if same_definition else Alone.DEFINITION if others else Alone.ALONE
            found.append(Group(unit, written, own, why))
    return sorted(found, key=lambda g: (-len(g.members), g.unit, g.definition))


def _same(definition: str) -> str:
    return "".join(definition.split()).casefold()


def _course(one: Standing, day: datetime.date) -> Course:
    """Reached or missed when the time is over; before, a sum that lags behind the time that has passed is behind."""
    target, met, way = one.target, one.progress.met, one.progress.way
    if met is None:
        return Course.OPEN
    if target.ends < day:
        return Course.REACHED if met else Course.MISSED
    if one.indicator.direction is Direction.DOWN:
        return Course.ON_TIME if met else Course.BEHIND
    if met:
        return Course.REACHED
    if one.indicator.adds is not Adds.SUM or way is None:
        return Course.OPEN
    passed = Fraction((day - target.starts).days + 1, (target.ends - target.starts).days + 1)
    return Course.ON_TIME if way >= passed else Course.BEHIND
