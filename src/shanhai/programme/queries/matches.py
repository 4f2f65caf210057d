"""From a record to the claims about it, and from a claim to the records that it speaks of; each asked once a page."""

from collections.abc import Iterable

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import STANDING, Finding, Pairing
from shanhai.ledger.rights import Right
from shanhai.model import Code
from shanhai.programme.models import MatchedRecord, RecordMatch

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


def _about(actor: Actor, pairing: Pairing, kind: str, key: str) -> QuerySet[RecordMatch]:
    which = Q(kind=kind, key=key)
    if kind == "project":
        which |= Q(project=key)
    about = MatchedRecord.objects.filter(which, pairing=pairing, match=OuterRef("pk"))
    return matches(actor).filter(Exists(about), pairing=pairing)


def about_record(actor: Actor, pairing: Pairing, kind: str, key: str) -> list[RecordMatch]:
    """The claims about a record, what differs first; of a project, those about its money and activities, too."""
    found = _about(actor, pairing, kind, key)
    told = found.select_related("pairing", "statement__report__source").defer("statement__report__content")
    return list(told.order_by("-verdict", "pk")[:MOST])  # unlike, differs, backed, absent


def findings_about_record(
    actor: Actor, pairing: Pairing, kind: str, key: str, most: int = 20
) -> list[Finding]:
    """The findings about claims about a record; that two figures cannot be compared is left out."""
    statements = _about(actor, pairing, kind, key).values("statement")
    found = access.findings(actor).filter(cited__statement__in=statements)
    return list(found.exclude(code=Code.NOT_COMPARABLE).distinct().order_by("pk")[:most])


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
