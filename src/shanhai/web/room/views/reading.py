"""The open report, a figure's card, why it was read so, the source text as received."""

from django.http import HttpResponse
from django.shortcuts import render

from shanhai.ledger.errors import NotThere
from shanhai.ledger.models import Statement
from shanhai.ledger.queries import reports, room
from shanhai.web.links import room_path
from shanhai.web.requests import Request
from shanhai.web.room.cards import card_of, why_of
from shanhai.web.room.views.answers import opened_for, page_of, panel


def report(request: Request, sha256: str) -> HttpResponse:
    """The report beside the card of the figure that ``s`` names, or of the first that waits."""
    opened = opened_for(request, sha256)
    context = page_of(opened)
    wanted = request.GET.get("s", "")
    chosen: Statement | None
    if wanted:
        chosen = room.statement_of(request.actor, opened.row, wanted)
    else:
        chosen = reports.next_waiting(request.actor, opened.row) or next(iter(opened.marked), None)
    if chosen is None:
        following = reports.next_report(request.actor, opened.row)
        context |= {"following": room_path(following.source.sha256) if following else ""}
        return render(
            request, "room/report.html", {"opened": opened, "panel": "room/parts/done.html", **context}
        )
    context |= card_of(opened, room.statement_of(request.actor, opened.row, chosen.key))
    return render(request, "room/report.html", {"panel": "room/parts/card.html", **context})


def card(request: Request, sha256: str, key: str) -> HttpResponse:
    """The card of one figure."""
    opened = opened_for(request, sha256)
    statement = room.statement_of(request.actor, opened.row, key)
    return panel(request, opened, "room/parts/card.html", card_of(opened, statement))


def why(request: Request, sha256: str, key: str) -> HttpResponse:
    """What was weighed for a figure's indicator and area."""
    opened = opened_for(request, sha256)
    statement = room.statement_of(request.actor, opened.row, key)
    context = {"opened": opened, "statement": statement, **why_of(opened, statement)}
    return panel(request, opened, "room/parts/why.html", context)


def received(request: Request, sha256: str) -> HttpResponse:
    """The source text as received, private numbers masked."""
    opened = opened_for(request, sha256)
    if not opened.report.source_text:
        raise NotThere("这份来源没有文字。", "This source has no text.")
    return panel(request, opened, "room/parts/received.html", {"text": opened.displayed.source})
