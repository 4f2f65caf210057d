"""Money by stage over time, from the sums of months."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import msgspec
from django.db.models import QuerySet, Sum

from shanhai.programme.models import Flow, Form, Plan, Stage

STAGES = tuple(str(stage) for stage in Stage)
OWN = "CNY"
NOTHING = Decimal(0)


class Wanted(msgspec.Struct, frozen=True):
    """Which money; what is "" does not narrow.

    Attributes:
        currency: sums are never made across currencies.
        plan, form: as money events have them.
    """

    currency: str = OWN
    plan: str = ""
    form: str = ""


class Year(msgspec.Struct, frozen=True):
    """What came to pass in one year, by stage."""

    year: int
    by_stage: dict[str, Decimal]


class Money(msgspec.Struct, frozen=True):
    """A pairing's money.

    Attributes:
        years: from the first to the last in which anything happened, none left out.
        months: by stage, of the months in which anything happened.
        total: by stage, up to the day.
        parts: up to the day, by plan and form, by stage.
        currencies: those that the pairing's money is in; more than one are never added.
        later: events dated after the day; they are in no total.
    """

    years: list[Year]
    months: dict[datetime.date, dict[str, Decimal]]
    total: dict[str, Decimal]
    parts: dict[tuple[str, str], dict[str, Decimal]]
    currencies: list[str]
    later: int = 0


def money_of(pairing: int, wanted: Wanted, day: datetime.date) -> Money:
    """A pairing's money up to a day's month."""
    rows = Flow.objects.filter(pairing=pairing).order_by("month")
    columns = ("month", "stage", "plan", "form", "currency", "amount", "events")
    months: dict[datetime.date, dict[str, Decimal]] = {}
    parts: dict[tuple[str, str], dict[str, Decimal]] = {}
    total: dict[str, Decimal] = defaultdict(Decimal)
    currencies: set[str] = set()
    later = 0
    for month, stage, plan, form, currency, amount, events in rows.values_list(*columns):
        currencies.add(currency)
        if currency != wanted.currency:
            continue
        if month > day:
            later += events
            continue
        of_part = parts.setdefault((plan, form), defaultdict(Decimal))
        of_part[stage] += amount
        if wanted.plan in ("", plan) and wanted.form in ("", form):
            months.setdefault(month, defaultdict(Decimal))[stage] += amount
            total[stage] += amount
    return Money(_years(months), months, total, parts, sorted(currencies), later)


def _years(months: dict[datetime.date, dict[str, Decimal]]) -> list[Year]:
    if not months:
        return []
    sums: dict[int, dict[str, Decimal]] = {
        year: dict.fromkeys(STAGES, NOTHING) for year in range(min(months).year, max(months).year + 1)
    }
    for month, by_stage in months.items():
        for stage, amount in by_stage.items():
            sums[month.year][stage] += amount
    return [Year(year, told) for year, told in sums.items()]


def totals(pairings: Iterable[int], day: datetime.date) -> dict[int, dict[str, Decimal]]:
    """What came to pass up to a day's month by pairing and stage, in plan and out of it, cash and goods, in yuan."""
    rows: QuerySet[Flow] = Flow.objects.filter(pairing__in=list(pairings), currency=OWN, month__lte=day)
    found: dict[int, dict[str, Decimal]] = {}
    summed = rows.order_by().values_list("pairing", "stage").annotate(Sum("amount"))
    for pairing, stage, amount in summed:
        found.setdefault(pairing, {})[stage] = amount
    return found


PARTS = tuple((str(plan), str(form)) for plan in Plan for form in Form)
"""Plan and form, in the order shown."""
