"""What was done to a record, from the audit: the entries about it alone, and those about many among which it is."""

import datetime
from collections.abc import Mapping
from typing import Any

import msgspec

from shanhai.ledger.models import Entry
from shanhai.programme.keeping import subject_of
from shanhai.programme.kinds import Kind
from shanhai.programme.models import Record

MOST = 50
_BATCHES = 20
_BESIDE = frozenset({"attach", "take out attachment", "put back attachment"})
"""Actions that leave the record's own fields, and so its revision, as they were."""


class Done(msgspec.Struct, frozen=True):
    """One thing that was done to a record.

    Attributes:
        number: of the entry.
        at, by, action, why: as the entry tells.
        old: what stood in the fields that changed; None where the record was new.
        new: what stands in them since.
    """

    number: int
    at: datetime.datetime
    by: str
    action: str
    why: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any]


class History(msgspec.Struct, frozen=True):
    """What was done to a record, the last first; ``more`` tells that the audit holds more than is looked at here."""

    done: tuple[Done, ...]
    more: bool


def history(kind: Kind, record: Record) -> History:
    """What was done to a record. Who may see the record may see it; who calls this has asked the gate."""
    subject = subject_of(kind.name, record.pairing.key, record.key)
    own = list(Entry.objects.filter(subject=subject).order_by("-number")[: MOST + 1])
    done = [_done(entry, entry.old, entry.new) for entry in own[:MOST]]
    told = _changes(done)
    if len(own) <= MOST and told < record.revision:  # the rest was done to many at once
        of_many = Entry.objects.filter(subject=f"register:{record.pairing.key}/{kind.name}")
        last = list(of_many.order_by("-number").values_list("number", flat=True)[:_BATCHES])
        for entry in of_many.filter(number__in=last, seals__has_key=subject):
            new = (entry.new or {}).get(record.key)
            if new is not None:
                done.append(_done(entry, (entry.old or {}).get(record.key), new))
    done.sort(key=lambda one: -one.number)
    return History(tuple(done[:MOST]), len(own) > MOST or _changes(done) < record.revision)


def _changes(done: list[Done]) -> int:
    return sum(1 for one in done if one.action not in _BESIDE)


def _done(entry: Entry, old: Any, new: Any) -> Done:
    return Done(
        entry.number,
        entry.at,
        entry.by,
        entry.action,
        entry.why,
        old if isinstance(old, dict) else None,
        new if isinstance(new, dict) else {},
    )
