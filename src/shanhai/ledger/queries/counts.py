"""Counts of statements by pairing, kept in memory until an action changes what they count.

Counting a million statements takes longer than a page may. The audit's head says whether anything was done since; of
what was done, its entries name the sources, and only their pairings are counted again. A very large pairing rests
between two countings: its counts may be some seconds old.
"""

import time
from collections import Counter
from collections.abc import Iterable

import msgspec
from django.db.models import Count, Q

from shanhai.ledger.audit import head
from shanhai.ledger.models import STANDING, Entry, Pairing, Source, Statement

_MANY = 500
"""After so many entries everything is counted again."""
_KEEP_FILING = frozenset(
    {
        "read", "read again", "refuse", "receipt", "accept", "correct", "split", "merge", "reject", "add", "undo",
    }
)  # fmt: skip
"""Actions after which a source is filed where it was."""
_NO_STATEMENT = frozenset({"account", "collection", "finding", "upload", "token"})
"""Subjects whose changes touch no statement."""


class Counts(msgspec.Struct):
    """Counts of one pairing's statements.

    Attributes:
        states: by state, background figures left out.
        minor: background figures that stand.
        areas: of those that stand, without background, by area and year.
        places: the same by the place's code.
    """

    states: Counter[str] = msgspec.field(default_factory=Counter)
    minor: int = 0
    areas: Counter[tuple[str, int | None]] = msgspec.field(default_factory=Counter)
    places: Counter[str] = msgspec.field(default_factory=Counter)

    @property
    def all(self) -> int:
        """How many statements were counted."""
        return self.states.total() + self.minor


class _Kept(msgspec.Struct, frozen=True):
    number: int
    hash: str
    at: float
    pairings: dict[int | None, Counts]


_kept: _Kept | None = None
_LARGE, _REST = 100_000, 15
"""So many statements are counted again only after so many seconds."""


def counts_by_pairing() -> dict[int | None, Counts]:
    """The counts of every pairing by its id, of what is filed under none by None. The caller leaves out what is not seen."""
    global _kept
    kept, last = _kept, head()
    pairings = {None, *Pairing.objects.values_list("pk", flat=True)}
    if last is None:
        return {pairing: Counts() for pairing in pairings}
    now = time.monotonic()
    changed = None if kept is None or kept.pairings.keys() != pairings else _changed(kept, last)
    if kept is None or changed is None:
        found = _counted(pairings, Q())
    elif not changed:
        _kept = msgspec.structs.replace(kept, number=last.number, hash=last.hash)
        return kept.pairings
    elif now < kept.at + _REST and sum(kept.pairings[p].all for p in changed) > _LARGE:
        return kept.pairings
    else:
        narrowed = Q(pairing__in=[p for p in changed if p is not None])
        found = kept.pairings | _counted(changed, narrowed | Q(pairing=None) if None in changed else narrowed)
    _kept = _Kept(last.number, last.hash, time.monotonic(), found)
    return found


def _changed(kept: _Kept, last: Entry) -> set[int | None] | None:
    """The pairings whose statements may have changed since; None where that may be all of them."""
    if (kept.number, kept.hash) == (last.number, last.hash):
        return set()
    if (
        last.number - kept.number > _MANY
        or not Entry.objects.filter(number=kept.number, hash=kept.hash).exists()
    ):
        return None
    sources = set()
    for action, subject in Entry.objects.filter(number__gt=kept.number).values_list("action", "subject"):
        kind, _, named = subject.partition(":")
        if kind in _NO_STATEMENT:
            continue
        if kind not in ("source", "report") or action not in _KEEP_FILING:
            return None
        sources.add(named)
    return set(Source.objects.filter(sha256__in=sources).values_list("pairing", flat=True))


def _counted(pairings: Iterable[int | None], narrowed: Q) -> dict[int | None, Counts]:
    found = {pairing: Counts() for pairing in pairings}
    told = Statement.objects.filter(narrowed).order_by()
    cells = told.values_list("pairing", "state", "minor", "area", "year").annotate(n=Count("pk"))
    for pairing, state, minor, area, year, n in cells:
        counts = found[pairing]
        stands = state in STANDING
        if minor:
            counts.minor += n * stands
            continue
        counts.states[state] += n
        if stands:
            counts.areas[area, year] += n
    places = told.filter(state__in=STANDING, minor=False).exclude(place_code="")
    for pairing, code, n in places.values_list("pairing", "place_code").annotate(n=Count("pk")):
        found[pairing].places[code] += n
    return found
