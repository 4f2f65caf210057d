"""What a format gives to the rest of reading: the source text and where its blocks lie."""

from enum import StrEnum

import msgspec

from shanhai.model import Span


class BlockKind(StrEnum):
    """What the format itself says about a block."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ROW = "row"
    CAPTION = "caption"
    NAVIGATION = "navigation"
    HIDDEN = "hidden"


class Block(msgspec.Struct, frozen=True, gc=False):
    """One paragraph, heading, table row or caption of the source text.

    Attributes:
        start, end: its stretch of the source text, without the line feed.
        kind: what the format says that it is.
        linked: share of its characters that stand in links, 0 to 1.
        cells: for a row, the stretch of each cell.
        table: for a row, the number of its table, counted from 0; -1 elsewhere.
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    linked: float = 0.0
    cells: tuple[Span, ...] = ()
    table: int = -1


class Extracted(msgspec.Struct, frozen=True):
    """The text of one source as its format holds it.

    Attributes:
        text: the source text. Blocks are separated by line feeds, the cells of a row by tabs.
        blocks: in text order, disjoint, covering every non-blank stretch.
        media_type: of the format.
        encoding: the charset it was decoded with; "" where the format has none of its own.
        wrong_charset: whether the charset that the file declares is not the one it is written in.
        title, publisher, author, published: as the format's own metadata say; "" where they do not.
            ``published`` begins with an ISO date.
    """

    text: str
    blocks: tuple[Block, ...]
    media_type: str
    encoding: str = ""
    wrong_charset: bool = False
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""


class Limits(msgspec.Struct, frozen=True):
    """What one input may cost. The defaults keep reading under 1 GB of memory."""

    bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    characters: int = 20_000_000
    pages: int = 5_000
    cells: int = 2_000_000
