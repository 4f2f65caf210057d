"""Changes to records that go together: looked at one after another, written together, told in one entry of the audit."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from shanhai.ledger import bulk
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record as audit
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing
from shanhai.programme import derived
from shanhai.programme.actions.drafts import (
    EVIDENCE,
    Refused,
    Told,
    draft_of,
    found_in,
    require_seen,
)
from shanhai.programme.actions.finding import PORTION, with_references
from shanhai.programme.keeping import subject_of
from shanhai.programme.kinds import KINDS, Field, Kind
from shanhai.programme.models import Record
from shanhai.programme.values import Reference


def asks_its_own(kind: Kind, told: Iterable[Told] | None = None) -> bool:
    """Whether what is told of a kind's records can only be looked at when those before it are stored.

    Args:
        kind: of the records.
        told: them; anything may be told of them where None.
    """
    names = {field.name for field in own_references(kind)}
    if kind.among or not names:
        return kind.among
    return told is None or any(one.values.get(name) is not None for one in told for name in names)


def own_references(kind: Kind) -> list[Field]:
    """The fields that name another record of the same kind."""
    return [f for f in kind.fields if isinstance(f.value, Reference) and f.value.kind == kind.name]


class Changes:
    """Changes to records of one kind and pairing: what was and what is.

    What is changed is written when they are finished; the action has the register's turn then.

    Args:
        kind, pairing: of the records.
        keys: numbers of records that will be changed, asked for together; it is only quicker.
        at_once: write each before the next is looked at (``asks_its_own``).
        locked: hold what is asked for until the transaction ends; the action has the register's turn.
    """

    def __init__(
        self,
        kind: Kind,
        pairing: Pairing,
        keys: Iterable[str] = (),
        *,
        at_once: bool = True,
        locked: bool = True,
    ) -> None:
        self.kind, self.pairing = kind, pairing
        self._at_once, self._locked = at_once, locked
        self.stored = _stored(kind, pairing, keys, locked)
        self.old: dict[str, dict[str, Any] | None] = {}
        self.new: dict[str, dict[str, Any]] = {}
        self.before: list[derived.Concern] = []
        self.records: dict[str, Record] = {}
        self.finished = False
        self._waiting: dict[str, Record] = {}
        self._last = 0

    def before_of(self, key: str) -> Record | None:
        """The record of a number as it stands, asked for once."""
        if key and key not in self.stored:
            self.stored |= _stored(self.kind, self.pairing, [key], self._locked)
        return self.stored.get(key)

    def put(self, told: Told) -> Record:
        """Make or change a record."""
        before = self.before_of(told.key)
        require_seen(self.kind, before, told.revision)
        key = told.key or self._next()
        draft = draft_of(self.kind, self.pairing, msgspec.structs.replace(told, key=key), before)
        if problems := list(found_in(self.kind, draft, told)):
            raise Refused(problems)
        record = before or self.kind.model(pairing=self.pairing, key=key, revision=0)
        was = state_of(self.kind, before) if before else None
        concern = derived.concerned(before) if before else None
        for name, value in draft.values.items():
            setattr(record, name, value)
        if told.evidence is not None:
            record.evidence = " ".join(told.evidence.split())
        self._change(record, was, concern)
        return record

    def turn(self, key: str, withdrawn: bool, revision: int | None, why: str) -> Record:
        """Withdraw a record, or bring it back."""
        record = self.before_of(key)
        if record is None:
            raise NotPossible(
                f"台账中没有编号为“{key}”的{self.kind.zh}。", f"The register has no {self.kind.en} “{key}”."
            )
        require_seen(self.kind, record, revision)
        if record.withdrawn is withdrawn:
            raise NotPossible(
                f"{self.kind.zh}{key}已经{'撤下' if withdrawn else '在册'}。",
                f"The {self.kind.en} {key} {'is withdrawn' if withdrawn else 'stands'} already.",
            )
        if withdrawn and not why.strip():
            raise NotPossible("请写明撤下的原因。", "Say why it is withdrawn.")
        if problems := [problem for keeps in self.kind.keeps for problem in keeps(record)]:
            raise Refused(problems)
        was = state_of(self.kind, record)
        if withdrawn:
            _require_unneeded(self.kind, record)
        record.withdrawn = withdrawn
        if not withdrawn:
            told = Told(key, {})
            if problems := list(found_in(self.kind, draft_of(self.kind, self.pairing, told, record), told)):
                raise Refused(problems)
        self._change(record, was, derived.concerned(record))
        return record

    def _change(self, record: Record, was: dict[str, Any] | None, concern: derived.Concern | None) -> None:
        now = state_of(self.kind, record)
        if was == now:
            return
        changed = [name for name in now if was is None or was.get(name) != now[name]]
        first = record.key not in self.new
        if was is None or (not first and self.old[record.key] is None):
            self.old[record.key] = None
        else:
            self.old[record.key] = {n: was[n] for n in changed} | (self.old.get(record.key) or {})
        self.new[record.key] = self.new.get(record.key, {}) | {name: now[name] for name in changed}
        if concern is not None:
            self.before.append(concern)
        record.revision += 1
        self.records[record.key] = self.stored[record.key] = self._waiting[record.key] = record
        if self._at_once:
            self.write()

    def write(self) -> None:
        """Store what waits: new records together, changed ones together."""
        fresh = [r for r in self._waiting.values() if r.pk is None]
        bulk.update(self.kind.model, [r.__dict__ for r in self._waiting.values() if r.pk is not None])
        bulk.insert(self.kind.model, [r.__dict__ for r in fresh])
        for begin in range(0, len(fresh), PORTION):
            portion = {r.key: r for r in fresh[begin : begin + PORTION]}
            there = self.kind.model._default_manager.filter(pairing=self.pairing, key__in=list(portion))
            for number, key in there.values_list("pk", "key"):
                portion[key].pk = number
                portion[key]._state.adding = False
        self._waiting = {}

    def finish(
        self, actor: Actor, action: str, why: str, at: datetime.datetime, undoes: int | None = None
    ) -> None:
        """Write what waits, renew what is derived, and enter all of it into the audit; nothing where nothing changed.

        Args:
            actor: who acts.
            action: the action's name.
            why: the reason given.
            at: when.
            undoes: the number of the entry that is taken back.
        """
        self.finished = True
        if not self.new:
            return
        self.write()
        now = [derived.concerned(r) for r in self.records.values()]
        derived.renew([*self.before, *now], self.pairing)
        keys = sorted(self.new)
        name, pairing = self.kind.name, self.pairing.key
        one = len(keys) == 1
        old: Any = self.old[keys[0]] if one else {key: self.old[key] for key in keys}
        new: Any = self.new[keys[0]] if one else {key: self.new[key] for key in keys}
        if undoes is not None:
            old, new = {"was": old}, {"undoes": undoes, "is": new}
        audit(
            actor,
            action,
            subject_of(name, pairing, keys[0]) if one else f"register:{pairing}/{name}",
            at=at,
            old=old,
            new=new,
            why=why.strip(),
            touched=[subject_of(name, pairing, key) for key in keys],
        )

    def _next(self) -> str:
        if not self._last:
            self._last = int(next_key(self.kind, self.pairing)[len(self.kind.prefix) :]) - 1
        self._last += 1
        while self.stored.get(f"{self.kind.prefix}{self._last}") is not None:
            self._last += 1
        return f"{self.kind.prefix}{self._last}"


def state_of(kind: Kind, record: Record) -> dict[str, Any]:
    """All that can be changed of a record, as JSON takes it."""
    told = kind.plain(kind.values_of(record))
    return {**told, EVIDENCE: record.evidence, "withdrawn": record.withdrawn}


def next_key(kind: Kind, pairing: Pairing) -> str:
    """The next free number with the kind's prefix."""
    used = kind.model._default_manager.filter(pairing=pairing, key__startswith=kind.prefix)
    numbers = [
        int(k[len(kind.prefix) :])
        for k in used.values_list("key", flat=True)
        if k[len(kind.prefix) :].isdecimal()
    ]
    return f"{kind.prefix}{max(numbers, default=0) + 1}"


def _stored(kind: Kind, pairing: Pairing, keys: Iterable[str], locked: bool) -> dict[str, Record | None]:
    """The records of some numbers, each as it stands or None."""
    wanted = [key for key in dict.fromkeys(keys) if key]
    found: dict[str, Record | None] = dict.fromkeys(wanted)
    asked = kind.model._default_manager.filter(pairing=pairing)
    if locked:
        asked = asked.select_for_update(of=("self",))
    records: list[Record] = []
    for begin in range(0, len(wanted), PORTION):
        records += asked.filter(key__in=wanted[begin : begin + PORTION])
    with_references(kind, records)
    found.update((record.key, record) for record in records)
    return found


def _referring(kind: Kind) -> Sequence[tuple[Kind, Field]]:
    """The fields of kinds that name records of a kind."""
    return [
        (other, field)
        for other in KINDS.values()
        for field in other.fields
        if isinstance(field.value, Reference) and field.value.kind == kind.name
    ]


def _require_unneeded(kind: Kind, record: Record) -> None:
    """Refuse to withdraw what records that stand refer to."""
    for other, field in _referring(kind):
        found = other.model._default_manager.filter(**{field.name: record}, withdrawn=False).first()
        if found is not None:
            raise NotPossible(
                f"{other.zh}{found.key}引用了它。请先改那一条，或先撤下那一条。",
                f"The {other.en} {found.key} refers to it. Change or withdraw that first.",
            )
