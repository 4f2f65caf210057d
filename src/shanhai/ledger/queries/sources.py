"""What the list of sources asks."""

import datetime

import msgspec
from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet
from django.utils import timezone

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Receipt, Source
from shanhai.ledger.queries.narrowing import of_pairing
from shanhai.ledger.queries.paging import SIZE, Page, Total, page_of, total


class SourceFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which sources; what is "" or None does not narrow.

    Attributes:
        pairing: a pairing's key, or ``narrowing.UNFILED``.
        collection: a collection's key.
        words: stand in the file's name, the report's title or its publisher.
        publisher: stands in the publisher's name.
        publisher_kind: as the catalogue names it.
        since, until: first and last date of the report.
        by: who sent it.
        received_since, received_until: first and last day on which it came.
        state: waiting (holds figures to decide about), done (holds none), refused (nothing could be read).
    """

    pairing: str = ""
    collection: str = ""
    words: str = ""
    publisher: str = ""
    publisher_kind: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    by: str = ""
    received_since: datetime.date | None = None
    received_until: datetime.date | None = None
    state: str = ""


_BEFORE_ALL = datetime.date(1900, 1, 1)
_STATES = {
    "waiting": Q(report__waiting__gt=0),
    "done": Q(report__waiting=0),
    "refused": Q(report=None),
}
STATES = tuple(_STATES)
"""What ``SourceFilter.state`` takes."""

_ORDERS: dict[str, tuple[OrderBy | str, ...]] = {
    "-received": ("-pk",),
    "received": ("pk",),
    "-date": (F("report__date").desc(nulls_last=True), "-pk"),
    "date": (F("report__date").asc(nulls_last=True), "pk"),
    "-figures": (F("report__statements").desc(nulls_last=True), "-pk"),
    "figures": (F("report__statements").asc(nulls_last=True), "pk"),
    "-waiting": (F("report__waiting").desc(nulls_last=True), "-pk"),
    "waiting": (F("report__waiting").asc(nulls_last=True), "pk"),
}
ORDERS = tuple(_ORDERS)
"""What ``ordered`` takes; with a hyphen the last or the most come first."""


def sources(actor: Actor, wanted: SourceFilter, after: str = "", size: int = SIZE) -> Page[Source]:
    """The sources, the last received first, each with its report (without its content) and pairing.

    Raises:
        NotThere: the actor sees no such pairing.
        NotPossible: the cursor is none.
    """
    rows = _filtered(actor, wanted).select_related("report", "pairing").defer("report__content")
    return page_of(rows, after, size, newest=True)


def ordered(actor: Actor, wanted: SourceFilter, order: str = ORDERS[0]) -> QuerySet[Source]:
    """The whole list in an order, for numbered pages; each with its report (without its content) and pairing.

    Raises:
        NotThere: the actor sees no such pairing.
    """
    rows = _filtered(actor, wanted).select_related("report", "pairing").defer("report__content")
    return rows.order_by(*_ORDERS.get(order, _ORDERS[ORDERS[0]]))


def number_of_sources(actor: Actor, wanted: SourceFilter) -> Total:
    """How many sources the whole list has."""
    return total(_filtered(actor, wanted))


def _filtered(actor: Actor, wanted: SourceFilter) -> QuerySet[Source]:
    rows = access.sources(actor).filter(of_pairing(actor, wanted.pairing))
    if wanted.collection:
        rows = rows.filter(collections__key=wanted.collection)
    if wanted.publisher_kind:
        rows = rows.filter(report__publisher_kind=wanted.publisher_kind)
    if wanted.since:
        rows = rows.filter(report__date__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(report__date__lte=wanted.until)
    if wanted.publisher:
        rows = rows.filter(report__publisher__icontains=wanted.publisher)
    if received := _received(wanted):
        rows = rows.filter(Exists(Receipt.objects.filter(received, source=OuterRef("pk"))))
    if wanted.state:
        rows = rows.filter(_STATES.get(wanted.state, Q(pk=None)))
    for word in wanted.words.split():
        told = Q(name__icontains=word) | Q(report__title__icontains=word)
        rows = rows.filter(told | Q(report__publisher__icontains=word))
    return rows


def _received(wanted: SourceFilter) -> Q:
    """What one receipt must be: by whom and when."""
    found = Q(by=wanted.by) if wanted.by else Q()
    if wanted.received_since:
        found &= Q(at__gte=_midnight(wanted.received_since))
    if wanted.received_until and wanted.received_until < datetime.date.max:
        found &= Q(at__lt=_midnight(wanted.received_until + datetime.timedelta(1)))
    return found


def _midnight(day: datetime.date) -> datetime.datetime:
    day = max(day, _BEFORE_ALL)  # no clock can be set to the first days that a calendar has
    return datetime.datetime.combine(day, datetime.time(), timezone.get_current_timezone())
