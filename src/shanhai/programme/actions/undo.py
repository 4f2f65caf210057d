"""An entry of the audit taken back: each record goes to its state before, if it stands as the entry left it."""

import datetime
from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import Conflict, NotPossible, NotThere
from shanhai.ledger.models import Entry, Pairing
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.actions.changes import Changes, asks_its_own, state_of
from shanhai.programme.actions.drafts import EVIDENCE, Told
from shanhai.programme.actions.finding import context_of
from shanhai.programme.actions.plans import PLAN_ACTIONS, take_decision_back
from shanhai.programme.kinds import KINDS, Kind
from shanhai.programme.models import Record
from shanhai.programme.values import Context, Unreadable

RECORD_ACTIONS = frozenset({"enter", "enter many", "withdraw", "bring back", "undo"})
_MANY = "register"
_WITHDRAWN = "withdrawn"

State = Mapping[str, Any]


class Done(msgspec.Struct, frozen=True):
    """What an entry did to records of one kind.

    Attributes:
        kind, pairing: of the records.
        old: by number, what was; None where there was none.
        new: by number, what the entry left.
    """

    kind: Kind
    pairing: Pairing
    old: Mapping[str, State | None]
    new: Mapping[str, State]


@transaction.atomic
def undo(number: int, *, actor: Actor, why: str = "", at: datetime.datetime | None = None) -> Entry:
    """Take an entry of the audit back, in an entry of its own that names it.

    A record that the entry made is withdrawn, as records are never deleted. What was undone can be undone in turn.

    Args:
        number: of the entry.
        actor: who acts.
        why: the reason.
        at: when.

    Returns:
        the new entry.

    Raises:
        NotThere: there is no such entry that the actor may take back.
        NotAllowed: the actor may not keep this pairing's register, or decide about its plans.
        NotPossible: others refer to what would be withdrawn, or what was before can no longer be.
        Conflict: a record does not stand as the entry left it.
    """
    take(Turn.REGISTER)
    entry = Entry.objects.filter(number=number).first()
    if entry is None:
        raise _not_there(number)
    when = at or timezone.now()
    reason = f"撤销审计第{number}条" + (f"：{why.strip()}" if why.strip() else "")
    if entry.action in PLAN_ACTIONS:
        return take_decision_back(entry, actor=actor, why=reason, at=when)
    if entry.action not in RECORD_ACTIONS:
        raise _not_there(number)
    done = done_by(entry)
    if not actor.may(Right.READ, done.pairing.pk):
        raise _not_there(number)
    actor.require(Right.RECORD, done.pairing.pk)
    changes = Changes(done.kind, done.pairing, done.new, at_once=asks_its_own(done.kind))
    _require_as_left(changes, done, number)
    _turn_back(changes, done, reason)
    changes.finish(actor, "undo", reason, when, undoes=number)
    return Entry.objects.latest("number")


def done_by(entry: Entry) -> Done:
    """What an entry about records did.

    Raises:
        NotThere: it is about no records.
        NotPossible: it is the undoing of a plan's decision.
    """
    subject, _, rest = entry.subject.partition(":")
    pairing_key, _, key = rest.partition("/")
    pairing = Pairing.objects.filter(key=pairing_key).first()
    kind = KINDS.get(key if subject == _MANY else subject)
    if pairing is None or kind is None or not key:
        raise _not_there(entry.number)
    old: Any = entry.old
    new: Any = entry.new
    if entry.action == "undo":
        if "version" in new:
            raise NotPossible(
                f"审计第{entry.number}条撤销的是计划决定。请重新审批。",
                f"Entry {entry.number} took back a decision about a plan. Decide about the plan anew.",
            )
        old, new = old["was"], new["is"]
    if subject != _MANY:
        old, new = {key: old}, {key: new}
    return Done(kind, pairing, old, new)


def _require_as_left(changes: Changes, done: Done, number: int) -> None:
    """Refuse where a record is no longer what the entry made it."""
    standing = {r.key: r for r in _records(changes)}
    changed = [
        key
        for key, left in done.new.items()
        if key not in standing or not _as_left(state_of(done.kind, standing[key]), left)
    ]
    if changed:
        told = "、".join(sorted(changed)[:10])
        raise Conflict(
            f"不能撤销审计第{number}条：{done.kind.zh}{told}之后又被改动。请先撤销后来的改动，或直接修改。",
            f"Entry {number} cannot be undone: {done.kind.en} {told} was changed after it. Undo the later change first, "
            "or change the record.",
            by="",
            decision="",
        )


def _as_left(now: State, left: State) -> bool:
    return all(now.get(name) == value for name, value in left.items())


def _records(changes: Changes) -> list[Record]:
    return sorted((r for r in changes.stored.values() if r is not None), key=lambda r: r.pk)


def _turn_back(changes: Changes, done: Done, why: str) -> None:
    """Give every record its state before. Those made first go last when withdrawn, as later ones may refer to them."""
    records = _records(changes)
    context = context_of(done.pairing)
    for record in reversed(records):
        old = done.old[record.key]
        if old is None or old.get(_WITHDRAWN) is True:
            changes.turn(record.key, True, None, why)
    for record in records:
        old = done.old[record.key]
        if old is None:
            continue
        if old.get(_WITHDRAWN) is False:
            changes.turn(record.key, False, None, why)
        values = {n: _restored(done.kind, n, v, context) for n, v in old.items() if _is_field(done.kind, n)}
        if values or EVIDENCE in old:
            changes.put(Told(record.key, values, old.get(EVIDENCE)))


def _is_field(kind: Kind, name: str) -> bool:
    return any(f.name == name for f in kind.fields)


def _restored(kind: Kind, name: str, plain: Any, context: Context) -> Any:
    """A value from what the audit holds of it: lists and counts as they are, all else as it would be told."""
    if plain is None or isinstance(plain, list | dict):
        return plain
    try:
        return kind.field(name).value.read(plain, context)
    except Unreadable as told:
        raise NotPossible(told.zh, told.en) from told


def _not_there(number: int) -> NotThere:
    return NotThere(
        f"审计中没有可以撤销的第{number}条。只能撤销台账的登记、修改、撤下、恢复和计划决定。",
        f"There is no entry {number} that can be undone: only records entered, changed, withdrawn or brought back, and "
        "decisions about plans.",
    )
