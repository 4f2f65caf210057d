"""What the facts' pages ask: lists, one fact with its sentences, series over years, comparison."""

from collections.abc import Sequence

import msgspec
from django.db.models import QuerySet

from shanhai.catalogue.places import load_gazetteer
from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Fact, FactStatement
from shanhai.ledger.queries.narrowing import in_place, of_pairing
from shanhai.ledger.queries.paging import SIZE, Page, Total, page_of, total

MOST_COMPARED = 5
"""So many places or teams are compared at most."""
_MOST_OF_SERIES = 2_000


class FactFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which facts; what is "" or None does not narrow.

    Attributes:
        pairing: a pairing's key, or ``narrowing.UNFILED``.
        place: a place's code; what lies in the place counts.
        party: a team, as it is named.
        area, indicator, unit: as the contract has them.
        since, until: first and last year.
        grade: a letter.
        clash: only those whose statements no value satisfies.
    """

    pairing: str = ""
    place: str = ""
    party: str = ""
    area: str = ""
    indicator: str = ""
    unit: str = ""
    since: int | None = None
    until: int | None = None
    grade: str = ""
    clash: bool = False


class Sentences(msgspec.Struct, frozen=True):
    """The statements for a fact and against it, each with its report (without its content) and source."""

    supporting: Sequence[FactStatement]
    opposing: Sequence[FactStatement]


def facts(actor: Actor, wanted: FactFilter, after: str = "", size: int = SIZE) -> Page[Fact]:
    """The facts pairing by pairing, in each by area, indicator, place, team and year (as ``rebuild`` stores them).

    Raises:
        NotThere: the actor sees no such pairing.
        NotPossible: the cursor is none.
    """
    return page_of(filtered(actor, wanted).select_related("pairing"), after, size)


def number_of_facts(actor: Actor, wanted: FactFilter) -> Total:
    """How many facts the whole list has."""
    return total(filtered(actor, wanted))


def sentences(fact: Fact, most: int = 200) -> Sentences:
    """What is told for and against a fact that the actor was given by ``access.access_fact``; so many of each at most."""
    told = fact.tellings.select_related("statement__report__source").defer("statement__report__content")
    for_it, against = (told.filter(supports=supports).order_by("pk")[:most] for supports in (True, False))
    return Sentences(list(for_it), list(against))


def series(
    actor: Actor, indicator: str, place: str = "", *, party: str = "", pairing: str = ""
) -> list[Fact]:
    """What is known of an indicator over the years, the earliest first.

    The place's former and later codes count as the place (``Gazetteer.series``); other units, kinds and definitions
    are other lines, which the caller parts by ``Fact.unit``, ``kind`` and ``definition``.

    Raises:
        NotThere: the actor sees no such pairing.
    """
    rows = access.facts(actor).filter(of_pairing(actor, pairing), indicator=indicator, year__isnull=False)
    if place:
        rows = rows.filter(place_code__in=codes_of(place))
    if party:
        rows = rows.filter(party=party)
    return list(rows.select_related("pairing").order_by("year", "pk")[:_MOST_OF_SERIES])


def compared(
    actor: Actor, indicator: str, places: Sequence[str] = (), parties: Sequence[str] = ()
) -> dict[str, list[Fact]]:
    """The series of an indicator of up to five places (codes), or teams, by place or team."""
    found = {place: series(actor, indicator, place) for place in places[:MOST_COMPARED]}
    rest = MOST_COMPARED - len(found)
    return found | {party: series(actor, indicator, party=party) for party in parties[:rest]}


def codes_of(place: str) -> tuple[str, ...]:
    """The code of a place with all that its area came from and went to; itself alone where it is unknown."""
    gazetteer = load_gazetteer()
    return gazetteer.series(place) if gazetteer.by_code(place) else (place,)


def filtered(actor: Actor, wanted: FactFilter) -> QuerySet[Fact]:
    """All facts that are wanted, for what is exported."""
    rows = access.facts(actor).filter(of_pairing(actor, wanted.pairing), in_place(wanted.place))
    exact = {
        name: v for name in ("party", "area", "indicator", "unit", "grade") if (v := getattr(wanted, name))
    }
    rows = rows.filter(**exact)
    if wanted.since is not None:
        rows = rows.filter(year__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(year__lte=wanted.until)
    return rows.filter(closed="clash") if wanted.clash else rows
