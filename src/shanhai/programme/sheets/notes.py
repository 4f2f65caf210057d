"""What is told of a sheet or a cell while it is read: where, and what to do, in Chinese and English."""

import msgspec


class Note(msgspec.Struct, frozen=True):
    """What is told of a sheet.

    Attributes:
        zh, en: what it is and what to do.
        place: sheet and cells, such as ``资金!B5:B7``; "" for the file.
        refused: nothing of the sheet is taken because of it.
    """

    zh: str
    en: str
    place: str = ""
    refused: bool = False


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a row.

    Attributes:
        place: the cell, such as ``C12``; the row's number where it is no single cell.
        heading: of its column; "" where it is no single one.
        value: what stands there.
        zh, en: the reason, and the remedy.
    """

    place: str
    heading: str
    value: str
    zh: str
    en: str
