"""Markdown: which lines are headings, table rows, marks of its own, and metadata.

Only what changes the meaning of a line is told apart; its signs stay in the text. The table form is that of GitHub
Flavored Markdown, the rest that of CommonMark.
"""

import re
from collections.abc import Iterator
from typing import Final

from shanhai.model import Span
from shanhai.reading.extracted import Block, BlockKind, Limits
from shanhai.reading.formats.assembly import too_large

_HEADING: Final = re.compile(r"#{1,6}(\s+(?P<words>.*?)\s*#*)?")
_UNDERLINE: Final = re.compile(r"=+|-+")
_RULE: Final = re.compile(r"([-*_])(\s*\1){2,}")
_FENCE: Final = re.compile(r"(```+|~~~+)[^`]*")
_TABLE_RULE: Final = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_LINK: Final = re.compile(r"\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
_STATED: Final = re.compile(r"(title|author|date|publisher)\s*:\s*(.+)", re.IGNORECASE)

Line = tuple[int, int]
"""Where a line begins and ends."""


def blocks(text: str, lines: list[Line], limits: Limits, name: str) -> Iterator[Block]:
    """One block for each of ``lines``.

    Raises:
        TooLarge: more table cells than one report may have.
    """
    head = _front_matter(text, lines)
    for start, end in lines[:head]:
        yield Block(start, end, BlockKind.NAVIGATION)
    table, in_table, comment, cells = -1, False, False, 0
    for number in range(head, len(lines)):
        start, end = lines[number]
        line = text[start:end]
        below = lines[number + 1] if number + 1 < len(lines) else (end, end)
        next_line = text[slice(*below)] if text.count("\n", end, below[0]) == 1 else ""
        if comment or line.startswith("<!--"):
            comment = "-->" not in line
            yield Block(start, end, BlockKind.HIDDEN)
            continue
        apart = number == head or text.count("\n", lines[number - 1][1], start) > 1
        in_table = in_table and not apart and "|" in line
        if not in_table and "|" in line and (_ruled(next_line) or (line[0] == line[-1] == "|" and len(line) > 1)):
            in_table = True
            table += 1
        if in_table and not _ruled(line):
            row = tuple(_cells(text, start, end))
            cells += len(row)
            if cells > limits.cells:
                raise too_large(name, f"more than {limits.cells:,} cells")
            yield Block(start, end, BlockKind.ROW, 0.0, row, table)
        else:
            kind = BlockKind.NAVIGATION if in_table else _kind(line, next_line, apart)
            yield Block(start, end, kind, _linked(line))
