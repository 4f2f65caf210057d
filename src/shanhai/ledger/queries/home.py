"""What the home page asks: what needs doing, what came in, counts for the pictures, headline figures."""

import datetime
from collections import Counter
from collections.abc import Hashable, Iterable
from typing import TypeVar

import msgspec
from django.db.models import Count, Min, Q, Sum

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import (
    Fact,
    FactStatement,
    FindingWork,
    Pairing,
    Report,
    Source,
    State,
    Statement,
)
from shanhai.ledger.queries.counts import Counts, counts_by_pairing
from shanhai.ledger.rights import Right

_Key = TypeVar("_Key", bound=Hashable)


class ToDo(msgspec.Struct, frozen=True):
    """What needs doing.

    Attributes:
        waiting: figures that no one has decided about.
        reports: reports that hold such figures.
        findings: those that are not settled, by severity.
        promises: due and not told as kept.
    """

    waiting: int
    reports: int
    findings: dict[str, int]
    promises: int


class Flow(msgspec.Struct, frozen=True):
    """What is told of one pairing: figures that stand, and those of them that wait. ``pairing`` is None for the unfiled."""

    pairing: Pairing | None
    statements: int
    waiting: int


def to_do(actor: Actor, today: datetime.date) -> ToDo:
    """What needs doing within the actor's pairings."""
    waiting = access.reports(actor).filter(waiting__gt=0)
    promises = access.promises(actor).filter(state__in=("open", "due"), due_by__lte=today)
    figures = waiting.aggregate(all=Sum("waiting"))["all"] or 0
    return ToDo(figures, waiting.count(), unsettled(actor), promises.count())


def unsettled(actor: Actor) -> dict[str, int]:
    """The findings that are not settled, by severity."""
    findings = access.findings(actor).order_by()
    counted = Counter(dict(findings.values_list("severity").annotate(n=Count("pk"))))
    settled = FindingWork.objects.filter(settled=True).values("key")
    counted.subtract(dict(findings.filter(key__in=settled).values_list("severity").annotate(n=Count("pk"))))
    return {severity: n for severity, n in counted.items() if n}


def by_state(actor: Actor) -> dict[str, int]:
    """The figures by their state (``State``), background left out."""
    return _summed(c.states for c in _seen(actor).values())


def by_area_and_year(actor: Actor, pairing: int | None = None) -> dict[tuple[str, int | None], int]:
    """The figures that stand by area and year, background left out; of one pairing where its id is given.

    The area is "" and the year None where a figure tells none.
    """
    seen = _seen(actor)
    counts = seen.values() if pairing is None else [seen[pairing]] if pairing in seen else []
    return _summed(c.areas for c in counts)


def by_place(actor: Actor) -> dict[str, int]:
    """The figures that stand by the code of their place, background left out."""
    return _summed(c.places for c in _seen(actor).values())


def by_pairing(actor: Actor) -> list[Flow]:
    """The pairings, in the order of their keys, with what is told of each; last what is filed under none, if anything is."""
    seen = _seen(actor)
    flows = [_flow(pairing, seen[pairing.pk]) for pairing in access.pairings(actor) if pairing.pk in seen]
    unfiled = _flow(None, seen[None]) if None in seen else None
    return [*flows, unfiled] if unfiled and unfiled.statements else flows


def arrived(actor: Actor, most: int = 10) -> list[Source]:
    """The sources received last, each with its report (without its content) and pairing."""
    return list(
        access.sources(actor)
        .select_related("report", "pairing")
        .defer("report__content")
        .order_by("-pk")[:most]
    )


def headlines(actor: Actor, most: int = 8) -> list[Fact]:
    """The facts with the best grade and the most independent sources, indicators known, values agreed."""
    told = access.facts(actor).exclude(Q(indicator="") | Q(closed="clash"))
    return list(told.select_related("pairing").order_by("grade", "-sources", "-pk")[:most])


def first_sentences(facts: Iterable[Fact]) -> dict[int, Statement]:
    """For each of a few facts, by its id, the first statement that supports it, with its report's source."""
    ids = [f.pk for f in facts]
    told = FactStatement.objects.filter(fact__in=ids, supports=True).order_by()
    first = told.values("fact").annotate(first=Min("pk")).values("first")
    rows = FactStatement.objects.filter(pk__in=first).select_related("statement__report__source")
    return {t.fact_id: t.statement for t in rows.defer("statement__report__content")}


def waiting_reports(actor: Actor, most: int = 10) -> list[Report]:
    """The reports received last that hold figures to decide about."""
    waiting = access.reports(actor).filter(waiting__gt=0)
    return list(waiting.select_related("source__pairing").defer("content").order_by("-pk")[:most])


def _flow(pairing: Pairing | None, counts: Counts) -> Flow:
    standing = counts.states[State.OPEN] + counts.states[State.ACCEPTED]
    return Flow(pairing, standing, counts.states[State.OPEN])


def _summed(counters: Iterable[Counter[_Key]]) -> dict[_Key, int]:
    total: Counter[_Key] = Counter()
    for counter in counters:
        total.update(counter)
    return dict(total)


def _seen(actor: Actor) -> dict[int | None, Counts]:
    """The counts of what the actor may read."""
    return {p: counts for p, counts in counts_by_pairing().items() if actor.may(Right.READ, p)}
