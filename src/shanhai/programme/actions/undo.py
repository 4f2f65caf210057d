"""An entry of the audit taken back: each record goes to its state before, if it stands as the entry left it."""

import datetime
from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import Conflict, LedgerError, NotPossible, NotThere
from shanhai.ledger.models import Entry, Pairing
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.actions.changes import Changes, asks_its_own, state_of
from shanhai.programme.actions.drafts import EVIDENCE, Told
from shanhai.programme.actions.finding import context_of
from shanhai.programme.actions.plans import PLAN_ACTIONS, take_decision_back
from shanhai.programme.actions.unmerge import give_items_back, merges_of
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


class Undoing(msgspec.Struct, frozen=True):
    """What undoing an entry would do.

    Attributes:
        entry: that would be taken back.
        kind, pairing: of the records that it is about.
        version: the number of the plan's version that it is about; None where it is about records alone.
        state: where that version would stand afterwards.
        changes: by record's number, what stands and what would stand then, by field; None where there was nothing.
        briefs: the numbers of the briefs whose events would wait to be merged again.
        refusal: why it cannot be undone; None where it can.
    """

    entry: Entry
    kind: Kind
    pairing: Pairing
    version: int | None
    state: str
    changes: Mapping[str, tuple[State | None, State | None]]
    refusal: LedgerError | None
    briefs: tuple[str, ...] = ()


def would_undo(number: int, *, actor: Actor) -> Undoing:
    """What undoing an entry would put back, found by doing it without keeping it.

    Raises:
        NotThere: there is no such entry that the actor may take back.
        NotAllowed: the actor may not keep this pairing's register, or decide about its plans.
    """
    made: Entry | None = None
    refusal: LedgerError | None = None
    with transaction.atomic():
        try:
            made = undo(number, actor=actor)
        except (Conflict, NotPossible) as told:
            refusal = told
        finally:
            transaction.set_rollback(True)
    entry = Entry.objects.get(number=number)
    shown, pairing = made or entry, _pairing_of(entry, actor)
    told_by: Any = entry.new
    was, comes = (shown.old, shown.new) if made else (shown.new, shown.old)
    if entry.subject.startswith("project:") and "version" in told_by:
        key = entry.subject.partition("/")[2]
        fields = {key: ((was or {}).get("fields", {}), (comes or {}).get("fields", {}))}
        state = shown.new["state"] if made and shown.new else ""
        return Undoing(entry, KINDS["project"], pairing, told_by["version"], state, fields, refusal)
    done = done_by(shown)
    before, after = (done.old, done.new) if made else (done.new, done.old)
    changes = {key: (before[key], after[key]) for key in done.new}
    briefs = tuple(one.subject.partition("/")[2] for one in merges_of(entry))
    return Undoing(entry, done.kind, pairing, None, "", changes, refusal, briefs)


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
    pairing = _pairing_of(entry, actor)
    when = at or timezone.now()
    reason = f"撤销审计第{number}条" + (f"：{why.strip()}" if why.strip() else "")
    if entry.action in PLAN_ACTIONS:
        return take_decision_back(entry, actor=actor, why=reason, at=when)
    if entry.action not in RECORD_ACTIONS:
        raise _not_there(number)
    actor.require(Right.RECORD, pairing.pk)
    done = done_by(entry)
    changes = Changes(done.kind, done.pairing, done.new, at_once=asks_its_own(done.kind))
    _require_as_left(changes, done, number)
    merges = merges_of(entry)
    _require_not_unmerged(entry)
    _turn_back(changes, done, reason)
    changes.finish(actor, "undo", reason, when, undoes=number)
    made = Entry.objects.latest("number")
    give_items_back(merges, actor=actor, why=reason, at=when)
    return made


def _pairing_of(entry: Entry, actor: Actor) -> Pairing:
    """The pairing that an entry is about, where the actor may see it."""
    key = entry.subject.partition(":")[2].partition("/")[0]
    pairing = Pairing.objects.filter(key=key).first()
    if pairing is None or not actor.may(Right.READ, pairing.pk):
        raise _not_there(entry.number)
    return pairing


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


def _require_not_unmerged(entry: Entry) -> None:
    """Refuse to take back an undoing that gave events back to their briefs: they wait to be merged again."""
    told: Any = entry.new
    if entry.action != "undo":
        return
    if merges_of(Entry.objects.get(number=told["undoes"])):
        raise NotPossible(
            f"审计第{entry.number}条已把简报的事项退回待并入。请在简报里重新并入。",
            f"Entry {entry.number} gave events back to their briefs. Merge them again from the briefs.",
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
