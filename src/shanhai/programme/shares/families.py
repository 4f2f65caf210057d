"""Projects that hang together: what of one may be added hangs on those above and below it, and on no others."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from shanhai.ledger.models import Pairing
from shanhai.programme.models import Balance, CoFunding, Project
from shanhai.programme.shares.held import Basis, Funder, Held

_PORTION = 500


def family(projects: Iterable[int]) -> set[int]:
    """The ids of these projects and of all above, below and beside them."""
    found, new = set[int](), set(projects)
    while new:
        found |= new
        near: set[int] = set()
        for portion in portions(new):
            rows = Project.objects.filter(Q(pk__in=portion) | Q(parent__in=portion)).order_by()
            for own, above in rows.values_list("pk", "parent"):
                near |= {own} if above is None else {own, above}
        new = near - found
    return found


def held(pairing: Pairing, projects: Iterable[int]) -> dict[Basis, list[Held]]:
    """Those of some projects that stand, with their money by basis."""
    found: dict[Basis, list[Held]] = {basis: [] for basis in Basis}
    columns = (
        "pk", "key", "name", "planned", "currency", "parent_id", "umbrella", "status", "level", "livelihood",
        "livelihood_share", "term_id",
    )  # fmt: skip
    for portion in portions(projects):
        rows = Project.objects.filter(pairing=pairing, pk__in=portion, withdrawn=False).order_by()
        funders, came = _funders(portion), came_of(portion)
        for number, key, name, planned, currency, *rest, term in rows.values_list(*columns):
            arrived, spent = came.get((number, currency), (None, None))
            amounts = {Basis.PLANNED: planned, Basis.ARRIVED: arrived, Basis.SPENT: spent}
            others = funders.get(number, ())
            for basis, amount in amounts.items():
                told: tuple[Any, ...] = (number, key, name, amount, currency, *rest, others, term)
                found[basis].append(Held(*told))
    return found


def _funders(projects: list[int]) -> dict[int, tuple[Funder, ...]]:
    found: dict[int, tuple[Funder, ...]] = {}
    told: Any = CoFunding.objects.filter(project__in=projects, withdrawn=False).order_by("key")
    for project, name, share in told.values_list("project_id", "funder", "share"):
        found[project] = (*found.get(project, ()), Funder(name, share))
    return found


def came_of(projects: list[int]) -> dict[tuple[int | None, str], tuple[Any, ...]]:
    """What arrived and was spent by project and currency; None where nothing did."""
    told = Balance.objects.filter(project__in=projects).order_by()
    rows = told.values_list("project_id", "currency", "arrived", "spent")
    return {(project, currency): tuple(a or None for a in amounts) for project, currency, *amounts in rows}


def portions(projects: Iterable[int]) -> Iterable[list[int]]:
    """Ids in order, so many at once as one query takes."""
    ordered = sorted(projects)
    return (ordered[begin : begin + _PORTION] for begin in range(0, len(ordered), _PORTION))
