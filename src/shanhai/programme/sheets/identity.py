"""How a row without a number is known again, so that a file that is sent twice changes nothing.

A row whose every told field stands in a record is that record. A row that says the same thing of another amount
(the fields below) may be a correction or a second event: nothing tells which, so it is refused until it has a number.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from shanhai.ledger.models import Pairing
from shanhai.programme.actions.finding import PORTION
from shanhai.programme.kinds import Kind
from shanhai.programme.models import Record
from shanhai.programme.values import Day, Reference, Text

Values = Mapping[str, Any]

IDENTITY: Mapping[str, tuple[str, ...]] = {
    "arrange": ("mode", "since"),
    "term": ("batch", "phase"),
    "team": ("name", "term"),
    "post": ("name", "team", "receiving_unit"),
    "member": ("name", "team"),
    "assess": ("member", "form", "starts", "ends"),
    "honour": ("name", "team", "member", "day"),
    "project": ("name", "term"),
    "cofunding": ("project", "funder"),
    "asset": ("project", "name"),
    "visit": ("asset", "day"),
    "money": ("day", "stage", "plan", "form", "currency", "project", "team", "counterparty", "what"),
    "target": ("indicator", "project", "team", "starts", "ends"),
    "result": ("target", "starts", "ends", "cumulative"),
    "activity": ("sort", "name", "day", "team"),
    "need": ("side", "summary", "said_by", "day"),
    "match": ("need", "offer", "day"),
    "handover": ("from_term", "to_term"),
    "matter": ("handover", "summary"),
}
"""By kind: the fields that say what a record is about, beside its number."""


_MOST = 50
"""So many that are alike are looked at."""


class Alike:
    """The records of a pairing that rows of a file may be, by what they are about: asked for in few questions.

    Args:
        kind, pairing: of the records.
        told: the values of all rows that will be asked about.
    """

    def __init__(self, kind: Kind, pairing: Pairing, told: Iterable[Values]) -> None:
        self._kind, self._pairing = kind, pairing
        self._columns = _columns(kind)
        self._found: dict[_About, list[Record]] = {}
        self._where: dict[str, _About] = {}
        wanted: dict[Any, None] = {}
        handle = _handle(kind)
        for values in told:
            about = self._about(values)
            self._found.setdefault(about, [])
            wanted[about[handle]] = None
        self._ask(IDENTITY[kind.name][handle], list(wanted))

    def of(self, values: Values) -> Sequence[Record]:
        """The records, withdrawn ones too, that are about the same as what is told; those that stand first."""
        about = self._about(values)
        if about not in self._found:  # a row of which nothing was known before
            self._found[about] = []
            handle = _handle(self._kind)
            self._ask(IDENTITY[self._kind.name][handle], [about[handle]], about)
        return self._found[about][:_MOST]

    def put(self, record: Record) -> None:
        """Take note of a record that a row before made or changed."""
        before = self._where.pop(record.key, None)
        if before is not None:
            self._found[before] = [r for r in self._found[before] if r.key != record.key]
        about = self._of(record)
        if about in self._found:
            self._found[about].append(record)
            self._found[about].sort(key=_standing_first)
            self._where[record.key] = about

    def _ask(self, name: str, values: Sequence[Any], only: "_About | None" = None) -> None:
        asked = self._kind.model._default_manager.filter(pairing=self._pairing)
        told = [value for value in values if value is not None]
        questions: list[dict[str, Any]] = [
            {f"{name}__in": told[at : at + PORTION]} for at in range(0, len(told), PORTION)
        ]
        if len(told) < len(values):
            questions.append({f"{name}__isnull": True})
        for question in questions:
            for record in asked.filter(**question).order_by("withdrawn", "pk").iterator():
                about = self._of(record)
                if about in self._found and only in (None, about):
                    self._found[about].append(record)
                    self._where[record.key] = about

    def _about(self, values: Values) -> "_About":
        """What a row is about."""
        told = []
        for name in IDENTITY[self._kind.name]:
            value = values.get(name)
            value = self._kind.empty(name) if value is None else value
            told.append(value.pk if isinstance(value, Model) else value)
        return tuple(told)

    def _of(self, record: Record) -> "_About":
        """What a record is about."""
        return tuple([getattr(record, column) for column in self._columns])


_About = tuple[Any, ...]


def _columns(kind: Kind) -> list[str]:
    meta: Any = kind.model._meta
    return [meta.get_field(name).attname for name in IDENTITY[kind.name]]


def _handle(kind: Kind) -> int:
    """Which of the fields tells records apart best, by which they are asked for: a day, else a text, else the first."""
    names = IDENTITY[kind.name]
    for sort in (Day, Text):
        for at, name in enumerate(names):
            if isinstance(kind.field(name).value, sort):
                return at
    return 0


def _standing_first(record: Record) -> tuple[bool, bool, int]:
    return record.withdrawn, record.pk is None, record.pk or 0


def says_the_same(kind: Kind, record: Record, values: Values, evidence: str | None) -> bool:
    """Whether all that is told stands in a record already."""
    if evidence is not None and evidence != record.evidence:
        return False
    for name, told in values.items():
        field = kind.field(name)
        value = kind.empty(name) if told is None else told
        if isinstance(field.value, Reference):
            same = getattr(record, f"{name}_id") == (value.pk if value is not None else None)
        else:
            same = field.value.plain(value) == field.value.plain(getattr(record, name))
        if not same:
            return False
    return True
