"""A project's page: its whole life on one sheet that can be printed."""

from typing import Any

from django.utils import timezone

from shanhai.catalogue.indicators import load_indicators
from shanhai.programme.keeping import subject_of
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Attachment, Project
from shanhai.programme.plans.graph import Graph
from shanhai.programme.queries.project_life import Life, attachments, life
from shanhai.programme.targets.standing import standings
from shanhai.web.links import plan_path, record_path, register_path
from shanhai.web.register.entering import Place
from shanhai.web.register.lives import bar_of, happened, money_picture, money_told, target_told
from shanhai.web.register.plans.picture import picture_of
from shanhai.web.register.plans.told import versions_told
from shanhai.web.register.shown import Cell, cell, label, many
from shanhai.web.requests import Request

_HEAD = ("status", "planned", "delivery", "level", "livelihood", "livelihood_share")
_COLUMNS = {
    "money": ("day", "stage", "amount", "plan", "form", "what", "counterparty"),
    "cofunding": ("funder", "share"),
    "match": ("need", "offer", "day", "state"),
    "activity": ("day", "sort", "name", "counts", "amount"),
    "asset": ("name", "value", "handed_over", "owner", "use", "since"),
    "visit": ("day", "use", "by", "note"),
    "target": ("indicator", "unit", "starts", "ends", "baseline", "target"),
    "result": ("starts", "ends", "cumulative", "value", "numerator", "denominator", "breakdown"),
}


def project_context(request: Request, place: Place, project: Project) -> dict[str, Any]:
    """What a project's page shows beside what the pages of all records do."""
    told = life(project)
    today = timezone.localdate()
    own = {c.field: c for c in (cell(f, project, place.pairing.key, place.seen) for f in place.kind.fields)}
    key, graph = place.pairing.key, Graph.of(project)
    return {
        "head": [own[name] for name in _HEAD if own[name].text],
        "rest": [c for name, c in own.items() if c.text and name not in (*_HEAD, "name")],
        "money": [money_told(balance, today) for balance in told.balances],
        "money_picture": money_picture(project, told.months, today) if told.months else None,
        "bar": bar_of(project, today),
        "happened": happened(project, told, key),
        "versions": versions_told(project, graph),
        "picture": picture_of(graph) if told.versions else None,
        "plan": plan_path(key, project.key),
        "parts": [
            (part, record_path(key, "project", part.key), [money_told(b, today) for b in balances])
            for part, balances in told.parts
        ],
        "sections": {
            "money": _table(place, "money", told.events, project),
            "cofunding": _table(place, "cofunding", told.cofunding, project),
            "match": _table(place, "match", told.matches, project),
            "activity": _table(place, "activity", told.activities, project),
        },
        "assets": _assets(place, told),
        "targets": _targets(place, told),
        "new_asset": _new(place, "asset", project),
        "new_target": _new(place, "target", project),
        "new_part": register_path(key, "project") + f"new/?parent={project.key}",
        "today": today,
    }


def _targets(place: Place, told: Life) -> list[dict[str, Any]]:
    """Each with its results and what they come to; of an indicator that the catalogue has no more, the results alone."""
    known = load_indicators()
    stand = {s.target.pk: s for s in standings([t for t, _ in told.targets if t.indicator in known])}
    return [
        {
            **_line(place, "target", target),
            "results": _table(place, "result", results, None, target.key),
            "stands": target_told(stand[target.pk]) if target.pk in stand else None,
        }
        for target, results in told.targets
    ]


def _table(
    place: Place, kind: str, records: list[Any], project: Project | None, of: str = ""
) -> dict[str, Any]:
    """Rows of a kind, for a table."""
    fields = [KINDS[kind].field(name) for name in _COLUMNS[kind]]
    rows = [_line(place, kind, record) for record in records]
    used = [n for n, _field in enumerate(fields) if any(row["cells"][n].text for row in rows)]
    for row in rows:
        row["cells"] = [row["cells"][n] for n in used]
    key = place.pairing.key
    wanted = {"project": project.key} if project else {"target": of}
    return {
        "name": many(KINDS[kind]),
        "heads": [(label(fields[n]), rows[0]["cells"][i].number) for i, n in enumerate(used)] if rows else [],
        "rows": rows,
        "path": register_path(key, kind, **wanted),
        "new": _new(place, kind, project) if project else register_path(key, kind) + f"new/?target={of}",
    }


def _line(place: Place, kind: str, record: Any) -> dict[str, Any]:
    cells: list[Cell] = [
        cell(KINDS[kind].field(name), record, place.pairing.key, place.seen) for name in _COLUMNS[kind]
    ]
    return {"record": record, "path": record_path(place.pairing.key, kind, record.key), "cells": cells}


def _new(place: Place, kind: str, project: Project) -> str:
    return register_path(place.pairing.key, kind) + f"new/?project={project.key}"


def _assets(place: Place, told: Life) -> list[dict[str, Any]]:
    key = place.pairing.key
    subjects = [subject_of("asset", key, asset.key) for asset, _visits in told.assets]
    subjects += [subject_of("visit", key, visit.key) for _asset, visits in told.assets for visit in visits]
    photos = attachments(subjects) if subjects else {}

    def pictures(kind: str, record_key: str) -> list[tuple[Attachment, str]]:
        path = record_path(key, kind, record_key)
        found = photos.get(subject_of(kind, key, record_key), [])
        return [(one, f"{path}files/{one.sha256}/") for one in found if one.media_type.startswith("image/")]

    return [
        {
            **_line(place, "asset", asset),
            "photos": pictures("asset", asset.key),
            "visits": [
                {**_line(place, "visit", visit), "photos": pictures("visit", visit.key)} for visit in visits
            ],
            "new_visit": register_path(key, "visit") + f"new/?asset={asset.key}",
        }
        for asset, visits in told.assets
    ]
