"""What registers hold: counts by pairing and kind, and the last changes."""

import datetime
from collections.abc import Sequence

import msgspec
from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry, Pairing
from shanhai.programme import access
from shanhai.programme.kinds import Kind
from shanhai.programme.models import Flow, MoneyEvent, Project

LATEST = 2_000
"""So many of the last entries of the audit are looked at for the last change of each kind."""


class Changed(msgspec.Struct, frozen=True):
    """The last change of a kind's records: when and by whom."""

    at: datetime.datetime
    by: str


def kept(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Those of the pairings whose register has projects."""
    return pairings.filter(Exists(Project.objects.filter(pairing=OuterRef("pk"), withdrawn=False)))


def counts(actor: Actor, pairings: Sequence[Pairing]) -> dict[int, dict[str, int]]:
    """How many records stand, by the pairing's id and the kind's name; only of kinds that the actor may see there.

    One query a kind, whatever they hold: money is counted from its sums by month.
    """
    ids = [pairing.pk for pairing in pairings]
    found: dict[int, dict[str, int]] = {pk: {} for pk in ids}
    for kind in access.kinds(actor):
        for pairing, number in _counted(actor, kind, ids):
            found[pairing][kind.name] = number
    return found


def _counted(actor: Actor, kind: Kind, pairings: Sequence[int]) -> list[tuple[int, int]]:
    if kind.model is MoneyEvent:
        flows = Flow.objects.filter(pairing__in=pairings).order_by().values_list("pairing")
        return list(flows.annotate(Sum("events")))
    standing = access.records(actor, kind).filter(pairing__in=pairings)
    return list(standing.order_by().values_list("pairing").annotate(Count("pk")))


def last_changes(pairing: Pairing) -> dict[str, Changed]:
    """The last change of each kind's records in a pairing, as far back as ``LATEST`` entries of the audit."""
    head = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    told = Entry.objects.filter(number__gt=head - LATEST, subject__contains=f":{pairing.key}/")
    found: dict[str, Changed] = {}
    for subject, at, by in told.order_by("-number").values_list("subject", "at", "by"):
        kind, _, rest = subject.partition(":")
        of, _, name = rest.partition("/")
        if of == pairing.key:
            found.setdefault(name if kind == "register" else kind, Changed(at, by))
    return found
