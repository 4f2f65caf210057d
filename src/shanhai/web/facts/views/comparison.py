"""Up to five places, teams or pairings beside each other."""

from typing import Any

import msgspec
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from shanhai.catalogue.indicators import load_indicators
from shanhai.ledger.actors import Actor
from shanhai.ledger.queries.fact_lists import fact_at
from shanhai.ledger.queries.facts import MOST_COMPARED
from shanhai.web.facts.asking import faults_of, places_like, years_of
from shanhai.web.facts.comparing import Comparison, compare
from shanhai.web.facts.pictures import compared_picture
from shanhai.web.facts.subjects import Subject, address_of, facts_of, subject_of, subjects_of
from shanhai.web.facts.views.choices import choices
from shanhai.web.facts.views.listing import Row, rows_of
from shanhai.web.facts.wording import indicator_name
from shanhai.web.requests import Request

_MOST_TICKED = 20


class Compared(msgspec.Struct, frozen=True):
    """A comparison as asked for; ``left_out`` are the subjects beyond the fifth."""

    indicator: str
    subjects: list[Subject]
    left_out: list[Subject]
    unknown: list[str]
    result: Comparison


def compared_of(actor: Actor, address: QueryDict) -> Compared:
    """The comparison that an address asks for."""
    indicator = address.get("indicator", "")
    indicator = indicator if indicator in load_indicators() else ""
    subjects, unknown = subjects_of(actor, address)
    shown, years = subjects[:MOST_COMPARED], years_of(address)
    told = [(subject, facts_of(actor, indicator, subject, years) if indicator else []) for subject in shown]
    wanted = address.get("line", "")
    result = compare(told, int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else None)
    return Compared(indicator, shown, subjects[MOST_COMPARED:], unknown, result)


def show(request: Request) -> HttpResponse:
    """The comparison; facts ticked in a list become the places, teams or pairings that they are about."""
    if ticked := request.GET.getlist("fact")[:_MOST_TICKED]:
        return _of_ticked(request, ticked)
    told = compared_of(request.actor, request.GET)
    result, since, until = told.result, *years_of(request.GET)
    more = {"since": since, "until": until}
    path = reverse("facts:compare")

    def address(subjects: list[Subject], **others: object) -> str:
        return f"{path}?{address_of(told.indicator, subjects, **more, **others)}"

    chips = [(s, address([other for other in told.subjects if other != s])) for s in told.subjects]
    picture = None
    if result.line and any(result.cells.values()):
        named = {subject.name: cells for subject, cells in result.cells.items()}
        picture = compared_picture(result.years[::-1], named, result.line.basis["unit"])
    context = {
        "told": told,
        "name": indicator_name(told.indicator) if told.indicator else "",
        "chips": chips,
        "full": len(told.subjects) >= MOST_COMPARED,
        "rows": _rows(result),
        "table": result.line.label() if result.line else "",
        "picture": picture,
        "apart": [_apart(one, address(told.subjects, line=one.number)) for one in result.apart],
        "without": [s for s in told.subjects if not result.cells.get(s)],
        "fields": {"since": request.GET.get("since", ""), "until": request.GET.get("until", "")},
        "faults": faults_of(request.GET, told.unknown),
        "offers": places_like(told.unknown[0]) if told.unknown else [],
        "export": request.GET.urlencode(),
        "most": MOST_COMPARED,
        **choices(request.actor),
    }
    return render(request, "facts/compare.html", context)


def _rows(result: Comparison) -> list[tuple[int, list[list[Row]]]]:
    """The table; a team's or pairing's figure says of which place it is."""
    kinds = [subject.kind for subject in result.cells]
    return [
        (
            year,
            [
                [
                    msgspec.structs.replace(row, elsewhere="" if kind == "place" else row.fact.place)
                    for row in rows_of(cell)
                ]
                for kind, cell in zip(kinds, cells, strict=True)
            ],
        )
        for year, cells in result.rows
    ]


def _apart(one: Any, address: str) -> dict[str, Any]:
    return {
        "label": one.line.label(),
        "differs": one.differs,
        "told": [(subject, rows_of(facts)) for subject, facts in one.told],
        "address": address,
    }


def _of_ticked(request: Request, ticked: list[str]) -> HttpResponse:
    facts = [fact_at(request.actor, *_named(one)) for one in ticked]
    by_indicator: dict[str, dict[tuple[str, str], None]] = {}
    for fact in facts:
        if subject := subject_of(fact):
            by_indicator.setdefault(fact.indicator, {})[subject] = None
    path = reverse("facts:compare")
    addresses = [
        (indicator_name(code), f"{path}?{address_of(code, subjects)}")
        for code, subjects in by_indicator.items()
    ]
    if len(addresses) == 1:
        return HttpResponseRedirect(addresses[0][1])
    return render(request, "facts/choose.html", {"addresses": addresses})


def _named(ticked: str) -> tuple[str, str]:
    pairing, _sign, key = ticked.partition("/")
    return pairing or "-", key
