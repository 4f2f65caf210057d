"""One record: what it says, what refers to it, what was done to it; withdrawn and brought back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanhai.ledger.errors import NotPossible
from shanhai.ledger.rights import Right
from shanhai.programme.actions import records
from shanhai.programme.keeping import subject_of
from shanhai.programme.models import Activity, Project, Record
from shanhai.programme.queries.briefs import of_activity
from shanhai.programme.queries.histories import history
from shanhai.programme.queries.matches import behind, findings_about_record
from shanhai.programme.queries.project_life import attachments
from shanhai.programme.queries.related import related
from shanhai.web.frame.refusing import told
from shanhai.web.links import brief_path, record_path, register_path
from shanhai.web.matched import claims_about
from shanhai.web.register.entering import Place, enter_record
from shanhai.web.register.history import steps
from shanhai.web.register.shown import cell, evidence_path, label, many, name_of
from shanhai.web.register.views.projects import project_context
from shanhai.web.requests import Request
from shanhai.web.undoing import undo_link


@require_safe
def record(request: Request, pairing: str, kind: str, key: str) -> HttpResponse:
    """A record's page; a project's whole life."""
    place, found = enter_record(request, pairing, kind, key)
    context = record_context(request, place, found)
    context["claims"] = claims_about(request.actor, place.pairing, place.kind.name, found.key)
    if context["claims"]:
        context["claims_old"] = bool(behind(request.actor, only=place.pairing))
        context["findings"] = findings_about_record(request.actor, place.pairing, place.kind.name, found.key)
    if isinstance(found, Project):
        context |= project_context(request, place, found)
        return render(request, "register/project.html", context)
    context["related"] = _related(request, place, found)
    if isinstance(found, Activity):
        context["briefs"] = [
            (brief_path(place.pairing.key, brief.key), brief.key, brief.member or brief.team, brief.month)
            for brief in of_activity(request.actor, found)
        ]
    return render(request, "register/record.html", context)


def record_context(request: Request, place: Place, found: Record) -> dict[str, Any]:
    """What the pages of all records show."""
    done = history(place.kind, found)
    subject = subject_of(place.kind.name, place.pairing.key, found.key)
    files = attachments([subject], withdrawn=place.may_record).get(subject, [])
    cells = [cell(f, found, place.pairing.key, place.seen) for f in place.kind.fields]
    return {
        "place": place,
        "record": found,
        "name": name_of(found),
        "kind": label(place.kind),
        "cells": [c for c in cells if c.text],
        "path": place.path(found),
        "evidence": evidence_path(found.evidence),
        "steps": steps(place.kind, found, done, request.actor),
        "more_history": done.more,
        "files": [one for one in files if not one.withdrawn],
        "files_taken_out": [one for one in files if one.withdrawn],
        "may_record": place.may_record,
        "may_attach": place.may_record and not found.withdrawn,
    }


def _related(request: Request, place: Place, found: Record) -> list[dict[str, Any]]:
    key, name = place.pairing.key, place.kind.name
    told_of = []
    for one in related(request.actor, place.kind, found):
        columns = [f for f in one.kind.fields if f.listed and f.name != one.field.name]
        told_of.append(
            {
                "name": many(one.kind),
                "by": label(one.field),
                "total": one.total,
                "path": register_path(key, one.kind.name, **{one.field.name: found.key}),
                "more": one.total.number > len(one.records),
                "heads": [label(f) for f in columns],
                "rows": [
                    (
                        r.key,
                        record_path(key, one.kind.name, r.key),
                        [cell(f, r, key, place.seen) for f in columns],
                    )
                    for r in one.records
                ],
                "new": register_path(key, one.kind.name) + f"new/?{one.field.name}={found.key}",
                "of": name,
            }
        )
    return told_of


@require_POST
def withdraw(request: Request, pairing: str, kind: str, key: str) -> HttpResponse:
    """Take the record out of lists and totals, with a reason."""
    return _turn(request, pairing, kind, key, withdrawn=True)


@require_POST
def bring_back(request: Request, pairing: str, kind: str, key: str) -> HttpResponse:
    """Let the record stand again."""
    return _turn(request, pairing, kind, key, withdrawn=False)


def _turn(request: Request, pairing: str, kind: str, key: str, *, withdrawn: bool) -> HttpResponse:
    place, found = enter_record(request, pairing, kind, key, Right.RECORD)
    why = request.POST.get("why", "")[:300]
    seen = request.POST.get("revision", "")
    revision = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    action = records.withdraw if withdrawn else records.bring_back
    try:
        action(place.kind, place.pairing, found.key, actor=request.actor, why=why, revision=revision)
    except NotPossible as refusal:
        messages.error(request, told(refusal))
    else:
        link = undo_link(request.actor, place.kind, place.pairing, [found.key])
        messages.success(request, format_html("{} {}", _("已撤下。") if withdrawn else _("已恢复。"), link))
    return redirect(place.path(found))
