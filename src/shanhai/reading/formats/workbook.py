"""Excel workbooks, read cell by cell as they unpack.

Only what is written counts: two cells at the far corners of a sheet cost two cells. (Readers that lay a
sheet out as a rectangle reserve gigabytes for such a file and are killed; so are those that copy a shared
text into every cell that shows it.) Number formats are heeded, because 0.853 shown as 85.3% is a
percentage.
"""

import re
from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from xml.parsers import expat

import msgspec

from shanhai.reading.archives import Archive
from shanhai.reading.extracted import BlockKind
from shanhai.reading.formats.assembly import MOST_BLOCKS, Assembly, too_large
from shanhai.reading.formats.numberformats import GENERAL, NumberFormat, number_format, shown
from shanhai.reading.formats.xmlparts import local, main_part, parse, related, tree

_LETTERS: Final = re.compile(r"[A-Za-z]{1,3}")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
LAST_COLUMN: Final = 16_384
_LARGE: Final = 16 * 1024 * 1024
TRUE: Final = ("1", "true", "on")


class Sheet(msgspec.Struct, frozen=True):
    """One sheet of a workbook: its name, whether it is hidden, and the part that holds it."""

    name: str
    hidden: bool
    part: str


class Workbook:
    """What all sheets of one workbook share.

    Args:
        archive: the package.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        part = main_part(archive, "xl/workbook.xml")
        book = tree(archive, part)
        parts = {key: (kind, target) for key, kind, target in related(archive, part)}
        by_kind = dict(parts.values())
        self.since_1904 = any(p.get("date1904", "") in TRUE for p in book.iter("workbookPr"))
        self.sheets = [
            Sheet(
                sheet.get("name", ""),
                sheet.get("state", "visible") != "visible",
                parts[sheet.get("id", "")][1],
            )
            for sheet in book.iter("sheet")
            if parts.get(sheet.get("id", ""), ("", ""))[0] == "worksheet"
        ]
        self.formats = list(_formats(archive, by_kind["styles"])) if "styles" in by_kind else []
        self.texts = (
            _SharedTexts(archive, by_kind["sharedStrings"]).texts if "sharedStrings" in by_kind else []
        )


def _formats(archive: Archive, part: str) -> Iterator[NumberFormat]:
    """The number format of each cell style, in their order."""
    styles = tree(archive, part)
    codes = {f.get("numFmtId", ""): f.get("formatCode", "") for f in styles.iter("numFmt")}
    known: dict[str, NumberFormat] = {}
    cells = styles.find("cellXfs")
    for style in cells if cells is not None else ():
        number = style.get("numFmtId", "0")
        if number not in known:
            known[number] = number_format(whole(number), codes.get(number))
        yield known[number]


class TextTaker:
    """Takes what stands in ``t`` and ``v`` elements; the readings (拼音) kept beside texts are left out."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._pieces: list[str] = []
        self._taking = False
        self._aside = 0
        self._characters = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name in ("v", "t"):
            self._taking = not self._aside
        elif name == "rPh":
            self._aside += 1
        else:
            self.begin(name, attributes)

    def _data(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)
            self._characters += len(text)
            if self._characters > self._archive.limits.characters:
                most = f"{self._archive.limits.characters:,}"
                raise too_large(self._archive.name, f"more than {most} characters")

    def _end(self, name: str) -> None:
        name = local(name)
        if name in ("v", "t"):
            self._taking = False
        elif name == "rPh":
            self._aside -= 1
        else:
            self.finish(name)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens that is neither text nor reading."""

    def finish(self, name: str) -> None:
        """It closes."""

    def taken(self) -> str:
        """The text taken since this was last asked for."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text

    def guard(self, texts: list[str]) -> None:
        """Stop at more texts than a workbook may have cells."""
        if len(texts) > self._archive.limits.cells:
            raise too_large(self._archive.name, f"more than {self._archive.limits.cells:,} cells")


class _SharedTexts(TextTaker):
    """The texts that cells refer to by number."""

    def __init__(self, archive: Archive, part: str) -> None:
        super().__init__(archive)
        self.texts: list[str] = []
        parse(archive, part, self.parser)

    def finish(self, name: str) -> None:
        """Keep what it held."""
        if name == "si":
            self.texts.append(_unescaped(self.taken()))
            self.guard(self.texts)


class Cells(TextTaker):
    """The filled cells of one sheet as a person sees them, row after row.

    Args:
        book: the workbook.
        part: the part that holds the sheet.
    """

    def __init__(self, book: Workbook, part: str) -> None:
        super().__init__(book.archive)
        if book.archive.size(part) > _LARGE:
            self._foresee(part)
        self._book = book
        self._columns = array("H")
        self._texts: list[str] = []
        self._row_ends = array("I")
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._column = 0
        self._type = self._style = ""
        self._row_hidden = False
        parse(book.archive, part, self.parser)

    def _foresee(self, part: str) -> None:
        """Refuse at a glance what reading would refuse after a while."""
        if self._archive.count(part, b"</row>") > MOST_BLOCKS:
            raise too_large(self._archive.name, f"more than {MOST_BLOCKS:,} rows")
        if self._archive.count(part, b"</v>") > self._archive.limits.cells:
            raise too_large(self._archive.name, f"more than {self._archive.limits.cells:,} cells")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of a cell, a row or a stretch of columns."""
        if name == "c":
            reference = attributes.get("r")
            self._column = column_of(reference.rstrip("0123456789")) if reference else self._column + 1
            if not 0 < self._column <= LAST_COLUMN:
                raise self._archive.broken(
                    f"a cell stands at {reference or self._column}, where no sheet has one"
                )
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "")
        elif name == "row":
            self._column = 0
            self._row_hidden = attributes.get("hidden", "") in TRUE
        elif name == "col" and attributes.get("hidden", "") in TRUE:
            first, last = (attributes.get(end, "") for end in ("min", "max"))
            self._hidden_columns.update(range(whole(first), min(whole(last), LAST_COLUMN) + 1))

    def finish(self, name: str) -> None:
        """Keep what it held."""
        if name == "c":
            if text := self._seen(self.taken()).strip():
                self._columns.append(self._column)
                self._texts.append(text)
                self.guard(self._texts)
        elif name == "row" and len(self._texts) > (self._row_ends[-1] if self._row_ends else 0):
            if self._row_hidden:
                self._hidden_rows.add(len(self._row_ends))
            self._row_ends.append(len(self._texts))
            if len(self._row_ends) > MOST_BLOCKS:
                raise too_large(self._archive.name, f"more than {MOST_BLOCKS:,} rows")

    def _seen(self, stored: str) -> str:
        """What a cell shows for what it stores."""
        if not stored:
            return ""
        if self._type == "n":
            style = whole(self._style)
            form = self._book.formats[style] if style < len(self._book.formats) else GENERAL
            return shown(stored, form, self._book.since_1904)
        if self._type == "s":
            number = whole(stored, -1)
            return self._book.texts[number] if 0 <= number < len(self._book.texts) else ""
        if self._type == "b":
            return "TRUE" if stored in TRUE else "FALSE"
        return stored if self._type == "d" else _unescaped(stored)

    @property
    def filled(self) -> bool:
        """Whether any cell shows anything."""
        return bool(self._texts)

    def write(self, assembly: Assembly, hidden: bool) -> None:
        """Add the rows to ``assembly``; columns that hold nothing in the whole sheet are left out."""
        table = assembly.new_table()
        columns = sorted(set(self._columns) - self._hidden_columns)
        place = {column: i for i, column in enumerate(columns)}
        start = 0
        for number, end in enumerate(self._row_ends):
            row = dict(zip(self._columns[start:end], self._texts[start:end], strict=True))
            start = end
            cells = [""] * (1 + max((place.get(column, 0) for column in row), default=0))
            for column in row.keys() & place.keys():
                cells[place[column]] = row.pop(column)
            kind = BlockKind.HIDDEN if hidden or number in self._hidden_rows else BlockKind.ROW
            assembly.row(cells, table, kind)
            assembly.line(" ".join(row.values()), BlockKind.HIDDEN)


def whole(text: str, otherwise: int = 0) -> int:
    """The whole number that an attribute says; ``otherwise`` where it says none."""
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


@lru_cache(LAST_COLUMN)
def column_of(letters: str) -> int:
    """The column that ``letters`` stand for, counted from 1; 0 if none."""
    number = 0
    for letter in letters.upper() if _LETTERS.fullmatch(letters) else "":
        number = number * 26 + ord(letter) - 64
    return number


def _unescaped(text: str) -> str:
    """``text`` with the characters that XML cannot hold, which Excel writes as ``_x000D_``."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)).encode("utf-8", "replace").decode(), text)
