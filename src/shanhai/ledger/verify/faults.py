"""Faults: what verifying finds."""

from enum import StrEnum

import msgspec


class Trouble(StrEnum):
    """What sort of fault it is."""

    CHAIN = "chain"
    BYTES = "bytes"
    CONTENT = "content"
    QUOTE = "quote"
    COUNT = "count"
    DECISION = "decision"
    CHANGED = "changed"
    MISSING = "missing"
    UNRECORDED = "unrecorded"
    DERIVED = "derived"


class Fault(msgspec.Struct, frozen=True):
    """One fault.

    Attributes:
        trouble: what sort.
        table: in which table.
        row: which row: its id, or what it is named by.
        column: in which column; "" where it is the row as a whole.
        zh, en: what is wrong.
    """

    trouble: Trouble
    table: str
    row: str
    column: str
    zh: str
    en: str

    def __str__(self) -> str:
        where = f"{self.table} {self.row}" + (f" {self.column}" if self.column else "")
        return f"{where}: {self.zh} {self.en}"
