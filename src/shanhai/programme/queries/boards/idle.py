"""Money and assets that lie idle, at the auditors' limits: more than one year, more than two."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Count, Q, QuerySet, Sum

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
        asset, pairing: their ids.
        since: the first day on which it was found so, without having been seen in use after; None where none is told.
        seen: the last visit's id; None where no one went there.
        years: 2 or 1 for idle longer than so many years, else 0.
    """

    asset: int
    pairing: int
    since: datetime.date | None
    seen: int | None
    years: int


class ShownAsset(msgspec.Struct, frozen=True):
    """An idle asset with its records: the asset with its project, the last visit."""

    idle: IdleAsset
    asset: Asset
    seen: Visit | None


def idle_sums(pairings: Iterable[int], day: datetime.date, currency: str = "CNY") -> dict[int, Idleness]:
    """By pairing what is idle for more than one year and more than two, in one currency."""
    limits = {years: before(day, years) for years in YEARS}
    own = Balance.objects.filter(
        pairing__in=list(pairings), currency=currency, idle_since__lt=limits[YEARS[0]]
    ).order_by()
    amounts: dict[int, dict[int, Decimal]] = {}
    projects: dict[int, dict[int, int]] = {}

    def add(pairing: int, years: int, amount: Decimal, number: int) -> None:
        of_pairing = amounts.setdefault(pairing, dict.fromkeys(YEARS, NOTHING))
        of_pairing[years] += amount
        projects.setdefault(pairing, dict.fromkeys(YEARS, 0))[years] += number

    whole: dict[str, Any] = {}
    partly = Q(pk__in=[])
    for years, limit in limits.items():
        older = Q(idle_until__lt=limit)
        whole |= {f"sum_{years}": Sum("idle", filter=older), f"number_{years}": Count("pk", filter=older)}
        partly |= Q(idle_since__lt=limit, idle_until__gte=limit)
    rows: Any = own.values("pairing").annotate(**whole)
    for row in rows:
        for years in YEARS:
            add(row["pairing"], years, row[f"sum_{years}"] or NOTHING, row[f"number_{years}"])
    for pairing, told in own.filter(partly).values_list("pairing", "idle_lots"):
        lots = _lots(told)
        for years, limit in limits.items():
            if lots[0][0] < limit <= lots[-1][0]:
                add(pairing, years, older_than(lots, limit), 1)
    return {pairing: Idleness(sums, projects[pairing]) for pairing, sums in amounts.items()}


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
        Q(use=Use.IDLE) | Q(pk__in=visited.filter(use=Use.IDLE).order_by().values("asset"))
    )
    visits: dict[int, list[_Seen]] = defaultdict(list)
    rows = visited.filter(asset__in=assets.order_by().values("pk")).order_by("day", "key")
    for asset, seen_on, use, visit in rows.values_list("asset", "day", "use", "pk"):
        visits[asset].append((seen_on, use, visit))
    columns = ("pk", "pairing", "use", "since", "handed_over")
    limits = [before(day, years) for years in YEARS]
    found = []
    for pk, pairing, use, since, handed_over in assets.order_by("key").values_list(*columns):
        idle, since, seen_last = _idle(use, since or handed_over, visits.get(pk, ()))
        if idle:
            years = sum(since < limit for limit in limits) if since else 0
            found.append(IdleAsset(pk, pairing, since, seen_last, years))
    return sorted(found, key=lambda one: one.since or datetime.date.max)


_Seen = tuple[datetime.date, str, int]
"""A visit: its day, the use that was found, its id."""


def _idle(
    use: str, since: datetime.date | None, visits: Sequence[_Seen]
) -> tuple[bool, datetime.date | None, int | None]:
    """Whether an asset is idle in the end, since when, and the last visit."""
    idle, last = use == Use.IDLE, None
    for day, found, last in visits:  # noqa: B007 - the last one is wanted
        if found != Use.IDLE:
            idle = False
        elif not idle:
            idle, since = True, day
    return idle, since, last


def shown_assets(assets: Sequence[IdleAsset]) -> list[ShownAsset]:
    """A few idle assets with their records."""
    rows = Asset.objects.filter(pk__in=[one.asset for one in assets]).select_related("project").in_bulk()
    visits = Visit.objects.in_bulk([one.seen for one in assets if one.seen is not None])
    return [ShownAsset(one, rows[one.asset], visits.get(one.seen or 0)) for one in assets]


def by_years(assets: Iterable[IdleAsset]) -> dict[int, dict[int, int]]:
    """By pairing how many assets are idle: 0 counts all, 1 and 2 those idle for longer than so many years."""
    found: dict[int, dict[int, int]] = {}
    for one in assets:
        counts = found.setdefault(one.pairing, {0: 0, **dict.fromkeys(YEARS, 0)})
        for years in counts:
            counts[years] += one.years >= years
    return found
