"""The search page."""

from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from shanhai.catalogue.indicators import Indicator
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Finding, Report, Source, Statement
from shanhai.ledger.queries import find
from shanhai.ledger.queries.hits import hits_in, in_reports, pattern_of
from shanhai.ledger.queries.paging import Page, Total
from shanhai.model import Span
from shanhai.web.find.known import KEY, FoundPlace, indicators_of, normal, places_of
from shanhai.web.findings.words import language
from shanhai.web.links import facts_path, finding_path, room_path, source_path
from shanhai.web.requests import Request

KINDS: Final = ("", "figures", "reports", "places", "indicators")
_LONGEST, _SIZE, _TITLES, _FEW, _MANY = 100, 10, 30, 4, 40


def index(request: Request) -> HttpResponse:
    """What the ledger holds of a query: of all kinds, or of the kind that the address asks for."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST]
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        raise NotPossible(
            f"没有“{kind[:30]}”这一类。请从检索页重新选择。",
            f"There is no kind “{kind[:30]}” of things to find. Choose again on the search page.",
        )
    if not query:
        return render(request, "find/index.html", {"query": "", "kind": kind})
    if KEY.fullmatch(normal(query)) and (address := _address(request.actor, normal(query))):
        return HttpResponseRedirect(address)
    return render(request, "find/index.html", _found(request, query, kind))


def _found(request: Request, query: str, kind: str) -> dict[str, Any]:
    actor, after = request.actor, request.GET.get("after", "")
    places, indicators = places_of(query), indicators_of(query)
    few = _MANY if kind else _FEW
    first = not after
    context: dict[str, Any] = {
        "query": query,
        "kind": kind,
        "places": _places(actor, places[:few]) if first and kind in ("", "places") else [],
        "more_places": max(0, len(places) - few),
        "indicators": _indicators(actor, indicators[:few]) if first and kind in ("", "indicators") else [],
        "more_indicators": max(0, len(indicators) - few),
        "number_of_places": len(places),
        "number_of_indicators": len(indicators),
    }
    if kind == "reports":
        page, number = find.reports_titled(actor, query, after, _TITLES)
        context |= {"titled": [_titled(row, query) for row in page.rows]}
    elif kind in ("", "figures"):
        page, number = find.reports(actor, query, after, _SIZE)
        hits = in_reports(actor, page.rows, query, figures_only=kind == "figures")
        context |= {
            "hits": [_titled(hit.report, query) | {"hit": hit} for hit in hits if hit.sentences or not kind]
        }
    else:
        page, number = Page[Report](()), Total(0)
    context |= {"after": page.after, "number": number}
    return context


def _titled(row: Report, query: str) -> dict[str, Any]:
    pattern = pattern_of(query)
    title = row.title or row.doc
    hits: tuple[Span, ...] = hits_in(title, pattern) if pattern else ()
    return {"report": row, "title": title, "title_hits": hits, "address": room_path(row.source.sha256)}


def _places(actor: Actor, found: list[FoundPlace]) -> list[dict[str, Any]]:
    counts = find.facts_in_places(actor, [one.record.code for one in found])
    return [
        {
            "record": one.record,
            "above": "".join(above.name for above in one.above),
            "facts": counts[one.record.code],
            "address": facts_path(place=one.record.code),
        }
        for one in found
    ]


def _indicators(actor: Actor, found: list[tuple[str, Indicator]]) -> list[dict[str, Any]]:
    counts = find.facts_by_indicator(actor, [code for code, _ in found])
    chinese = language() == "zh"
    return [
        {
            "code": code,
            "name": one.name_zh if chinese else one.name_en,
            "definition": one.definition_zh if chinese else one.definition_en,
            "facts": counts.get(code, 0),
            "address": facts_path(indicator=code),
        }
        for code, one in found
    ]


def _address(actor: Actor, key: str) -> str:
    """Where what a key means is looked at; "" where it means nothing that the actor may see."""
    match find.with_key(actor, key):
        case Source() as source:
            return source_path(source.sha256)
        case Statement() as figure:
            return room_path(figure.report.source.sha256, figure.key)
        case Finding() as finding:
            return finding_path(finding.key)
    return ""
