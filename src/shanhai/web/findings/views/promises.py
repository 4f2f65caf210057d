"""Promises: what was told as yet to come, when it is due, and what later reports say of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from shanhai.ledger import access
from shanhai.ledger.models import Promise
from shanhai.ledger.queries.excerpts import Stretch, excerpts
from shanhai.ledger.queries.promises import by_state, promises
from shanhai.model import PromiseState
from shanhai.web.findings.asked import of_promises
from shanhai.web.findings.words import state_name
from shanhai.web.requests import Request

_SIZE = 25
_ANSWERS = 3


def index(request: Request) -> HttpResponse:
    """The promises that the address asks for, those due first at the head."""
    wanted = of_promises(request.GET)
    page = promises(request.actor, wanted, request.GET.get("after", ""), _SIZE)
    counts = by_state(request.actor, wanted)
    told = excerpts(request.actor, (one for promise in page.rows for one in _stretches(promise)))
    context = {
        "rows": [_row(promise, told) for promise in page.rows],
        "after": page.after,
        "wanted": wanted,
        "tabs": [("", "", sum(counts.values()))]
        + [(s.value, state_name(s.value), counts.get(s.value, 0)) for s in PromiseState],
        "pairings": access.pairings(request.actor),
        "narrowed": bool(wanted.state or wanted.pairing or wanted.words),
    }
    return render(request, "findings/promises.html", context)


def _row(promise: Promise, told: dict[Stretch, Any]) -> dict[str, Any]:
    first, *answers = _stretches(promise)
    return {
        "promise": promise,
        "state": state_name(promise.state),
        "excerpt": told.get(first),
        "answers": [told[one] for one in answers if one in told],
        "more": max(0, len(promise.answers) - _ANSWERS),
    }


def _stretches(promise: Promise) -> list[Stretch]:
    """Where a promise stands, and where the first of its answers do."""
    answers = [(a["report"], a["start"], a["end"]) for a in promise.answers[:_ANSWERS]]
    return [(promise.report_id, promise.start, promise.end), *answers]
