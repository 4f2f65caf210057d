"""From a record to the claims about it, and from a claim to the records that it speaks of; each asked once a page."""

from collections.abc import Iterable

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import STANDING, Entry, Finding, Pairing, Statement
from shanhai.ledger.rights import Right
from shanhai.model import Code
from shanhai.programme.kinds import KINDS
from shanhai.programme.matching.register import kept
from shanhai.programme.models import MatchBuild, MatchedRecord, RecordMatch, Result

MOST = 50
"""So many claims about one record are listed."""


_MANY = 2_000
"""After so many entries since the oldest holding, every pairing that has been held is taken for changed."""


class Answer(msgspec.Struct, frozen=True):
    """What the register says to one statement, and records that it stands on; those that explain a difference first."""

    match: RecordMatch
    records: tuple[MatchedRecord, ...]


def matches(actor: Actor) -> QuerySet[RecordMatch]:
    """The verdicts that the actor may see, of statements that stand."""
    found = RecordMatch.objects.filter(statement__state__in=STANDING)
    allowed = actor.pairings(Right.READ)
    return found if allowed is None else found.filter(pairing__in=list(allowed))


def behind(actor: Actor, right: Right = Right.READ, *, only: Pairing | None = None) -> list[Pairing]:
    """The pairings, within those for which the actor has a right, whose claims were held against the register before it was
    changed last, or never.

    Args:
        actor: who asks.
        right: for which right.
        only: the one pairing that is asked about; None for all.
    """
    shown = [only] if only else list(access.pairings(actor, right))
    built = dict(MatchBuild.objects.filter(pairing__in=shown).values_list("pairing", "entry"))
    touched = _touched(min(built.values())) if built else {}
    changed = [
        p.pk for p in shown if p.pk in built and (touched is None or touched.get(p.key, 0) > built[p.pk])
    ]
    never = [p.pk for p in shown if p.pk not in built]
    if not changed and not never:
        return []
    told = Exists(Statement.objects.filter(pairing=OuterRef("pk"), state__in=STANDING))
    late = kept(Pairing.objects.filter(pk__in=never)).values("pk")
    return list(Pairing.objects.filter(Q(pk__in=changed) | Q(pk__in=late), told).order_by("key"))


def _touched(since: int) -> dict[str, int] | None:
    """By the key of a pairing the last entry about its register; None after very many."""
    entries = Entry.objects.filter(number__gt=since).order_by("number").values_list("number", "subject")
    told = list(entries[: _MANY + 1])
    if len(told) > _MANY:
        return None
    found: dict[str, int] = {}
    for number, subject in told:
        kind, _, rest = subject.partition(":")
        if kind in KINDS or kind == "register":
            found[rest.partition("/")[0]] = number
    return found


def _about(actor: Actor, pairing: Pairing, kind: str, key: str) -> QuerySet[RecordMatch]:
    which = Q(kind=kind, key=key)
    if kind == "project":
        which |= Q(project=key)
    if kind == "target":
        results = Result.objects.filter(pairing=pairing, target__key=key, withdrawn=False)
        which |= Q(kind="result", key__in=results.values("key"))
    about = MatchedRecord.objects.filter(which, pairing=pairing, match=OuterRef("pk"))
    return matches(actor).filter(Exists(about), pairing=pairing)


def about_record(actor: Actor, pairing: Pairing, kind: str, key: str) -> list[RecordMatch]:
    """The claims about a record, what differs first; of a project, those about its money and activities, too,
    of a target those about its results."""
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
