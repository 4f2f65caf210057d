"""A project's whole life: money, plan, parts, assets, targets and work, each asked for once."""

import datetime
from collections import defaultdict
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Sum
from django.db.models.functions import TruncMonth

from shanhai.programme.models import (
    Activity,
    Asset,
    Attachment,
    Balance,
    CoFunding,
    Match,
    MoneyEvent,
    PlanVersion,
    Project,
    Result,
    Target,
    Visit,
)

MOST = 200
"""Of each sort of row the page shows so many at most."""


class Month(msgspec.Struct, frozen=True):
    """What happened to the money in a month, by stage."""

    month: datetime.date
    sums: dict[str, Decimal]


class Life(msgspec.Struct, frozen=True):
    """What belongs to a project.

    Attributes:
        balances: by currency.
        months: sums of its events by month and stage, of its own currency.
        events: the latest of its money.
        versions: of its plan.
        parts: the projects below it, with their balances.
        cofunding: shares of others.
        matches: needs and offers that it came of.
        assets: what it leaves behind, each with its visits, the last first.
        targets: each with its results.
        activities: work for it, the last first.
    """

    balances: list[Balance]
    months: list[Month]
    events: list[MoneyEvent]
    versions: list[PlanVersion]
    parts: list[tuple[Project, list[Balance]]]
    cofunding: list[CoFunding]
    matches: list[Match]
    assets: list[tuple[Asset, list[Visit]]]
    targets: list[tuple[Target, list[Result]]]
    activities: list[Activity]


def life(project: Project) -> Life:
    """What belongs to a project that stands. Who calls this has asked the gate for the project."""
    events = MoneyEvent.objects.filter(project=project, withdrawn=False)
    return Life(
        balances=list(Balance.objects.filter(project=project).order_by("currency")),
        months=_months(project),
        events=list(events.order_by("-day", "-pk")[:MOST]),
        versions=list(PlanVersion.objects.filter(project=project).order_by("number")[:MOST]),
        parts=_parts(project),
        cofunding=list(CoFunding.objects.filter(project=project, withdrawn=False).order_by("key")[:MOST]),
        matches=list(
            Match.objects.filter(project=project, withdrawn=False)
            .select_related("need", "offer")
            .order_by("day", "pk")[:MOST]
        ),
        assets=_assets(project),
        targets=_targets(project),
        activities=list(
            Activity.objects.filter(project=project, withdrawn=False).order_by("-day", "-pk")[:MOST]
        ),
    )


def _months(project: Project) -> list[Month]:
    rows = (
        MoneyEvent.objects.filter(project=project, withdrawn=False, currency=project.currency)
        .order_by()
        .annotate(month=TruncMonth("day"))
        .values_list("month", "stage")
        .annotate(Sum("amount"))
        .order_by("month")
    )
    sums: dict[datetime.date, dict[str, Decimal]] = defaultdict(dict)
    for month, stage, amount in rows:
        sums[month][stage] = amount
    return [Month(month, told) for month, told in sums.items()]


def _parts(project: Project) -> list[tuple[Project, list[Balance]]]:
    parts = list(Project.objects.filter(parent=project, withdrawn=False).order_by("key")[:MOST])
    kept: dict[int | None, list[Balance]] = defaultdict(list)
    if parts:
        for balance in Balance.objects.filter(project__in=parts).order_by("currency"):
            kept[balance.project_id].append(balance)
    return [(part, kept[part.pk]) for part in parts]


def _assets(project: Project) -> list[tuple[Asset, list[Visit]]]:
    assets = list(Asset.objects.filter(project=project, withdrawn=False).order_by("key")[:MOST])
    visits: dict[int, list[Visit]] = defaultdict(list)
    if assets:
        for visit in Visit.objects.filter(asset__in=assets, withdrawn=False).order_by("-day", "-pk")[:MOST]:
            visits[visit.asset_id].append(visit)
    return [(asset, visits[asset.pk]) for asset in assets]


def _targets(project: Project) -> list[tuple[Target, list[Result]]]:
    targets = list(Target.objects.filter(project=project, withdrawn=False).order_by("key")[:MOST])
    results: dict[int, list[Result]] = defaultdict(list)
    if targets:
        for one in Result.objects.filter(target__in=targets, withdrawn=False).order_by("ends", "pk")[:MOST]:
            results[one.target_id].append(one)
    return [(target, results[target.pk]) for target in targets]


def attachments(subjects: list[str], *, withdrawn: bool = False) -> dict[str, list[Attachment]]:
    """Photos and documents by the record that they belong to, in the order in which they came."""
    found: dict[str, list[Attachment]] = defaultdict(list)
    wanted: Any = Attachment.objects.filter(subject__in=subjects)
    for one in (wanted if withdrawn else wanted.filter(withdrawn=False)).order_by("pk")[:MOST]:
        found[one.subject].append(one)
    return dict(found)
