"""Targets and results of teams, side by side where they may be compared: same indicator, same unit, same definition."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

import msgspec
from django.db.models import Count, QuerySet

from shanhai.catalogue.indicators import Adds, Direction, Indicator, load_indicators
from shanhai.programme.models import Result, Target

MOST = 400
"""Targets that are set side by side at most."""
_HUNDRED = Decimal(100)


class Course(StrEnum):
    """How a target stands on a day."""

    REACHED = "reached"
    MISSED = "missed"
    BEHIND = "behind"
    ON_TIME = "on_time"
    OPEN = "open"


OFF = (Course.MISSED, Course.BEHIND)
"""Off target."""


class Why(StrEnum):
    """Why there is no figure, or why it is compared with no other."""

    NO_RESULT = "no_result"
    MIXED = "mixed"
    OVERLAP = "overlap"
    NEVER = "never"
    NO_RATE = "no_rate"
    ALONE_UNIT = "alone_unit"
    ALONE_DEFINITION = "alone_definition"
    NO_DEFINITION = "no_definition"
    ALONE = "alone"


class Standing(msgspec.Struct, frozen=True):
    """One target with what was reached.

    Attributes:
        target: with its team, term and pairing.
        reached: what its results come to by the catalogue's rule; None where they cannot be put together.
        why: the reason then.
        until: up to when results tell.
        rate: reached in per cent of the target, to one place.
        course: how it stands on the day.
    """

    target: Target
    reached: Decimal | None
    why: Why | None
    until: datetime.date | None
    rate: Decimal | None
    course: Course


class Group(msgspec.Struct, frozen=True):
    """Targets that may be set side by side; one alone says why no other stands beside it."""

    unit: str
    definition: str
    standings: list[Standing]
    alone: Why | None = None


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


def standings(targets: Sequence[Target], day: datetime.date) -> list[Standing]:
    """Targets with what was reached by a day; one question for all their results."""
    results: dict[int, list[Result]] = {}
    found = Result.objects.filter(target__in=[t.pk for t in targets], withdrawn=False, ends__lte=day)
    for result in found.order_by("target", "ends", "starts", "key"):
        results.setdefault(result.target_id, []).append(result)
    return [_standing(target, results.get(target.pk, []), day) for target in targets]


def side_by_side(told: Sequence[Standing]) -> list[Group]:
    """Standings of one indicator in groups that may be compared, the largest first."""
    groups: dict[tuple[str, str], list[Standing]] = {}
    for one in told:
        groups.setdefault((one.target.unit, _same(one.target.definition)), []).append(one)
    found = []
    for (unit, definition), own in groups.items():
        written = own[0].target.definition
        if not definition:  # two that say nothing need not count the same
            found += [Group(unit, "", [one], Why.NO_DEFINITION) for one in own]
        elif len(own) > 1:
            found.append(Group(unit, written, own))
        else:
            others = [key for key in groups if key != (unit, definition)]
            same_definition = any(other[1] == definition for other in others)
            why = Why.ALONE_UNIT if same_definition else Why.ALONE_DEFINITION if others else Why.ALONE
            found.append(Group(unit, written, own, why))
    return sorted(found, key=lambda g: (-len(g.standings), g.unit, g.definition))


def _same(definition: str) -> str:
    return "".join(definition.split()).casefold()


def _standing(target: Target, results: Sequence[Result], day: datetime.date) -> Standing:
    indicator = load_indicators().get(target.indicator)
    reached, why = put_together(indicator, results, target.unit)
    rate = None
    if reached is not None and target.target:
        rate = (reached * 100 / target.target).quantize(Decimal("0.1"))
    return Standing(
        target,
        reached,
        why,
        max((r.ends for r in results), default=None),
        rate,
        _course(indicator, target, reached, day),
    )


def put_together(
    indicator: Indicator | None, results: Sequence[Result], unit: str
) -> tuple[Decimal | None, Why | None]:
    """What the results of one target come to by the catalogue's rule; or why they come to nothing."""
    if not results:
        return None, Why.NO_RESULT
    last = max(results, key=lambda r: (r.ends, r.key))
    adds = indicator.adds if indicator else Adds.NEVER
    if adds is Adds.RATIO:
        return _ratio(results, last, unit)
    values = [r.value for r in results if r.value is not None]
    if not values:
        return None, Why.NO_RESULT
    if adds is Adds.PEAK:
        return max(values), None
    if adds is Adds.LAST or len(results) == 1 or all(r.cumulative for r in results):
        return last.value, None
    if adds is not Adds.SUM or indicator is None or "periods" not in indicator.over:
        return None, Why.NEVER
    if any(r.cumulative for r in results):
        return None, Why.MIXED
    if _overlap(results):
        return None, Why.OVERLAP
    return sum(values, Decimal(0)), None


def _ratio(results: Sequence[Result], last: Result, unit: str) -> tuple[Decimal | None, Why | None]:
    """Numerators over denominators, never the mean of ratios."""
    if unit != "%":
        return None, Why.NO_RATE
    cumulative = [r.cumulative for r in results]
    if any(cumulative) and not all(cumulative):
        return None, Why.MIXED
    own = [last] if all(cumulative) else list(results)
    if len(own) > 1 and _overlap(own):
        return None, Why.OVERLAP
    above = sum((r.numerator for r in own if r.numerator is not None), Decimal(0))
    below = sum((r.denominator for r in own if r.denominator is not None), Decimal(0))
    return ((above * _HUNDRED / below).quantize(Decimal("0.01")), None) if below else (None, Why.NO_RESULT)


def _overlap(results: Sequence[Result]) -> bool:
    told = sorted(results, key=lambda r: (r.starts, r.ends))
    return any(after.starts <= before.ends for before, after in pairwise(told))


def _course(
    indicator: Indicator | None, target: Target, reached: Decimal | None, day: datetime.date
) -> Course:
    """Reached or missed when the time is over; before, a sum that lags behind the time that has passed is behind."""
    direction = indicator.direction if indicator else Direction.NONE
    if reached is None or direction is Direction.NONE:
        return Course.OPEN
    down = direction is Direction.DOWN
    enough = reached <= target.target if down else reached >= target.target
    over = target.ends < day
    if over:
        return Course.REACHED if enough else Course.MISSED
    if down:
        return Course.ON_TIME if enough else Course.BEHIND
    if enough:
        return Course.REACHED
    if indicator is None or indicator.adds is not Adds.SUM:
        return Course.OPEN
    passed = Decimal((day - target.starts).days + 1) / Decimal((target.ends - target.starts).days + 1)
    return Course.ON_TIME if reached >= target.target * min(passed, Decimal(1)) else Course.BEHIND
