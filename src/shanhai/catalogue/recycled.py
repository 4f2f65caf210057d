"""Words that decide whether a figure met twice has been told again for another year or by another team."""

import re
from functools import cache

import msgspec

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.files import data_file, decode
from shanhai.catalogue.promises import any_of
from shanhai.model import CatalogueError

_DATED = r"(?:19|20)\d\d(?:年[度底末初]?)?(?:[-—~～至到]+(?:19|20)?\d\d年)?|\d{1,2}(?:[-—~～至到]+\d{1,2})?月(?:\d{1,2}日)?"


class RecycledWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words; see the file."""

    periods: tuple[str, ...]
    lasting: tuple[str, ...]
    baseline: tuple[str, ...]
    shared: tuple[str, ...]


class RecycledPatterns(msgspec.Struct, frozen=True):
    """The words, compiled.

    Attributes:
        period: words and dates that tell time.
        lasting, baseline: anywhere in what stands before a figure.
        shared: areas whose figures belong to the place.
    """

    period: re.Pattern[str]
    lasting: re.Pattern[str]
    baseline: re.Pattern[str]
    shared: frozenset[str]


@cache
def load_recycled() -> RecycledPatterns:
    """The words of recycled numbers.

    Raises:
        CatalogueError: when the file does not hold what it must, or names an area that there is none of.
    """
    words = decode(data_file("recycled.yaml"), RecycledWords)
    unknown = [a for a in words.shared if a not in load_areas()]
    if unknown:
        raise CatalogueError(
            tuple(f"recycled.yaml: shared: {a!r} is no area; see data/areas" for a in unknown)
        )
    return RecycledPatterns(
        re.compile(f"{_DATED}|{any_of(words.periods)}"),
        re.compile(any_of(words.lasting)),
        re.compile(any_of(words.baseline)),
        frozenset(words.shared),
    )
