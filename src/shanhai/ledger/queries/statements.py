"""What lists of figures ask, over all reports."""

import msgspec
from django.db.models import QuerySet

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import STANDING, Statement
from shanhai.ledger.queries.narrowing import in_place, of_pairing
from shanhai.ledger.queries.paging import SIZE, Page, Total, page_of, total


class StatementFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which figures; what is "" or None does not narrow.

    Attributes:
        pairing: a pairing's key, or ``narrowing.UNFILED``.
        source: a source's sha256.
        area, indicator, unit, status: as the contract has them.
        place: a place's code; what lies in the place counts.
        since, until: first and last year.
        state: one state; those that stand where "".
        minor: whether background figures are wanted too.
    """

    pairing: str = ""
    source: str = ""
    area: str = ""
    indicator: str = ""
    unit: str = ""
    status: str = ""
    place: str = ""
    since: int | None = None
    until: int | None = None
    state: str = ""
    minor: bool = True


def statements(actor: Actor, wanted: StatementFilter, after: str = "", size: int = SIZE) -> Page[Statement]:
    """The figures in the order in which they were stored, each with its report (without its content).

    Raises:
        NotThere: the actor sees no such pairing.
        NotPossible: the cursor is none.
    """
    # The ids first: joined at once, SQLite walks the reports and sorts all their figures.
    page = page_of(_filtered(actor, wanted).only("pk"), after, size)
    rows = access.statements(actor).filter(pk__in=[row.pk for row in page.rows]).order_by("pk")
    rows = rows.select_related("report__source", "review", "pairing").defer("report__content")
    return Page(list(rows.prefetch_related("superseded_by")), page.after)


def number_of_statements(actor: Actor, wanted: StatementFilter) -> Total:
    """How many figures the whole list has."""
    return total(_filtered(actor, wanted))


def _filtered(actor: Actor, wanted: StatementFilter) -> QuerySet[Statement]:
    rows = access.statements(actor).filter(of_pairing(actor, wanted.pairing), in_place(wanted.place))
    rows = rows.filter(state=wanted.state) if wanted.state else rows.filter(state__in=STANDING)
    exact = {
        name: value for name in ("area", "indicator", "unit", "status") if (value := getattr(wanted, name))
    }
    rows = rows.filter(**exact)
    if wanted.source:
        rows = rows.filter(report__source__sha256=wanted.source)
    if wanted.since is not None:
        rows = rows.filter(year__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(year__lte=wanted.until)
    return rows if wanted.minor else rows.filter(minor=False)
