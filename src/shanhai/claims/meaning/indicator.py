"""Indicator and area: what a figure counts, by the catalogue's words around it.

Each word near a figure gets a weight by where it stands: at the figure, in its clause, earlier in the sentence,
in the paragraph's lead, in the heading. An indicator's score is that of its best name, and only figures in its
units count. ``Choice`` keeps what was weighed, so that the choice can be looked into.
"""

import re
from collections import defaultdict
from typing import TypeVar

import msgspec

from shanhai.catalogue.units import load_units
from shanhai.claims.meaning.setting import Setting
from shanhai.claims.meaning.words import Hits, Lexicon

AT_AFTER = 1.15
AT_BEFORE = 1.0
PER_CHARACTER = 0.03
CLAUSE_LEAST = 0.45
_EARLIER = (0.6, 0.45, 0.35)
EARLIER = defaultdict(lambda: 0.25, enumerate(_EARLIER, 1))
LATER_IN_CLAUSE = 0.55
LATER = 0.3
INSIDE_ANOTHER = 0.8
MOST_AREA_WORDS = 3
NEXT_SHARE = 0.25
LEAD = 0.3
SENTENCE_BEFORE = 0.22
HEADING = 0.3
AREA_WORD = 0.55
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


def choose(
    setting: Setting,
    hits: Hits,
    words: Lexicon,
    lean: tuple[str, float] | None = None,
    *,
    explain: bool = False,
) -> Choice:
    """The indicator and area of the figure at ``setting``.

    Args:
        setting: where the figure stands.
        hits: the catalogue's words in the report.
        words: the catalogue's words.
        lean: the area of the figure before, and how strongly this one goes with it.
        explain: keep what was weighed.
    """
    near = _near(setting, hits)
    scores: dict[int, float] = {}
    spoken: dict[int, tuple[int, ...]] = {}
    by_area: dict[str, float] = {lean[0]: lean[1]} if lean else {}
    spoke: dict[str, list[float]] = {}
    named, weight, areas = words.named(setting.unit), words.weight, words.areas
    for word, place in near.items():
        if word in areas:
            for area in areas[word]:
                spoke.setdefault(area, []).append(place * weight[word])
        for name in named.get(word, ()):
            score = 0.0
            for part in name.parts:
                if part not in near:
                    break
                score += near[part] * weight[part]
            else:
                score *= name.share
                if score > scores.get(name.indicator, 0.0):
                    scores[name.indicator] = score
                    spoken[name.indicator] = name.parts
    for area, told in spoke.items():
        by_area[area] = by_area.get(area, 0.0) + AREA_WORD * sum(sorted(told)[-MOST_AREA_WORDS:])
    best = _best(scores)
    for i, score in scores.items():
        area = words.area_of[i]
        others = by_area.get(area, 0.0)
        together = score + NEXT_SHARE * (others if others < score else score)
        if together > others:
            by_area[area] = together
    area = _best(by_area) or "other"
    if best is not None and (words.area_of[best] != area or scores[best] < ENOUGH):
        best = _best({i: s for i, s in scores.items() if words.area_of[i] == area and s >= ENOUGH})
    return Choice(
        area,
        None if best is None else words.codes[best],
        round(by_area.get(area, 0.0), 3),
        _weighed(scores, spoken, by_area, words) if explain else (),
    )


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


def _near(setting: Setting, hits: Hits) -> dict[int, float]:
    """Each word near the figure with the weight of the best place where it stands."""
    near: dict[int, float] = {}
    figure_start, figure_end, phrase_end = setting.start, setting.end, setting.phrase_end
    found, ranks, inner, rank = hits.found, hits.ranks, hits.inner, setting.rank
    for i in hits.within(setting.sentence_start, setting.sentence_end):
        word, start, end = found[i]
        if start >= figure_end:
            if start < phrase_end:
                weight = max(CLAUSE_LEAST, AT_AFTER - PER_CHARACTER * (start - figure_end))
            else:
                weight = LATER_IN_CLAUSE if start < setting.clause_end else LATER
        elif end > figure_start:
            weight = CLAUSE_LEAST
        else:
            between = rank - ranks[i]
            weight = (
                EARLIER[between]
                if between
                else max(CLAUSE_LEAST, AT_BEFORE - PER_CHARACTER * (figure_start - end))
            )
        if inner[i]:
            weight *= INSIDE_ANOTHER
        if weight > near.get(word, 0.0):
            near[word] = weight
    for weight, begin, stop in (
        (LEAD, setting.lead_start, setting.lead_end),
        (SENTENCE_BEFORE, setting.before_start, setting.sentence_start),
        (HEADING, setting.heading_start, setting.heading_end),
    ):
        if begin < stop:
            for i in hits.within(begin, stop):
                word, _, end = found[i]
                if end <= stop and weight > near.get(word, 0.0):
                    near[word] = weight
    return near


def _weighed(
    scores: dict[int, float], spoken: dict[int, tuple[int, ...]], by_area: dict[str, float], words: Lexicon
) -> tuple[tuple[str, float, tuple[str, ...]], ...]:
    best = sorted(scores, key=lambda i: (-scores[i], i))[:5]
    named = [(words.codes[i], round(scores[i], 3), tuple(words.words[w] for w in spoken[i])) for i in best]
    areas = sorted(by_area, key=lambda a: (-by_area[a], a))[:3]
    return (*named, *((area, round(by_area[area], 3), ()) for area in areas))
