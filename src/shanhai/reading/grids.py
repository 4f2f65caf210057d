"""Tables as they are stored, cell by cell: for those who take rows in, where ``formats`` shows what a person reads.

Each cell knows its place and what sort of thing it holds; hidden rows and columns and merged stretches are told. Only
what is written counts, and nothing is kept of a sheet with more rows than are taken.
"""

import re
from decimal import Context, Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

import msgspec

from shanhai.model import EmptyInput, TooLarge, UnknownFormat
from shanhai.reading.archives import Archive
from shanhai.reading.extracted import Limits
from shanhai.reading.formats.numberformats import GENERAL, shown
from shanhai.reading.formats.sheets import separated
from shanhai.reading.formats.workbook import LAST_COLUMN, TRUE, Sheet, TextTaker, Workbook, column_of, whole
from shanhai.reading.formats.xmlparts import parse
from shanhai.reading.formulas import meant
from shanhai.reading.kinds import FileKind, kind_of

MOST_ROWS: Final = 100_000
"""Filled rows of one sheet: so many are tried and taken in together within minutes, in a process apart."""
MOST_CELLS: Final = 2_500_000
"""Filled cells of one sheet: so many rows of the kind with the most fields."""
_BESIDE: Final = 100
"""Titles, headings, totals and remarks that may stand beside so many rows."""
MOST_SHEETS: Final = 50
MOST_MERGED: Final = 20_000
_LAST_ROW: Final = 1_048_576
_FIFTEEN: Final = Context(prec=15)
_FAULTS: Final = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_RANGE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})")


class Sort(StrEnum):
    """What a cell holds: text; a number; a day; true or false; a fault (#REF!); a formula of which no value is stored."""

    TEXT = "t"
    NUMBER = "n"
    DAY = "d"
    TRUTH = "b"
    FAULT = "e"
    FORMULA = "f"


class Cell(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A filled cell: row and column, counted from 1; what it holds, and that as text (numbers plain, days as ISO 8601)."""

    row: int
    column: int
    sort: Sort
    text: str


class Stretch(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Cells that are merged to one, from a first to a last row and column."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def name(self) -> str:
        """As a spreadsheet names it.

        >>> Stretch(2, 2, 4, 2).name
        'B2:B4'
        """
        return f"{letters(self.first_column)}{self.first_row}:{letters(self.last_column)}{self.last_row}"


class Grid(msgspec.Struct, frozen=True):
    """One sheet.

    Attributes:
        name: of the sheet; "" for separated values.
        cells: row after row; none where it is ``too_long``.
        hidden: whether the whole sheet is.
        hidden_rows: those of the filled rows that are.
        hidden_columns: those of the filled columns that are.
        merged: what is merged.
        too_long: it has more filled rows than are taken.
    """

    name: str
    cells: tuple[Cell, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[Stretch, ...] = ()
    too_long: bool = False


def read_grids(data: bytes, name: str, limits: Limits | None = None) -> list[Grid]:
    """The sheets of a workbook (.xlsx), or the one table of separated values (.csv, .tsv).

    Raises:
        UnknownFormat: another kind of file.
        EmptyInput: no filled cell.
        UnreadableInput: damaged, locked or too large, as for every input.
    """
    limits = limits or Limits()
    if len(data) > limits.bytes:
        raise TooLarge(name, f"more than {limits.bytes // 1024 // 1024} MB", "split it")
    kind = kind_of(data, name)
    if kind is FileKind.XLSX:
        found = _workbook(data, name, limits)
    elif kind is FileKind.CSV:
        found = [_separated(data, name, limits)]
    else:
        raise UnknownFormat(
            name, f"a file of kind {kind.value}, not a table", "save the table as .xlsx or .csv"
        )
    if not any(grid.cells or grid.too_long for grid in found):
        raise EmptyInput(name, "holds no filled cell", "check that it is the right file")
    return found


def letters(column: int) -> str:
    """The letters of a column.

    >>> letters(1), letters(27), letters(16384)
    ('A', 'AA', 'XFD')
    """
    told = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        told = chr(65 + rest) + told
    return told


def _workbook(data: bytes, name: str, limits: Limits) -> list[Grid]:
    book = Workbook(Archive(data, name, limits))
    if len(book.sheets) > MOST_SHEETS:
        raise TooLarge(name, f"more than {MOST_SHEETS} sheets", "save the sheets in several files")
    return [_Cells(book, sheet).grid() for sheet in book.sheets]


def _separated(data: bytes, name: str, limits: Limits) -> Grid:
    cells: list[Cell] = []
    filled = 0
    for number, row in enumerate(separated(data, name, limits)[1], 1):
        own = [_written(number, at, text) for at, text in enumerate(row[:LAST_COLUMN], 1) if text.strip()]
        filled += bool(own)
        if filled > MOST_ROWS + _BESIDE or len(cells) > MOST_CELLS:
            return Grid("", too_long=True)
        cells.extend(own)
    return Grid("", tuple(cells))


def _written(row: int, column: int, text: str) -> Cell:
    text = meant(text)
    return Cell(row, column, Sort.FAULT if _FAULTS.fullmatch(text.strip()) else Sort.TEXT, text)


class _Enough(Exception):
    """A sheet has more rows than are taken."""


class _Cells(TextTaker):
    """The filled cells of one sheet."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        super().__init__(book.archive)
        self._book, self._sheet = book, sheet
        self._cells: list[Cell] = []
        self._rows = 0
        self._row = self._column = 0
        self._type = self._style = ""
        self._formula = self._row_hidden = False
        self._hidden_rows: set[int] = set()
        self._hidden: list[range] = []
        self._merged: list[Stretch] = []

    def grid(self) -> Grid:
        """Read it."""
        try:
            parse(self._book.archive, self._sheet.part, self.parser)
        except _Enough:
            return Grid(self._sheet.name, hidden=self._sheet.hidden, too_long=True)
        columns = sorted({cell.column for cell in self._cells})
        return Grid(
            self._sheet.name,
            tuple(self._cells),
            self._sheet.hidden,
            tuple(sorted(self._hidden_rows)),
            tuple(c for c in columns if any(c in stretch for stretch in self._hidden)),
            tuple(self._merged),
        )

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of where a cell stands and what is told of it."""
        if name == "c":
            self._begin_cell(attributes)
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._row = whole(attributes.get("r", ""), self._row + 1)
            self._column = 0
            self._row_hidden = attributes.get("hidden", "") in TRUE or attributes.get("ht", "") == "0"
            if not 0 < self._row <= _LAST_ROW:
                raise self._archive.broken(f"a row has the number {self._row}, which no sheet has")
        elif name == "col" and (attributes.get("hidden", "") in TRUE or attributes.get("width", "") == "0"):
            first, last = (whole(attributes.get(end, "")) for end in ("min", "max"))
            self._hidden.append(range(first, min(last, LAST_COLUMN) + 1))
        elif name == "mergeCell" and (found := _RANGE.fullmatch(attributes.get("ref", ""))):
            first_column, first_row, last_column, last_row = found.groups()
            self._merged.append(
                Stretch(int(first_row), column_of(first_column), int(last_row), column_of(last_column))
            )
            if len(self._merged) > MOST_MERGED:
                raise TooLarge(
                    self._archive.name, f"more than {MOST_MERGED:,} merged stretches", "unmerge its cells"
                )

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = column_of(reference.rstrip("0123456789")) if reference else self._column + 1
        if not 0 < self._column <= LAST_COLUMN:
            raise self._archive.broken(
                f"a cell stands at {reference or self._column}, where no sheet has one"
            )
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._formula = False

    def finish(self, name: str) -> None:
        """Keep what a cell held."""
        if name != "c":
            return
        stored = self.taken()
        sort, text = self._held(stored) if stored else (Sort.FORMULA, "")
        if not text.strip() and not (sort is Sort.FORMULA and self._formula):
            return
        if not self._cells or self._cells[-1].row != self._row:
            self._rows += 1
            if self._rows > MOST_ROWS + _BESIDE:
                raise _Enough
        if self._row_hidden:
            self._hidden_rows.add(self._row)
        self._cells.append(Cell(self._row, self._column, sort, text))
        if len(self._cells) > MOST_CELLS:
            raise _Enough

    def _held(self, stored: str) -> tuple[Sort, str]:
        if self._type == "n":
            return self._number(stored)
        if self._type == "s":
            number = whole(stored, -1)
            stored = self._book.texts[number] if 0 <= number < len(self._book.texts) else ""
        if self._type == "b":
            return Sort.TRUTH, "TRUE" if stored in TRUE else "FALSE"
        if self._type == "e" or _FAULTS.fullmatch(stored.strip()):
            return Sort.FAULT, stored
        if self._type == "d" and _DAY.match(stored):
            return Sort.DAY, stored[:10]
        return Sort.TEXT, stored

    def _number(self, stored: str) -> tuple[Sort, str]:
        """A number as it is stored; as a day, or with its per cent sign, where its format says so."""
        style = whole(self._style)
        form = self._book.formats[style] if style < len(self._book.formats) else GENERAL
        if form.date:
            told = shown(stored, form, self._book.since_1904)
            is_day = {"y", "m", "d"} <= set(form.date) and _DAY.match(told)
            return (Sort.DAY, told[:10]) if is_day else (Sort.TEXT, told)
        try:
            value = _FIFTEEN.create_decimal(stored)
        except InvalidOperation:
            return Sort.TEXT, stored
        if not value.is_finite() or abs(value.adjusted()) > 30:
            return Sort.TEXT, stored
        return (Sort.TEXT, f"{_plain(value * 100)}%") if form.percent else (Sort.NUMBER, _plain(value))


def _plain(value: Decimal) -> str:
    digits = f"{value:f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) or "0"
