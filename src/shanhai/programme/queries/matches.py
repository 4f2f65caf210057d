"""From a record to the claims about it, and from a claim to the records that it speaks of; each asked once a page."""

from collections.abc import Iterable

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import STANDING, Pairing
from shanhai.ledger.rights import Right
from shanhai.programme.models import MatchedRecord, RecordMatch, Result

MOST = 50
"""So many claims about one record are listed."""


class Answer(msgspec.Struct, frozen=True):
    """What the register says to one statement, and records that it stands on; those that explain a difference first."""

    match: RecordMatch
    records: tuple[MatchedRecord, ...]


def matches(actor: Actor) -> QuerySet[RecordMatch]:
    """The verdicts that the actor may see, of statements that stand."""
    found = RecordMatch.objects.filter(statement__state__in=STANDING)
    allowed = actor.pairings(Right.READ)
    return found if allowed is None else found.filter(pairing__in=list(allowed))


def about_record(actor: Actor, pairing: Pairing, kind: str, key: str) -> list[RecordMatch]:
    """The claims about a record, what differs first; of a project, those about its money and activities, too,
    of a target those about its results."""
    which = Q(kind=kind, key=key)
    if kind == "project":
        which |= Q(project=key)
    if kind == "target":
        results = Result.objects.filter(pairing=pairing, target__key=key, withdrawn=False)
        which |= Q(kind="result", key__in=results.values("key"))
    about = MatchedRecord.objects.filter(which, pairing=pairing, match=OuterRef("pk"))
    found = matches(actor).filter(Exists(about), pairing=pairing)
    told = found.select_related("pairing", "statement__report__source").defer("statement__report__content")
    return list(told.order_by("-verdict", "pk")[:MOST])  # unlike, differs, backed, absent


def of_statements(actor: Actor, numbers: Iterable[int]) -> dict[int, Answer]:
    """What the register says to statements, by their ids; for a card of the reading room, or a list."""
    found = matches(actor).filter(statement__in=list(numbers)).select_related("pairing")
    told = {match.pk: match for match in found}
    records: dict[int, list[MatchedRecord]] = {}
    for record in MatchedRecord.objects.filter(match__in=told).order_by("-explains", "pk"):
        kept = records.setdefault(record.match_id, [])
        if len(kept) < MOST:
            kept.append(record)
    return {m.statement_id: Answer(m, tuple(records.get(m.pk, ()))) for m in told.values()}
