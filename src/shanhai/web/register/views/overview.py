"""The registers of all pairings, and that of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.ledger import access as ledger_access
from shanhai.ledger.rights import Right
from shanhai.programme import access
from shanhai.programme.queries.plans import waiting
from shanhai.programme.queries.registers import counts, last_changes
from shanhai.web.links import plans_path, register_path
from shanhai.web.register.entering import groups
from shanhai.web.register.shown import many, name_of
from shanhai.web.requests import Request

_FIRST = ("project", "money", "activity", "target", "member")
"""The kinds whose counts stand in the list of registers."""
_MOST = 200


@require_safe
def index(request: Request) -> HttpResponse:
    """The pairings that the account may see, with what their registers hold."""
    pairings = list(ledger_access.pairings(request.actor).order_by("key")[: _MOST + 1])
    held = counts(request.actor, pairings)
    kinds = [k for k in access.kinds(request.actor) if k.name in _FIRST]
    kinds.sort(key=lambda k: _FIRST.index(k.name))
    rows = [
        {
            "pairing": pairing,
            "name": name_of(pairing),
            "path": register_path(pairing.key),
            "cells": [
                (many(k), held[pairing.pk].get(k.name, 0), register_path(pairing.key, k.name)) for k in kinds
            ],
            "all": sum(held[pairing.pk].values()),
        }
        for pairing in pairings[:_MOST]
    ]
    context = {
        "rows": rows,
        "heads": [many(k) for k in kinds],
        "more": len(pairings) > _MOST,
        "may_file": request.actor.may_somewhere(Right.FILE),
    }
    return render(request, "register/index.html", context)


@require_safe
def pairing(request: Request, pairing: str) -> HttpResponse:
    """One pairing's register: its kinds with counts and last changes."""
    of = ledger_access.access_pairing(request.actor, pairing)
    kinds = {k.name: k for k in access.kinds(request.actor, of)}
    held = counts(request.actor, [of])[of.pk]
    changed = last_changes(of)
    told = [
        (
            heading,
            [
                {
                    "name": many(kinds[name]),
                    "path": register_path(of.key, name),
                    "count": held.get(name, 0),
                    "changed": changed.get(name),
                }
                for name in names
                if name in kinds
            ],
        )
        for heading, names in groups()
    ]
    context = {
        "of": of,
        "name": name_of(of),
        "groups": [(heading, rows) for heading, rows in told if rows],
        "empty": not any(held.values()),
        "may_record": request.actor.may(Right.RECORD, of.pk),
        "path": register_path(of.key),
        "plans": plans_path(of.key) if request.actor.may(Right.APPROVE, of.pk) else "",
        "plans_waiting": waiting(request.actor, of).count(),
    }
    return render(request, "register/pairing.html", context)
