"""Where the catalogue's words stand in a report, found in one pass."""

from bisect import bisect_left
from functools import cache

import ahocorasick_rs
import msgspec

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.indicators import load_indicators
from shanhai.catalogue.units import load_units


class Name(msgspec.Struct, frozen=True):
    """One entry of an indicator's ``words``: the indicator's number and the words that must all stand near."""

    indicator: int
    parts: tuple[int, ...]


class Lexicon(msgspec.Struct, frozen=True):
    """All words that name indicators and areas.

    Attributes:
        finder: finds them in a text.
        words: by number.
        weight: of each word, by number: longer words say more.
        names: for each word, by number, the names that it is part of.
        areas: for each word, by number, the areas that it speaks for.
        codes: the indicators' codes, by number.
        area_of: the area of each indicator, by number.
        units: the units and kinds of unit of each indicator, by number.
    """

    finder: ahocorasick_rs.AhoCorasick
    words: tuple[str, ...]
    weight: tuple[float, ...]
    names: tuple[tuple[Name, ...], ...]
    areas: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...]
    area_of: tuple[str, ...]
    units: tuple[frozenset[str], ...]


@cache
def lexicon() -> Lexicon:
    """The words of the built-in catalogue."""
    indicators, areas, units = load_indicators(), load_areas(), load_units()
    number: dict[str, int] = {}
    names: dict[int, list[Name]] = {}
    speaks: dict[int, list[str]] = {}
    for i, indicator in enumerate(indicators.values()):
        for entry in indicator.words:
            parts = tuple(number.setdefault(w, len(number)) for w in entry.split())
            names.setdefault(parts[0], []).append(Name(i, parts))
    for key, area in areas.items():
        for word in area.words:
            speaks.setdefault(number.setdefault(word, len(number)), []).append(key)
    words = tuple(number)
    of_kind = {key: frozenset({*kind.units, *kind.arabic_only}) for key, kind in units.kinds.items()}
    return Lexicon(
        finder=ahocorasick_rs.AhoCorasick(words),
        words=words,
        weight=tuple(min(len(w), 6) ** 0.5 for w in words),
        names=tuple(tuple(names.get(i, ())) for i in range(len(words))),
        areas=tuple(tuple(speaks.get(i, ())) for i in range(len(words))),
        codes=tuple(indicators),
        area_of=tuple(code.partition(".")[0] for code in indicators),
        units=tuple(
            frozenset().union(*(of_kind.get(u, frozenset({u})) for u in i.units)) for i in indicators.values()
        ),
    )


class Hits:
    """The catalogue's words in one text, in order of their beginnings."""

    def __init__(self, text: str, words: Lexicon) -> None:
        found = words.finder.find_matches_as_indexes(text, overlapping=True)
        found.sort(key=_start)
        self.found = found
        self.starts = [hit[1] for hit in found]

    def within(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Word number, start and end of each word that begins in ``[start, end)``."""
        return self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def _start(hit: tuple[int, int, int]) -> int:
    return hit[1]
