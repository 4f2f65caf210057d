"""Changes tried without keeping any of them: what they would do, and what is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
from django.db import transaction

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.ledger.moment import one_moment
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.actions.changes import Changes
from shanhai.programme.actions.drafts import Refused, Told, draft_of, found_in
from shanhai.programme.kinds import Kind, Problem
from shanhai.programme.models import Record


class Tried(msgspec.Struct, frozen=True):
    """What a change would do.

    Attributes:
        old: what it would alter, as it stands; None for a new record.
        new: what would stand there; empty where nothing would alter.
        revision: of the record as it stands; 0 where there is none.
        problems: why it cannot be done.
        record: as it would be; None where it cannot.
    """

    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] = msgspec.field(default_factory=dict)
    revision: int = 0
    problems: tuple[Problem, ...] = ()
    record: Record | None = None


class Trial:
    """Changes that are tried one after another; each finds those before it.

    Attributes:
        changes: what would be written.
    """

    def __init__(self, changes: Changes) -> None:
        self.changes = changes

    def put(self, told: Told, unread: Iterable[str] = (), *, is_new: bool = False) -> Tried:
        """Try one.

        Args:
            told: the record; its number must be there.
            unread: fields of which something was told that cannot be read: nothing is said of them here, and the record
                is not tried.
            is_new: no record has its number; it is only quicker.
        """
        changes = self.changes
        if is_new:
            changes.stored.setdefault(told.key, None)
        before = changes.before_of(told.key)
        revision = before.revision if before else 0
        if unread := set(unread):
            draft = draft_of(changes.kind, changes.pairing, told, before)
            found = tuple(p for p in found_in(changes.kind, draft, told) if p.field not in unread)
            return Tried(revision=revision, problems=found)
        try:
            record = changes.put(told)
        except Refused as refused:
            return Tried(revision=revision, problems=refused.problems)
        return Tried(changes.old.get(told.key), changes.new.get(told.key, {}), revision, record=record)


@contextmanager
def trial(
    kind: Kind, pairing: Pairing, *, actor: Actor, keys: Iterable[str] = (), at_once: bool = True
) -> Iterator[Trial]:
    """Try changes without keeping any of them.

    Args:
        kind, pairing: of the records.
        actor: who would make them.
        keys: their numbers, asked for together; it is only quicker.
        at_once: each is written before the next is tried, and all is taken back (``asks_its_own``): others who write
            wait meanwhile. Where it need not be, nothing is written and nobody waits.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
    """
    actor.require(Right.RECORD, pairing.pk)
    if not at_once:
        with one_moment():
            yield Trial(Changes(kind, pairing, keys, at_once=False, locked=False))
        return
    with transaction.atomic():
        take(Turn.REGISTER)
        try:
            yield Trial(Changes(kind, pairing, keys))
        finally:
            transaction.set_rollback(True)
