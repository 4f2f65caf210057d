"""Where the catalogue's words stand in a report, found in one pass."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
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
        names: defaultdict[int, list[Name]] = defaultdict(list)
        later: defaultdict[int, list[int]] = defaultdict(list)
        speaks: dict[int, list[str]] = {}
        for i, indicator in enumerate(indicators.values()):
            for entry in indicator.words:
                parts = tuple([number.setdefault(w, len(number)) for w in entry.split()])
                share = (1 + SEVERAL * (len(parts) - 1)) / len(parts)
                names[parts[0]].append(Name(i, parts, share))
                for part in parts[1:]:
                    later[part].append(i)
        self._names, self._later = dict(names), dict(later)
        for key, area in areas.items():
            for word in area.words:
                speaks.setdefault(number.setdefault(word, len(number)), []).append(key)
        self.words = tuple(number)
        self.finder = ahocorasick_rs.AhoCorasick(self.words)
        self.weight = tuple(min(len(w), LONGEST) ** 0.5 for w in self.words)
        self.areas = {word: tuple(keys) for word, keys in speaks.items()}
        self.codes = tuple(indicators)
        self.area_of = tuple(code.partition(".")[0] for code in indicators)
        of_kind = {key: (*kind.units, *kind.arabic_only) for key, kind in units.kinds.items()}
        counted: dict[str, set[int]] = {}
        for i, indicator in enumerate(indicators.values()):
            for unit in {unit for u in indicator.units for unit in of_kind.get(u, (u,))}:
                counted.setdefault(unit, set()).add(i)
        self._counted = {unit: frozenset(numbers) for unit, numbers in counted.items()}
        self._named: dict[str, Named] = {}
        self._telling: dict[str, Telling] = {}

    def named(self, unit: str) -> "Named":
        """For each word, by number, the names that begin with it, of indicators whose figures stand in ``unit``."""
        found = self._named.get(unit)
        if found is None:
            found = self._named[unit] = Named(self._names, self._counted.get(unit, frozenset()))
        return found

    def telling(self, unit: str) -> "Telling":
        """For each word, by number, whether it says anything about a figure in ``unit``: as a part of a name, or as
        a word of an area."""
        found = self._telling.get(unit)
        if found is None:
            found = self._telling[unit] = Telling(self.named(unit), self._later, self.areas.keys())
        return found


class Named(dict[int, tuple[Name, ...]]):
    """The names that begin with a word, looked up when a text has the word: a report has few of all words."""

    def __init__(self, names: dict[int, list[Name]], counted: frozenset[int]) -> None:
        super().__init__()
        self._names, self.counted = names, counted

    def __missing__(self, word: int) -> tuple[Name, ...]:
        found = self[word] = tuple([n for n in self._names.get(word, ()) if n.indicator in self.counted])
        return found


class Telling(dict[int, bool]):
    """Whether a word says anything, looked up when a text has the word."""

    def __init__(self, named: Named, later: dict[int, list[int]], of_areas: Collection[int]) -> None:
        super().__init__()
        self._named, self._later, self._of_areas = named, later, of_areas

    def __missing__(self, word: int) -> bool:
        found = self[word] = (
            word in self._of_areas
            or bool(self._named[word])
            or not self._named.counted.isdisjoint(self._later.get(word, ()))
        )
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
