"""An entry of the audit is taken back, once it was seen what that puts back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.models import Entry
from shanhai.programme.actions.undo import Undoing, undo, would_undo
from shanhai.web.frame.refusing import told
from shanhai.web.links import brief_path, plan_path, record_path, register_path, undo_path
from shanhai.web.register.history import action_word, field_label, field_value
from shanhai.web.register.plans.told import STATES
from shanhai.web.register.shown import label, many, name_of
from shanhai.web.requests import Request

_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: Request, number: int) -> HttpResponse:
    """What undoing would put back; with the button that does it."""
    fault, status = "", 200
    if request.method == "POST":
        try:
            made = undo(number, actor=request.actor, why=request.POST.get("why", "")[:300])
        except (Conflict, NotPossible) as refusal:
            fault, status = told(refusal), 409 if isinstance(refusal, Conflict) else 422
        else:
            return _done(request, made)
    shown = would_undo(number, actor=request.actor)
    fault = fault or (told(shown.refusal) if shown.refusal else "")
    entry, kind, key = shown.entry, shown.kind, shown.pairing.key
    names = _names(shown)
    rows = [
        (
            record,
            names.get(record, ""),
            record_path(key, kind.name, record),
            _lines(shown, record),
            shown.changes[record][1] is None,
        )
        for record in list(shown.changes)[:_SHOWN]
    ]
    context = {
        "entry": entry,
        "action": action_word(entry.action, is_new=_is_new(entry)),
        "kind": label(kind) if len(shown.changes) == 1 else many(kind),
        "pairing": name_of(shown.pairing),
        "register": register_path(key),
        "rows": rows,
        "more": len(shown.changes) - len(rows),
        "version": shown.version,
        "briefs": [(one, brief_path(key, one)) for one in shown.briefs],
        "state": STATES.get(shown.state, ""),
        "back": _page_of(entry),
        "fault": fault,
        "with_names": bool(request.actor.name),
    }
    return render(request, "register/undo.html", context, status=status)


def _lines(shown: Undoing, record: str) -> list[tuple[Any, str, str]]:
    """Each field with what stands and what would stand again."""
    stands, comes = shown.changes[record]
    names = list(dict.fromkeys([*(comes or {}), *(stands or {})]))
    if comes is None:  # it was made, and stays
        return []
    return [
        (
            field_label(shown.kind, name),
            field_value(shown.kind, name, (stands or {}).get(name)),
            field_value(shown.kind, name, comes.get(name)),
        )
        for name in names
    ]


def _names(shown: Undoing) -> dict[str, str]:
    rows = shown.kind.model._default_manager.filter(
        pairing=shown.pairing, key__in=list(shown.changes)[:_SHOWN]
    )
    return {record.key: name_of(record) for record in rows}


def _is_new(entry: Entry) -> bool:
    return entry.action == "enter" and entry.old is None


def _page_of(entry: Entry) -> str:
    """The page of what an entry is about."""
    subject, _colon, rest = entry.subject.partition(":")
    pairing, _slash, key = rest.partition("/")
    if subject == "register":
        return register_path(pairing, key)
    new: Any = entry.new or {}
    if subject == "project" and "version" in new:
        return plan_path(pairing, key, new["version"])
    return record_path(pairing, subject, key)


def _done(request: Request, made: Entry) -> HttpResponse:
    said = _("已撤销。")
    if "version" in (made.new or {}):
        messages.success(request, said)
    else:
        again = format_html('<a href="{}">{}</a>', undo_path(made.number), _("取消这次撤销"))
        messages.success(request, format_html("{} {}", said, again))
    return redirect(_page_of(made))
