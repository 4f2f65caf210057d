"""The first page: what needs doing, what came in, what is known best, and pictures of what the ledger holds."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shanhai.catalogue.indicators import load_indicators
from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Fact, Statement
from shanhai.ledger.queries import home as queries
from shanhai.ledger.queries import source as of_source
from shanhai.ledger.queries.findings import SEVERITIES
from shanhai.ledger.rights import Right
from shanhai.programme.queries.boards.pairings import Line, lines
from shanhai.programme.queries.plans import waiting
from shanhai.programme.queries.registers import kept
from shanhai.web import links
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.home import pictures
from shanhai.web.requests import Request

REGISTERS = 5
"""So many registers stand on the page; the rest on the boards."""


@require_safe
def index(request: Request) -> HttpResponse:
    """The page; of an empty ledger, what to do first."""
    actor = request.actor
    came = queries.arrived(actor, 8)
    registers = _registers(actor)
    context: dict[str, Any] = {
        "may_send": actor.may_somewhere(Right.SEND),
        "may_read": actor.may_somewhere(Right.READ),
        "may_record": actor.may_somewhere(Right.RECORD),
        "came": [],
        "registers": registers,
        "to_do": [*(_to_do(actor) if came else ()), *(_to_approve(actor) if came or registers else ())],
    }
    if came:
        receipts = of_source.receipts(came)
        context |= {
            "came": [(source, receipts[source.pk][0] if receipts[source.pk] else None) for source in came],
            "headlines": _headlines(actor),
            "pictures": [p for p in _pictures(actor) if p],
            "all_sources": links.sources_path(),
            "all_facts": links.facts_path(),
        }
    return render(request, "home/index.html", context)


def _registers(actor: Actor) -> list[tuple[Line, str, str]]:
    """What the registers come to today, each with its board and its records."""
    with_records = list(kept(access.pairings(actor)).order_by("key")[:REGISTERS])
    if not with_records:
        return []
    return [
        (line, links.board_path(line.pairing.key), links.register_path(line.pairing.key))
        for line in lines(with_records, timezone.localdate())
    ]


def _to_do(actor: Actor) -> list[dict[str, Any]]:
    """What needs doing, each with its number and the list that holds it."""
    do = queries.to_do(actor, timezone.localdate())
    names = {"error": _("错误"), "warning": _("警告"), "info": _("提示")}
    found = [
        {
            "label": _("待审核的数字"),
            "number": do.waiting,
            "under": _("在%s份来源里") % f"{do.reports:,}",
            "href": links.sources_path(state="waiting", order="-waiting"),
        }
    ]
    found += [
        {
            "label": _("未解决的%s") % names[severity],
            "number": do.findings.get(severity, 0),
            "href": links.findings_path(severity=severity),
        }
        for severity in SEVERITIES
    ]
    found.append(
        {
            "label": _("到期的承诺"),
            "number": do.promises,
            "href": links.findings_path(code="promise_due"),
            "under": _("尚未见到兑现"),
        }
    )
    return found


def _to_approve(actor: Actor) -> list[dict[str, Any]]:
    """The plans that wait for who may approve them."""
    if not actor.may_somewhere(Right.APPROVE):
        return []
    return [{"label": _("待批计划"), "number": waiting(actor).count(), "href": links.plans_path()}]


def _headlines(actor: Actor) -> list[dict[str, Any]]:
    facts = queries.headlines(actor)
    first = queries.first_sentences(facts)
    return [_headline(fact, first.get(fact.pk)) for fact in facts]


def _headline(fact: Fact, statement: Statement | None) -> dict[str, Any]:
    known = load_indicators().get(fact.indicator)
    indicator = both(known.name_zh, known.name_en) if known else fact.indicator
    return {
        "fact": fact,
        "name": fact.measure or indicator,
        "about": " · ".join(part for part in (indicator, fact.place, fact.party, fact.period) if part),
        "href": links.fact_path(fact.pairing.key if fact.pairing else None, fact.key),
        "statement": statement,
        "sentence": links.room_path(statement.report.source.sha256, statement.key) if statement else "",
    }


def _pictures(actor: Actor) -> list[pictures.Picture | None]:
    return [
        pictures.areas_and_years(queries.by_area_and_year(actor)),
        pictures.flows(queries.by_pairing(actor)),
        pictures.places(queries.by_place(actor)),
    ]
