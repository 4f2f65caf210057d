"""A report: the mended text of one source, with the way back to every source character."""

import datetime
from enum import StrEnum

import msgspec

from shanhai.model.spans import Span, TextMap


class Role(StrEnum):
    """What a passage is to the report. Claims are read only from those in ``CONTENT``."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    TABLE = "table"
    BYLINE = "byline"
    FURNITURE = "furniture"
    REPEAT = "repeat"
    SPAM = "spam"
    HIDDEN = "hidden"


CONTENT = frozenset({Role.TITLE, Role.HEADING, Role.BODY, Role.CAPTION, Role.TABLE})
"""The roles that speak for the report; all others are set apart."""


class Passage(msgspec.Struct, frozen=True, gc=False):
    """One paragraph, heading, caption or table row.

    Attributes:
        start, end: the stretch of the mended text, without the line feed.
        role: what it is to the report.
        reason: why it was given this role, in a few words ("" where nothing needed saying).
        cells: for a table row, the stretch of each cell in the mended text.
        table: the number of the table that a row belongs to, counted from 0; -1 outside tables.
    """

    start: int
    end: int
    role: Role
    reason: str = ""
    cells: tuple[Span, ...] = ()
    table: int = -1


class DamageKind(StrEnum):
    """The kinds of damage that reading mends, or shows where it cannot be mended."""

    PINYIN_GLOSS = "pinyin_gloss"
    TRADITIONAL_SCRIPT = "traditional_script"
    FULL_WIDTH = "full_width"
    DECIMAL_SIGN = "decimal_sign"
    BROKEN_PHRASE = "broken_phrase"
    BROKEN_LINE = "broken_line"
    INVISIBLE = "invisible"
    LOST_CHARACTER = "lost_character"
    UNREADABLE_FIGURE = "unreadable_figure"
    WRONG_CHARSET = "wrong_charset"


class Damage(msgspec.Struct, frozen=True):
    """One kind of damage found in a report.

    Attributes:
        kind: what it is.
        spans: where it stands in the source text, ascending.
        mended: whether the mended text has it put right; lost characters cannot be.
    """

    kind: DamageKind
    spans: tuple[Span, ...]
    mended: bool = True


class Source(msgspec.Struct, frozen=True):
    """Where a report's bytes came from.

    Attributes:
        name: the file's name as given.
        sha256: of the bytes as received, hexadecimal.
        size: in bytes.
        media_type: as recognised from the content.
        encoding: the charset that the text was decoded with; "" where the format has none of its own.
    """

    name: str
    sha256: str
    size: int
    media_type: str
    encoding: str = ""


class Report(msgspec.Struct, frozen=True):
    """The mended text of one source, in simplified script.

    Attributes:
        source: the bytes that it was read from.
        source_text: the characters taken out of the source before any mending; all published spans count these.
        text: the mended text. Line feeds separate passages.
        map: between the two.
        passages: in text order, covering every non-blank line of ``text``.
        sentences: stretches of the mended text, in order; none crosses a passage.
        damage: what was found and mended, one entry a kind.
        title, publisher, author: as the report states them, mended; None where it does not.
        date: of publication, as stated.
    """

    source: Source
    source_text: str
    text: str
    map: TextMap
    passages: tuple[Passage, ...]
    sentences: tuple[Span, ...]
    damage: tuple[Damage, ...] = ()
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: datetime.date | None = None

    @property
    def doc(self) -> str:
        """The file's name without folder and extension."""
        name = self.source.name.replace("\\", "/").rsplit("/", 1)[-1]
        stem, dot, _ = name.rpartition(".")
        return stem if dot and stem else name
