"""Stated ranges: what per-unit figures, rates and measures can be; and the slips that lead out of them.

One file a figure in ``data/plausible``, wide enough that true reports do not ring. The slips are ``data/slips.yaml``.
"""

from decimal import Decimal
from functools import cache

import msgspec

from shanhai.catalogue.files import data_file, data_files, decode, decode_all
from shanhai.catalogue.indicators import load_indicators
from shanhai.catalogue.units import load_units
from shanhai.model import CatalogueError, Kind


class Plausible(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one sort of figure can be.

    Attributes:
        name_zh, name_en: what it is called.
        unit: of ``low`` and ``high``; figures in units that convert to it are held against it too.
        per_zh, per_en: per what, or of what.
        reason_zh, reason_en: why nothing lies outside.
        indicators: catalogue codes that it is for; any where left out.
        kinds: of figures.
        words: what must stand with the figure, one of them; words with a space between must all stand there.
        unless: what must not stand with it.
        low, high: the ends, which belong to the range; None where open.
    """

    name_zh: str
    name_en: str
    unit: str
    per_zh: str
    per_en: str
    reason_zh: str
    reason_en: str
    indicators: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = (Kind.LEVEL, Kind.FROM_TO)
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None

    def problems(self) -> list[str]:
        """What is wrong with the entry."""
        known, units = load_indicators(), load_units()
        found = [
            f"indicators: {c!r} is no indicator of the catalogue" for c in self.indicators if c not in known
        ]
        if self.unit not in units.kind_of:
            found.append(f"unit: {self.unit!r} is no unit of the catalogue")
        if self.low is None and self.high is None:
            found.append("low, high: give at least one end")
        if self.low is not None and self.high is not None and self.low >= self.high:
            found.append(f"low {self.low} must lie below high {self.high}")
        if not self.indicators and not self.words and Kind.LEVEL in self.kinds:
            found.append("words: nothing narrows the entry; give indicators or words")
        return found

    def told_by(self, phrase: str) -> bool:
        """Whether the words that stand with a figure make it one of these."""
        if any(w in phrase for w in self.unless):
            return False
        return not self.words or any(all(p in phrase for p in w.split()) for w in self.words)


class Slips(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a figure must lie off, and what a year looks like; see the file."""

    least_values: int
    least_score: Decimal
    least_factor: int
    least_spread: Decimal
    per_words: tuple[str, ...]
    first_year: int
    last_year: int
    year_before: tuple[str, ...]
    year_heads: tuple[str, ...]
    count_kinds: tuple[str, ...]


@cache
def load_plausible() -> dict[str, Plausible]:
    """The stated ranges by key, in the order of keys.

    Raises:
        CatalogueError: when a file does not hold what it must; all problems together.
    """
    found = decode_all(data_files("plausible"), Plausible)
    problems = [f"plausible/{key}.yaml: {p}" for key, entry in found.items() for p in entry.problems()]
    if problems:
        raise CatalogueError(tuple(problems))
    return found


@cache
def load_slips() -> Slips:
    """What plausibility looks for beyond stated ranges.

    Raises:
        CatalogueError: when the file does not hold what it must.
    """
    slips = decode(data_file("slips.yaml"), Slips)
    unknown = [k for k in slips.count_kinds if k not in load_units().kinds]
    if unknown:
        raise CatalogueError(tuple(f"slips.yaml: count_kinds: {k!r} is no kind of unit" for k in unknown))
    return slips
