"""What is done about findings: settled, opened again, given to someone."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shanhai.ledger import access
from shanhai.ledger.actions import findings as actions
from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.models import Finding, FindingWork
from shanhai.ledger.queries.findings import assignable_to
from shanhai.ledger.rights import Right
from shanhai.web.findings.views.one import shown
from shanhai.web.frame.refusing import told
from shanhai.web.links import finding_path
from shanhai.web.requests import Request


@require_POST
def settle(request: Request, key: str) -> HttpResponse:
    """Say that a finding is settled, and why."""
    finding = access.access_finding(request.actor, key, Right.SETTLE)
    because, seen = _text(request, "because"), request.POST.get("seen", "")
    return _done(
        request,
        finding,
        lambda: actions.settle(finding, because, seen, actor=request.actor),
        _("已标为解决。"),
        field="because",
        typed=because,
    )


@require_POST
def reopen(request: Request, key: str) -> HttpResponse:
    """Say that a finding is not settled after all."""
    finding = access.access_finding(request.actor, key, Right.SETTLE)
    reason, seen = _text(request, "reason"), request.POST.get("seen", "")
    return _done(
        request,
        finding,
        lambda: actions.reopen(finding, seen, actor=request.actor, reason=reason),
        _("已重新打开。"),
        field="reason",
        typed=reason,
    )


@require_POST
def assign(request: Request, key: str) -> HttpResponse:
    """Give a finding to an account, or take it back."""
    finding = access.access_finding(request.actor, key, Right.ASSIGN)
    name, seen = request.POST.get("to", ""), request.POST.get("seen", "")
    return _done(
        request,
        finding,
        lambda: actions.assign(finding, _person(request, finding, name), seen, actor=request.actor),
        _("已分派给%(name)s。") % {"name": name} if name else _("已收回分派。"),
        field="to",
        typed=name,
    )


def _done(
    request: Request,
    finding: Finding,
    act: Callable[[], FindingWork],
    said: str,
    *,
    field: str,
    typed: str,
) -> HttpResponse:
    """Act, and go back; what could not be done is told beside what was typed, so that nothing of it is lost."""
    try:
        act()
    except Conflict as e:
        return shown(request, finding, 409, conflict=told(e), wrong=field, typed=typed)
    except NotPossible as e:
        return shown(request, finding, 422, fault=told(e), wrong=field, typed=typed)
    messages.success(request, said)
    return _back(request, finding_path(finding.key))


def _person(request: Request, finding: Finding, name: str) -> User | None:
    if not name:
        return None
    for user in assignable_to(request.actor, finding):
        if user.get_username() == name:
            return user
    raise NotPossible(
        f"没有可以分派的账号“{name[:50]}”。请从名单中选择。",
        f"There is no account “{name[:50]}” to give it to. Choose one from the list.",
    )


def _text(request: Request, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "").strip()[:2000]


def _back(request: Request, otherwise: str) -> HttpResponse:
    """To where the form was sent from, on this site only."""
    next_ = request.POST.get("next", "")
    fine = url_has_allowed_host_and_scheme(next_, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(next_ if next_ and fine else otherwise)
