"""What the list of promises asks."""

import datetime
from collections import Counter

import msgspec
from django.db.models import Count, F, Q, QuerySet

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Promise
from shanhai.ledger.queries.narrowing import of_pairing
from shanhai.ledger.queries.paging import SIZE, Page, number_of

UNDATED = "none"
"""Stands in a cursor for promises that name no date; they come last."""


class PromiseFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which promises; what is "" or None does not narrow.

    Attributes:
        pairing: a pairing's key, or ``narrowing.UNFILED``.
        state: as the model has it (``PromiseState``).
        words: what is promised holds all of them.
        due: due by this day.
    """

    pairing: str = ""
    state: str = ""
    words: str = ""
    due: datetime.date | None = None


def promises(actor: Actor, wanted: PromiseFilter, after: str = "", size: int = SIZE) -> Page[Promise]:
    """The promises, those due first at the head, those without a date at the end; with reports (without contents).

    Raises:
        NotThere: the actor sees no such pairing.
        NotPossible: the cursor is none.
    """
    rows = _filtered(actor, wanted)
    if after:
        rows = rows.filter(_beyond(after))
    rows = rows.select_related("pairing", "report__source").defer("report__content")
    found = list(rows.order_by(F("due_by").asc(nulls_last=True), "pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    cursor = f"{last.due_by or UNDATED}~{last.pk}" if last else ""
    return Page(found[:size], cursor)


def by_state(actor: Actor, wanted: PromiseFilter) -> dict[str, int]:
    """How many promises of each state the list has, whichever state is wanted."""
    rows = _filtered(actor, msgspec.structs.replace(wanted, state=""))
    return dict(Counter(dict(rows.order_by().values_list("state").annotate(n=Count("pk")))))


def _filtered(actor: Actor, wanted: PromiseFilter) -> QuerySet[Promise]:
    rows = access.promises(actor).filter(of_pairing(actor, wanted.pairing))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.due:
        rows = rows.filter(due_by__lte=wanted.due)
    for word in wanted.words.split()[:5]:
        rows = rows.filter(what__icontains=word)
    return rows


def _beyond(after: str) -> Q:
    day, _, number = after.partition("~")
    later = Q(pk__gt=number_of(number))
    if day == UNDATED:
        return Q(due_by=None) & later
    try:
        due = datetime.date.fromisoformat(day)
    except ValueError:
        raise NotPossible(
            f"页码“{after[:30]}”无效。请从列表第一页重新开始。",
            f"“{after[:30]}” is no place in this list. Begin at its first page again.",
        ) from None
    return Q(due_by__gt=due) | Q(due_by=None) | (Q(due_by=due) & later)
