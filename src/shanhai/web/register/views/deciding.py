"""One version of a plan: what differs, what it would do, and the decision: approved, refused, taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanhai.ledger.errors import Conflict, NotPossible, NotThere
from shanhai.ledger.rights import Right
from shanhai.programme.actions import plans as actions
from shanhai.programme.models import PlanVersion, Project
from shanhai.programme.plans.graph import Graph
from shanhai.programme.queries.histories import history
from shanhai.web.frame.refusing import told
from shanhai.web.register.entering import Place
from shanhai.web.register.history import steps
from shanhai.web.register.plans.effects import effect_told
from shanhai.web.register.plans.told import version_told
from shanhai.web.register.views.plans import enter_project, plan_context
from shanhai.web.requests import Request
from shanhai.web.undoing import undo_link

State = PlanVersion.State
_LONGEST = 1000


@require_safe
def version(request: Request, pairing: str, key: str, number: int) -> HttpResponse:
    """The version's page."""
    place, project = enter_project(request, pairing, key)
    return _page(request, place, project, number)


@require_POST
def approve(request: Request, pairing: str, key: str, number: int) -> HttpResponse:
    """Approve it, if its effect is what was shown."""

    def act(version: PlanVersion) -> str:
        document, said = (request.POST.get(name, "")[:_LONGEST] for name in ("document", "said"))
        seen = request.POST.get("seen", "") or "-"
        actions.approve(version, document=document, said=said, seen=seen, actor=request.actor)
        return _("已批准第%d版，项目的计划已随之更新。") % version.number

    return _decide(request, pairing, key, number, Right.APPROVE, act)


@require_POST
def refuse(request: Request, pairing: str, key: str, number: int) -> HttpResponse:
    """Refuse it, with the reason."""

    def act(version: PlanVersion) -> str:
        actions.refuse(version, why=request.POST.get("why", "")[:_LONGEST], actor=request.actor)
        return _("已决定不批准第%d版。") % version.number

    return _decide(request, pairing, key, number, Right.APPROVE, act)


@require_POST
def take_back(request: Request, pairing: str, key: str, number: int) -> HttpResponse:
    """Take the request back before it is decided."""

    def act(version: PlanVersion) -> str:
        actions.take_back(version, why=request.POST.get("why", "")[:_LONGEST], actor=request.actor)
        return _("已撤回第%d版的申请。") % version.number

    return _decide(request, pairing, key, number, Right.RECORD, act)


def _decide(
    request: Request,
    pairing: str,
    key: str,
    number: int,
    right: Right,
    act: Callable[[PlanVersion], str],
) -> HttpResponse:
    place, project = enter_project(request, pairing, key, right)
    try:
        done = act(_access(Graph.of(project), number))
    except NotPossible as refusal:
        return _page(request, place, project, number, fault=told(refusal), status=422)
    except Conflict as conflict:
        return _page(request, place, project, number, fault=told(conflict), status=409)
    link = undo_link(request.actor, place.kind, place.pairing, [project.key])
    messages.success(request, format_html("{} {}", done, link))
    return redirect(version_told(project, Graph.of(project), number).path)


def _access(graph: Graph, number: int) -> PlanVersion:
    found = graph.versions.get(number)
    if found is None:
        raise NotThere(
            "该项目的计划没有这一版。请从计划的版本重新进入。",
            "The plan of this project has no such version. Go back to its versions.",
        )
    return found


def _page(
    request: Request, place: Place, project: Project, number: int, *, fault: str = "", status: int = 200
) -> HttpResponse:
    graph = Graph.of(project)
    version = _access(graph, number)
    shown = version_told(project, graph, number)
    context: dict[str, Any] = plan_context(place, project, request) | {
        "told": shown,
        "version": version,
        "effect": effect_told(place.pairing, version.effect),
        "mark": "",
        "moved": False,
        "open": version.state == State.ASKED and not project.withdrawn,
        "own": version.asked_by == request.actor.name,
        "fault": fault,
        "filled": {name: request.POST.get(name, "")[:_LONGEST] for name in ("document", "said", "why")},
        "deciding_about": request.resolver_match.url_name if request.resolver_match else "",
    }
    context["undo"] = "" if version.state == State.ASKED else _undo_path(request, place, project, number)
    if context["open"]:
        looked = actions.look_at(version, graph)
        now = effect_told(place.pairing, looked.effect)
        context |= {"mark": looked.mark, "moved": now != context["effect"], "effect_asked": context["effect"]}
        context["effect"] = now
        follows = sorted({number, *shown.apart})
        context["merge"] = f"{context['ask']}?{urlencode({'follows': follows}, doseq=True)}"
        context["apart"] = [version_told(project, graph, n) for n in shown.apart]
    return render(request, "register/plans/version.html", context, status=status)


def _undo_path(request: Request, place: Place, project: Project, number: int) -> str:
    """The page that takes the version's decision back; "" where nobody can, or not this reader."""
    told_steps = steps(place.kind, project, history(place.kind, project), request.actor)
    return next((one.undo for one in told_steps if one.version == number), "")
