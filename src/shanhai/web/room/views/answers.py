"""How the room answers: a panel alone where htmx asks, else the whole page with the panel beside the text."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Statement
from shanhai.ledger.queries import reports, room
from shanhai.ledger.rights import Right
from shanhai.publishing.page.passages import set_apart
from shanhai.web.links import room_path, source_path
from shanhai.web.requests import Request
from shanhai.web.room.cards import card_of
from shanhai.web.room.text import OpenReport, look_of


def opened_for(request: Request, sha256: str, right: Right = Right.READ) -> OpenReport:
    """The report of a source, opened for who asks."""
    return OpenReport(room.report_of_source(request.actor, sha256, right), request.actor)


def panel(
    request: Request, opened: OpenReport, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A panel beside the text."""
    told = {"opened": opened, "panel": template, **context}
    if request.htmx:
        return render(request, template, told, status=status)
    return render(request, "room/report.html", told | page_of(opened), status=status)


def page_of(opened: OpenReport) -> dict[str, Any]:
    """What the whole page shows beside the panel."""
    report = opened.report
    return {
        "parts": opened.parts(),
        "report": opened.row,
        "progress": progress_of(opened),
        "apart": set_apart(report),
        "damage": sum(len(d.spans) for d in report.damage),
        "source_address": source_path(opened.sha256),
    }


def progress_of(opened: OpenReport) -> dict[str, int]:
    """How far a report is reviewed; background figures wait for no one."""
    asked, waiting = room.asked(opened.actor, opened.row), opened.row.waiting
    return {"all": asked, "waiting": waiting, "done": max(asked - waiting, 0)}


def drawn(request: Request, sha256: str, changed: Iterable[Statement]) -> dict[str, Any]:
    """The parts around figures that someone else changed, drawn anew; nothing where the whole page is answered."""
    if not request.htmx:
        return {}
    opened = opened_for(request, sha256)
    return {"drawn": opened.parts_with(changed), "progress": progress_of(opened)}


def decided(
    request: Request,
    sha256: str,
    changed: Iterable[Statement],
    said: str,
    *,
    then: Statement | None = None,
    after: Statement | None = None,
    anew: bool = True,
) -> HttpResponse:
    """After a decision: the next figure that waits, the marks that changed, how far the report is, what was done.

    Args:
        request, sha256: as the view got them.
        changed: the figures whose marks are not what they were.
        said: what was done.
        then: the figure to show; where None the next that waits after ``after``.
        after: where to go on from.
        anew: draw the parts around the changed figures anew; else only their state is told.
    """
    opened = opened_for(request, sha256)
    shown = then or reports.next_waiting(opened.actor, opened.row, after)
    if not request.htmx:
        return HttpResponseRedirect(room_path(sha256) + (f"?s={shown.key}" if shown else ""))
    row = opened.row
    context = {
        "opened": opened,
        "said": said,
        "last": room.last_of(opened.actor, row),
        "looks": {s.key: look_of(s) for s in changed} if not anew else {},
        "drawn": opened.parts_with(changed) if anew else [],
        "progress": progress_of(opened),
        "following": _following(opened.actor, opened, shown),
        **(card_of(opened, room.statement_of(opened.actor, row, shown.key)) if shown else {}),
    }
    return render(request, "room/parts/decided.html", context)


def _following(actor: Actor, opened: OpenReport, shown: Statement | None) -> str:
    """The address of the next report, where this one has no figure left."""
    if shown is not None:
        return ""
    found = reports.next_report(actor, opened.row)
    return room_path(found.source.sha256) if found else ""
