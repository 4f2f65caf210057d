"""Which facts and findings are older than the newest sources: what was done since they were built, pairing by pairing."""

import datetime

import msgspec

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry, Pairing, Rebuild, Report, Source
from shanhai.ledger.rights import Right

_MOST = 1_000
"""After so many entries that touch sources, every pairing built before them counts as behind."""
_SUBJECTS = ("report:", "source:")
_NO_CHANGE = ("receipt", "refuse")
"""Actions after which the same figures stand."""


class Behind(msgspec.Struct, frozen=True):
    """A pairing (None: what is filed under none) whose facts and findings are older than its newest sources.

    Attributes:
        pairing: the pairing.
        built: when they were built last; None where they never were.
        small: whether it has so few reports that building anew takes seconds.
        may_rebuild: whether the actor may do that.
    """

    pairing: Pairing | None
    built: datetime.datetime | None
    small: bool
    may_rebuild: bool


def behind(actor: Actor, small: int = 60) -> list[Behind]:
    """What lies behind of what the actor may read, in the order of the pairings' keys.

    Args:
        actor: who asks.
        small: with so many reports at most a pairing counts as small.
    """
    seen: dict[int | None, Pairing | None] = {pairing.pk: pairing for pairing in access.pairings(actor)}
    if actor.may(Right.READ, None):
        seen[None] = None
    built = {row.pairing_id: row for row in Rebuild.objects.all()}
    changed = _changed(seen, built)
    if not changed:
        return []
    return [
        Behind(
            seen[one],
            built[one].at if one in built else None,
            len(Report.objects.filter(source__pairing=one).values("pk")[: small + 1]) <= small,
            actor.may(Right.REBUILD, one),
        )
        for one in seen
        if one in changed
    ]


def _changed(seen: dict[int | None, Pairing | None], built: dict[int | None, Rebuild]) -> set[int | None]:
    holding = set(
        Source.objects.filter(report__isnull=False).order_by().values_list("pairing", flat=True).distinct()
    )
    never: set[int | None] = {one for one in seen if one not in built and one in holding}
    asked = {one: built[one].entry for one in seen if one in built}
    if not asked:
        return never
    since = min(asked.values())
    entries: list[tuple[int, str]] = []
    for kind in _SUBJECTS:
        rows = Entry.objects.filter(number__gt=since, subject__startswith=kind).exclude(action__in=_NO_CHANGE)
        entries += rows.order_by("-number").values_list("number", "subject")[:_MOST]
    last: dict[str, int] = {}
    for number, subject in entries:
        named = subject.partition(":")[2]
        last[named] = max(number, last.get(named, 0))
    if len(entries) >= _MOST:
        newest = max(last.values())
        return never | {one for one, entry in asked.items() if entry < newest}
    where = Source.objects.filter(sha256__in=last).values_list("sha256", "pairing")
    late: set[int | None] = {one for sha256, one in where if one in asked and last[sha256] > asked[one]}
    return never | late
