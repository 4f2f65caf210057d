"""The body of a Word document as its reader sees it with all tracked changes accepted.

Element names are those of ECMA-376 part 1, 17, without prefix.
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from shanhai.reading.extracted import BlockKind
from shanhai.reading.formats.assembly import Assembly
from shanhai.reading.formats.wordstyles import PLAIN, Style, hides, outline_kind, switched

_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PROPERTIES: Final = frozenset(("pPr", "rPr", "sdtPr", "sectPr", "tblPr", "tcPr", "trPr"))
_UNSEEN: Final = frozenset(("del", "delText", "Fallback", "instrText", "moveFrom", "rt"))
_LEFT_OUT: Final = _PROPERTIES | _UNSEEN
_SENTENCE_END: Final = re.compile(r"(?<=[。！？；：!?;:])[”’）)]*\s*\n")
_MOST_COLUMNS: Final = 1_000


class Paragraph:
    """The text of one paragraph while it is gathered: what is seen, what is hidden, the boxes in it."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.hidden: list[str] = []
        self.boxes: list[Element] = []
        self.linked = 0

    def add(self, text: str, hidden: bool, linked: bool) -> None:
        """Add a stretch of text."""
        (self.hidden if hidden else self.seen).append(text)
        if linked and not hidden:
            self.linked += len(text)

    @property
    def lines(self) -> list[str]:
        """What is seen, in lines: a break after the end of a sentence ends one, any other is white space."""
        return _SENTENCE_END.sub(lambda found: found[0].strip() + "\0", "".join(self.seen)).split("\0")


class Body:
    """Writes block-level elements into an assembly, in the order in which they are read.

    Args:
        assembly: takes the blocks.
        styles: the document's styles by their ids.
        kind: what every block is, for headers and footers; None to go by style.
    """

    def __init__(self, assembly: Assembly, styles: dict[str, Style], kind: BlockKind | None = None) -> None:
        self._assembly = assembly
        self._styles = styles
        self._kind = kind
        self._fields: list[bool] = []  # for each open field whether its instruction is still being read
        self._carried: Paragraph | None = None

    def write(self, container: Element) -> None:
        """Write the paragraphs and tables of ``container``, however wrapped."""
        for block in _blocks(container, ("p", "tbl")):
            if block.tag == "p":
                self._paragraph(block)
            else:
                self._table(block)
        self._flush()

    def _paragraph(self, element: Element) -> None:
        paragraph = self._carried or Paragraph()
        self._carried = None
        properties = element.find("pPr")
        style = self._style(properties, "pStyle")
        self._gather(element, paragraph, style.hidden, False)
        mark = properties.find("rPr") if properties is not None else None
        if mark is not None and mark.find("del") is not None:
            self._carried = paragraph  # the break after it is deleted, so it runs on into the next
            return
        outlined = outline_kind(properties)
        self._lines(paragraph, style.kind if outlined is None else outlined)

    def _flush(self) -> None:
        paragraph, self._carried = self._carried, None
        if paragraph:
            self._lines(paragraph, BlockKind.PARAGRAPH)

    def _lines(self, paragraph: Paragraph, kind: BlockKind) -> None:
        lines = paragraph.lines
        length = sum(map(len, lines))
        for line in lines:
            self._assembly.line(
                line, self._kind or kind, min(1.0, paragraph.linked / length) if length else 0.0
            )
        self._aside(paragraph)

    def _aside(self, paragraph: Paragraph) -> None:
        """What stands beside the line of text: its hidden parts and its boxes."""
        self._assembly.line("".join(paragraph.hidden), self._kind or BlockKind.HIDDEN)
        for box in paragraph.boxes:
            self.write(box)

    def _style(self, properties: Element | None, name: str) -> Style:
        named = properties.find(name) if properties is not None else None
        return PLAIN if named is None else self._styles.get(named.get("val", ""), PLAIN)

    def _gather(self, element: Element, into: Paragraph, hidden: bool, linked: bool) -> None:
        """Add the text of ``element`` to ``into``."""
        for child in element:
            tag = child.tag
            if tag in _LEFT_OUT:
                continue
            if tag == "r":
                properties = child.find("rPr")
                told = hides(properties) if properties is not None else None
                run_hidden = hidden or self._style(properties, "rStyle").hidden if told is None else told
                self._gather(child, into, run_hidden, linked)
            elif tag == "t":
                self._add(child.text or "", into, hidden, linked)
            elif tag in _SIGNS or tag == "sym":
                self._add(sign(child), into, hidden, linked)
            elif tag == "fldChar":
                self._field(child.get("fldCharType", ""))
            elif tag == "txbxContent":
                into.boxes.append(child)
            else:
                self._gather(child, into, hidden, linked or tag == "hyperlink")

    def _add(self, text: str, into: Paragraph, hidden: bool, linked: bool) -> None:
        if not any(self._fields):
            into.add(text, hidden, linked)

    def _field(self, step: str) -> None:
        """Follow a field, whose instruction is not seen while its result is."""
        if step == "begin":
            self._fields.append(True)
        elif self._fields and step == "separate":
            self._fields[-1] = False
        elif self._fields and step == "end":
            self._fields.pop()

    def _table(self, table: Element) -> None:
        self._flush()
        rows = [row for row in _blocks(table, ("tr",)) if switched(row.find("trPr"), "del") is None]
        cells = [list(_blocks(row, ("tc",))) for row in rows]
        if len(rows) == 1 and len(cells[0]) == 1:
            self.write(cells[0][0])  # a frame around text, not a table
            return
        number = self._assembly.new_table()
        for row, row_cells in zip(rows, cells, strict=True):
            self._row(row, row_cells, number)

    def _row(self, row: Element, cells: list[Element], number: int) -> None:
        properties = row.find("trPr")
        texts = [""] * _count(properties, "gridBefore", 0)
        nested: list[Element] = []
        aside: list[Paragraph] = []
        for cell in cells:
            shape = cell.find("tcPr")
            merged = shape.find("vMerge") if shape is not None else None
            covered = merged is not None and merged.get("val", "continue") == "continue"
            text = self._cell(cell, nested, aside)
            texts += ["" if covered else text] + [""] * (_count(shape, "gridSpan", 1) - 1)
        hidden = BlockKind.HIDDEN if switched(properties, "hidden") else BlockKind.ROW
        self._assembly.row(texts, number, self._kind or hidden)
        for paragraph in aside:
            self._aside(paragraph)
        for table in nested:
            self._table(table)

    def _cell(self, cell: Element, nested: list[Element], aside: list[Paragraph]) -> str:
        texts = []
        for block in _blocks(cell, ("p", "tbl")):
            if block.tag == "tbl":
                nested.append(block)
                continue
            paragraph = Paragraph()
            self._gather(block, paragraph, self._style(block.find("pPr"), "pStyle").hidden, False)
            texts.append("".join(paragraph.seen))
            if paragraph.hidden or paragraph.boxes:
                aside.append(paragraph)
        return " ".join(filter(None, texts))


def _blocks(container: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    """The elements called ``tags`` in ``container``, looking through what only wraps them."""
    for child in container:
        if child.tag in tags:
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child, tags)


def _count(properties: Element | None, name: str, otherwise: int) -> int:
    found = properties.find(name) if properties is not None else None
    value = found.get("val", "") if found is not None else ""
    return min(int(value), _MOST_COLUMNS) if value.isdecimal() and len(value) < 9 else otherwise


def sign(element: Element) -> str:
    """The character that an element stands for, "" for one that stands for none.

    Signs from the private area of a symbol font (F000 to F0FF) mean nothing without their font.
    """
    if element.tag != "sym":
        return _SIGNS.get(element.tag, "")
    try:
        code = int(element.get("char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE else "\ufffd"
