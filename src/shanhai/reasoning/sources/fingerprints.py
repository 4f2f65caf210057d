"""Fingerprints: what makes a figure or a sentence known again, in another report, year or script."""

import re
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

from shanhai.catalogue.units import load_units
from shanhai.model import CONTENT, Claim, Kind, Number, Report

TELLING = 3
"""From so many significant digits on, two equal figures are hardly equal by chance."""

_NO_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


class FigureKey(NamedTuple):
    """What two claims share that tell the same figure, each amount in the base of its unit."""

    value: Number
    upper: Number | None
    from_value: Number | None
    unit: str
    kind: Kind


def figure_key(claim: Claim) -> FigureKey | None:
    """The figure of a claim; None where it is only vague (数十)."""
    if claim.value is None:
        return None
    units = load_units()
    value, unit = units.converted(claim.value, claim.unit)
    upper = None if claim.upper is None else units.converted(claim.upper, claim.unit)[0]
    start = None if claim.from_value is None else units.converted(claim.from_value, claim.unit)[0]
    return FigureKey(value, upper, start, unit, claim.kind)


def significant(value: Number | None) -> int:
    """How many significant digits a figure has; noughts at the end are none.

    >>> significant(26870000), significant(1200), significant(None)
    (4, 2, 0)
    """
    if value is None:
        return 0
    digits = f"{abs(value):f}" if not isinstance(value, int) else str(abs(value))
    if "." in digits:
        digits = digits.rstrip("0").replace(".", "")
    return len(digits.lstrip("0").rstrip("0"))


def telling(claim: Claim) -> bool:
    """Whether the figure has so many significant digits that it is hardly met twice by chance."""
    return max(map(significant, (claim.value, claim.upper, claim.from_value))) >= TELLING


def bare(text: str) -> str:
    """The letters and digits of a text; signs, blanks and marks of lost characters are left out."""
    return _NO_WORD.sub("", text)


def wordless(text: str) -> str:
    """``bare`` without the digits: the words alone."""
    return _DIGITS.sub("", bare(text))


def content(report: Report) -> str:
    """The letters and digits of all that speaks for the report; its furniture and tails are left out."""
    return bare("".join([report.text[p.start : p.end] for p in report.passages if p.role in CONTENT]))


def shingles(text: str, size: int) -> set[str]:
    """All stretches of ``size`` characters; the text itself where it is shorter."""
    if len(text) <= size:
        return {text} if text else set()
    return {text[i : i + size] for i in range(len(text) - size + 1)}


def likeness(one: Set[str], other: Set[str]) -> float:
    """How far two sets agree, from 0 to 1 (Dice)."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


@lru_cache(1 << 16)
def alike(one: str | None, other: str | None) -> float:
    """How far two short texts agree in their pairs of characters, digits left out."""
    if not one or not other:
        return 0.0
    return likeness(_pairs(one), _pairs(other))


@lru_cache(1 << 15)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(shingles(wordless(text), 2))
