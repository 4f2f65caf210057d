"""What was done to a record, from the audit: the entries about it alone, and those about many among which it is."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import msgspec
from django.db import connection
from django.db.models import F, Func, JSONField, QuerySet, Value
from django.db.models.fields.json import KeyTransform

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry, Pairing
from shanhai.programme.keeping import subject_of
from shanhai.programme.kinds import Kind
from shanhai.programme.models import Record

MOST = 50
_BATCHES = 20
_LOOKED_FOR = 100
_BESIDE = frozenset({"attach", "take out attachment", "put back attachment"})
"""Actions that leave the record's own fields, and so its revision, as they were."""


class Done(msgspec.Struct, frozen=True):
    """One thing that was done to a record.

    Attributes:
        number: of the entry.
        at, by, action, why: as the entry tells.
        old: what stood in the fields that changed; None where the record was new.
        new: what stands in them since.
        undoes: the number of the entry that it takes back; 0 where it takes none back.
        version: the number of the plan's version that it is about; 0 where it is about the record alone.
        state: what became of that version.
    """

    number: int
    at: datetime.datetime
    by: str
    action: str
    why: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any]
    undoes: int = 0
    version: int = 0
    state: str = ""


class History(msgspec.Struct, frozen=True):
    """What was done to a record, the last first; ``more`` tells that the audit holds more than is looked at here."""

    done: tuple[Done, ...]
    more: bool


def history(kind: Kind, record: Record) -> History:
    """What was done to a record. Who may see the record may see it; who calls this has asked the gate."""
    subject = subject_of(kind.name, record.pairing.key, record.key)
    own = list(Entry.objects.filter(subject=subject).order_by("-number")[: MOST + 1])
    done = [_done(entry, *_told(entry), _undoes(entry)) for entry in own[:MOST]]
    told = _changes(done)
    if len(own) <= MOST and told < record.revision:  # the rest was done to many at once
        of_many = Entry.objects.filter(subject=f"register:{record.pairing.key}/{kind.name}")
        last = list(of_many.order_by("-number").values_list("number", flat=True)[:_BATCHES])
        done += _among(of_many.filter(number__in=last), subject, record.key)
    done.sort(key=lambda one: -one.number)
    return History(tuple(done[:MOST]), len(own) > MOST or _changes(done) < record.revision)


def last_entry(actor: Actor, kind: Kind, pairing: Pairing, keys: Iterable[str]) -> int:
    """The number of the entry with which the actor last changed these records, one or several together; 0 for none."""
    own = [subject_of(kind.name, pairing.key, key) for key in islice(keys, _LOOKED_FOR)]
    subjects = [*own, f"register:{pairing.key}/{kind.name}"] if len(own) > 1 else own
    found = Entry.objects.filter(subject__in=subjects, by=actor.name).order_by("-number")
    return found.values_list("number", flat=True).first() or 0


def _among(entries: QuerySet[Entry], subject: str, key: str) -> Iterator[Done]:
    """What entries about many records tell of one."""
    if set(key) & set('"\\'):  # paths into JSON cannot tell these: all of the entries is read
        for entry in entries:
            old, new = _told(entry)
            if new.get(key) is not None:
                yield _done(entry, (old or {}).get(key), new[key], _undoes(entry))
        return
    found: Any = entries.filter(seals__has_key=subject).defer("old", "new", "seals")
    marked = found.annotate(
        was=_of("old", key),
        now=_of("new", key),
        was_undone=_of("old", "was", key),
        now_undone=_of("new", "is", key),
        undoes=KeyTransform("undoes", "new"),
    )
    for entry in marked:
        is_undo = entry.action == "undo"
        old, new = (entry.was_undone, entry.now_undone) if is_undo else (entry.was, entry.now)
        if new is not None:
            yield _done(entry, old, new, entry.undoes if is_undo else 0)


def _of(column: str, *keys: str) -> Func:
    """What a column says of one record; the rest, which may be of a hundred thousand, is not read."""
    if connection.vendor == "sqlite":
        path = Value("$" + "".join("." + json.dumps(key, ensure_ascii=False) for key in keys))
        return Func(F(column), path, function="JSON_EXTRACT", output_field=JSONField())
    return Func(F(column), *map(Value, keys), function="jsonb_extract_path", output_field=JSONField())


def _changes(done: list[Done]) -> int:
    return sum(1 for one in done if one.action not in _BESIDE and (one.new or not one.version))


def _told(entry: Entry) -> tuple[Any, Any]:
    """What an entry tells as before and after; of one that takes another back, without which one that was."""
    old: Any = entry.old
    new: Any = entry.new or {}
    if entry.action == "undo" and "is" in new:
        return (old or {}).get("was"), new["is"]
    return old, new


def _undoes(entry: Entry) -> int:
    told: Any = entry.new
    return told["undoes"] if entry.action == "undo" else 0


def _done(entry: Entry, old: Any, new: Any, undoes: int) -> Done:
    version, state = 0, ""
    if entry.subject.startswith("project:") and "version" in new:  # a decision about its plan
        version, state = new["version"], new["state"]
        old, new = (old or {}).get("fields", {}), new.get("fields", {})
    return Done(
        entry.number,
        entry.at,
        entry.by,
        entry.action,
        entry.why,
        old if isinstance(old, dict) else None,
        new if isinstance(new, dict) else {},
        undoes,
        version,
        state,
    )
