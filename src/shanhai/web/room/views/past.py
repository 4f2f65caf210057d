"""What was decided about a report, and taking it back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shanhai.ledger import access
from shanhai.ledger.actions import review as actions
from shanhai.ledger.errors import NotPossible, NotThere
from shanhai.ledger.models import Review
from shanhai.ledger.queries import room
from shanhai.ledger.rights import Right
from shanhai.web.requests import Request
from shanhai.web.room import cards
from shanhai.web.room.views.answers import decided, opened_for, panel


def history(request: Request, sha256: str) -> HttpResponse:
    """The decisions about a report, the last first."""
    opened = opened_for(request, sha256)
    page = room.history(request.actor, opened.row, request.GET.get("after", ""))
    context = {
        "decisions": [cards.decided(r) for r in page.rows],
        "after": page.after,
        "later": bool(request.GET.get("after")),
    }
    return panel(request, opened, "room/parts/history.html", context)


@require_POST
def undo_one(request: Request, sha256: str, number: int) -> HttpResponse:
    """Take one decision back."""
    opened = opened_for(request, sha256, Right.REVIEW)
    review = access.access_review(request.actor, number, Right.REVIEW)
    if review.report_id != opened.row.pk:
        raise NotThere("这份报告没有这项决定。", "No such decision was made about this report.")
    return _undone(request, sha256, review)


@require_POST
def undo_last(request: Request, sha256: str) -> HttpResponse:
    """Take back the last decision of who asks."""
    opened = opened_for(request, sha256, Right.REVIEW)
    review = room.last_of(request.actor, opened.row)
    if review is None:
        raise NotPossible(
            "您在这份报告里没有可以撤销的决定。",
            "You have made no decision about this report that could be undone.",
        )
    return _undone(request, sha256, review)


def _undone(request: Request, sha256: str, review: Review) -> HttpResponse:
    actions.undo(review, actor=request.actor)
    before = [p.statement for p in review.parts.select_related("statement")]
    standing = next((s for s in before if s.state in ("open", "accepted")), None)
    after = before[0] if before else None
    return decided(request, sha256, before, _("已撤销。"), then=standing, after=after)
