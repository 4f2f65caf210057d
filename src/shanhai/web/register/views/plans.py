"""A project's plan as a graph of versions, and the requests that wait for someone who may approve them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.ledger import access as ledger_access
from shanhai.ledger.rights import Right
from shanhai.programme.models import PlanVersion, Project
from shanhai.programme.plans.graph import Graph
from shanhai.programme.queries import plans as queries
from shanhai.web.links import UNFILED, plan_path
from shanhai.web.register.entering import Place, enter_record
from shanhai.web.register.plans.effects import effect_told
from shanhai.web.register.plans.picture import picture_of
from shanhai.web.register.plans.told import version_told, versions_told
from shanhai.web.register.shown import name_of
from shanhai.web.requests import Request

_A_PAGE = 20


@require_safe
def versions(request: Request, pairing: str, key: str) -> HttpResponse:
    """All versions of a project's plan."""
    place, project = enter_project(request, pairing, key)
    graph = Graph.of(project)
    told = versions_told(project, graph)
    context = plan_context(place, project, request) | {
        "picture": picture_of(graph) if told else None,
        "versions": told[::-1],
        "waiting": [one for one in told if one.version.state == PlanVersion.State.ASKED],
    }
    return render(request, "register/plans/versions.html", context)


@require_safe
def waiting(request: Request, pairing: str) -> HttpResponse:
    """The requests that wait, of one pairing or of all (``-``)."""
    of = None
    if pairing == UNFILED:
        if not request.actor.may_somewhere(Right.APPROVE):
            request.actor.require(Right.APPROVE)
    else:
        of = ledger_access.access_pairing(request.actor, pairing, Right.APPROVE)
    page = Paginator(queries.waiting(request.actor, of), _A_PAGE).get_page(request.GET.get("page"))
    graphs: dict[int, Graph] = {}
    rows = []
    for version in page:
        project = version.project
        if project.pk not in graphs:
            graphs[project.pk] = Graph.of(project)
        graph = graphs[project.pk]
        rows.append(
            {
                "told": version_told(project, graph, version.number),
                "project": project,
                "pairing": name_of(project.pairing),
                "effect": effect_told(project.pairing, version.effect),
            }
        )
    context = {"of": of, "name": name_of(of) if of else "", "page": page, "rows": rows}
    return render(request, "register/plans/waiting.html", context)


def enter_project(
    request: Request, pairing: str, key: str, right: Right | None = None
) -> tuple[Place, Project]:
    """The place and the project that an address names.

    Raises:
        NotThere: there is none for the account.
        NotAllowed: the account has not the right.
    """
    place, project = enter_record(request, pairing, "project", key, right)
    assert isinstance(project, Project)
    return place, project


def plan_context(place: Place, project: Project, request: Request) -> dict[str, Any]:
    """What all pages of a plan show."""
    path = plan_path(place.pairing.key, project.key)
    return {
        "place": place,
        "record": project,
        "name": name_of(project),
        "path": place.path(project),
        "plan": path,
        "ask": f"{path}ask/",
        "may_ask": place.may_record and not project.withdrawn,
        "may_approve": request.actor.may(Right.APPROVE, place.pairing.pk),
        "with_names": bool(request.actor.name),
    }
