"""Putting a source text together block by block, so that every format keeps the same promises."""

import re
from collections.abc import Sequence
from typing import Final

from shanhai.model import EmptyInput, Span, TooLarge
from shanhai.reading.decode import Decoded
from shanhai.reading.extracted import Block, BlockKind, Extracted, Limits

MOST_BLOCKS: Final = 500_000
"""Lines and rows that one input may have; a sheet of a million rows is data, not a report."""
_BREAKS: Final = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_GAPS: Final = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


class Assembly:
    """A source text that grows by whole blocks; blank ones are left out.

    Args:
        name: the input's name, for messages.
        limits: what it may cost; going beyond raises ``TooLarge`` at once.
    """

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self._limits = limits
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._cells = 0
        self._tables = 0

    def new_table(self) -> int:
        """The number of the table that the next rows belong to."""
        self._tables += 1
        return self._tables - 1

    def line(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, linked: float = 0.0) -> None:
        """Add one paragraph, heading or the like; line breaks inside become spaces."""
        text = _BREAKS.sub(" ", text).strip()
        if text:
            start = self._append(text)
            self._blocks.append(Block(start, start + len(text), kind, linked))

    def row(self, cells: Sequence[str], table: int, kind: BlockKind = BlockKind.ROW) -> None:
        """Add one table row; tabs and line breaks inside cells become spaces."""
        cells = [_GAPS.sub(" ", cell).strip() for cell in cells]
        if not any(cells):
            return
        self._cells += len(cells)
        if self._cells > self._limits.cells:
            raise too_large(self.name, f"more than {self._limits.cells:,} cells")
        text = "\t".join(cells)
        start = at = self._append(text)
        spans = []
        for cell in cells:
            spans.append(Span(at, at + len(cell)))
            at += len(cell) + 1
        self._blocks.append(Block(start, start + len(text), kind, 0.0, tuple(spans), table))

    def extracted(
        self, media_type: str, *, decoded: Decoded | None = None, stated: dict[str, str] | None = None
    ) -> Extracted:
        """The whole of it, with what the format's metadata state: title, publisher, author, published.

        Raises:
            EmptyInput: no block was added.
        """
        if not self._blocks:
            raise EmptyInput(self.name, "holds no text", "check that it is the right file")
        encoding, wrong = (decoded.encoding, decoded.wrong_charset) if decoded else ("", False)
        return Extracted(
            "\n".join(self._parts), tuple(self._blocks), media_type, encoding, wrong, **(stated or {})
        )

    def _append(self, text: str) -> int:
        start = self._length
        self._parts.append(text)
        self._length += len(text) + 1
        if self._length > self._limits.characters:
            raise too_large(self.name, f"more than {self._limits.characters:,} characters")
        if len(self._parts) > MOST_BLOCKS:
            raise too_large(self.name, f"more than {MOST_BLOCKS:,} lines or rows")
        return start


def too_large(name: str, reason: str) -> TooLarge:
    """The error for an input that holds more than one report may."""
    return TooLarge(name, reason, "give only the part that reports results, or split it into several files")
