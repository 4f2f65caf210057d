"""Where the catalogue's words stand in a report, found in one pass."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

import ahocorasick_rs

from shanhai.catalogue.areas import Area, load_areas
from shanhai.catalogue.indicators import Indicator, load_indicators
from shanhai.catalogue.units import Units, load_units

SEVERAL = 0.35
LONGEST = 6


class Name(NamedTuple):
    """One entry of an indicator's ``words``.

    Attributes:
        indicator: the indicator's number.
        parts: the words that must all stand near, by number.
        share: what each part's weight is multiplied with, so that names of several words count more.
    """

    indicator: int
    parts: tuple[int, ...]
    share: float


class Lexicon:
    """All words that name indicators and areas.

    Attributes:
        finder: finds them in a text.
        words: by number.
        weight: of each word, by number: longer words say more.
        areas: for each word that speaks for areas, by number, those areas.
        codes, area_of: code and area of each indicator, by number.
    """

    def __init__(self, indicators: dict[str, Indicator], areas: dict[str, Area], units: Units) -> None:
        number: dict[str, int] = {}
        self._names: dict[int, list[Name]] = {}
        speaks: dict[int, list[str]] = {}
        for i, indicator in enumerate(indicators.values()):
            for entry in indicator.words:
                parts = tuple(number.setdefault(w, len(number)) for w in entry.split())
                share = (1 + SEVERAL * (len(parts) - 1)) / len(parts)
                self._names.setdefault(parts[0], []).append(Name(i, parts, share))
        for key, area in areas.items():
            for word in area.words:
                speaks.setdefault(number.setdefault(word, len(number)), []).append(key)
        self.words = tuple(number)
        self.finder = ahocorasick_rs.AhoCorasick(self.words)
        self.weight = tuple(min(len(w), LONGEST) ** 0.5 for w in self.words)
        self.areas = {word: tuple(keys) for word, keys in speaks.items()}
        self.codes = tuple(indicators)
        self.area_of = tuple(code.partition(".")[0] for code in indicators)
        of_kind = {key: frozenset({*kind.units, *kind.arabic_only}) for key, kind in units.kinds.items()}
        self._units = tuple(
            frozenset().union(*(of_kind.get(u, frozenset({u})) for u in i.units)) for i in indicators.values()
        )
        self._named: dict[str, dict[int, tuple[Name, ...]]] = {}
        self._telling: dict[str, frozenset[int]] = {}

    def named(self, unit: str) -> dict[int, tuple[Name, ...]]:
        """For each word, by number, the names that begin with it, of indicators whose figures stand in ``unit``."""
        found = self._named.get(unit)
        if found is None:
            kept = (
                (w, tuple(n for n in names if unit in self._units[n.indicator]))
                for w, names in self._names.items()
            )
            found = self._named[unit] = {word: names for word, names in kept if names}
        return found

    def telling(self, unit: str) -> frozenset[int]:
        """The words that can say anything about a figure in ``unit``, by number: parts of names, and area words."""
        found = self._telling.get(unit)
        if found is None:
            parts = (part for names in self.named(unit).values() for name in names for part in name.parts)
            found = self._telling[unit] = frozenset(parts) | self.areas.keys()
        return found


@cache
def lexicon() -> Lexicon:
    """The words of the catalogue."""
    return Lexicon(load_indicators(), load_areas(), load_units())


class Hits:
    """The catalogue's words in one text, in order of their beginnings.

    Attributes:
        found: number, start and end of each.
        starts: their beginnings.
        ranks: for each, how many clause signs stand before its end.
        inner: for each, whether it lies inside a longer one.
    """

    def __init__(self, text: str, words: Lexicon, signs: Sequence[int]) -> None:
        found = words.finder.find_matches_as_indexes(text, overlapping=True)
        found.sort(key=itemgetter(2), reverse=True)
        found.sort(key=itemgetter(1))
        self.found = found
        self.starts = [hit[1] for hit in found]
        self.inner = _inner(found)
        self.ranks = [bisect_left(signs, hit[2]) for hit in found]

    def within(self, start: int, end: int) -> range:
        """The indexes of the words that begin in ``[start, end)``."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


def _inner(found: list[tuple[int, int, int]]) -> list[bool]:
    """Whether each hit lies inside one that begins at or before it; of those that begin together the longest is first."""
    inner: list[bool] = []
    reach = 0
    for _, _, end in found:
        inner.append(end <= reach)
        if end > reach:
            reach = end
    return inner
