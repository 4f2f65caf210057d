"""What was done to a record, from the audit: the entries about it alone, and those about many among which it is."""

import datetime
import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from django.db import connection
from django.db.models import F, Func, JSONField, QuerySet, Value

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
        done += _among(of_many.filter(number__in=last), subject, record.key)
    done.sort(key=lambda one: -one.number)
    return History(tuple(done[:MOST]), len(own) > MOST or _changes(done) < record.revision)


def _among(entries: QuerySet[Entry], subject: str, key: str) -> Iterator[Done]:
    """What entries about many records tell of one."""
    if set(key) & set('"\\'):  # paths into JSON cannot tell these: all of the entries is read
        told = [(e, (e.old or {}).get(key), (e.new or {}).get(key)) for e in entries]
    else:
        found = entries.filter(seals__has_key=subject).defer("old", "new", "seals")
        marked: Any = found.annotate(was=_of("old", key), now=_of("new", key))
        told = [(e, e.was, e.now) for e in marked]
    return (_done(entry, old, new) for entry, old, new in told if new is not None)


def _of(column: str, key: str) -> Func:
    """What a column says of one record; the rest, which may be of a hundred thousand, is not read."""
    if connection.vendor == "sqlite":
        path = Value("$." + json.dumps(key, ensure_ascii=False))
        return Func(F(column), path, function="JSON_EXTRACT", output_field=JSONField())
    return Func(F(column), Value(key), function="jsonb_extract_path", output_field=JSONField())


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
