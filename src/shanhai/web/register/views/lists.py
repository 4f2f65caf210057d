"""The list of a kind's records, and records to choose from while someone types."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shanhai.programme.queries.lists import Listed, Wanted, first_order, listed, narrowed, orders
from shanhai.web.register.asking import asked
from shanhai.web.register.entering import Place, enter
from shanhai.web.register.shown import cell, is_number, label, name_of
from shanhai.web.requests import Request

_OFFERED = 20


@require_safe
def index(request: Request, pairing: str, kind: str) -> HttpResponse:
    """A kind's records, narrowed and sorted as the address says."""
    place = enter(request, pairing, kind)
    wanted = asked(request.GET, place.kind, place.pairing)
    found: Listed | None = None
    if not wanted.faults:
        found = listed(request.actor, place.kind, place.pairing, wanted.wanted, wanted.order, wanted.after)
    columns = [f for f in place.kind.fields if f.listed]
    rows = [
        {
            "record": record,
            "path": place.path(record),
            "cells": [cell(f, record, place.pairing.key, place.seen) for f in columns],
        }
        for record in (found.page.rows if found else ())
    ]
    context = {
        "place": place,
        "asked": wanted,
        "heads": _heads(place, found),
        "rows": rows,
        "total": found.total if found else None,
        "after": found.page.after if found else "",
        "unsorted": found is not None and found.total.more,
    }
    return render(request, "register/list.html", context)


def _heads(place: Place, found: Listed | None) -> list[dict[str, Any]]:
    kind = place.kind
    known = orders(kind, found.total if found else None)
    order = found.order if found else first_order(kind)
    told = [("key", _("编号")), *((f.name, label(f)) for f in kind.fields if f.listed)]
    heads = []
    for name, text in told:
        down = order == f"-{name}"
        current = order.removeprefix("-") == name
        heads.append(
            {
                "label": text,
                "number": name != "key" and is_number(kind.field(name)),
                "order": (name if down else f"-{name}" if current else name) if name in known else "",
                "sorted": ("descending" if down else "ascending") if current else "",
            }
        )
    return heads


@require_safe
def pick(request: Request, pairing: str, kind: str) -> HttpResponse:
    """Records whose number or name holds what was typed, as options."""
    place = enter(request, pairing, kind)
    words = request.GET.get(request.GET.get("of", "q"), "").split()[:4]
    rows = narrowed(request.actor, place.kind, place.pairing, Wanted(tuple(w[:60] for w in words)))
    options = ((one.key, name_of(one)) for one in rows.order_by("key")[:_OFFERED])
    return HttpResponse(format_html_join("", '<option value="{}">{}</option>', options))
