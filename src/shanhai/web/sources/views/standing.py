"""Whether facts are older than the newest sources, and the button that rebuilds them."""

import logging

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from shanhai.ledger.errors import LedgerUnusable, NotAllowed
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import MEANING, Right
from shanhai.web import rebuilding
from shanhai.web.requests import Request
from shanhai.web.sources.templatetags.sources import told_freshness

_LOG = logging.getLogger(__name__)


@require_safe
def freshness(request: Request) -> HttpResponse:
    """The part of a page that tells it, alone."""
    return render(request, "sources/parts/freshness.html", told_freshness(request))


@require_POST
def rebuild(request: Request) -> HttpResponse:
    """Begin to rebuild what is behind and go back."""
    user = request.actor.user_id
    if user is None or not request.actor.may_somewhere(Right.REBUILD):
        zh, en = MEANING[Right.REBUILD]
        raise NotAllowed(
            f"您的账号无权{zh}。请联系管理员。", f"Your account may not {en}. Ask an administrator."
        )
    transaction.on_commit(lambda: rebuilding.start(user) and None)
    if request.htmx:
        return freshness_now(request)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/sources/"
    return HttpResponseRedirect(back)


def freshness_now(request: Request) -> HttpResponse:
    """The part as it is after a rebuilding was begun."""
    return render(request, "sources/parts/freshness.html", told_freshness(request))


def rebuild_after(request: Request, pairing: Pairing | None) -> None:
    """Begin to rebuild after new sources came, where the sender may; a failure to begin leaves the button on the page."""
    actor = request.actor
    user = actor.user_id
    if user is None or not actor.may(Right.REBUILD, pairing.pk if pairing else None):
        return

    def begin() -> None:
        try:
            rebuilding.start(user)
        except LedgerUnusable:
            _LOG.exception("facts could not be rebuilt")

    transaction.on_commit(begin)
