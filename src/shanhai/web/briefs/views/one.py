"""One brief, item by item; and what waits to be merged."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shanhai.catalogue.activities import load_activities
from shanhai.ledger import access
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.rights import Right
from shanhai.programme.actions import briefs as actions
from shanhai.programme.actions.merging import merge as merge_events
from shanhai.programme.actions.records import Refused
from shanhai.programme.briefs.events import Event
from shanhai.programme.briefs.fields import FIELDS
from shanhai.programme.briefs.fields import shown as shown_event
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Brief, BriefItem
from shanhai.programme.queries import briefs as queries
from shanhai.web.briefs import asked
from shanhai.web.briefs.views.months import state_words
from shanhai.web.frame.refusing import told
from shanhai.web.links import brief_path, record_path, room_path
from shanhai.web.requests import Request
from shanhai.web.undoing import last_number, undo_link

_ACTIVITY = KINDS["activity"]
_DAYS = ("day", "ends")


@require_safe
def brief(request: Request, pairing: str, key: str) -> HttpResponse:
    """The brief."""
    return _page(request, _access(request, pairing, key))


@require_POST
def decide(request: Request, pairing: str, key: str, number: int) -> HttpResponse:
    """Confirm an item as the form tells it, or drop it."""
    found = _access(request, pairing, key)
    drop = request.POST.get("do") == "drop"
    fields = {name: request.POST.get(name, "") for name in FIELDS}
    try:
        state = BriefItem.State.DROPPED if drop else BriefItem.State.CONFIRMED
        item = actions.decide(found, number, state, actor=request.actor, told=None if drop else fields)
    except Refused as refused:
        faults = {p.field: p.en if _english() else p.zh for p in refused.problems}
        return _page(request, found, number, fields, faults, status=422)
    return HttpResponseRedirect(f"{brief_path(pairing, key)}#item-{item.number}")


@require_POST
def confirm(request: Request, pairing: str, key: str) -> HttpResponse:
    """Hand the brief to the office."""
    found = _access(request, pairing, key)
    try:
        actions.confirm(found, actor=request.actor)
    except NotPossible as refused:
        messages.warning(request, told(refused))
    else:
        messages.success(request, _("已交给办公室合并。"))
    return HttpResponseRedirect(brief_path(pairing, key))


@require_POST
def give_back(request: Request, pairing: str, key: str) -> HttpResponse:
    """Give the brief back to its sender."""
    found = _access(request, pairing, key)
    try:
        actions.give_back(found, request.POST.get("why", ""), actor=request.actor)
    except NotPossible as refused:
        messages.warning(request, told(refused))
    return HttpResponseRedirect(brief_path(pairing, key))


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request, pairing: str) -> HttpResponse:
    """What waits to be merged; what is chosen becomes one activity."""
    found = access.access_pairing(request.actor, pairing, Right.RECORD)
    if request.method == "POST":
        numbers = [int(n) for n in request.POST.getlist("item") if n.isdecimal()]
        before = last_number()
        try:
            made = merge_events(
                found, numbers, actor=request.actor, into=request.POST.get("into", "").strip()
            )
        except NotPossible as refused:
            messages.warning(request, told(refused))
        else:
            link = format_html(
                '<a href="{}">{} {}</a>', record_path(pairing, "activity", made.key), made.key, made.name
            )
            undo = undo_link(request.actor, KINDS["activity"], found, [made.key], after=before)
            messages.success(request, format_html("{} {}", format_html(_("已并入台账：{}。"), link), undo))
        return HttpResponseRedirect(reverse("briefs:merge", args=[pairing]))
    rows, known = queries.to_merge(found)
    by_key = {str(row.item.pk): row for row in rows}
    shown = []
    for row in rows:
        offers = []
        for alike in row.alike:
            other, there = by_key.get(alike.other), known.get(alike.other)
            offers.append(
                {
                    "why": alike.en if _english() else alike.zh,
                    "item": other,
                    "activity": there,
                    "path": record_path(pairing, "activity", there.key) if there else "",
                }
            )
        shown.append(
            {
                "row": row,
                "cells": _cells(row.event),
                "offers": offers,
                "path": brief_path(pairing, row.item.brief.key),
            }
        )
    context = {"pairing": found, "name": asked.named(found), "rows": shown}
    return render(request, "briefs/merge.html", context)


def _access(request: Request, pairing: str, key: str) -> Brief:
    return queries.access_brief(request.actor, access.access_pairing(request.actor, pairing), key)


def _page(
    request: Request,
    found: Brief,
    number: int = -1,
    told_fields: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    pairing = found.pairing
    is_open = found.state in (Brief.State.SENT, Brief.State.RETURNED) and actions.may_change(
        found, request.actor
    )
    items = list(found.items.select_related("activity").prefetch_related("statements").order_by("number"))
    rows = [
        _row(found, item, is_open, told_fields if item.number == number else None, faults or {})
        for item in items
    ]
    context = {
        "brief": found,
        "pairing": pairing,
        "name": asked.named(pairing),
        "state": state_words()[found.state],
        "rows": rows,
        "is_open": is_open,
        "waiting": sum(item.state == BriefItem.State.PROPOSED for item in items),
        "extra": _fields(
            Event(), told_fields if number == 0 else None, (faults or {}) if number == 0 else {}, "new"
        ),
        "extra_open": number == 0 or not items,
        "faults": (faults or {}).get("", ""),
        "text": room_path(found.source.sha256) if found.source else "",
        "may_record": request.actor.may(Right.RECORD, pairing.pk),
    }
    return render(request, "briefs/brief.html", context, status=status)


def _row(
    found: Brief, item: BriefItem, is_open: bool, told_fields: dict[str, str] | None, faults: dict[str, str]
) -> dict[str, Any]:
    event = Event.of(item.proposed)
    words = {
        BriefItem.State.PROPOSED: _("待确认"),
        BriefItem.State.CONFIRMED: _("已确认"),
        BriefItem.State.DROPPED: pgettext("state", "不登记"),
        BriefItem.State.MERGED: _("已并入"),
    }
    statement = next(iter(item.statements.all()), None)
    return {
        "item": item,
        "event": event,
        "state": words[BriefItem.State(item.state)],
        "cells": _cells(event),
        "fields": _fields(event, told_fields, faults if told_fields else {}, str(item.number))
        if is_open
        else [],
        "wrong": told_fields is not None,
        "sentence": room_path(found.source.sha256, statement.key) if found.source and statement else "",
        "activity": record_path(found.pairing.key, "activity", item.activity.key) if item.activity else "",
    }


def _fields(
    event: Event, told_fields: dict[str, str] | None, faults: dict[str, str], of: str
) -> list[dict[str, Any]]:
    """The fields of an item's form: as the reader proposes, or as they were told, with what is wrong with each."""
    english, values = _english(), told_fields or shown_event(event)
    found = []
    for name in FIELDS:
        field = _ACTIVITY.field(name)
        options: list[tuple[str, str]] = []
        if name == "sort":
            options = [(s.name_zh, s.name_en if english else s.name_zh) for s in load_activities().values()]
        sort = load_activities().get(event.sort)
        if name == "stage" and sort is not None:
            options = [(s.name_zh, s.name_en if english else s.name_zh) for s in sort.stages.values()]
            if not options:
                continue
        if name == "amount" and sort is not None and not sort.money:
            continue
        note = field.value.note()[1 if english else 0] if name in ("places", "counts") else ""
        if name == "counts" and sort is not None:
            note = "、".join((c.name_en if english else c.name_zh) for c in sort.counts.values())
        found.append(
            {
                "name": name,
                "id": f"{name}-{of}",
                "label": field.en if english else field.zh,
                "value": values[name],
                "type": "date" if name in _DAYS else "text",
                "required": field.required,
                "options": options,
                "note": note,
                "fault": faults.get(name, ""),
            }
        )
    return found


def _cells(event: Event) -> list[tuple[str, str]]:
    english = _english()
    found = []
    for name in FIELDS:
        field = _ACTIVITY.field(name)
        value = getattr(event, name)
        shown = (
            field.value.shown([list(p) for p in value] if name == "places" else value, english)
            if value
            else ""
        )
        if shown and name != "name":
            found.append((field.en if english else field.zh, shown))
    return found


def _english() -> bool:
    return (get_language() or "zh").startswith("en")
