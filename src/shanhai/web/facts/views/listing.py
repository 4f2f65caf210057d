"""The list of facts."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.ledger.models import Fact
from shanhai.ledger.queries.fact_lists import listed, wanted_facts
from shanhai.ledger.queries.paging import total
from shanhai.web.facts.asking import Asked, asked
from shanhai.web.facts.subjects import address_of, subject_of
from shanhai.web.facts.views.choices import choices
from shanhai.web.facts.wording import (
    amount_of,
    definition_line,
    indicator_name,
    pairing_name,
    period_name,
    place_name,
    thing,
)
from shanhai.web.links import UNFILED, fact_path
from shanhai.web.requests import Request


class Row(msgspec.Struct, frozen=True):
    """One fact as the list tells it; ``chosen`` names it for a comparison, "" where it cannot be compared.
    ``elsewhere`` is its place, where what stands around it does not say it.
    """

    fact: Fact
    path: str
    what: str
    indicator: str
    definition: str
    period: str
    pairing: str
    amount: str
    chosen: str
    series: str
    elsewhere: str = ""


class Head(msgspec.Struct, frozen=True):
    """The head of a column: its label, and by which order it sorts when it is clicked; "" where it does not."""

    label: str
    order: str = ""
    sorted: str = ""
    number: bool = False


def index(request: Request) -> HttpResponse:
    """Facts filtered, sorted, page by page; none while a filter cannot be read."""
    told = asked(request.GET)
    if told.faults:
        return render(request, "facts/index.html", {**_form(told), **choices(request.actor)})
    rows = wanted_facts(request.actor, told.wanted)
    number = total(rows)
    order = "" if number.more else told.order
    page = listed(request.actor, told.wanted, order, request.GET.get("after", ""))
    context = {
        **_form(told),
        "rows": rows_of(page.rows),
        "after": page.after,
        "total": number,
        "heads": _heads(order, sortable=not number.more),
        "unsorted": number.more and told.order,
        "export": _without(request.GET, "after"),
        **choices(request.actor),
    }
    return render(request, "facts/index.html", context)


def _form(told: Asked) -> dict[str, Any]:
    options = [place_name(record.code) for record in told.choices]
    return {"asked": told, "narrowed": any(told.told.values()), "options": options}


def rows_of(facts: Sequence[Fact]) -> list[Row]:
    """Facts as rows of a list."""
    return [_row(fact) for fact in facts]


def _row(fact: Fact) -> Row:
    subject = subject_of(fact)
    key = fact.pairing.key if fact.pairing else None
    indicator = indicator_name(fact.indicator) if fact.indicator else ""
    what = thing(fact)
    return Row(
        fact,
        fact_path(key, fact.key),
        what,
        "" if indicator == what else indicator,
        definition_line(fact),
        period_name(fact.period),
        pairing_name(fact.pairing) if fact.pairing else "",
        amount_of(fact),
        f"{key or UNFILED}/{fact.key}" if subject else "",
        f"{reverse('facts:series')}?{address_of(fact.indicator, [subject])}" if subject else "",
    )


def _heads(order: str, *, sortable: bool) -> list[Head]:
    def head(label: str, name: str = "", first: str = "-", number: bool = False) -> Head:
        if not name or not sortable:
            return Head(label, number=number)
        here = order.removeprefix("-") == name
        turned = f"{'' if order.startswith('-') else '-'}{name}"
        state = ("descending" if order.startswith("-") else "ascending") if here else ""
        return Head(label, turned if here else f"{first}{name}", state, number)

    return [
        head(_("事项")),
        head(_("地方和队伍")),
        head(_("时间"), "year"),
        head(_("数值"), "value", number=True),
        head(_("等级"), "grade", ""),
        head(_("独立来源"), "sources", number=True),
    ]


def _without(address: QueryDict, *names: str) -> str:
    kept = address.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()
