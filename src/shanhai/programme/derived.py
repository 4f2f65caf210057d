"""Rows that follow from records: balances and flows from money. They can always be made anew.

After a change only what it concerns is renewed; ``renew_all`` makes everything of a pairing anew, and ``differing``
tells where the two would not be the same.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from shanhai.ledger.models import Pairing
from shanhai.programme.models import Balance, Flow, MoneyEvent, Record, Stage
from shanhai.programme.money.balances import Event, balance_of

_PORTION = 500
_STAGES = tuple(str(stage) for stage in Stage)


class Concern(msgspec.Struct, frozen=True):
    """What a record's derived rows hang on: a project, None for the money of none, and a month."""

    project: int | None
    month: datetime.date


def concerned(record: Record) -> Concern | None:
    """What a record's derived rows hang on, as it is now; None where nothing is derived from it."""
    if not isinstance(record, MoneyEvent):
        return None
    return Concern(record.project_id, record.day.replace(day=1))


def renew(told: Iterable[Concern | None], pairing: Pairing) -> None:
    """Make anew what follows from changed records.

    Args:
        told: what they concern now, and what they concerned before.
        pairing: theirs.
    """
    concerns = {one for one in told if one is not None}
    renew_balances(pairing, {one.project for one in concerns})
    renew_flows(pairing, {one.month for one in concerns})


def renew_all(pairing: Pairing) -> None:
    """Make everything of a pairing anew."""
    events = MoneyEvent.objects.filter(pairing=pairing)
    stale = Balance.objects.filter(pairing=pairing).values_list("project", flat=True)
    renew_balances(pairing, {*events.values_list("project", flat=True).distinct(), *stale})
    Flow.objects.filter(pairing=pairing).delete()
    months = {day.replace(day=1) for day in events.values_list("day", flat=True).distinct()}
    renew_flows(pairing, months)


def renew_balances(pairing: Pairing, projects: Iterable[int | None]) -> None:
    """The balances of some projects; None stands for the money of no project."""
    wanted = sorted(projects, key=lambda p: (p is not None, p or 0))
    if wanted and wanted[0] is None:
        Balance.objects.filter(pairing=pairing, project=None).delete()
        _balances(pairing, MoneyEvent.objects.filter(pairing=pairing, project=None, withdrawn=False))
        wanted = wanted[1:]
    for begin in range(0, len(wanted), _PORTION):
        portion = wanted[begin : begin + _PORTION]
        Balance.objects.filter(pairing=pairing, project__in=portion).delete()
        _balances(pairing, MoneyEvent.objects.filter(pairing=pairing, project__in=portion, withdrawn=False))


def _balances(pairing: Pairing, events: Any) -> None:
    grouped: dict[tuple[int | None, str], list[Event]] = defaultdict(list)
    columns = ("project_id", "currency", "stage", "form", "amount", "day")
    for project, currency, stage, form, amount, day in events.values_list(*columns):
        grouped[project, currency].append(Event(stage, form, amount, day))
    rows = []
    for (project, currency), told in grouped.items():
        found = balance_of(told)
        columns_of: dict[str, Any] = {stage: found.sums.get(stage, Decimal(0)) for stage in _STAGES}
        columns_of |= {"idle": found.idle, "idle_since": found.idle_since}
        columns_of["idle_lots"] = [[day.isoformat(), f"{amount:.2f}"] for day, amount in found.lots]
        rows.append(Balance(pairing=pairing, project_id=project, currency=currency, **columns_of))
    Balance.objects.bulk_create(rows, batch_size=_PORTION)


def renew_flows(pairing: Pairing, months: Iterable[datetime.date]) -> None:
    """The sums of some months."""
    for month in sorted(set(months)):
        Flow.objects.filter(pairing=pairing, month=month).delete()
        after = (month.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
        events = MoneyEvent.objects.filter(pairing=pairing, withdrawn=False, day__gte=month, day__lt=after)
        sums = (
            events.order_by()
            .values_list("stage", "plan", "form", "currency")
            .annotate(Sum("amount"), Count("pk"))
        )
        names = ("stage", "plan", "form", "currency", "amount", "events")
        Flow.objects.bulk_create(
            Flow(pairing=pairing, month=month, **dict(zip(names, row, strict=True))) for row in sums
        )


def differing(pairing: Pairing) -> Iterator[str]:
    """Projects and months whose derived rows are not what their events come to; none where all is well."""
    sums = MoneyEvent.objects.filter(pairing=pairing, withdrawn=False).order_by()
    told = {
        (project, currency, stage): amount
        for project, currency, stage, amount in sums.values_list("project_id", "currency", "stage").annotate(
            Sum("amount")
        )
    }
    kept: dict[tuple[int | None, str, str], Decimal] = {}
    for balance in Balance.objects.filter(pairing=pairing):
        for stage in _STAGES:
            if amount := getattr(balance, stage):
                kept[balance.project_id, balance.currency, stage] = amount
    for key in sorted({*told, *kept}, key=str):
        if told.get(key, Decimal(0)) != kept.get(key, Decimal(0)):
            yield f"balance of project {key[0]}, {key[2]}"
    months = sums.annotate(month=TruncMonth("day")).values_list("month", "stage", "plan", "form", "currency")
    by_month = {tuple(row[:-1]): row[-1] for row in months.annotate(Sum("amount"))}
    flows = Flow.objects.filter(pairing=pairing).values_list(
        "month", "stage", "plan", "form", "currency", "amount"
    )
    kept_months = {tuple(row[:-1]): row[-1] for row in flows}
    for row in sorted({*by_month, *kept_months}, key=str):
        if by_month.get(row) != kept_months.get(row):
            yield f"flow of {row[0]:%Y-%m}, {row[1]}"
