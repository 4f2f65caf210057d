"""What sifting is given, and what it answers: one line of the mended text, one verdict for it."""

import msgspec

from shanhai.model import Role, Span
from shanhai.reading.extracted import BlockKind


class Line(msgspec.Struct, frozen=True, gc=False):
    """One non-blank line of the mended text, with what is known of it from its source.

    Attributes:
        start, end: its stretch of the mended text, without the line feed.
        kind: what the format says that it is.
        linked: share of its characters that stand in links, 0 to 1.
        cells: for a row, the stretch of each cell.
        traditional: share of the characters of its source that only traditional script has, 0 to 1.
        blanks: blank lines right before it, and lines of white space; pictures leave several.
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    linked: float = 0.0
    cells: tuple[Span, ...] = ()
    traditional: float = 0.0
    blanks: int = 0


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What a line is to the report, and what decided it ("" where nothing needed saying)."""

    role: Role
    reason: str = ""
