"""Qualifiers and the bounds that each commits its writer to: the one table behind ``docs/quantities.md``."""

from enum import StrEnum
from functools import cache

import msgspec

from shanhai.catalogue.files import data_file, decode
from shanhai.model import Approx, CatalogueError


class Position(StrEnum):
    """Where a qualifier stands."""

    BEFORE = "before"
    INSIDE = "inside"
    AFTER = "after"
    NONE = "none"


class End(StrEnum):
    """Where one end of the interval lies, seen from the number."""

    VALUE = "value"
    NEXT_STEP = "next_step"
    ROUNDED = "rounded"
    TENTH = "tenth"
    OPEN = "open"


class Closed(StrEnum):
    """Which ends belong to the interval."""

    BOTH = "both"
    LOW = "low"
    HIGH = "high"
    NONE = "none"


class Qualifier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the table: words, what they say, and why. ``gives`` is the interval of ``example``.

    ``unless_after`` names the characters that make another word of a one-character qualifier (通过, 以上);
    ``only_before`` those that must follow it (上万).
    """

    position: Position
    words: tuple[str, ...]
    approx: Approx
    low: End
    high: End
    closed: Closed
    example: str
    gives: str
    reason: str
    reason_zh: str
    unless_after: dict[str, str] = {}
    only_before: dict[str, str] = {}


class Qualifiers(msgspec.Struct, frozen=True):
    """The table, and its words by position (each word to the key of its row)."""

    rows: dict[str, Qualifier]
    before: dict[str, str]
    inside: dict[str, str]
    after: dict[str, str]
    unless_after: dict[str, str]
    only_before: dict[str, str]


@cache
def load_qualifiers() -> Qualifiers:
    """The table of qualifiers.

    Raises:
        CatalogueError: when the file does not hold what it must, or a word stands twice at one position.
    """
    rows = decode(data_file("qualifiers.yaml"), dict[str, Qualifier])
    by_position: dict[Position, dict[str, str]] = {p: {} for p in Position}
    problems = []
    for key, row in rows.items():
        words = by_position[row.position]
        for word in row.words:
            if word in words:
                problems.append(f"qualifiers.yaml: {word!r} stands in {words[word]} and in {key}; keep one")
            words[word] = key
    if problems:
        raise CatalogueError(tuple(problems))
    return Qualifiers(
        rows,
        by_position[Position.BEFORE],
        by_position[Position.INSIDE],
        by_position[Position.AFTER],
        {word: chars for row in rows.values() for word, chars in row.unless_after.items()},
        {word: chars for row in rows.values() for word, chars in row.only_before.items()},
    )
