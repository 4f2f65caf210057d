"""Where the claims of a report lie in the blocks (paragraphs, cells) that the page shows."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from shanhai.model import Span, TextMap


class Placed(msgspec.Struct, frozen=True):
    """One claim inside a block.

    Attributes:
        start, end: in source characters, clipped to the block.
        number: of the claim, counted from 1.
    """

    start: int
    end: int
    number: int


def source_block(text_map: TextMap, start: int, end: int, *, after: int = 0) -> Span:
    """The source stretch of a block of the mended text, with what was removed before and after its characters.

    It begins no earlier than ``after``, where the block before it ends.
    """
    i = bisect_left(text_map.anchors, start)
    touched = i < len(text_map.anchors) and text_map.anchors[i] == start
    begin = text_map.starts[i] if touched else text_map.to_source(start)
    begin = max(begin, after)
    return Span(begin, max(begin, text_map.to_source(end)))


def place(blocks: Sequence[Span], claims: Sequence[Span]) -> list[list[Placed]]:
    """For each block, the claims that begin in it; both ascending, in source characters.

    Every claim is placed once: one that begins between two blocks goes to the later, one beyond the last to the last.
    """
    placed: list[list[Placed]] = [[] for _ in blocks]
    if not blocks:
        return placed
    ends = [block.end for block in blocks]
    for number, claim in enumerate(claims, 1):
        i = min(bisect_right(ends, claim.start), len(blocks) - 1)
        start = min(max(claim.start, blocks[i].start), blocks[i].end)
        placed[i].append(Placed(start, max(start, min(claim.end, blocks[i].end)), number))
    return placed


def segments(block: Span, claims: Sequence[Placed]) -> Iterator[tuple[int, int, int]]:
    """Cut a block into stretches ``(start, end, number)``; number 0 is plain text.

    Where claims overlap, the one that begins later wins. A claim that others cover wholly has one empty stretch.
    """
    open_: list[Placed] = []
    shown: set[int] = set()
    at = block.start
    for claim in [*sorted(claims, key=lambda c: (c.start, -c.end)), None]:
        upto = block.end if claim is None else claim.start
        while open_ and open_[-1].end <= upto:
            top = open_.pop()
            if at < top.end or top.number not in shown:
                yield at, max(at, top.end), top.number
                shown.add(top.number)
            at = max(at, top.end)
        if at < upto:
            number = open_[-1].number if open_ else 0
            yield at, upto, number
            shown.add(number)
            at = upto
        if claim is not None:
            open_.append(claim)
