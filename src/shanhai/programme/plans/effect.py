"""What a plan would do, worked out before anyone signs: both shares, money, targets and neighbours, before and after."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q

from shanhai.catalogue.indicators import load_indicators
from shanhai.programme.models import Level, Livelihood, Project, Target
from shanhai.programme.plans.graph import content_of
from shanhai.programme.shares.held import Basis
from shanhai.programme.shares.meter import Meter
from shanhai.programme.shares.reading import Named, Scope, meters, stored, supposed
from shanhai.programme.shares.what_if import Planned
from shanhai.programme.targets.standing import standings

MOST_NEIGHBOURS = 20

Plain = dict[str, Any]


def effect_of(project: Project, content: Mapping[str, Any], concurrent: Sequence[int] = ()) -> Plain:
    """What a plan's content would change, as JSON takes it.

    Args:
        project: as it stands.
        content: the plan's fields.
        concurrent: the numbers of other versions that follow the same one.

    Returns:
        ``fields``      each field that changes, before and after
        ``term``        the number of the term over whose projects the shares are measured; "" for all of the pairing's
        ``shares``      each rule: certain, possible and standing, before and after
        ``money``       planned money of the project, and of all that the shares are measured over (certain and possible)
        ``targets``     of the project and of its neighbours, with what is to be known of them
        ``neighbours``  projects of the same parent, or of the same area and county
        ``concurrent``  the numbers of versions made side by side with it
    """
    before = content_of(project)
    changed = {n: [before[n], content[n]] for n in before if n in content and content[n] != before[n]}
    neighbours, others = _neighbours(project, [*before["places"], *(content.get("places") or [])])
    return {
        "fields": changed,
        **_shares_and_money(project, content),
        "targets": _targets(project, neighbours, content),
        "neighbours": [_neighbour(n, why) for n, why in neighbours[:MOST_NEIGHBOURS]],
        "neighbours_in_all": others,
        "concurrent": list(concurrent),
    }


def _shares_and_money(project: Project, content: Mapping[str, Any]) -> Plain:
    """Both shares and the planned money, in the project's currency: over its term's projects, or all of the pairing's."""
    scope = Scope(project.pairing, Basis.PLANNED, project.currency, project.term)
    standing = stored(scope)
    plan = _planned(project.key, content)
    since, until = _time(project, content)
    before = meters(scope, since, until, standing)
    after = meters(scope, since, until, supposed(scope, standing, [plan]))
    both = list(zip(before.meters, after.meters, strict=True))
    return {
        "term": project.term.key if project.term else "",
        "shares": [_share(b, before.named, a, after.named) for b, a in both],
        "money": {
            "currency": project.currency,
            "project": [None if a is None else f"{a:.2f}" for a in (project.planned, plan.amount)],
            "all": [[f"{m.total.certain:.2f}", f"{m.total.possible:.2f}"] for m in (before, after)],
        },
    }


def _planned(key: str, content: Mapping[str, Any]) -> Planned:
    amount, share = content.get("planned"), content.get("livelihood_share")
    return Planned(
        key,
        None if amount is None else Decimal(amount),
        content.get("level") or Level.UNCLASSIFIED,
        content.get("livelihood") or Livelihood.UNCLASSIFIED,
        None if share is None else Decimal(share),
    )


def _time(project: Project, content: Mapping[str, Any]) -> tuple[datetime.date | None, datetime.date | None]:
    """The time that is asked of: of the project's term, or of its plan."""
    if project.term:
        return project.term.starts, project.term.ends
    told = (content.get(name) for name in ("planned_start", "planned_end"))
    since, until = (None if day is None else datetime.date.fromisoformat(day) for day in told)
    return since, until


def _share(before: Meter, named: dict[int, Named], after: Meter, named_after: dict[int, Named]) -> Plain:
    version = after.weighed.version if after.weighed else None
    return {
        "rule": before.key,
        "threshold": None if version is None else str(version.threshold),
        "must": None if version is None else version.must.value,
        "before": _reading(before, named),
        "after": _reading(after, named_after),
    }


def _reading(meter: Meter, named: dict[int, Named]) -> Plain:
    return {
        "certain": None if meter.certain is None else str(meter.certain),
        "possible": None if meter.possible is None else str(meter.possible),
        "standing": None if meter.standing is None else meter.standing.value,
        "deciding": [named[pk].key for pk in meter.deciding if pk in named],
        "deciding_in_all": len(meter.deciding),
    }


def _neighbours(project: Project, places: Sequence[Sequence[str]]) -> tuple[list[tuple[Project, str]], int]:
    """Projects of the same parent first, then those of the same area and county; and how many there are."""
    standing = Project.objects.filter(pairing=project.pairing_id, withdrawn=False).exclude(pk=project.pk)
    found: list[tuple[Project, str]] = []
    if project.parent_id is not None:
        found = [(p, "parent") for p in standing.filter(parent=project.parent_id).order_by("key")]
    counties = {code for code, _ in places}
    near = standing.filter(area=project.area).order_by("key") if counties else Project.objects.none()
    known = {p.pk for p, _ in found}
    wanted = [
        pk
        for pk, told in near.values_list("pk", "places")
        if pk not in known and counties & {code for code, _ in told}
    ]
    in_all = len(found) + len(wanted)
    portion = wanted[: max(MOST_NEIGHBOURS - len(found), 0)]
    found += [(p, "area_and_county") for p in near.filter(pk__in=portion)]
    return found, in_all


def _neighbour(project: Project, why: str) -> Plain:
    planned = None if project.planned is None else f"{project.planned:.2f}"
    return {
        "key": project.key,
        "name": project.name,
        "why": why,
        "planned": planned,
        "currency": project.currency,
    }


def _targets(
    project: Project, neighbours: Sequence[tuple[Project, str]], content: Mapping[str, Any]
) -> list[Plain]:
    """Targets of the project and its neighbours, its own first; told where the planned end lies after a target's."""
    near = [p.pk for p, _ in neighbours[:MOST_NEIGHBOURS]]
    which = Q(project=project.pk) | Q(project__in=near)
    targets = list(Target.objects.filter(which, withdrawn=False).select_related("project"))
    targets.sort(key=lambda t: (t.project_id != project.pk, t.project.key if t.project else "", t.key))
    ends = content.get("planned_end")
    found = []
    for one in standings(targets):
        target = one.target
        own = target.project_id == project.pk
        late = own and ends is not None and datetime.date.fromisoformat(ends) > target.ends
        indicator = load_indicators()[target.indicator]
        found.append(
            {
                "key": target.key,
                "project": target.project.key if target.project else "",
                "own": own,
                "indicator": target.indicator,
                "name_zh": indicator.name_zh,
                "name_en": indicator.name_en,
                "target": f"{target.target:f}",
                "unit": target.unit,
                "ends": target.ends.isoformat(),
                "reached": one.shown(),
                "late": late,
            }
        )
    return found
