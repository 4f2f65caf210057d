"""An indicator over years."""

from typing import Any

import msgspec
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from shanhai.catalogue.indicators import load_indicators
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Fact
from shanhai.ledger.queries.facts import codes_of, series
from shanhai.web.facts.asking import faults_of, places_like, years_of
from shanhai.web.facts.lines import Break, Line, breaks, lines
from shanhai.web.facts.pictures import series_picture
from shanhai.web.facts.subjects import Subject, address_of, subjects_of
from shanhai.web.facts.views.choices import choices
from shanhai.web.facts.views.listing import Row, rows_of
from shanhai.web.facts.wording import indicator_name, place_name, several
from shanhai.web.requests import Request

_MOST_DRAWN = 6


class Series(msgspec.Struct, frozen=True):
    """A series as asked for.

    Attributes:
        indicator: its code; "" where none, or none that is known, is asked for.
        subjects: of each kind at most one; together they narrow.
        unknown: what was written for a place and is none.
        facts, lines, labels, breaks: what is known.
    """

    indicator: str
    subjects: list[Subject]
    unknown: list[str]
    facts: list[Fact]
    lines: list[Line]
    labels: list[str]
    breaks: list[Break]


def series_of(actor: Actor, address: QueryDict) -> Series:
    """The series that an address asks for."""
    indicator = address.get("indicator", "")
    indicator = indicator if indicator in load_indicators() else ""
    told, unknown = subjects_of(actor, address)
    subjects = list({subject.kind: subject for subject in told}.values())
    if not indicator or not subjects:
        return Series(indicator, subjects, unknown, [], [], [], [])
    named = {subject.kind: subject.key for subject in subjects}
    since, until = years_of(address)
    found = [f for f in series(actor, indicator, **named) if (since or 0) <= (f.year or 0) <= (until or 9999)]
    parted = lines(found, one_place="place" in named)
    labels = [line.label(_known(parted)) or indicator_name(indicator) for line in parted]
    return Series(
        indicator, subjects, unknown, found, parted, _numbered(labels), breaks(named.get("place", ""), found)
    )


def show(request: Request) -> HttpResponse:
    """The series of an indicator for a place, a team or a pairing, as a picture and a table."""
    told = series_of(request.actor, request.GET)
    drawn = [n for n, line in enumerate(told.lines) if line.years][:_MOST_DRAWN]
    units = {told.lines[n].basis["unit"] for n in drawn}
    pictures = [
        series_picture(
            [told.lines[n] for n in drawn if told.lines[n].basis["unit"] == unit],
            [told.labels[n] for n in drawn if told.lines[n].basis["unit"] == unit],
            told.breaks,
        )
        for unit in sorted(units)
    ]
    address = address_of(told.indicator, told.subjects)
    place = next((s.key for s in told.subjects if s.kind == "place"), "")
    context = {
        "told": told,
        "name": indicator_name(told.indicator) if told.indicator else "",
        "of": " · ".join(s.name for s in told.subjects),
        "tables": [
            _table(line, label, told.breaks) for line, label in zip(told.lines, told.labels, strict=True)
        ],
        "pictures": list(enumerate(pictures)),
        "codes": [place_name(code) for code in codes_of(place)] if place else [],
        "joined": several(place_name(code) for code in codes_of(place)) if place else "",
        "fields": {
            "place": request.GET.get("place", "") if told.unknown else place and place_name(place),
            "party": request.GET.get("party", ""),
            "pairing": request.GET.get("pairing", ""),
            "since": request.GET.get("since", ""),
            "until": request.GET.get("until", ""),
        },
        "faults": faults_of(request.GET, told.unknown),
        "offers": places_like(told.unknown[0]) if told.unknown else [],
        "export": request.GET.urlencode(),
        "compare": f"{reverse('facts:compare')}?{address}" if told.facts else "",
        **choices(request.actor),
    }
    return render(request, "facts/series.html", context)


def _table(line: Line, label: str, changes: list[Break]) -> dict[str, Any]:
    """A line as a table: each fact with what it leaves open and what changed in its year; several of a year are told so."""
    rows: list[tuple[Row, str, list[Break], bool]] = []
    years, before = line.years, 0
    for row in rows_of(line.facts):
        year = row.fact.year or 0
        changed = [b for b in changes if before < b.year <= year and before]
        crowded = len(years.get(year, ())) > 1
        rows.append((row, several(line.unsaid(row.fact)), changed, crowded))
        before = year
    return {"label": label, "rows": rows}


def _known(parted: list[Line]) -> set[str]:
    """The parts in which all lines are the same, which no label need tell; the unit stands with each number."""
    names = {name for line in parted for name in (line.basis | line.told)}
    same = {n for n in names if len({(line.basis | line.told).get(n) for line in parted}) == 1}
    return same | {"unit"} if len({line.basis["unit"] for line in parted}) == 1 else same


def _numbered(labels: list[str]) -> list[str]:
    """Labels of which no two are the same."""
    seen: dict[str, int] = {}
    found = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        found.append(label if seen[label] == 1 else f"{label}（{seen[label]}）")
    return found
