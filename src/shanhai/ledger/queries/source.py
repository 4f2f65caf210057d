"""What the page of one source asks, and what the list says of each: receipts, copies, figures by state, findings."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec
from django.db.models import Count

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import (
    Collection,
    FactStatement,
    Finding,
    FindingStatement,
    Receipt,
    Report,
    Source,
    State,
)

_MOST_TELLINGS = 20_000


class Figures(msgspec.Struct, frozen=True):
    """How many figures of a report are in each state, background left out; and how many are background."""

    states: dict[str, int]
    minor: int


def receipts(sources: Iterable[Source]) -> dict[int, list[Receipt]]:
    """How sources came that the actor was given by ``access``, by their ids, the first first."""
    found: dict[int, list[Receipt]] = defaultdict(list)
    for receipt in Receipt.objects.filter(source__in=[s.pk for s in sources]).order_by("pk"):
        found[receipt.source_id].append(receipt)
    return found


def copies(actor: Actor, reports: Iterable[Report]) -> dict[int, Report]:
    """Of reports (by their ids) that reasoning took for copies of one release: the report that it took for the first.

    A fact names its independent sources, of copies the first. Where it has one only, and that is not the report that
    tells the fact, the report is a copy of it. Nothing is known of what came after the last rebuilding.
    """
    docs = {r.pk: r.doc for r in reports}
    told = FactStatement.objects.filter(statement__report__in=docs, supports=True, fact__sources=1)
    pairs = told.order_by().values_list("statement__report", "fact__releases").distinct()[:_MOST_TELLINGS]
    first = {pk: named[0] for pk, named in pairs if named and named[0] != docs[pk]}
    rows = access.reports(actor).filter(doc__in=set(first.values())).select_related("source")
    by_doc = {r.doc: r for r in rows.defer("content")}
    return {pk: by_doc[doc] for pk, doc in first.items() if doc in by_doc}


def figures(actor: Actor, report: Report) -> Figures:
    """A report's figures by state."""
    rows = access.statements(actor).filter(report=report).order_by()
    states: dict[str, int] = dict.fromkeys((s.value for s in State), 0)
    minor = 0
    for state, background, n in rows.values_list("state", "minor").annotate(n=Count("pk")):
        if background:
            minor += n if state in (State.OPEN, State.ACCEPTED) else 0
        else:
            states[state] += n
    return Figures(states, minor)


def findings(actor: Actor, report: Report, most: int = 20) -> list[Finding]:
    """What reasoning found about a report, errors first."""
    about = access.findings(actor).filter(
        pk__in=FindingStatement.objects.filter(report=report).values("finding")
    )
    found: list[Finding] = []
    for severity in ("error", "warning", "info"):
        found += about.filter(severity=severity).order_by("pk")[: most - len(found)]
    return found


def collections_of(actor: Actor, source: Source) -> list[Collection]:
    """The collections that a source is in."""
    return list(access.collections(actor).filter(sources=source).order_by("name", "key"))
