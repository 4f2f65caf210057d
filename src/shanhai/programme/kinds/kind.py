"""A kind of record, told once: forms, sheets, checks, the audit and the documentation follow from it."""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any

import msgspec
from django.db.models import Model

from shanhai.programme.models import Record
from shanhai.programme.values import Value


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with a field of a record, in Chinese and English; ``field`` is "" where it is the record as a whole."""

    field: str
    zh: str
    en: str


class Field(msgspec.Struct, frozen=True):
    """One field of a kind of record.

    Attributes:
        name: the model's column.
        zh, en: what a person reads above it.
        value: what may stand in it.
        required: it must be filled.
        note_zh, note_en: what it means, beside how it is written.
        example: what stands in the example row of a sheet.
        plan: it belongs to a project's plan: once that is approved it changes by change requests only.
        listed: it stands in lists.
    """

    name: str
    zh: str
    en: str
    value: Value
    required: bool = False
    note_zh: str = ""
    note_en: str = ""
    example: str = ""
    plan: bool = False
    listed: bool = False


Values = Mapping[str, Any]
"""The values of a record by field: dates, numbers, words, records."""
Check = Callable[["Draft"], Iterator[Problem]]


class Draft(msgspec.Struct, frozen=True):
    """A record as it would be after a change.

    Attributes:
        pairing: its pairing's id.
        key: its number.
        values: of all its fields.
        before: the record as it stands; None for a new one.
    """

    pairing: int
    key: str
    values: Values
    before: Record | None = None


class Kind(msgspec.Struct, frozen=True):
    """One kind of record.

    Attributes:
        name: in addresses, files and the audit; at most ten letters.
        zh, en: what one of them is called.
        many_en: what several are called.
        model: its table.
        fields: in the order of forms and sheets.
        checks: what must hold between its fields, and with other records.
        prefix: of the numbers that it gives itself, where none is given.
        personal: it tells of team members: not for the public.
        keeps: what must hold before a record is withdrawn or brought back.
        among: its checks ask other records of the kind, so that those told before it must be stored.
    """

    name: str
    zh: str
    en: str
    many_en: str
    model: type[Record]
    fields: tuple[Field, ...]
    checks: tuple[Check, ...] = ()
    prefix: str = ""
    personal: bool = False
    keeps: tuple[Callable[[Record], Iterator[Problem]], ...] = ()
    among: bool = False

    def field(self, name: str) -> Field:
        """The field of a name."""
        return next(f for f in self.fields if f.name == name)

    def empty(self, name: str) -> Any:
        """What stands in a field of which nothing is told: the column's own default."""
        column: Any = self.model._meta.get_field(name)
        if column.null and not column.has_default():
            return None
        default = column.get_default()
        return default.value if isinstance(default, Enum) else default

    def values_of(self, record: Model) -> dict[str, Any]:
        """What stands in a record."""
        return {f.name: getattr(record, f.name) for f in self.fields}

    def plain(self, values: Values) -> dict[str, Any]:
        """Values as JSON takes them; fields that are not there are left out."""
        return {f.name: f.value.plain(values[f.name]) for f in self.fields if f.name in values}


def in_order(first: str, second: str, zh: str, en: str) -> Check:
    """A check that one day does not lie after another."""

    def check(draft: Draft) -> Iterator[Problem]:
        begin, end = draft.values.get(first), draft.values.get(second)
        if begin and end and end < begin:
            yield Problem(
                second,
                f"{zh}：{end}早于{begin}。请核对两个日期。",
                f"{en}: {end} lies before {begin}. Check both.",
            )

    return check
