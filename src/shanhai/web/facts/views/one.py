"""One fact."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Fact
from shanhai.ledger.queries.fact_lists import beside, fact_at, findings_about, tellings, told_apart
from shanhai.ledger.rights import Right
from shanhai.publishing.sheets import Format
from shanhai.reasoning.checks.definitions import PARTS as FINDING_PARTS
from shanhai.web.facts.lines import differences_of
from shanhai.web.facts.subjects import address_of, subject_of
from shanhai.web.facts.told import told_of
from shanhai.web.facts.views.listing import rows_of
from shanhai.web.facts.wording import (
    PARTS,
    amount_of,
    area_name,
    definition_of,
    indicator_name,
    kind_name,
    pairing_name,
    part_name,
    period_name,
    read,
    several,
    thing,
)
from shanhai.web.links import finding_path
from shanhai.web.requests import Request

_SENTENCES = 20


def show(request: Request, pairing: str, key: str) -> HttpResponse:
    """A fact with its grade, its definition, the sentences for and against it, and what stands beside it."""
    fact = fact_at(request.actor, pairing, key)
    page = Paginator(tellings(fact), _SENTENCES).get_page(request.GET.get("page"))
    told, own = told_of(fact, list(page.object_list))
    subject = subject_of(fact)
    address = address_of(fact.indicator, [subject]) if subject else ""
    may_export = request.actor.may(Right.EXPORT, fact.pairing_id)
    context = {
        "fact": fact,
        "what": thing(fact),
        "amount": amount_of(fact),
        "where": " · ".join(filter(None, [fact.place, fact.party])),
        "period": period_name(fact.period),
        "page": page,
        "told": told,
        "own": own,
        "grade_parts": _grade(fact),
        "definition": _definition(fact),
        "findings": [(f, finding_path(f.key)) for f in findings_about(request.actor, fact)],
        "apart": _apart(request.actor, fact),
        "series": f"{reverse('facts:series')}?{address}" if address else "",
        "compare": f"{reverse('facts:compare')}?{address}" if address else "",
        "formats": list(Format) if may_export else [],
        "address": {"pairing": pairing, "key": key},
    }
    return render(request, "facts/fact.html", context)


def _grade(fact: Fact) -> list[dict[str, Any]]:
    names = {
        "sources": _("独立来源"),
        "best_source": _("来源可靠程度"),
        "definition": _("口径是否写清"),
        "contradiction": _("各处是否一致"),
    }
    return [
        {
            **part,
            "label": names.get(part["name"], part["name"]),
            "why": read(part["why"]["zh"], part["why"]["en"]),
        }
        for part in fact.parts
    ]


def _definition(fact: Fact) -> list[tuple[str, str]]:
    """The definition card: what is told, and what is left open."""
    told = definition_of(fact)
    rows = [
        (_("指标"), indicator_name(fact.indicator) if fact.indicator else _("未归入指标")),
        (_("领域"), area_name(fact.area) or "—"),
        (_("所计"), fact.measure or "—"),
        (_("类型"), kind_name(fact.kind)),
        (_("时间"), period_name(fact.period)),
        (_("地方"), f"{fact.place} {fact.place_code}".strip() or "—"),
        (_("队伍"), fact.party or "—"),
        (_("结对"), pairing_name(fact.pairing)),
    ]
    rows += [(part_name(part), told[part]) for part in PARTS if part in told]
    unsaid = [part_name(part) for part in PARTS if part not in told]
    return [*rows, (_("文中未说"), several(unsaid))] if unsaid else rows


def _apart(actor: Actor, fact: Fact) -> list[dict[str, Any]]:
    """The facts that cannot be compared with this one, with what differs: as reasoning found, then as their cards tell."""
    found: dict[int, dict[str, Any]] = {}
    for finding, others in told_apart(actor, fact):
        parts = [FINDING_PARTS[p] for p in finding.detail.get("differs", ()) if p in FINDING_PARTS]
        why = several(read(p.zh, p.en) for p in parts)
        for row in rows_of(others):
            found.setdefault(row.fact.pk, {"row": row, "why": why, "finding": finding_path(finding.key)})
    for row in rows_of([f for f in beside(actor, fact) if f.pk not in found]):
        parts_apart = differences_of(fact, row.fact)
        why = "；".join(
            _("%(part)s：此处 %(here)s，彼处 %(there)s") % {"part": p, "here": a, "there": b}
            for p, a, b in parts_apart
        )
        found[row.fact.pk] = {
            "row": row,
            "why": why or _("所计的内容用词不同，未能确认是同一件事"),
            "finding": "",
        }
    return list(found.values())
