"""Paragraphs and tables with direct formatting only: they need no style and change none.

Element names and their order are those of ECMA-376 part 1, 17.3 and 17.4.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from shanhai.publishing.commented_docx.markup import xml_text

_BORDERS: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_GRID: Final = 8_300
"""The text's width on an A4 page with Word's usual margins, in twentieths of a point."""
_STRICT: Final = (
    ('w:leftChars="', 'w:startChars="'),
    ('w:rightChars="', 'w:endChars="'),
    ('w:left="', 'w:start="'),
    ('w:right="', 'w:end="'),
    ('w:val="left"', 'w:val="start"'),
    ("<w:left ", "<w:start "),
    ("<w:right ", "<w:end "),
)
_BODY_SIZE, _TITLE_SIZE, _TABLE_SIZE, _NOTE_SIZE = 21, 32, 18, 18
_HALF_LINE: Final = 120


class Title(msgspec.Struct, frozen=True):
    """The title of a page of its own. It is no heading, so that no table of contents lists it."""

    text: str


class Text(msgspec.Struct, frozen=True):
    """One paragraph; a bold one stays with what follows it."""

    text: str
    bold: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table whose first row is its head; a line feed in a cell begins a new paragraph.

    Attributes:
        widths: of the columns, in per cent.
        rows: the cells.
    """

    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Title | Text | Table


def body(blocks: Iterable[Block], *, strict: bool) -> str:
    """The blocks as children of a document's body, with the prefix ``w``.

    Args:
        blocks: what is to be written.
        strict: whether the document is of the strict kind, which writes widths in another way.
    """
    return _of_kind("".join(_block(block, strict) for block in blocks), strict)


def note(paragraphs: Iterable[str], *, strict: bool) -> str:
    """The content of a comment, its first paragraph bold."""
    written = [_run(text, _NOTE_SIZE, bold=number == 0) for number, text in enumerate(paragraphs)]
    written[0] = f"<w:r><w:annotationRef/></w:r>{written[0]}"
    return _of_kind("".join(_paragraph(run) for run in written), strict)


def _of_kind(written: str, strict: bool) -> str:
    """The strict kind calls left and right start and end. Text cannot be hit: quotation marks in it are escaped."""
    if strict:
        for usual, other in _STRICT:
            written = written.replace(usual, other)
    return written


def _block(block: Block, strict: bool) -> str:
    if isinstance(block, Table):
        return _table(block, strict)
    if isinstance(block, Title):
        return _paragraph(_run(block.text, _TITLE_SIZE, bold=True), "<w:pageBreakBefore/>", _HALF_LINE)
    kept = "<w:keepNext/>" if block.bold else ""
    return _paragraph(_run(block.text, _BODY_SIZE, bold=block.bold), kept, _HALF_LINE)


def _paragraph(inside: str, before: str = "", after: int = 0) -> str:
    """A paragraph that undoes what a report's basic style usually sets: indents, wide lines, centring."""
    return (
        f'<w:p><w:pPr>{before}<w:spacing w:before="0" w:after="{after}" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:leftChars="0" w:left="0" w:rightChars="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="left"/><w:outlineLvl w:val="9"/></w:pPr>{inside}</w:p>'
    )


def _run(text: str, size: int, *, bold: bool) -> str:
    return (
        f'<w:r><w:rPr><w:b w:val="{int(bold)}"/><w:i w:val="0"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'</w:rPr><w:t xml:space="preserve">{xml_text(text)}</w:t></w:r>'
    )


def _table(table: Table, strict: bool) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in _BORDERS
    )
    columns = "".join(f'<w:gridCol w:w="{_GRID * width // 100}"/>' for width in table.widths)
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if number == 0 else ''}</w:trPr>"
        + "".join(
            _cell(cell, _share(width, strict), number == 0)
            for cell, width in zip(row, table.widths, strict=True)
        )
        + "</w:tr>"
        for number, row in enumerate(table.rows)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_share(100, strict)}" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
        + _paragraph("", after=0)
    )


def _cell(text: str, width: str, head: bool) -> str:
    paragraphs = "".join(_paragraph(_run(line, _TABLE_SIZE, bold=head)) for line in text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="pct"/></w:tcPr>{paragraphs}</w:tc>'


def _share(percent: int, strict: bool) -> str:
    """A width; outside of the strict kind it counts fiftieths of a per cent."""
    return f"{percent}%" if strict else str(percent * 50)
