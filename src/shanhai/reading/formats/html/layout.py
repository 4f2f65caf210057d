"""Puts lines together into the source text and says where each block of it lies."""

from itertools import accumulate, pairwise

from shanhai.model import Span
from shanhai.reading.extracted import Block
from shanhai.reading.formats.html.lines import Line


def lay_out(lines: list[Line]) -> tuple[str, tuple[Block, ...]]:
    """The source text, one line a block, and the blocks."""
    blocks = []
    at = 0
    for line in lines:
        text = line.text
        end = at + len(text)
        start = at
        if text[0] == " ":
            start = end - len(text.lstrip())
        linked = min(line.linked / len(text), 1.0) if line.linked else 0.0
        cells = _spans(line.cells, at) if line.cells else ()
        blocks.append(Block(start, end, line.kind, linked, cells, line.table))
        at = end + 1
    return "\n".join([line.text for line in lines]), tuple(blocks)


def _spans(cells: tuple[str, ...], at: int) -> tuple[Span, ...]:
    ends = list(accumulate((len(cell) + 1 for cell in cells), initial=at))
    return tuple(Span(start, end - 1) for start, end in pairwise(ends))
