"""Tables: Excel workbooks (.xlsx) and separated values (.csv, .tsv), every filled row a block."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from shanhai.model import BrokenInput
from shanhai.reading.archives import Archive
from shanhai.reading.decode import Decoded, decode
from shanhai.reading.extracted import BlockKind, Extracted, Limits
from shanhai.reading.formats.assembly import Assembly, too_large
from shanhai.reading.formats.workbook import Cells, Workbook
from shanhai.reading.formats.xmlparts import properties

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv"
_SEPARATORS: Final = ",\t;|，；"
_TOLD: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_HEAD: Final = 20_000
_LOOKED_AT: Final = 50


def extract(data: bytes, name: str, limits: Limits) -> Extracted:
    """The text of a workbook or of separated values, told apart by how the bytes begin.

    Each sheet is a heading with its name and a table of its own. Cells show what a person sees: dates as
    ISO 8601, percentages with their sign, 12.0 as 12. Of merged cells the first holds the text. Hidden
    sheets, rows and columns are marked as hidden.

    Raises:
        BrokenInput: damaged, or a quotation mark that is never closed.
        EmptyInput: no filled cell.
        TooLarge: more cells, rows or characters than one report may have.
    """
    return _workbook(data, name, limits) if data.startswith(b"PK") else _separated(data, name, limits)


def _workbook(data: bytes, name: str, limits: Limits) -> Extracted:
    archive = Archive(data, name, limits)
    book = Workbook(archive)
    assembly = Assembly(name, limits)
    for sheet in book.sheets:
        cells = Cells(book, sheet.part)
        if cells.filled:
            assembly.line(sheet.name, BlockKind.HIDDEN if sheet.hidden else BlockKind.HEADING)
            cells.write(assembly, sheet.hidden)
    return assembly.extracted(XLSX, stated=properties(archive))


def _separated(data: bytes, name: str, limits: Limits) -> Extracted:
    decoded, rows = separated(data, name, limits)
    assembly = Assembly(name, limits)
    table = assembly.new_table()
    for row in rows:
        assembly.row(row, table)
    return assembly.extracted(CSV, decoded=decoded)


def separated(data: bytes, name: str, limits: Limits) -> tuple[Decoded, Iterator[list[str]]]:
    """The rows of separated values, whatever separates them; raises as ``extract`` does."""
    decoded = decode(data)
    text = decoded.text
    if len(text) > limits.characters:
        raise too_large(name, f"more than {limits.characters:,} characters")
    told = _TOLD.match(text)
    separator = told[1] if told else _separator(text)
    if told:
        text = text[told.end() :]
    strict = _well_quoted(text, separator, name)
    return decoded, csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)


def _separator(text: str) -> str:
    """The sign that cuts the most of the first lines into equally many fields."""
    head = text[:_HEAD].splitlines(keepends=True)[:_LOOKED_AT]

    def regularity(separator: str) -> tuple[int, int]:
        rows = [row for row in csv.reader(head, delimiter=separator) if any(row)]
        (fields, times), *_ = Counter(map(len, rows)).most_common(1) or [(1, 0)]
        return (times, fields) if fields > 1 else (0, 0)

    return max(_SEPARATORS, key=regularity)


def _well_quoted(text: str, separator: str, name: str) -> bool:
    """Whether every quotation mark stands where it may; if not, fields are taken as they come.

    Raises:
        BrokenInput: one is never closed, so that nobody can tell where its field ends.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error as fault:
        if "expected after" in str(fault):
            return False
        reason = f"a quotation mark before line {reader.line_num} is never closed"
        raise BrokenInput(name, reason, "put it right, or save the table as .xlsx") from fault
    return True
