"""Money and assets that lie idle, at the auditors' limits: more than one year, more than two."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Q, QuerySet

from shanhai.programme.models import Asset, Balance, MoneyEvent, Stage, Use, Visit
from shanhai.programme.money.balances import CASH, older_than
from shanhai.programme.queries.boards.limits import YEARS, before

NOTHING = Decimal(0)
Lot = tuple[datetime.date, Decimal]


class IdleMoney(msgspec.Struct, frozen=True):
    """What of one project's money lies idle.

    Attributes:
        balance: with its project; None stands for the money of no project.
        lots: all that is idle by its day of arrival, oldest first.
        over: what arrived more than so many years ago, by years.
        events: the arrivals of the days of ``lots``, by day.
    """

    balance: Balance
    lots: tuple[Lot, ...]
    over: dict[int, Decimal]
    events: dict[datetime.date, list[str]]


class Idleness(msgspec.Struct, frozen=True):
    """Sums of one pairing: by years, what is idle longer, and of how many projects; in one currency."""

    amounts: dict[int, Decimal]
    projects: dict[int, int]


class IdleAsset(msgspec.Struct, frozen=True):
    """An asset that is idle as it was last seen.

    Attributes:
        asset: with its project.
        since: the first day on which it was found so, without having been seen in use after; None where none is told.
        seen: the last visit; None where no one went there.
        years: 2 or 1 for idle longer than so many years, else 0.
    """

    asset: Asset
    since: datetime.date | None
    seen: Visit | None
    years: int


def idle_sums(pairings: Iterable[int], day: datetime.date, currency: str = "CNY") -> dict[int, Idleness]:
    """By pairing what is idle for more than one year and more than two, in one currency."""
    rows = Balance.objects.filter(
        pairing__in=list(pairings), idle_since__lt=before(day, YEARS[0]), currency=currency
    )
    found: dict[int, Idleness] = {}
    for pairing, told in rows.values_list("pairing", "idle_lots"):
        sums = found.setdefault(pairing, Idleness(dict.fromkeys(YEARS, NOTHING), dict.fromkeys(YEARS, 0)))
        lots = _lots(told)
        for years in YEARS:
            if older := older_than(lots, before(day, years)):
                sums.amounts[years] += older
                sums.projects[years] += 1
    return found


def idle_money(pairing: int, day: datetime.date, years: int = YEARS[0]) -> QuerySet[Balance]:
    """The balances with money that is idle longer than so many years, the oldest first."""
    rows = Balance.objects.filter(pairing=pairing, idle_since__lt=before(day, years))
    return rows.select_related("project").order_by("idle_since", "pk")


def told_of(balances: Sequence[Balance], day: datetime.date) -> list[IdleMoney]:
    """A few balances with their lots and the arrivals that these come from."""
    lots = {b.pk: _lots(b.idle_lots) for b in balances}
    events = _arrivals(balances, {d for told in lots.values() for d, _ in told})
    return [
        IdleMoney(
            b,
            lots[b.pk],
            {years: older_than(lots[b.pk], before(day, years)) for years in YEARS},
            {d: events[b.pairing_id, b.project_id, d] for d, _ in lots[b.pk]},
        )
        for b in balances
    ]


def _arrivals(
    balances: Sequence[Balance], days: set[datetime.date]
) -> dict[tuple[int, int | None, datetime.date], list[str]]:
    found: dict[tuple[int, int | None, datetime.date], list[str]] = defaultdict(list)
    if not balances:
        return found
    projects = [b.project_id for b in balances if b.project_id is not None]
    which = Q(project__in=projects)
    if len(projects) < len(balances):
        which |= Q(project=None, pairing__in={b.pairing_id for b in balances})
    rows = MoneyEvent.objects.filter(which, stage=Stage.ARRIVED, form=CASH, day__in=days, withdrawn=False)
    for pairing, project, day, key in rows.order_by("pk").values_list("pairing", "project", "day", "key"):
        found[pairing, project, day].append(key)
    return found


def _lots(told: list[list[str]]) -> tuple[Lot, ...]:
    return tuple((datetime.date.fromisoformat(day), Decimal(amount)) for day, amount in told)


def idle_assets(pairings: Iterable[int], day: datetime.date) -> list[IdleAsset]:
    """The assets that are idle as they were last seen up to a day, the longest idle first; those without a date last.

    Only assets that were ever told to be idle are looked at.
    """
    own = list(pairings)
    visited = Visit.objects.filter(pairing__in=own, withdrawn=False, day__lte=day)
    assets = Asset.objects.filter(pairing__in=own, withdrawn=False).filter(
        Q(use=Use.IDLE) | Q(pk__in=visited.filter(use=Use.IDLE).values("asset"))
    )
    told = {a.pk: a for a in assets.select_related("project", "pairing")}
    visits: dict[int, list[Visit]] = defaultdict(list)
    for visit in visited.filter(asset__in=assets.values("pk")).order_by("day", "key"):
        visits[visit.asset_id].append(visit)
    found = [one for pk, asset in told.items() if (one := _idle(asset, visits[pk], day))]
    return sorted(found, key=lambda one: (one.since or datetime.date.max, one.asset.key))


def _idle(asset: Asset, visits: Sequence[Visit], day: datetime.date) -> IdleAsset | None:
    since: datetime.date | None = None
    idle = asset.use == Use.IDLE
    if idle:
        since = asset.since or asset.handed_over
    for visit in visits:
        if visit.use != Use.IDLE:
            idle, since = False, None
        elif not idle:
            idle, since = True, visit.day
    if not idle:
        return None
    years = max((y for y in YEARS if since and since < before(day, y)), default=0)
    return IdleAsset(asset, since, visits[-1] if visits else None, years)


def by_years(assets: Iterable[IdleAsset]) -> dict[Any, dict[int, int]]:
    """By pairing how many assets are idle: 0 counts all, 1 and 2 those idle for longer than so many years."""
    found: dict[Any, dict[int, int]] = {}
    for one in assets:
        counts = found.setdefault(one.asset.pairing_id, {0: 0, **dict.fromkeys(YEARS, 0)})
        for years in counts:
            counts[years] += one.years >= years
    return found
