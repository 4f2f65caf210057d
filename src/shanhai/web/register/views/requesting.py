"""A change of a plan is asked for: filled in, looked at with its effect, and only then sent."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.rights import Right
from shanhai.programme.actions import plans as actions
from shanhai.programme.models import Project
from shanhai.programme.plans.graph import Graph, fields_of
from shanhai.web.frame.refusing import told
from shanhai.web.links import plan_path
from shanhai.web.register.plans.effects import effect_told
from shanhai.web.register.plans.form import PlanForm
from shanhai.web.register.plans.told import differing, version_told
from shanhai.web.register.views.plans import enter_project, plan_context
from shanhai.web.requests import Request
from shanhai.web.undoing import undo_link

_MOST_FOLLOWED = 5


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, pairing: str, key: str) -> HttpResponse:
    """The form; what it would do; and, once that was seen, the request."""
    place, project = enter_project(request, pairing, key, Right.RECORD)
    if project.withdrawn:
        messages.warning(request, _("该项目已撤下。请先恢复它。"))
        return redirect(place.path(project))
    graph = Graph.of(project)
    follows = _followed(request, graph)
    form = PlanForm(request.POST if request.method == "POST" else None, project, graph, follows)
    looked, status = None, 200
    if form.is_valid():
        seen = request.POST.get("seen", "") if request.POST.get("step") == "ask" else ""
        try:
            if seen:
                version = actions.ask(project, form.asked(seen), actor=request.actor)
                sent = _("已提交第%d版，等待批准。") % version.number
                link = undo_link(request.actor, place.kind, place.pairing, [project.key])
                messages.success(request, format_html("{} {}", sent, link))
                return redirect(plan_path(place.pairing.key, project.key, version.number))
            looked = actions.look(project, form.asked())
        except Conflict as conflict:
            form.add_error(None, told(conflict))
            looked, status = actions.look(project, form.asked()), 409
        except NotPossible as refusal:
            form.refuse(refusal)
    before = [graph.versions[n].content for n in follows]
    behind = {n for one in follows for n in (one, *graph.ancestors(one))}
    context = plan_context(place, project, request) | {
        "form": form,
        "rows": [(form[f.name], form[f"{f.name}_of"] if f.name in form.torn else None) for f in fields_of()],
        "follows": follows,
        "based": ",".join(map(str, follows)),
        "sides": [version_told(project, graph, n) for n in follows] if len(follows) > 1 else [],
        "moved_on": [n for n in graph.in_force() if n not in behind],
        "mark": looked.mark if looked else "",
        "effect": effect_told(place.pairing, looked.effect) if looked else None,
        "lines": differing(looked.content, before or [_standing(project)]) if looked else (),
        "number": max(graph.versions, default=0) + 1,
    }
    return render(
        request,
        "register/plans/ask.html",
        context,
        status=status if status > 200 else 422 if form.errors else 200,
    )


def _standing(project: Project) -> dict[str, object]:
    return {f.name: f.value.plain(getattr(project, f.name)) for f in fields_of()}


def _followed(request: Request, graph: Graph) -> Sequence[int]:
    """The versions that the request is made from: those that the form was shown with, else those of the address."""
    if request.method == "POST":
        named = request.POST.get("based", "")
        told_numbers = [n for n in named.split(",") if n][:_MOST_FOLLOWED]
    else:
        told_numbers = request.GET.getlist("follows")[:_MOST_FOLLOWED]
        if not told_numbers:
            return graph.in_force()
    numbers = [int(n) if n.isascii() and n.isdecimal() and len(n) < 10 else 0 for n in told_numbers]
    return graph.to_follow(numbers)
