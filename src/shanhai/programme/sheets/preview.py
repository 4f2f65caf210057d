"""What a file would change, row by row, before anything is stored; and taking its good rows in, all together.

Every row is tried as it would be entered, one after another with those that it refers to before it, and nothing of it is
kept: so the preview and the import cannot differ in what they refuse.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import head
from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.actions.changes import Changes
from shanhai.programme.actions.drafts import EVIDENCE, Refused, Told
from shanhai.programme.actions.trying import Trial, Tried, trial
from shanhai.programme.kinds import Field, Kind, Problem
from shanhai.programme.models import Record
from shanhai.programme.sheets.columns import KEY
from shanhai.programme.sheets.notes import Fault, Note
from shanhai.programme.sheets.order import in_order
from shanhai.programme.sheets.rows import Read, Row
from shanhai.programme.sheets.telling import Telling, Tells
from shanhai.programme.values import Amount, Day, Quantity, Reference, Share


class State(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    BAD = "bad"
    HIDDEN = "hidden"


class Change(msgspec.Struct, frozen=True, gc=False):
    """A field that a row would change: from what to what, as a person reads it, in Chinese and English."""

    zh: str
    en: str
    old: tuple[str, str]
    new: tuple[str, str]


class Outcome(msgspec.Struct, frozen=True):
    """What becomes of one row.

    Attributes:
        row: the row.
        state: new, changed, the same, bad, or hidden and not asked for.
        key: the record's number; the one that it would get, where none is given; "" where it gets none.
        changes: of a new or changed record.
        faults: of a bad row.
        revision: of the record as it was seen.
    """

    row: Row
    state: State
    key: str = ""
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    revision: int = 0


class Preview(msgspec.Struct, frozen=True):
    """What a file would change.

    Attributes:
        outcomes: of all rows, in the order of the file.
        order: the places in ``outcomes`` in the order in which rows are entered.
        notes: what is told of the file and its sheets.
        headings: of the file.
        ready: what would be written; None where the register must be asked again.
        entry: the last entry of the audit when it was tried.
    """

    outcomes: tuple[Outcome, ...]
    order: tuple[int, ...]
    notes: tuple[Note, ...]
    headings: tuple[str, ...]
    ready: Changes | None = None
    entry: int = 0

    def having(self, *states: State) -> list[Outcome]:
        """The rows of some states."""
        return [one for one in self.outcomes if one.state in states]

    @property
    def good(self) -> list[Outcome]:
        """The rows that would be taken in, in the order in which they are."""
        return [
            self.outcomes[at] for at in self.order if self.outcomes[at].state in (State.NEW, State.CHANGED)
        ]

    @property
    def digest(self) -> str:
        """Short, and another one as soon as anything that is shown is another."""
        told = [
            (o.row.sheet, o.row.number, o.state, o.key, o.revision, o.changes, o.faults)
            for o in self.outcomes
        ]
        return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:32]


def preview(
    read: Read, kind: Kind, pairing: Pairing, *, actor: Actor, advance: Callable[[], None] = lambda: None
) -> Preview:
    """Try the rows of a file. Nothing is stored.

    Args:
        read: the rows.
        kind, pairing: of the records.
        actor: who would take them in.
        advance: called twice for each row at most: when it is looked for in the register, and when it was tried.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
    """
    actor.require(Right.RECORD, pairing.pk)
    entry = _last_entry()  # before anything is asked: what is done from now on is told by a later one
    order, loops = in_order(read.rows, kind)
    tells = Tells(read.rows, kind, pairing)
    found: dict[int, Outcome] = {}
    tells.claim(advance)
    with trial(kind, pairing, actor=actor, keys=tells.keys, at_once=tells.asks_its_own) as tried:
        for at in order:
            found[at] = _tried(read.rows[at], loops.get(at, ()), tells, tried, kind)
            advance()
    outcomes = [
        *(found[at] for at in range(len(read.rows))),
        *(Outcome(r, State.HIDDEN) for r in read.hidden),
    ]
    ready = None if tells.asks_its_own else tried.changes
    return Preview(tuple(outcomes), tuple(order), read.notes, read.headings, ready, entry)


def apply(
    seen: Preview,
    kind: Kind,
    pairing: Pairing,
    *,
    actor: Actor,
    why: str = "",
    at: datetime.datetime | None = None,
) -> list[Record]:
    """Take the new and the changed rows of a preview in: all of them, or none.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        NotPossible: the register changed after the preview, so that a row would now do something else.
    """
    good = seen.good
    with transaction.atomic():
        actor.require(Right.RECORD, pairing.pk)
        take(Turn.REGISTER)
        action, when = "enter" if len(good) == 1 else "enter many", at or timezone.now()
        changes = seen.ready
        if changes is None or changes.finished or seen.entry != _last_entry():
            changes = _told_anew(seen, kind, pairing)
        changes.finish(actor, action, why, when)  # nothing was done since the preview: what was tried holds
        return [changes.records[outcome.key] for outcome in good]


def _last_entry() -> int:
    last = head()
    return last.number if last else 0


def _told_anew(seen: Preview, kind: Kind, pairing: Pairing) -> Changes:
    """The good rows told to the register as it is now, each read when it is its turn: it may refer to those before it."""
    good = seen.good
    tells = Tells(
        [outcome.row for outcome in seen.outcomes if outcome.state is not State.HIDDEN], kind, pairing
    )
    tells.claim()
    for outcome in seen.having(State.SAME):
        tells.entered(outcome.row, outcome.key)
    changes = Changes(kind, pairing, [outcome.key for outcome in good], at_once=tells.asks_its_own)
    for outcome in good:
        try:
            record = changes.put(_told(outcome, tells))
        except (Refused, Conflict) as error:
            row = outcome.row.number
            raise NotPossible(
                f"台账在预览之后有变动，什么也没有导入。第{row}行：{error.zh}请重新预览。",
                f"The register changed after the preview; nothing was taken in. Row {row}: {error.en} Look at the preview "
                "again.",
            ) from error
        tells.entered(outcome.row, outcome.key, record)
    return changes


def _told(outcome: Outcome, tells: Tells) -> Told:
    """What a good row tells the register now."""
    telling = tells.tell(outcome.row)
    if outcome.state is State.NEW and not telling.told.key:
        telling = tells.known_again(telling)
        if not telling.is_new:
            telling = telling.but(Problem("", "这一行已在台账中。", "The row is in the register meanwhile."))
    if telling.faults:
        raise Refused([Problem("", fault.zh, fault.en) for fault in telling.faults])
    return msgspec.structs.replace(telling.told, key=outcome.key, revision=outcome.revision)


def _tried(row: Row, loop: Sequence[str], tells: Tells, tried: Trial, kind: Kind) -> Outcome:
    if row.is_total:
        return Outcome(row, State.BAD, faults=row.faults)
    telling = tells.tell(row, loop)
    if not telling.faults and not telling.told.key:
        telling = tells.known_again(telling)
    if telling.faults:
        more = tried.put(telling.told, telling.unread).problems if telling.unread else ()
        faults = (*telling.faults, *tells.faults(row, more))
        return Outcome(row, State.BAD, telling.told.key, faults=_each_once(faults))
    found = tried.put(telling.told, is_new=telling.is_new)
    if found.problems:
        return Outcome(
            row, State.BAD, _given_key(row, telling), faults=tuple(tells.faults(row, found.problems))
        )
    tells.entered(row, telling.told.key, found.record)
    if not found.new:
        return Outcome(row, State.SAME, telling.told.key, revision=found.revision)
    state = State.NEW if found.revision == 0 else State.CHANGED
    return Outcome(row, state, telling.told.key, tuple(_changes(kind, found)), revision=found.revision)


def _given_key(row: Row, telling: Telling) -> str:
    given = row.given.get(KEY)
    return telling.told.key if given is not None and given.told is not None else ""


def _each_once(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    return tuple(dict.fromkeys(faults))


def _changes(kind: Kind, found: Tried) -> Iterator[Change]:
    old: Mapping[str, Any] = found.old or {}
    for field in kind.fields:
        if field.name in found.new:
            was, now = (_shown(field, told.get(field.name)) for told in (old, found.new))
            if found.old is not None or any(now):
                yield Change(field.zh, field.en, was, now)
    if EVIDENCE in found.new and (found.old is not None or found.new[EVIDENCE]):
        before, after = (str(told.get(EVIDENCE, "")) for told in (old, found.new))
        yield Change("依据", "Evidence", (before, before), (after, after))


def _shown(field: Field, plain: Any) -> tuple[str, str]:
    """A value as JSON has it, as a person reads it in Chinese and English."""
    shown: Callable[..., str] = field.value.shown
    if plain is None:
        return "", ""
    if isinstance(field.value, Share):
        plain = Decimal(plain)
    elif isinstance(field.value, Reference | Day | Amount | Quantity):
        return str(plain), str(plain)
    return shown(plain), shown(plain, True)
