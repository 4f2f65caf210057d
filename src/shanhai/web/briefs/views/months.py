"""A month's briefs, who is missing, and the reminders as a calendar file."""

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotThere
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import MEANING, Right
from shanhai.programme.briefs.reminders import Due, calendar
from shanhai.programme.models import Brief
from shanhai.programme.queries import briefs as queries
from shanhai.web.briefs import asked
from shanhai.web.links import brief_path
from shanhai.web.requests import Request

_STATES = {
    Brief.State.SENT: "wary",
    Brief.State.CONFIRMED: "calm",
    Brief.State.MERGED: "good",
    Brief.State.RETURNED: "bad",
}


def state_words() -> dict[str, str]:
    """The states of a brief in the reader's language."""
    return {
        Brief.State.SENT: _("待本人确认"),
        Brief.State.CONFIRMED: _("待办公室合并"),
        Brief.State.MERGED: _("已并入台账"),
        Brief.State.RETURNED: _("退回修改"),
    }


@require_safe
def index(request: Request) -> HttpResponse:
    """The month."""
    require_report(request.actor)
    among = asked.pairings(request)
    pairing = asked.chosen(request, among)
    month = asked.month_of(request.GET.get("month", ""))
    found = queries.of_month(request.actor, pairing, month) if pairing else []
    words = state_words()
    context = {
        "pairings": [(p.key, asked.named(p)) for p in among],
        "pairing": pairing,
        "month": month,
        "before": (month - datetime.timedelta(days=1)).replace(day=1),
        "after": _after(month),
        "rows": [
            (b, brief_path(pairing.key, b.key), words[b.state], _STATES[Brief.State(b.state)]) for b in found
        ]
        if pairing
        else [],
        "missing": queries.missing(request.actor, pairing, month) if pairing else [],
        "may_merge": pairing is not None and request.actor.may(Right.RECORD, pairing.pk),
    }
    return render(request, "briefs/index.html", context)


@require_safe
def reminders(request: Request) -> HttpResponse:
    """What is missing of a month, as a calendar file: due on the month's last day."""
    require_report(request.actor)
    pairing = next((p for p in asked.pairings(request) if p.key == request.GET.get("pairing")), None)
    if pairing is None:
        raise NotThere(
            "找不到该结对。请从简报页重新进入。", "There is no such pairing. Go back to the briefs."
        )
    month = asked.month_of(request.GET.get("month", ""))
    last = _after(month) - datetime.timedelta(days=1)
    english = (get_language() or "zh").startswith("en")
    due = [_due(pairing, m.key, m.name, month, last) for m in queries.missing(request.actor, pairing, month)]
    # the time stands in the file: that of the month, so that the same state of the register gives the same bytes
    at = datetime.datetime.combine(month, datetime.time(), timezone.get_current_timezone())
    made = calendar(pairing.key, due, at, english=english)
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="briefs-{pairing.key}-{month:%Y-%m}.ics"'
    return answer


def _due(pairing: Pairing, key: str, name: str, month: datetime.date, last: datetime.date) -> Due:
    zh = f"{name}：报送{month.year}年{month.month}月工作简报（{pairing.name_zh}）"
    en = f"{name}: send the brief of {month:%Y-%m} ({pairing.name_en or pairing.name_zh})"
    return Due(key, zh, en, last)


def _after(month: datetime.date) -> datetime.date:
    return (month.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def require_report(actor: Actor) -> None:
    """Refuse who may send no briefs anywhere."""
    if not actor.may_somewhere(Right.REPORT):
        zh, en = MEANING[Right.REPORT]
        raise NotAllowed(
            f"您的账号无权{zh}。请联系管理员。", f"Your account may not {en}. Ask an administrator."
        )
