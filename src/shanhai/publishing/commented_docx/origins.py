"""Where in a Word document each character of its source text comes from.

The reader walks over the document twice: once as it is, once with every text replaced by its number. The numbers
come out in the order in which the reader puts the texts together. Since putting together changes white space only,
the characters that are no white space stand in the source text exactly as they do in the texts so ordered.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final
from xml.etree.ElementTree import Element

import msgspec

from shanhai.model import InvariantBroken
from shanhai.reading.archives import Archive
from shanhai.reading.extracted import Limits
from shanhai.reading.formats.assembly import Assembly
from shanhai.reading.formats.docx import DOCX, NOTES, walk
from shanhai.reading.formats.wordtext import sign
from shanhai.reading.formats.xmlparts import tree

_SEEN: Final = re.compile(r"\S")
_NUMBER: Final = re.compile(r"<(\d+)>")
_ROOM: Final = 12
"""How much longer than the text its number may be."""


class Written(msgspec.Struct, frozen=True, gc=False):
    """The text of one element as the document holds it.

    Attributes:
        part: the part of the package.
        element: which of the part's elements, counted in the order in which they begin.
        text: what it says.
        note: kind (footnote, endnote) and id of the note that it stands in; None elsewhere.
    """

    part: str
    element: int
    text: str
    note: tuple[str, str] | None


class Held(msgspec.Struct, frozen=True, gc=False):
    """Characters ``start`` to ``end`` of what is written in one element."""

    written: Written
    start: int
    end: int


class Origins:
    """The source text of a Word document and the way from it into the document.

    Args:
        archive: the document's package.
        limits: what reading it may cost.

    Raises:
        UnreadableInput: as reading does.
    """

    def __init__(self, archive: Archive, limits: Limits) -> None:
        parts: dict[str, Element] = {}

        def load(archive: Archive, part: str) -> Element:
            if part not in parts:
                parts[part] = tree(archive, part)
            return parts[part]

        assembly = Assembly(archive.name, limits)
        walk(archive, assembly, load)
        self.text = assembly.extracted(DOCX).text
        written = [one for part, root in parts.items() for one in _numbered(part, root)]
        _replace(parts, written)
        numbers = Assembly(
            archive.name, msgspec.structs.replace(limits, characters=limits.characters * _ROOM)
        )
        walk(archive, numbers, load)
        order = map(int, _NUMBER.findall(numbers.extracted(DOCX).text))
        self._written = [written[number] for number in order]
        self._ends = list(accumulate(len("".join(one.text.split())) for one in self._written))
        self._seen = [found.start() for found in _SEEN.finditer(self.text)]
        if "".join(self.text.split()) != "".join("".join(one.text.split()) for one in self._written):
            raise InvariantBroken(f"{archive.name}: the texts of the document are not those that were read")

    def of(self, start: int, end: int) -> Iterator[Held]:
        """What of the document makes ``text[start:end]``, white space around it left out, in reading order."""
        first, last = bisect_left(self._seen, start), bisect_left(self._seen, end)
        at = bisect_right(self._ends, first)
        while first < last:
            one = self._written[at]
            begins = self._ends[at - 1] if at else 0
            places = [found.start() for found in _SEEN.finditer(one.text)]
            until = min(last, self._ends[at])
            yield Held(one, places[first - begins], places[until - begins - 1] + 1)
            first, at = until, at + 1


def _numbered(part: str, root: Element) -> Iterator[Written]:
    """The texts of a part that are more than white space."""
    kind = NOTES.get(root.tag)
    notes = (
        {id(inner): note.get("id", "") for note in root.iter(kind) for inner in note.iter()} if kind else {}
    )
    for number, element in enumerate(root.iter()):
        text = element.text or "" if element.tag == "t" else sign(element)
        if text.strip():
            note = (kind, notes[id(element)]) if kind and id(element) in notes else None
            yield Written(part, number, text, note)


def _replace(parts: dict[str, Element], written: list[Written]) -> None:
    """Put its number in place of each text, so that what was one text remains one."""
    elements = {part: list(root.iter()) for part, root in parts.items()}
    for number, one in enumerate(written):
        element = elements[one.part][one.element]
        element.tag, element.text = "t", f"<{number}>"
