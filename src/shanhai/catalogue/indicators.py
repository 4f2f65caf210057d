"""Indicators: what programmes count. One file an indicator, in a folder an area: ``health/clinics.yaml``
is ``health.clinics``. A user's own files are laid over the built-in ones.
"""

from enum import StrEnum
from functools import cache

import msgspec

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.files import decode_all, overlaid_files
from shanhai.catalogue.units import load_units
from shanhai.model import CatalogueError


class Adds(StrEnum):
    """How figures of an indicator go together over periods and places."""

    SUM = "sum"
    LAST = "last"
    PEAK = "peak"
    RATIO = "ratio"
    NEVER = "never"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence and the figure in it that is meant."""

    text: str
    quote: str


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One indicator.

    Attributes:
        name_zh, name_en: what it is called.
        definition_zh, definition_en: what exactly is counted, and where it ends.
        units: kinds of unit (``people``) or single units (``户``) that its figures stand in.
        adds: how its figures go together.
        over: what they may be added over (``places``, ``periods``, ``teams``); none for ``never``.
        numerator, denominator: for a ratio, what is divided by what.
        direction: which way is better.
        words: what names it. Each entry is one word, or several with spaces between: then all must stand near.
        dac: OECD DAC purpose code; "" where none fits.
        sdg: SDG target; "" where none fits.
        examples: figures that are read as this indicator.
        counter_examples: figures that are not, though they look like it.
    """

    name_zh: str
    name_en: str
    definition_zh: str
    definition_en: str
    units: tuple[str, ...]
    adds: Adds
    direction: Direction
    words: tuple[str, ...]
    examples: tuple[Example, ...]
    over: tuple[str, ...] = ()
    numerator: str = ""
    denominator: str = ""
    dac: str = ""
    sdg: str = ""
    counter_examples: tuple[Example, ...] = ()

    def problems(self, kinds: frozenset[str]) -> list[str]:
        """What is wrong with the entry itself."""
        found = [f"units: {u!r} is neither a kind of unit nor a unit" for u in self.units if u not in kinds]
        if not self.words:
            found.append("words: nothing names the indicator; add at least one word")
        if not self.examples:
            found.append("examples: none; add a sentence with a figure that is read as this")
        if (self.adds is Adds.RATIO) != bool(self.numerator and self.denominator):
            found.append("adds: a ratio has numerator and denominator, and only a ratio has them")
        found += [
            f"examples: {e.quote!r} does not stand in {e.text!r}"
            for e in (*self.examples, *self.counter_examples)
            if e.quote not in e.text
        ]
        return found


@cache
def load_indicators() -> dict[str, Indicator]:
    """The indicators by code, in the order of areas and codes.

    Raises:
        CatalogueError: when a file does not hold what it must; all problems together.
    """
    units = load_units()
    kinds = frozenset({*units.kinds, *units.kind_of, ""})
    found: dict[str, Indicator] = {}
    problems: list[str] = []
    for area in load_areas():
        files = overlaid_files(f"indicators/{area}")
        try:
            named = decode_all(files, Indicator)
        except CatalogueError as e:
            problems += [f"indicators/{area}/{p}" for p in e.problems]
            continue
        found |= {f"{area}.{name}": indicator for name, indicator in named.items()}
        problems += [
            f"indicators/{area}/{name}.yaml: {p}" for name, i in named.items() for p in i.problems(kinds)
        ]
    if problems:
        raise CatalogueError(tuple(problems))
    return found
