"""Excel workbooks, read cell by cell as they unpack.

Only what is written counts: two cells at the far corners of a sheet cost two cells. (Readers that lay a sheet out as
a rectangle reserve gigabytes for such a file and are killed; so are those that copy a shared text into every cell
that shows it.) Number formats are heeded, because 0.853 shown as 85.3% is a percentage.
"""

import re
from array import array
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

import msgspec

from shanhai.reading.archives import Archive
from shanhai.reading.extracted import BlockKind
from shanhai.reading.formats.assembly import Assembly, too_large
from shanhai.reading.formats.numberformats import GENERAL, NumberFormat, number_format, shown
from shanhai.reading.formats.xmlparts import local, main_part, parse, related, tree

_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_COLUMN: Final = 16_384
_TRUE: Final = ("1", "true", "on")


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
        by_kind = {kind: target for kind, target in parts.values()}
        self.since_1904 = any(p.get("date1904", "") in _TRUE for p in book.iter("workbookPr"))
        self.sheets = [
            Sheet(sheet.get("name", ""), sheet.get("state", "visible") != "visible", parts[sheet.get("id", "")][1])
            for sheet in book.iter("sheet")
            if parts.get(sheet.get("id", ""), ("", ""))[0] == "worksheet"
        ]
        self.formats = list(_formats(archive, by_kind["styles"])) if "styles" in by_kind else []
        self.texts = _shared_texts(archive, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else []


def _formats(archive: Archive, part: str) -> Iterator[NumberFormat]:
    """The number format of each cell style, in their order."""
    styles = tree(archive, part)
    codes = {f.get("numFmtId", ""): f.get("formatCode", "") for f in styles.iter("numFmt")}
    known: dict[str, NumberFormat] = {}
    cells = styles.find("cellXfs")
    for style in cells if cells is not None else ():
        number = style.get("numFmtId", "0")
        if number not in known:
            known[number] = number_format(int(number) if number.isdecimal() else 0, codes.get(number))
        yield known[number]


def _shared_texts(archive: Archive, part: str) -> list[str]:
    """The texts that cells refer to by number."""
    taker = _TextTaker(archive)
    parse(archive, part, taker.parser)
    return taker.texts


class _TextTaker:
    """Takes the texts of a shared strings part; the readings (拼音) written above them are left out."""

    def __init__(self, archive: Archive) -> None:
        self.texts: list[str] = []
        self._archive = archive
        self._pieces: list[str] = []
        self._taking = False
        self._aside = 0
        self._characters = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        name = local(name)
        self._aside += name == "rPh"
        self._taking = name == "t" and not self._aside

    def _data(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)
            self._characters += len(text)
            if self._characters > self._archive.limits.characters:
                raise too_large(self._archive.name, f"more than {self._archive.limits.characters:,} characters")

    def _end(self, name: str) -> None:
        name = local(name)
        self._taking = False
        self._aside -= name == "rPh"
        if name == "si":
            self.texts.append(_unescaped("".join(self._pieces)))
            self._pieces.clear()
            if len(self.texts) > self._archive.limits.cells:
                raise too_large(self._archive.name, f"more than {self._archive.limits.cells:,} texts in its cells")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
