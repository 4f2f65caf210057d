"""What the search asks."""

from collections.abc import Sequence

from django.db.models import Count, Q

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Finding, Report, Source, Statement
from shanhai.ledger.queries.narrowing import in_place
from shanhai.ledger.queries.paging import SIZE, Page, Total, page_of, total
from shanhai.ledger.rights import Right
from shanhai.ledger.search import MOST, found

_MOST_WORDS = 8
_SHA256 = 64


def reports(actor: Actor, query: str, after: str = "", size: int = SIZE) -> tuple[Page[Report], Total]:
    """The reports that hold all words of a query, the last received first (without contents), and how many.

    A query without a word finds nothing. Of more than ``search.MOST`` that the actor may see the last received are given.

    Raises:
        NotPossible: the cursor is none.
    """
    seen = access.reports(actor)
    numbers = found(query, among=None if actor.pairings(Right.READ) is None else seen)
    if not numbers:
        return Page(()), Total(0)
    rows = seen.filter(pk__in=numbers)
    page = page_of(rows.select_related("source__pairing").defer("content"), after, size, newest=True)
    return page, Total(rows.count(), len(numbers) >= MOST)


def reports_titled(actor: Actor, query: str, after: str = "", size: int = SIZE) -> tuple[Page[Report], Total]:
    """The reports whose title, name or publisher holds all words of a query, the last received first, and how many.

    Raises:
        NotPossible: the cursor is none.
    """
    words = query.split()[:_MOST_WORDS]
    if not words:
        return Page(()), Total(0)
    rows = access.reports(actor)
    for word in words:
        rows = rows.filter(Q(title__icontains=word) | Q(doc__icontains=word) | Q(publisher__icontains=word))
    page = page_of(rows.select_related("source__pairing").defer("content"), after, size, newest=True)
    return page, total(rows)


def facts_by_indicator(actor: Actor, indicators: Sequence[str]) -> dict[str, int]:
    """How many facts there are of each indicator."""
    rows = access.facts(actor).filter(indicator__in=indicators).order_by()
    return dict(rows.values_list("indicator").annotate(n=Count("pk")))


def facts_in_places(actor: Actor, codes: Sequence[str]) -> dict[str, Total]:
    """How many facts there are of each place with all that lies in it."""
    return {code: total(access.facts(actor).filter(in_place(code)), 1_000) for code in codes}


def with_key(actor: Actor, code: str) -> Statement | Finding | Source | None:
    """The figure, finding or source that a key means, if the actor may see it: 32 letters and digits, or a sha256."""
    if len(code) == _SHA256:
        return access.sources(actor).filter(sha256=code).first()
    figure = (
        access.statements(actor).filter(key=code).select_related("report__source").defer("report__content")
    )
    return figure.first() or access.findings(actor).filter(key=code).first()
