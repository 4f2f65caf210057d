"""Projects held against their plans: which are late, which are slow, which are done."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from shanhai.programme.models import Balance, Project, Status


class Pace(StrEnum):
    """How a project stands to its plan; of those that fit, the first in this order."""

    CANCELLED = "cancelled"
    DONE_LATE = "done_late"
    DONE = "done"
    LATE = "late"
    SLOW = "slow"
    UNDATED = "undated"
    RUNNING = "running"
    AHEAD = "ahead"


SHOWN = (
    Pace.LATE, Pace.SLOW, Pace.RUNNING, Pace.AHEAD, Pace.DONE, Pace.DONE_LATE, Pace.UNDATED, Pace.CANCELLED,
)  # fmt: skip
"""In the order of attention."""


def paces(day: datetime.date) -> dict[Pace, Q]:
    """What must hold for each, after those before it: late is what should be finished and is not, slow what should have
    begun and has not, or is halted."""
    finished = Q(ended__isnull=False) | Q(status__in=(Status.FINALISATION, Status.CLOSED))
    return {
        Pace.CANCELLED: Q(status=Status.CANCELLED),
        Pace.DONE_LATE: Q(ended__isnull=False, planned_end__isnull=False, ended__gt=F("planned_end")),
        Pace.DONE: finished,
        Pace.LATE: Q(planned_end__lt=day),
        Pace.SLOW: Q(status=Status.SUSPENDED) | Q(planned_start__lt=day, started__isnull=True),
        Pace.UNDATED: Q(planned_end__isnull=True),
        Pace.RUNNING: Q(started__isnull=False) | Q(status=Status.IMPLEMENTATION),
    }


def with_pace(rows: QuerySet[Project], day: datetime.date) -> QuerySet[Any]:
    """Projects with their ``pace``."""
    cases = [When(condition, then=Value(str(pace))) for pace, condition in paces(day).items()]
    return rows.annotate(pace=Case(*cases, default=Value(str(Pace.AHEAD)), output_field=CharField()))


def counted(pairings: Iterable[int]) -> QuerySet[Project]:
    """The projects that boards count: those that stand, without records that only gather others."""
    return Project.objects.filter(pairing__in=list(pairings), withdrawn=False, umbrella=False)


def by_pace(pairings: Iterable[int], day: datetime.date) -> dict[int, dict[Pace, int]]:
    """How many projects of each pairing stand how; of paces without a project 0."""
    rows = with_pace(counted(pairings), day).order_by().values_list("pairing", "pace").annotate(Count("pk"))
    found: dict[int, dict[Pace, int]] = {}
    for pairing, pace, number in rows:
        found.setdefault(pairing, dict.fromkeys(Pace, 0))[Pace(pace)] = number
    return found


def listed(pairing: int, day: datetime.date, pace: Pace | None = None) -> QuerySet[Any]:
    """The projects of a pairing, those first that should be finished first."""
    rows = with_pace(counted([pairing]), day)
    if pace is not None:
        rows = rows.filter(pace=str(pace))
    return rows.select_related("team").order_by(F("planned_end").asc(nulls_last=True), "key")


def money_by_project(projects: Iterable[int]) -> dict[int, Balance]:
    """The balance of each of a few projects, where it has any money; a project is kept in one currency."""
    rows = Balance.objects.filter(project__in=list(projects)).defer("idle_lots")
    return {row.project_id: row for row in rows if row.project_id is not None}


def share(part: Decimal, whole: Decimal | None) -> Decimal | None:
    """A part in per cent of the whole, to one place; None where there is no whole."""
    return (part * 100 / whole).quantize(Decimal("0.1")) if whole else None
