"""Decisions about figures that are there: accept, reject, correct, split, merge."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanhai.ledger.actions import review as actions
from shanhai.ledger.contents import claim_of
from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.models import STANDING, Decision, Statement
from shanhai.ledger.queries import room
from shanhai.ledger.rights import Right
from shanhai.web.frame.refusing import told
from shanhai.web.requests import Request
from shanhai.web.room import locating
from shanhai.web.room.cards import card_of
from shanhai.web.room.cards import decided as as_decided
from shanhai.web.room.forms import ReasonForm
from shanhai.web.room.seen import seen_in, seen_of_one
from shanhai.web.room.text import OpenReport
from shanhai.web.room.views.answers import decided, drawn, opened_for, panel
from shanhai.web.room.writing import MOST_PARTS, Writing, merged, parts_of

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
def accept(request: Request, sha256: str, key: str) -> HttpResponse:
    """The figure is right as it stands."""
    opened = opened_for(request, sha256, Right.REVIEW)
    statement = room.statement_of(request.actor, opened.row, key)
    seen = seen_of_one(request.POST.getlist("seen"), key)
    try:
        actions.decide(opened.row, Decision.ACCEPT, seen, actor=request.actor)
    except Conflict as e:
        return _overtaken(request, opened, statement, told(e))
    return _on(request, opened, statement, _("已采纳“%(quote)s”。"))


@_GET_OR_POST
def reject(request: Request, sha256: str, key: str) -> HttpResponse:
    """The figure is none of the report."""
    opened = opened_for(request, sha256, Right.REVIEW)
    statement = room.statement_of(request.actor, opened.row, key)
    if request.method != "POST":
        return panel(
            request, opened, "room/parts/reject.html", {**card_of(opened, statement), "reason": ReasonForm()}
        )
    posted = request.POST.copy()
    if quick := posted.get("quick"):
        posted["reason"] = quick
    reason = ReasonForm(posted)
    seen = seen_of_one(posted.getlist("seen"), key)
    if not reason.is_valid():
        context = {**card_of(opened, statement), "reason": reason}
        return panel(request, opened, "room/parts/reject.html", context, 422)
    try:
        actions.decide(
            opened.row, Decision.REJECT, seen, actor=request.actor, reason=reason.cleaned_data["reason"]
        )
    except Conflict as e:
        return _overtaken(request, opened, statement, told(e), reason=reason.cleaned_data["reason"])
    return _on(request, opened, statement, _("已排除“%(quote)s”。"))


@_GET_OR_POST
def correct(request: Request, sha256: str, key: str) -> HttpResponse:
    """The figure was read wrongly: what it says instead."""
    opened = opened_for(request, sha256, Right.REVIEW)
    statement = room.statement_of(request.actor, opened.row, key)
    if request.method != "POST":
        writing = Writing(opened, Decision.CORRECT, [_standing(statement)])
        writing.propose([claim_of(statement, opened.row.doc)])
        return shown(request, writing)
    writing = Writing(opened, Decision.CORRECT, [statement], request.POST)
    seen = seen_of_one(request.POST.getlist("seen"), key)
    return stored(request, writing, seen, _("已更正“%(quote)s”。"))


@_GET_OR_POST
def split(request: Request, sha256: str, key: str) -> HttpResponse:
    """The figure is several."""
    opened = opened_for(request, sha256, Right.REVIEW)
    statement = room.statement_of(request.actor, opened.row, key)
    if request.method != "POST":
        writing = Writing(opened, Decision.SPLIT, [_standing(statement)])
        writing.propose(parts_of(opened, claim_of(statement, opened.row.doc)))
        return shown(request, writing)
    writing = Writing(opened, Decision.SPLIT, [statement], request.POST)
    seen = seen_of_one(request.POST.getlist("seen"), key)
    parts = _number_of_parts(request.POST.get("parts", ""))
    if "more" in request.POST or "less" in request.POST:
        changed = parts + 1 if "more" in request.POST else parts - 1
        return shown(request, _resized(writing, parts, min(max(changed, 2), MOST_PARTS)))
    return stored(request, writing, seen, _("已拆分“%(quote)s”。"), parts)


@_GET_OR_POST
def merge(request: Request, sha256: str) -> HttpResponse:
    """Several figures are one."""
    opened = opened_for(request, sha256, Right.REVIEW)
    if request.method != "POST":
        keys = list(dict.fromkeys(request.GET.getlist("s")))
        if not 2 <= len(keys) <= MOST_PARTS:
            raise NotPossible(
                f"请选2至{MOST_PARTS}个数字再合并。", f"Choose 2 to {MOST_PARTS} figures, then merge them."
            )
        before = [_standing(room.statement_of(request.actor, opened.row, key)) for key in keys]
        writing = Writing(opened, Decision.MERGE, before)
        try:
            writing.propose([merged(opened, [claim_of(s, opened.row.doc) for s in before])])
        except locating.NoPlace as e:
            raise NotPossible(str(e), str(e)) from None
        return shown(request, writing)
    seen = seen_in(request.POST.getlist("seen"))
    before = [room.statement_of(request.actor, opened.row, key) for key in sorted(seen)[: MOST_PARTS + 1]]
    writing = Writing(opened, Decision.MERGE, before, request.POST)
    return stored(request, writing, seen, _("已合并为“%(quote)s”。"))


def shown(request: Request, writing: Writing, status: int = 200) -> HttpResponse:
    """The forms beside the text."""
    return panel(request, writing.opened, "room/parts/writing.html", writing.context(), status)


def stored(
    request: Request, writing: Writing, seen: Mapping[str, int | None], said: str, parts: int = 1
) -> HttpResponse:
    """Decide as the forms say; show them again with what is wrong, or with who was first."""
    opened, before = writing.opened, list(writing.before)
    if not writing.take(parts):
        return shown(request, writing, 422)
    try:
        review = actions.decide(
            opened.row,
            writing.decision,
            seen,
            actor=request.actor,
            claims=writing.claims,
            reason=writing.reason.cleaned_data["reason"],
        )
    except Conflict as e:
        writing.after_conflict(told(e))
        context = writing.context() | drawn(request, opened.sha256, before)
        return panel(request, opened, "room/parts/writing.html", context, 409)
    except NotPossible as e:
        writing.complain(told(e))
        return shown(request, writing, 422)
    after = [
        p.statement for p in review.parts.filter(side="after").select_related("statement").order_by("pk")
    ]
    quote = (before or after)[0].quote
    return decided(
        request,
        opened.sha256,
        [*before, *after],
        said % {"quote": quote},
        after=max(after, key=lambda s: s.start),
    )


def _on(request: Request, opened: OpenReport, statement: Statement, said: str) -> HttpResponse:
    now = room.statement_of(request.actor, opened.row, statement.key)
    return decided(
        request, opened.sha256, [now], said % {"quote": statement.quote}, after=statement, anew=False
    )


def _overtaken(
    request: Request, opened: OpenReport, statement: Statement, message: str, reason: str = ""
) -> HttpResponse:
    """Someone else was first: what they decided, and the figure that stands now."""
    now = room.standing_in_place_of(
        request.actor, room.statement_of(request.actor, opened.row, statement.key)
    )
    reviews = room.decisions_about(request.actor, [statement])
    conflict = {"message": message, "theirs": as_decided(reviews[-1]) if reviews else None, "reason": reason}
    now = room.statement_of(request.actor, opened.row, now.key)
    context = {
        **card_of(opened, now),
        "conflict": conflict,
        **drawn(request, opened.sha256, [statement, now]),
    }
    return panel(request, opened, "room/parts/card.html", context, 409)


def _standing(statement: Statement) -> Statement:
    if statement.state not in STANDING:
        raise NotPossible(
            f"“{statement.quote}”已被排除或更正。请先撤销那项决定。",
            f"“{statement.quote}” was rejected or replaced. Undo that decision first.",
        )
    return statement


def _number_of_parts(told_as: str) -> int:
    if not (told_as.isascii() and told_as.isdigit() and len(told_as) < 3):
        return 2
    return min(max(int(told_as), 2), MOST_PARTS)


def _resized(writing: Writing, parts: int, wanted: int) -> Writing:
    """The forms as they were sent, with one more or one less; nothing is complained of yet."""
    posted = writing.posted
    assert posted is not None
    names = [name for name in posted if name.startswith("f0-")]
    filled = posted.copy()
    for n in range(parts, wanted):
        for name in names:
            filled.setdefault(f"f{n}-{name[3:]}", str(posted[name]))
    writing.posted = filled
    writing.restore(wanted)
    return writing
