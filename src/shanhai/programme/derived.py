"""Rows that follow from records: balances and flows from money, what totals may add of projects. They can always be made
anew.

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
from shanhai.ledger.verify.faults import Fault, Trouble
from shanhai.programme.models import Balance, CoFunding, Flow, MoneyEvent, Project, Record, Stage
from shanhai.programme.money.balances import Event, balance_of
from shanhai.programme.shares import kept

_PORTION = 500
_STAGES = tuple(str(stage) for stage in Stage)


class Concern(msgspec.Struct, frozen=True):
    """What a record's derived rows hang on.

    Attributes:
        project: that it is, or is about; None for the money of none.
        parent: the project above it, of a project.
        month: of money.
    """

    project: int | None
    parent: int | None = None
    month: datetime.date | None = None


def concerned(record: Record) -> Concern | None:
    """What a record's derived rows hang on, as it is now; None where nothing is derived from it."""
    if isinstance(record, MoneyEvent):
        return Concern(record.project_id, month=record.day.replace(day=1))
    if isinstance(record, Project):
        return Concern(record.pk, record.parent_id)
    return Concern(record.project_id) if isinstance(record, CoFunding) else None


def renew(told: Iterable[Concern | None], pairing: Pairing) -> None:
    """Make anew what follows from changed records.

    Args:
        told: what they concern now, and what they concerned before.
        pairing: theirs.
    """
    concerns = {one for one in told if one is not None}
    months = {one.month for one in concerns if one.month is not None}
    projects = {key for one in concerns for key in (one.project, one.parent) if key is not None}
    if months:
        renew_balances(pairing, {one.project for one in concerns})
        renew_flows(pairing, months)
        kept.renew_money(pairing, projects)
    elif projects:
        kept.renew(pairing, projects)


def renew_all(pairing: Pairing) -> None:
    """Make everything of a pairing anew."""
    events = MoneyEvent.objects.filter(pairing=pairing)
    stale = Balance.objects.filter(pairing=pairing).values_list("project", flat=True)
    renew_balances(pairing, {*events.values_list("project", flat=True).distinct(), *stale})
    Flow.objects.filter(pairing=pairing).delete()
    months = {day.replace(day=1) for day in events.values_list("day", flat=True).distinct()}
    renew_flows(pairing, months)
    kept.renew_all(pairing)


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
        columns_of |= {"idle": found.idle, "idle_since": found.idle_since, "idle_until": found.idle_until}
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


def differing(pairing: Pairing) -> Iterator[Fault]:
    """Projects and months whose derived rows are not what their events come to; none where all is well."""
    sums = MoneyEvent.objects.filter(pairing=pairing, withdrawn=False).order_by()
    told = {
        (project, currency, stage): amount
        for project, currency, stage, amount in sums.values_list("project_id", "currency", "stage").annotate(
            Sum("amount")
        )
    }
    balances: dict[tuple[int | None, str, str], Decimal] = {}
    for balance in Balance.objects.filter(pairing=pairing):
        for stage in _STAGES:
            if amount := getattr(balance, stage):
                balances[balance.project_id, balance.currency, stage] = amount
    for key in sorted({*told, *balances}, key=str):
        comes_to, given = told.get(key, Decimal(0)), balances.get(key, Decimal(0))
        if comes_to != given:
            yield _fault("balance", f"{pairing.key}/{key[0] or '-'}", key[2], comes_to, given)
    months = sums.annotate(month=TruncMonth("day")).values_list("month", "stage", "plan", "form", "currency")
    by_month = {tuple(row[:-1]): row[-1] for row in months.annotate(Sum("amount"))}
    flows = Flow.objects.filter(pairing=pairing).values_list(
        "month", "stage", "plan", "form", "currency", "amount"
    )
    kept_months = {tuple(row[:-1]): row[-1] for row in flows}
    for row in sorted({*by_month, *kept_months}, key=str):
        if by_month.get(row) != kept_months.get(row):
            named = f"{pairing.key}/{row[0]:%Y-%m}"
            yield _fault(
                "flow", named, row[1], Decimal(by_month.get(row, 0)), Decimal(kept_months.get(row, 0))
            )
    for project in kept.differing(pairing):
        zh = "合计时算入的数额与项目、资金、共同出资的记录不符。"
        en = "What totals add of it is not what its plan, money and co-funding come to."
        yield Fault(Trouble.DERIVED, "countable", f"{pairing.key}/{project}", "", zh, en)


def _fault(table: str, row: str, stage: str, comes_to: Decimal, given: Decimal) -> Fault:
    zh = f"记为{given}，逐笔合计是{comes_to}。"
    return Fault(
        Trouble.DERIVED, table, row, stage, zh, f"It is given as {given}; the events come to {comes_to}."
    )
