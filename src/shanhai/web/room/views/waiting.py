"""What waits for review, and the ways into a report."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from shanhai.ledger import access
from shanhai.ledger.queries import reports, room
from shanhai.ledger.rights import Right
from shanhai.web.links import room_path
from shanhai.web.requests import Request


def index(request: Request) -> HttpResponse:
    """The reports that hold figures to decide about."""
    page = room.waiting(request.actor, request.GET.get("after", ""))
    rows = [(report, room_path(report.source.sha256)) for report in page.rows]
    context = {
        "rows": rows,
        "after": page.after,
        "later": bool(request.GET.get("after")),
        "may_review": request.actor.may_somewhere(Right.REVIEW),
        "any": bool(rows) or access.reports(request.actor).exists(),
    }
    return render(request, "room/index.html", context)


def next_report(request: Request) -> HttpResponse:
    """To the next report that waits, after the one whose sha256 is in ``after``; to the list where none does."""
    after = request.GET.get("after", "")
    here = access.reports(request.actor).filter(source__sha256=after).first() if after else None
    found = reports.next_report(request.actor, here)
    return HttpResponseRedirect(room_path(found.source.sha256) if found else "/room/")


def statement(request: Request, key: str) -> HttpResponse:
    """To a figure in its report."""
    found = access.access_statement(request.actor, key)
    return HttpResponseRedirect(room_path(found.report.source.sha256, found.key))
