"""What a table holds: typed columns, rows as they come, and notes about how it was made."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

import msgspec

Value = str | int | Decimal | datetime.date | None
"""One cell; None is empty."""


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    WHOLE = "whole"
    EXACT = "exact"
    DAY = "day"
    LINK = "link"


class Column(msgspec.Struct, frozen=True):
    """One column.

    Attributes:
        name: in Parquet: short, of ASCII letters, the same in each language.
        heading: what a person reads above it.
        kind: what its cells are: text; whole or exact (``Decimal``) numbers; days; links, which are absolute addresses.
        width: in characters, for XLSX.
    """

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    width: int = 14


class Sheet(msgspec.Struct, frozen=True):
    """A table to be written.

    Attributes:
        title: the name of the first sheet, at most 31 characters.
        columns: in order.
        rows: each as long as ``columns``; taken one by one, once.
        notes: name and text of what a reader must know: what was asked, of when the data are, how to read them.
        notes_title: the name of the sheet of the notes.
        made: the time that the file bears, in UTC: that of the data, not of the clock.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    notes: Sequence[tuple[str, str]]
    notes_title: str
    made: datetime.datetime
