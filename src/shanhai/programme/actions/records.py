"""Records are made, changed, withdrawn and brought back. One transaction, one entry in the audit, derived rows with it.

All problems of a record are told together. What was there stays when anything is refused.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record as audit
from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.ledger.unseen import is_unseen
from shanhai.programme import derived
from shanhai.programme.keeping import subject_of
from shanhai.programme.kinds import KINDS, Draft, Kind, Problem
from shanhai.programme.kinds.plan import plan_problems
from shanhai.programme.models import LONGEST_KEY, Record
from shanhai.programme.values import Context

EVIDENCE = "evidence"
_LONGEST_EVIDENCE = 300
RESERVED = frozenset({"new", "pick", ".", ".."})
"""Numbers that no record can have, since addresses of the register use them."""


class Refused(NotPossible):
    """A record cannot be as it was told.

    Args:
        problems: all that is wrong with it.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("；".join(p.zh for p in problems), " ".join(p.en for p in problems))
        self.problems = tuple(problems)


class Told(msgspec.Struct, frozen=True):
    """What is told of one record.

    Attributes:
        key: its number; "" for a new one that gets its number here.
        values: by field; what is left out stays as it is.
        evidence: where it is on file; None leaves it as it is.
        revision: which revision was seen; None where none needs to have been.
    """

    key: str
    values: Mapping[str, Any]
    evidence: str | None = None
    revision: int | None = None


def context_of(pairing: Pairing) -> Context:
    """What reading a record's values needs: the records of its pairing, each asked for once."""
    return Context(pairing.receiving_code, finder(pairing))


def finder(pairing: Pairing) -> Callable[[str, str], Model | None]:
    """Finds records of a pairing by kind and number, and pairings by key; what it found it keeps."""
    known: dict[tuple[str, str], Model | None] = {}

    def find(kind: str, key: str) -> Model | None:
        if (kind, key) not in known:
            if kind == "pairing":
                known[kind, key] = Pairing.objects.filter(key=key).first()
            else:
                standing = KINDS[kind].model._default_manager.filter(withdrawn=False)
                known[kind, key] = standing.filter(pairing=pairing, key=key).first()
        return known[kind, key]

    return find


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
) -> list[Record]:
    """Make or change several records of a kind together: all of them, or none. What would not change is left alone.

    Args:
        kind, pairing: of the records.
        told: them, one after another; each finds those before it.
        actor, why, at: for the audit.
        keys: numbers of ``told``, asked for together; it is only quicker.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        Refused: something in one of them cannot be.
        Conflict: someone changed one after it was seen.
    """
    actor.require(Right.RECORD, pairing.pk)
    take(Turn.REGISTER)
    changes = Changes(kind, pairing, keys)
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
    before = _locked(kind, pairing, told.key) if told.key else None
    return list(_problems(kind, _draft(kind, pairing, told, before), told))


class Tried(msgspec.Struct, frozen=True):
    """What a change would do.

    Attributes:
        old: what it would alter, as it stands; None for a new record.
        new: what would stand there; empty where nothing would alter.
        revision: of the record as it stands; 0 where there is none.
        problems: why it cannot be done.
    """

    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] = msgspec.field(default_factory=dict)
    revision: int = 0
    problems: tuple[Problem, ...] = ()


class Trial:
    """Changes that are tried one after another; each finds those before it."""

    def __init__(self, kind: Kind, pairing: Pairing, keys: Iterable[str]) -> None:
        self._kind, self._pairing = kind, pairing
        self._stored = _stored(kind, pairing, keys)

    def put(self, told: Told, unread: Iterable[str] = ()) -> Tried:
        """Try one.

        Args:
            told: the record; its number must be there.
            unread: fields of which something was told that cannot be read: nothing is said of them here, and the record
                is not tried.
        """
        changes = Changes(self._kind, self._pairing)
        changes.stored = self._stored
        before = changes.before_of(told.key)
        revision = before.revision if before else 0
        if unread := set(unread):
            draft = _draft(self._kind, self._pairing, told, before)
            found = tuple(p for p in _problems(self._kind, draft, told) if p.field not in unread)
            return Tried(revision=revision, problems=found)
        try:
            changes.put(told)
        except Refused as refused:
            return Tried(revision=revision, problems=refused.problems)
        self._stored[told.key] = changes.records.get(told.key, before)
        return Tried(changes.old.get(told.key), changes.new.get(told.key, {}), revision)


@contextmanager
def trial(kind: Kind, pairing: Pairing, *, actor: Actor, keys: Iterable[str] = ()) -> Iterator[Trial]:
    """Try changes without keeping any of them: what they would do, and what is wrong with them.

    Args:
        kind, pairing: of the records.
        actor: who would make them.
        keys: their numbers, asked for together; it is only quicker.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
    """
    with transaction.atomic():
        actor.require(Right.RECORD, pairing.pk)
        take(Turn.REGISTER)
        try:
            yield Trial(kind, pairing, keys)
        finally:
            transaction.set_rollback(True)


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


class Changes:
    """Changes to records of one kind and pairing that go together: what was and what is, for one entry of the audit.

    It belongs into the transaction of an action that has the register's turn.
    """

    def __init__(self, kind: Kind, pairing: Pairing, keys: Iterable[str] = ()) -> None:
        self.kind, self.pairing = kind, pairing
        self.stored = _stored(kind, pairing, keys)
        self.old: dict[str, dict[str, Any] | None] = {}
        self.new: dict[str, dict[str, Any]] = {}
        self.before: list[dict[str, Any]] = []
        self.records: dict[str, Record] = {}

    def before_of(self, key: str) -> Record | None:
        """The record of a number as it stands, asked for once."""
        if key and key not in self.stored:
            self.stored[key] = _locked(self.kind, self.pairing, key)
        return self.stored.get(key)

    def put(self, told: Told) -> Record:
        """Make or change a record."""
        before = self.before_of(told.key)
        _require_seen(self.kind, before, told.revision)
        key = told.key or next_key(self.kind, self.pairing)
        draft = _draft(self.kind, self.pairing, msgspec.structs.replace(told, key=key), before)
        if problems := list(_problems(self.kind, draft, told)):
            raise Refused(problems)
        record = before or self.kind.model(pairing=self.pairing, key=key, revision=0)
        was = state_of(self.kind, before) if before else None
        for name, value in draft.values.items():
            setattr(record, name, value)
        if told.evidence is not None:
            record.evidence = " ".join(told.evidence.split())
        self._store(record, was)
        return record

    def turn(self, key: str, withdrawn: bool, revision: int | None, why: str) -> Record:
        """Withdraw a record, or bring it back."""
        record = _locked(self.kind, self.pairing, key)
        if record is None:
            raise NotPossible(
                f"台账中没有编号为“{key}”的{self.kind.zh}。", f"The register has no {self.kind.en} “{key}”."
            )
        _require_seen(self.kind, record, revision)
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
        record.withdrawn = withdrawn
        if withdrawn:
            _require_unneeded(self.kind, record)
        else:
            told = Told(key, {})
            if problems := list(_problems(self.kind, _draft(self.kind, self.pairing, told, record), told)):
                raise Refused(problems)
        self._store(record, was)
        return record

    def _store(self, record: Record, was: dict[str, Any] | None) -> None:
        now = state_of(self.kind, record)
        if was == now:
            return
        changed = [name for name in now if was is None or was.get(name) != now[name]]
        self.old[record.key] = was and {name: was[name] for name in changed}
        self.new[record.key] = {name: now[name] for name in changed}
        if record.pk:
            self.before.append(derived.concerned(record.pk, self.kind))
        record.revision += 1
        record.save()
        self.records[record.key] = self.stored[record.key] = record

    def finish(
        self, actor: Actor, action: str, why: str, at: datetime.datetime, undoes: int | None = None
    ) -> None:
        """Renew what is derived, and enter all of it into the audit; nothing where nothing changed.

        Args:
            actor: who acts.
            action: the action's name.
            why: the reason given.
            at: when.
            undoes: the number of the entry that is taken back.
        """
        if not self.new:
            return
        derived.renew(self.kind, self.before, [r.pk for r in self.records.values()], self.pairing)
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


def state_of(kind: Kind, record: Record) -> dict[str, Any]:
    """All that can be changed of a record, as JSON takes it."""
    told = kind.plain(kind.values_of(record))
    return {**told, EVIDENCE: record.evidence, "withdrawn": record.withdrawn}


def _locked(kind: Kind, pairing: Pairing, key: str) -> Record | None:
    found: Record | None = (
        kind.model._default_manager.select_for_update(of=("self",)).filter(pairing=pairing, key=key).first()
    )
    return found


_PORTION = 500


def _stored(kind: Kind, pairing: Pairing, keys: Iterable[str]) -> dict[str, Record | None]:
    """The records of some numbers, each as it stands or None."""
    wanted = [key for key in dict.fromkeys(keys) if key]
    found: dict[str, Record | None] = dict.fromkeys(wanted)
    for begin in range(0, len(wanted), _PORTION):
        portion = kind.model._default_manager.select_for_update(of=("self",)).filter(
            pairing=pairing, key__in=wanted[begin : begin + _PORTION]
        )
        found.update((record.key, record) for record in portion)
    return found


def _require_seen(kind: Kind, record: Record | None, revision: int | None) -> None:
    if revision is None or (record.revision if record else 0) == revision:
        return
    raise Conflict(
        f"{kind.zh}{record.key if record else ''}在您打开之后已被改动。请核对现在的内容，再改一次。",
        f"The {kind.en} {record.key if record else ''} was changed after you opened it. Look at it as it is now, and "
        "change it again.",
        by="",
        decision="",
    )


def _draft(kind: Kind, pairing: Pairing, told: Told, before: Record | None) -> Draft:
    values = kind.values_of(before) if before else {f.name: kind.empty(f.name) for f in kind.fields}
    for name, value in told.values.items():
        values[name] = kind.empty(name) if value is None else value
    return Draft(pairing.pk, told.key, values, before)


def _problems(kind: Kind, draft: Draft, told: Told) -> Iterable[Problem]:
    if told.key and (len(told.key) > LONGEST_KEY or "/" in told.key or any(map(is_unseen, told.key))):
        yield Problem(
            "key",
            f"编号“{told.key[:LONGEST_KEY]}”最多{LONGEST_KEY}个字，不含斜线。",
            f"The number “{told.key[:LONGEST_KEY]}” may have {LONGEST_KEY} characters at most, and no slash.",
        )
    if told.key.casefold() in RESERVED:
        yield Problem(
            "key", f"编号不能用“{told.key}”。请换一个。", f"“{told.key}” cannot be a number. Choose another."
        )
    if told.evidence is not None and len(told.evidence) > _LONGEST_EVIDENCE:
        yield Problem(
            EVIDENCE,
            f"依据最多{_LONGEST_EVIDENCE}个字。",
            f"The evidence may have {_LONGEST_EVIDENCE} characters at most.",
        )
    missing = [f for f in kind.fields if f.required and draft.values[f.name] in (None, "")]
    for field in missing:
        yield Problem(field.name, f"请填写“{field.zh}”。", f"Fill in “{field.en}”.")
    if draft.before is not None and draft.before.withdrawn and told.values:
        yield Problem(
            "",
            f"{kind.zh}{draft.key}已撤下。请先恢复它再改。",
            f"The {kind.en} {draft.key} is withdrawn. Bring it back before changing it.",
        )
    yield from _withdrawn(kind, draft)
    if not missing:
        yield from plan_problems(kind, draft)
        for check in kind.checks:
            yield from check(draft)


def _withdrawn(kind: Kind, draft: Draft) -> Iterable[Problem]:
    """Records that it refers to, but that were withdrawn: it may be that it was withdrawn itself when they were."""
    for field in kind.fields:
        value = draft.values[field.name]
        if isinstance(value, Record) and value.withdrawn:
            yield Problem(
                field.name,
                f"“{field.zh}”{value.key}已撤下。请先恢复它。",
                f"“{field.en}”: {value.key} is withdrawn. Bring it back first.",
            )


def _require_unneeded(kind: Kind, record: Record) -> None:
    """Refuse to withdraw what records that stand refer to."""
    for other in KINDS.values():
        for field in other.fields:
            if getattr(field.value, "kind", None) != kind.name:
                continue
            found = other.model._default_manager.filter(**{field.name: record}, withdrawn=False).first()
            if found is not None:
                raise NotPossible(
                    f"{other.zh}{found.key}引用了它。请先改那一条，或先撤下那一条。",
                    f"The {other.en} {found.key} refers to it. Change or withdraw that first.",
                )


def next_key(kind: Kind, pairing: Pairing) -> str:
    """The next free number with the kind's prefix."""
    used = kind.model._default_manager.filter(pairing=pairing, key__startswith=kind.prefix)
    numbers = [
        int(k[len(kind.prefix) :])
        for k in used.values_list("key", flat=True)
        if k[len(kind.prefix) :].isdecimal()
    ]
    return f"{kind.prefix}{max(numbers, default=0) + 1}"
