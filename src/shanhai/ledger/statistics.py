"""What a ledger holds, counted."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Max, Min, Sum

from shanhai.ledger.audit import head
from shanhai.ledger.models import (
    STANDING,
    Collection,
    Entry,
    Fact,
    Finding,
    Pairing,
    Promise,
    Receipt,
    Report,
    Review,
    Source,
    Statement,
)


def statistics() -> dict[str, Any]:
    """What the ledger holds: counts, sums and times as JSON takes them, in the order in which they are shown."""
    last = head()
    dates = Report.objects.aggregate(first=Min("date"), last=Max("date"))
    return {
        "sources": Source.objects.count(),
        "bytes": Source.objects.aggregate(all=Sum("size"))["all"] or 0,
        "refused": Source.objects.exclude(fault="").count(),
        "receipts": Receipt.objects.count(),
        "collections": Collection.objects.count(),
        "pairings": Pairing.objects.count(),
        "reports": Report.objects.count(),
        "first_report": dates["first"].isoformat() if dates["first"] else None,
        "last_report": dates["last"].isoformat() if dates["last"] else None,
        "statements": Statement.objects.filter(state__in=STANDING).count(),
        "waiting": Report.objects.aggregate(all=Sum("waiting"))["all"] or 0,
        "by_state": _by(Statement, "state"),
        "by_area": _by(Statement, "area"),
        "reviews": _by(Review, "decision"),
        "facts": _by(Fact, "grade"),
        "findings": _by(Finding, "severity"),
        "promises": _by(Promise, "state"),
        "accounts": get_user_model().objects.count(),
        "entries": Entry.objects.count(),
        "head": last.hash if last else None,
    }


def _by(table: type[Statement | Review | Fact | Finding | Promise], column: str) -> dict[str, int]:
    rows: Any = table._default_manager.order_by(column).values_list(column)
    return {value or "-": number for value, number in rows.annotate(number=Count("pk"))}
