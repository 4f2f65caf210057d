"""XLSX in constant memory: a frozen head, widths, a sheet of notes; text is text, whatever it begins with."""

import datetime
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from shanhai.publishing.sheets.cells import storable
from shanhai.publishing.sheets.sheet import Column, Kind, Sheet, Value

_LONGEST_TEXT = 32_767
_LONGEST_LINK = 2_079
_MOST_LINKS = 65_000
"""A sheet holds no more links than about so many; addresses after them stand as text."""
_EXACT_DIGITS = 15
"""A spreadsheet keeps no more digits of a number; a longer one stands as text, whole."""
_NOTE_WIDTHS = (18, 90)


def write(sheet: Sheet, stream: BinaryIO) -> None:
    """Write the rows as they come, then the notes."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, {**options, "strings_to_numbers": False})
    made = sheet.made.astimezone(datetime.UTC).replace(tzinfo=None)
    book.set_properties({"title": storable(sheet.title), "created": made})
    looks = _Looks(book)
    _rows(book.add_worksheet(sheet.title), sheet, looks)
    _notes(book.add_worksheet(sheet.notes_title), sheet, looks)
    book.close()


class _Looks:
    """The formats of cells."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.whole = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.exact = book.add_format({"num_format": "#,##0.##########", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.link = book.add_format({"font_color": "#0F5257", "underline": 1, "valign": "top"})


def _rows(page: Any, sheet: Sheet, looks: _Looks) -> None:
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, storable(column.heading), looks.head)
    page.freeze_panes(1, 0)
    number = links = 0
    for number, row in enumerate(sheet.rows, 1):
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            links += _cell(page, (number, at), column, value, looks, links)
    page.autofilter(0, 0, max(number, 1), len(sheet.columns) - 1)


def _cell(page: Any, place: tuple[int, int], column: Column, value: Value, looks: _Looks, links: int) -> int:
    """Write a cell; 1 where it is a link."""
    if value is None or value == "":
        return 0
    if isinstance(value, str):
        linked = column.kind is Kind.LINK and links < _MOST_LINKS and len(value) <= _LONGEST_LINK
        if linked and value.startswith(("https://", "http://")):
            page.write_url(*place, value, looks.link, string=value)
            return 1
        page.write_string(*place, _fitted(value), looks.text)
    elif isinstance(value, datetime.date):
        page.write_datetime(*place, value, looks.day)
    elif _is_short(value):
        page.write_number(*place, value, looks.whole if _is_whole(value) else looks.exact)
    else:
        page.write_string(*place, f"{value:f}" if isinstance(value, Decimal) else str(value), looks.text)
    return 0


def _notes(page: Any, sheet: Sheet, looks: _Looks) -> None:
    for at, width in enumerate(_NOTE_WIDTHS):
        page.set_column(at, at, width)
    for number, (name, told) in enumerate(sheet.notes):
        page.write_string(number, 0, _fitted(name), looks.head)
        page.write_string(number, 1, _fitted(told), looks.wrapped)


def _fitted(text: str) -> str:
    text = storable(text)
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"


def _is_whole(value: int | Decimal) -> bool:
    return isinstance(value, int) or value == value.to_integral_value()


def _is_short(value: int | Decimal) -> bool:
    """Whether a spreadsheet can hold all digits of a number."""
    exact = Decimal(value)
    digits = exact.normalize().as_tuple().digits if exact else (0,)
    return exact.is_finite() and len(digits) <= _EXACT_DIGITS and abs(exact.adjusted()) < 300
