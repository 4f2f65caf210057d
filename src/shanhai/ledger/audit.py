"""The audit's chain: each entry holds the hash of the one before it."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry
from shanhai.ledger.seals import sealed
from shanhai.ledger.turns import Turn, take


def record(
    actor: Actor,
    action: str,
    subject: str,
    *,
    at: datetime.datetime,
    old: Any = None,
    new: Any = None,
    why: str = "",
    touched: Iterable[str] = (),
) -> Entry:
    """Append an entry. It belongs into the transaction of what it tells of, as its last write: it seals what stands then.

    Args:
        actor: who acted.
        action: the action's name.
        subject: what it was done to, such as ``source:SHA256``.
        at: when.
        old, new: what changed, as JSON takes it.
        why: the reason given.
        touched: what else the action changed, named like ``subject``.
    """
    take(Turn.AUDIT)
    last = Entry.objects.order_by("-number").only("number", "hash").first()
    entry = Entry(
        number=last.number + 1 if last else 1,
        at=at,
        by=actor.name,
        action=action,
        subject=subject,
        old=old,
        new=new,
        why=why,
        seals=sealed((subject, *touched)),
        previous=last.hash if last else "",
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def hash_of(entry: Entry) -> str:
    """The hash that an entry must have: of all its fields, the hash of the entry before it among them."""
    told = [
        entry.number,
        entry.at.astimezone(datetime.UTC).isoformat(),
        entry.by,
        entry.action,
        entry.subject,
        entry.old,
        entry.new,
        entry.why,
        entry.seals,
        entry.previous,
    ]
    line = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def head() -> Entry | None:
    """The last entry: its number and hash stand for all that was ever done."""
    return Entry.objects.order_by("-number").first()
