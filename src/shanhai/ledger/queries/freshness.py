"""Which facts are older than what they are made of: asked after uploads, reviews and filing."""

import datetime

import msgspec
from django.db.models import Max, Q

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry, Pairing, Rebuild, Report, Source
from shanhai.ledger.rights import Right

_MANY = 2_000
"""After so many entries since the oldest rebuilding, every pairing with reports is taken for behind."""


class Behind(msgspec.Struct, frozen=True):
    """A pairing (None: what is filed under none) whose facts are older than its sources, or were never built.

    Attributes:
        pairing: the pairing.
        built: when its facts were built last; None where they never were.
    """

    pairing: Pairing | None
    built: datetime.datetime | None


def behind(actor: Actor, right: Right = Right.READ) -> list[Behind]:
    """The pairings, within those for which the actor has a right, whose facts are behind; what is unfiled last."""
    built = {r.pairing_id: r for r in Rebuild.objects.all()}
    shown: list[Pairing | None] = list(access.pairings(actor, right))
    if actor.may(right):
        shown.append(None)
    known = {p.pk if p else None for p in shown}
    touched = _touched(min((b.entry for k, b in built.items() if k in known), default=0))
    filled = set(
        Source.objects.filter(Q(report__isnull=False)).order_by().values_list("pairing", flat=True).distinct()
    )
    found = []
    for pairing in shown:
        key = pairing.pk if pairing else None
        made = built.get(key)
        if made is None:
            late = key in filled
        else:
            late = touched is None or touched.get(key, 0) > made.entry
        if late:
            found.append(Behind(pairing, made.at if made else None))
    return found


def built_last(actor: Actor) -> datetime.datetime | None:
    """When facts that the actor sees were built last."""
    seen = access.pairings(actor).values("pk")
    mine = Q(pairing__in=seen) | (Q(pairing=None) if actor.may(Right.READ) else Q(pk=None))
    last: datetime.datetime | None = Rebuild.objects.filter(mine).aggregate(at=Max("at"))["at"]
    return last


def _touched(after: int) -> dict[int | None, int] | None:
    """The number of the last entry, of those after a number, that changed a pairing's figures; None where there are too many."""
    entries = list(
        Entry.objects.filter(number__gt=after)
        .filter(
            Q(subject__startswith="source:")
            | Q(subject__startswith="report:")
            | Q(subject__startswith="pairing:")
        )
        .exclude(action__in=("refuse", "receipt"))
        .order_by("number")
        .values_list("number", "action", "subject", "old", "new")[: _MANY + 1]
    )
    if len(entries) > _MANY:
        return None
    named = {subject.partition(":")[2] for _, _, subject, _, _ in entries}
    filed = dict(Source.objects.filter(sha256__in=named).values_list("sha256", "pairing"))
    pairings = dict(Pairing.objects.values_list("key", "pk"))
    found: dict[int | None, int] = {}
    for number, action, subject, old, new in entries:
        kind, _, name = subject.partition(":")
        if kind == "pairing":
            found[pairings.get(name)] = number
        elif action == "file":
            for side in (old, new):
                key = (side or {}).get("pairing")
                found[pairings.get(key) if key else None] = number
        elif name in filed:
            found[filed[name]] = number
    return found


def reports_of(pairing: Pairing | None) -> int:
    """How many reports a rebuilding of a pairing takes in."""
    return Report.objects.filter(source__pairing=pairing).count()
