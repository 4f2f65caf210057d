"""The gates of the register: the one way to its records for someone who acts. What they may not see is not there."""

from typing import Any

from django.db.models import QuerySet

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotThere
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.programme.kinds import KINDS, Kind
from shanhai.programme.models import Record


def kinds(actor: Actor, pairing: Pairing | None = None) -> list[Kind]:
    """The kinds of records that the actor may see, of a pairing or anywhere; those of people need a right of their own."""

    def may(right: Right) -> bool:
        return actor.may(right, pairing.pk) if pairing else actor.may_somewhere(right)

    return [k for k in KINDS.values() if may(Right.PEOPLE if k.personal else Right.READ)]


def access_kind(actor: Actor, name: str) -> Kind:
    """The kind of a name.

    Raises:
        NotThere: there is none that the actor may see.
    """
    found = next((k for k in kinds(actor) if k.name == name), None)
    if found is None:
        raise _not_there()
    return found


def records(actor: Actor, kind: Kind, *, withdrawn: bool = False) -> QuerySet[Any]:
    """The records of a kind that the actor may see: those that stand, or those that were withdrawn."""
    allowed = actor.pairings(Right.PEOPLE if kind.personal else Right.READ)
    found: QuerySet[Any] = kind.model._default_manager.filter(withdrawn=withdrawn)
    return found if allowed is None else found.filter(pairing__in=list(allowed))


def access_record(actor: Actor, kind: Kind, pairing: Pairing, key: str, right: Right | None = None) -> Record:
    """The record of a number, withdrawn or not.

    Raises:
        NotThere: there is none that the actor may see.
        NotAllowed: the actor has not the right.
    """
    seen = Right.PEOPLE if kind.personal else Right.READ
    found: Record | None = None
    if actor.may(seen, pairing.pk):
        found = kind.model._default_manager.filter(pairing=pairing, key=key).first()
    if found is None:
        raise _not_there()
    if right is not None:
        actor.require(right, pairing.pk)
    return found


def _not_there() -> NotThere:
    return NotThere(
        "找不到该记录，或您的账号看不到它。请从列表重新进入。",
        "There is no such record that your account can see. Go back to the list and try again.",
    )
