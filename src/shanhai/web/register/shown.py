"""Kinds, fields and values of records in the reader's language, with the addresses of what they name."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shanhai.ledger.models import Pairing
from shanhai.programme.kinds import Field, Kind
from shanhai.programme.models import Record, Term
from shanhai.programme.values import Amount, AreaKey, Count, Day, Quantity, Reference, Share, Text
from shanhai.web.links import record_path, source_path

_ADDRESS = re.compile(r"(?:https?://[^/\s]+)?(/(?:room|sources)/[0-9a-f]{64}/(?:#s-[0-9a-f]{32})?)")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBERS = (Amount, Count, Quantity, Share)
_NAMES = ("name", "summary", "funder")


class Cell(msgspec.Struct, frozen=True):
    """A value of a record.

    Attributes:
        field: the name of its field.
        label: what stands above it.
        text: the value in words; "" where there is none.
        href: the page of what it names.
        number: it stands at the right.
    """

    field: str
    label: str
    text: str
    href: str = ""
    number: bool = False


def english() -> bool:
    """Whether the page is read in English."""
    return not (get_language() or "zh").startswith("zh")


def label(named: Field | Kind) -> str:
    """What a field or a kind is called."""
    return named.en if english() else named.zh


def many(kind: Kind) -> str:
    """What several records of a kind are called."""
    return kind.many_en.capitalize() if english() else kind.zh


def note(field: Field) -> str:
    """What a field means, and how it is written where its form does not show that by itself."""
    zh, en = field.value.note()
    if isinstance(field.value, Reference):
        how = _("输入编号或名称的一部分，从提示中选。")
    elif isinstance(field.value, Text | AreaKey | Day) or hasattr(field.value, "options"):
        how = ""
    else:
        how = en if english() else zh
    own = field.note_en if english() else field.note_zh
    return ("; " if english() else "；").join(part for part in (own, how) if part)


def name_of(record: Record | Pairing) -> str:
    """What a record is called beside its number; "" where it has no name."""
    if isinstance(record, Pairing):
        return record.name_en if english() and record.name_en else record.name_zh
    if isinstance(record, Term):
        return f"Batch {record.batch} {record.phase}" if english() else f"第{record.batch}批{record.phase}"
    return next((str(getattr(record, name)) for name in _NAMES if getattr(record, name, "")), "")


def title(record: Record) -> str:
    """Number and name."""
    return f"{record.key} {name_of(record)}".strip()


def is_number(field: Field) -> bool:
    """Whether a field's values stand at the right."""
    return isinstance(field.value, _NUMBERS)


def cell(field: Field, record: Record, pairing: str, seen: Iterable[str]) -> Cell:
    """A field's value of a record.

    Args:
        field, record: which.
        pairing: its key.
        seen: the kinds that the reader may see: of others nothing but the number is told.
    """
    value = getattr(record, field.name)
    if isinstance(field.value, Reference) and value is not None:
        if field.value.kind == "pairing":
            return Cell(field.name, label(field), str(value.key))
        if field.value.kind not in seen:
            return Cell(field.name, label(field), value.key)
        return Cell(field.name, label(field), title(value), record_path(pairing, field.value.kind, value.key))
    return Cell(field.name, label(field), told(field, value), "", is_number(field))


def told(field: Field, value: Any) -> str:
    """A value in words; an amount of money with separators."""
    if isinstance(field.value, Amount) and value is not None:
        return f"{value:,.2f}"
    return field.value.shown(value, english())


def plain_told(field: Field | None, value: Any) -> str:
    """A value as the audit keeps it, in words."""
    if value is None or value == "" or value == [] or value == {}:
        return "—"
    if field is None or isinstance(field.value, Reference):
        return str(value)
    try:
        if isinstance(value, str) and isinstance(field.value, _NUMBERS):
            return told(field, Decimal(value))
        return field.value.shown(value, english()) or str(value)
    except (AttributeError, TypeError, ValueError, InvalidOperation):  # such as a date, kept as text
        return str(value)


def evidence_path(evidence: str) -> str:
    """The page that an evidence names: a source's, or a statement's in the reading room; "" where it names none."""
    if found := _ADDRESS.fullmatch(evidence.strip()):
        return found[1]
    return source_path(evidence.strip()) if _SHA256.fullmatch(evidence.strip()) else ""
