"""Indicator and area: what a figure counts, by the catalogue's words around it.

An indicator's score is that of its best name, by the nearness of the name's words, and only figures in its units
count. ``Choice`` keeps what was weighed, so that the choice can be looked into.
"""

import re
from typing import TypeVar

import msgspec

from shanhai.catalogue.units import load_units
from shanhai.claims.meaning.nearness import Nearness
from shanhai.claims.meaning.setting import Setting
from shanhai.claims.meaning.words import Hits, Lexicon

AREA_WORD = 0.55
MOST_AREA_WORDS = 3
NEXT_SHARE = 0.25
ENOUGH = 0.55
LEAN_PART = 0.8
LEAN_SENTENCE = 0.4
LEAN_PASSAGE = 0.2
LEAN_FAR = 0.1
UNCLEAR = 0.45
K = TypeVar("K")
_FAR = 120
_PART_OF = re.compile("其中|包括|分别|含")


class Choice(msgspec.Struct, frozen=True, gc=False):
    """What was chosen, and what was weighed.

    Attributes:
        area: the area's key.
        indicator: the code; None where no indicator is named clearly enough.
        score: of the area; 0.0 where nothing spoke for any.
        weighed: the best few, each with its score and the words that spoke for it.
    """

    area: str
    indicator: str | None
    score: float
    weighed: tuple[tuple[str, float, tuple[str, ...]], ...]


class Chooser:
    """Chooses indicator and area of the figures of one report, in text order.

    Args:
        hits: the catalogue's words in the report.
        words: the catalogue's words.
        explain: keep what was weighed.
    """

    def __init__(self, hits: Hits, words: Lexicon, *, explain: bool = False) -> None:
        self.words = words
        self.nearness = Nearness(hits, words.weight)
        self.explain = explain

    def choose(self, setting: Setting, lean: tuple[str, float] | None = None) -> Choice:
        """The choice for the figure at ``setting``; ``lean`` is the area it goes with, and how strongly."""
        near = self.nearness.of(setting, self.words.telling(setting.unit))
        scores, spoken = self._scores(near, setting.unit)
        by_area = self._areas(near, scores, lean)
        area_of = self.words.area_of
        area = _best(by_area) or "other"
        best = _best(scores)
        if best is not None and (area_of[best] != area or scores[best] < ENOUGH):
            best = _best({i: s for i, s in scores.items() if area_of[i] == area and s >= ENOUGH})
        return Choice(
            area,
            None if best is None else self.words.codes[best],
            round(by_area.get(area, 0.0), 3),
            _weighed(scores, spoken, by_area, self.words) if self.explain else (),
        )

    def _scores(
        self, near: dict[int, float], unit: str
    ) -> tuple[dict[int, float], dict[int, tuple[int, ...]]]:
        """The score of each indicator that is named near, by its number, and the words that name it."""
        scores: dict[int, float] = {}
        spoken: dict[int, tuple[int, ...]] = {}
        named = self.words.named(unit)
        for word, says in near.items():
            for indicator, parts, share in named[word]:
                score = says
                for part in parts[1:]:
                    if part not in near:
                        break
                    score += near[part]
                else:
                    score *= share
                    if indicator not in scores or score > scores[indicator]:
                        scores[indicator] = score
                        spoken[indicator] = parts
        return scores, spoken

    def _areas(
        self, near: dict[int, float], scores: dict[int, float], lean: tuple[str, float] | None
    ) -> dict[str, float]:
        """The score of each area: of its best indicator, of its own words, and of the figure before."""
        by_area: dict[str, float] = {lean[0]: lean[1]} if lean else {}
        areas, area_of = self.words.areas, self.words.area_of
        spoke: dict[str, list[float]] = {}
        for word in near:
            if word in areas:
                for area in areas[word]:
                    spoke.setdefault(area, []).append(near[word])
        for area, told in spoke.items():
            by_area[area] = by_area.get(area, 0.0) + AREA_WORD * sum(sorted(told)[-MOST_AREA_WORDS:])
        for i, score in scores.items():
            area = area_of[i]
            others = by_area.get(area, 0.0)
            together = score + NEXT_SHARE * (others if others < score else score)
            if together > others:
                by_area[area] = together
        return by_area


def _best(scores: dict[K, float]) -> K | None:
    """The key with the highest score, the first of several; None where there is none."""
    best, highest = None, 0.0
    for key, score in scores.items():
        if score > highest:
            best, highest = key, score
    return best


def leaning(text: str, before: Setting, setting: Setting, area: str) -> tuple[str, float] | None:
    """The area of the figure before, and how strongly the figure at ``setting`` goes with it."""
    if before.lead_start != setting.lead_start and before.sentence != setting.sentence:
        return None
    gap = text[before.end : setting.start]
    if len(gap) > _FAR:
        return area, LEAN_FAR
    if _PART_OF.search(gap):
        return area, LEAN_PART
    if before.sentence == setting.sentence:
        return area, LEAN_SENTENCE
    return area, LEAN_PASSAGE


def same_sort(unit: str, other: str) -> bool:
    """Whether figures in these units may go on from one another: money from money, counts from counts."""
    kinds = load_units().kind_of
    return (kinds.get(unit) == "money") == (kinds.get(other) == "money")


def _weighed(
    scores: dict[int, float], spoken: dict[int, tuple[int, ...]], by_area: dict[str, float], words: Lexicon
) -> tuple[tuple[str, float, tuple[str, ...]], ...]:
    best = sorted(scores, key=lambda i: (-scores[i], i))[:5]
    named = [(words.codes[i], round(scores[i], 3), tuple(words.words[w] for w in spoken[i])) for i in best]
    areas = sorted(by_area, key=lambda a: (-by_area[a], a))[:3]
    return (*named, *((area, round(by_area[area], 3), ()) for area in areas))
