"""Records are made, changed, withdrawn and brought back. One transaction, one entry in the audit, derived rows with it.

All problems of a record are told together. What was there stays when anything is refused.
"""

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.actions.changes import Changes, asks_its_own, state_of
from shanhai.programme.actions.drafts import EVIDENCE, RESERVED, Refused, Told, draft_of, found_in
from shanhai.programme.actions.finding import context_of, finder
from shanhai.programme.kinds import Kind, Problem
from shanhai.programme.models import Record

__all__ = [
    "EVIDENCE",
    "RESERVED",
    "Changes",
    "Refused",
    "Told",
    "bring_back",
    "context_of",
    "finder",
    "problems_of",
    "put",
    "put_all",
    "state_of",
    "withdraw",
]


@transaction.atomic
def put(
    kind: Kind,
    pairing: Pairing,
    told: Told,
    *,
    actor: Actor,
    why: str = "",
    at: datetime.datetime | None = None,
) -> Record:
    """Make a record, or change the one of that number.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        Refused: something in it cannot be.
        Conflict: someone changed it after it was seen.
    """
    return put_all(kind, pairing, [told], actor=actor, why=why, at=at)[0]


@transaction.atomic
def put_all(
    kind: Kind,
    pairing: Pairing,
    told: Sequence[Told],
    *,
    actor: Actor,
    why: str = "",
    at: datetime.datetime | None = None,
    keys: Iterable[str] = (),
    at_once: bool | None = None,
) -> list[Record]:
    """Make or change several records of a kind together: all of them, or none. What would not change is left alone.

    Args:
        kind, pairing: of the records.
        told: them, one after another; each finds those before it.
        actor, why, at: for the audit.
        keys: numbers of ``told``, asked for together; it is only quicker.
        at_once: write each before the next is looked at; where None, if what is told needs it.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        Refused: something in one of them cannot be.
        Conflict: someone changed one after it was seen.
    """
    actor.require(Right.RECORD, pairing.pk)
    take(Turn.REGISTER)
    each = asks_its_own(kind, told) if at_once is None else at_once
    changes = Changes(kind, pairing, keys or [one.key for one in told], at_once=each)
    records = [changes.put(one) for one in told]
    changes.finish(actor, "enter" if len(told) == 1 else "enter many", why, at or timezone.now())
    return records


@transaction.atomic
def withdraw(
    kind: Kind,
    pairing: Pairing,
    key: str,
    *,
    actor: Actor,
    why: str,
    revision: int | None = None,
    at: datetime.datetime | None = None,
) -> Record:
    """Take a record out of all lists and totals; it stays in the register and can be brought back.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        NotPossible: others refer to it, it is withdrawn already, or no reason is given.
        Conflict: someone changed it after it was seen.
    """
    return _turn(kind, pairing, key, True, actor, why, revision, at)


@transaction.atomic
def bring_back(
    kind: Kind,
    pairing: Pairing,
    key: str,
    *,
    actor: Actor,
    why: str = "",
    revision: int | None = None,
    at: datetime.datetime | None = None,
) -> Record:
    """Let a record that was withdrawn stand again.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        NotPossible: it stands, or what it refers to does not.
    """
    return _turn(kind, pairing, key, False, actor, why, revision, at)


def problems_of(kind: Kind, pairing: Pairing, told: Told) -> list[Problem]:
    """What would be wrong with a record, without storing anything."""
    before = Changes(kind, pairing, locked=False).before_of(told.key)
    return list(found_in(kind, draft_of(kind, pairing, told, before), told))


def _turn(
    kind: Kind,
    pairing: Pairing,
    key: str,
    withdrawn: bool,
    actor: Actor,
    why: str,
    revision: int | None,
    at: datetime.datetime | None,
) -> Record:
    actor.require(Right.RECORD, pairing.pk)
    take(Turn.REGISTER)
    changes = Changes(kind, pairing)
    record = changes.turn(key, withdrawn, revision, why)
    changes.finish(actor, "withdraw" if withdrawn else "bring back", why, at or timezone.now())
    return record
