"""Copies: reports that are near-duplicates of an earlier one, so that five copies of one release are one source.

Sketches (MinHash over stretches of characters) propose, exact sets decide. A figure may be lost or misread in a copy, but
a report whose figures or years are others is another report, however much of the wording was taken over.
"""

import datetime
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from operator import eq

import msgspec
from rensa import RMinHash

from shanhai.reasoning.comparing.same import differ, team_of
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.sources.fingerprints import content, figure_key, shingles, telling

_SIZE = 4
_PERMUTATIONS = 128
_SEED = 7
_LISTED = 8
"""So many reports are kept at each mark of a sketch: the earliest, which are the ones that are sought."""
_TRIED = 6
_SHARED = 5
_LIKELY = 0.3
"""What the sketches must at least say of ``_WITHIN``; they are off by a tenth or two where lengths differ much."""
_WITHIN = 0.6
"""So much of a copy's text stands in the release; a version shortened to 70 % loses some more where it was cut."""
_WEEKS, _WHOLE = datetime.timedelta(days=60), 0.95
"""After so long only a copy of the whole text is a copy."""
_LONGER = 3
"""A later report so many times longer that takes up a brief is more than a copy of it."""
_SHORTEST = 30
_FIGURES, _FEW_FIGURES, _FEW = 0.55, 0.75, 8
"""So many of the figures are the same; damage takes digits too, but of a few figures nearly all must be there."""
_ORDERED = 0.7
_YEARS = 0.5
_IN_ORDER = 4


class _Text(msgspec.Struct, gc=False):
    """One report as it is compared.

    Attributes:
        doc: its name.
        date: when it was published.
        text: its letters and digits; "" where only claims are at hand.
        figures: the figures told, with the last year that they are told for.
        teams: who is said to have done it.
        telling: the telling figures in order.
        marks: its sketch.
    """

    doc: str
    date: datetime.date | None
    text: str
    figures: list[tuple[Hashable, str | None]]
    teams: list[str]
    telling: list[Hashable]
    marks: Sequence[tuple[int, int]] = ()


def originals(evidence: Sequence[Evidence]) -> dict[str, str]:
    """For each doc the earliest report that it is a near-duplicate of; itself where there is none.

    The earliest is the one with the earliest stated date; of those without a date, which come last, the first given.
    """
    order = sorted(range(len(evidence)), key=lambda i: (evidence[i].date or datetime.date.max, i))
    texts = [_text(evidence[i]) for i in order]
    by_text, by_figures = _Index(), _Index()
    known: dict[str, int] = {}
    first: list[int] = []
    for at, text in enumerate(texts):
        same = known.get(text.text) if text.text else None
        if same is not None and _same_figures(texts[same], text):
            first.append(first[same])
            continue
        known.setdefault(text.text, at)
        marks = text.marks = _marks(text)
        pairs = list(zip(text.telling, text.telling[1:], strict=False))
        told = (first[i] for i in by_text.nearest(marks, _SHARED) if _same_text(texts[i], text))
        counted = (
            first[i]
            for i in by_figures.nearest(pairs, _IN_ORDER - 1)
            if not (texts[i].text and text.text) and _same_order(texts[i], text)
        )
        first.append(min(next(told, at), next(counted, at)))
        by_text.add(at, marks)
        by_figures.add(at, pairs)
    named = {texts[at].doc: texts[of].doc for at, of in enumerate(first)}
    return {e.doc: named[e.doc] for e in evidence}


class _Index:
    """Which reports bear which marks; of each mark only the first few reports are kept, so that it stays straight."""

    def __init__(self) -> None:
        self._listed: dict[Hashable, list[int]] = {}

    def add(self, at: int, marks: Iterable[Hashable]) -> None:
        """Note the marks of a report."""
        for mark in marks:
            listed = self._listed.setdefault(mark, [])
            if len(listed) < _LISTED:
                listed.append(at)

    def nearest(self, marks: Iterable[Hashable], least: int) -> list[int]:
        """The few reports that share most marks, at least ``least``; rare marks count more than common ones."""
        shared: defaultdict[int, int] = defaultdict(int)
        weight: defaultdict[int, float] = defaultdict(float)
        for mark in marks:
            listed = self._listed.get(mark, ())
            for at in listed:
                shared[at] += 1
                weight[at] += 1 / len(listed)
        enough = [at for at, n in shared.items() if n >= least]
        return sorted(sorted(enough, key=lambda at: (-weight[at], at))[:_TRIED])


def _text(evidence: Evidence) -> _Text:
    figures: list[tuple[Hashable, str | None]] = []
    told: list[Hashable] = []
    for claim in evidence.claims:
        key = None if claim.minor else figure_key(claim)
        if key is not None:
            figures.append((key, claim.period and claim.period.rpartition("/")[2][:4]))
            if telling(claim) and not claim.repeats:
                told.append(key)
    text = content(evidence.report) if evidence.report else ""
    teams = list(dict.fromkeys(t for c in evidence.claims if (t := team_of(c))))
    return _Text(evidence.doc, evidence.date, text, figures, teams, told)


def _marks(text: _Text) -> list[tuple[int, int]]:
    """The sketch of a text: for each of many orders of all stretches the first that it holds."""
    held = _shingles(text.text)
    if len(held) < _SHORTEST:
        return []
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(list(held))
    return list(enumerate(sketch.digest()))


@lru_cache(maxsize=64)
def _shingles(text: str) -> frozenset[str]:
    return frozenset(shingles(text, _SIZE))


def _likely(one: _Text, other: _Text) -> bool:
    """Whether the sketches leave it open that the shorter stands in the longer: exact sets cost far more."""
    equal: float = sum(map(eq, one.marks, other.marks)) / _PERMUTATIONS
    lengths = len(one.text), len(other.text)
    return equal / (1 + equal) * sum(lengths) / min(lengths) >= _LIKELY


def _same_text(earlier: _Text, later: _Text) -> bool:
    if not _likely(earlier, later):
        return False
    one, other = _shingles(earlier.text), _shingles(later.text)
    shared = len(one & other)
    grown = earlier.date and later.date and earlier.date < later.date and len(other) > _LONGER * len(one)
    least = _WITHIN if _soon(earlier, later) else _WHOLE
    if shared < least * len(other) and (grown or shared < least * len(one)):
        return False
    return _same_figures(earlier, later)


def _soon(earlier: _Text, later: _Text) -> bool:
    """Whether a report follows another soon enough to be a copy that was shortened or reworded: releases are taken up
    within weeks; what is told months later in like words tells of another state of things."""
    if earlier.date is None or later.date is None:
        return True
    return abs(later.date - earlier.date) <= _WEEKS


def _same_figures(one: _Text, other: _Text) -> bool:
    """Whether most figures of the one that tells fewer stand in the other, for the same years where both say them."""
    if one.teams and other.teams and all(differ(a, b) for a in one.teams for b in other.teams):
        return False
    fewer, more = sorted((one.figures, other.figures), key=len)
    if not fewer:
        return True
    years: dict[Hashable, set[str | None]] = {}
    for key, year in more:
        years.setdefault(key, set()).add(year)
    count = Counter(key for key, _ in more)
    shared = sum((Counter(key for key, _ in fewer) & count).values())
    if shared < (_FEW_FIGURES if len(fewer) < _FEW else _FIGURES) * len(fewer):
        return False
    dated = [(year, years[key]) for key, year in fewer if year and key in years and None not in years[key]]
    return sum(year in told for year, told in dated) >= _YEARS * len(dated)


def _same_order(one: _Text, other: _Text) -> bool:
    """Whether most telling figures of the one that tells fewer stand in the other in the same order."""
    fewer, more = sorted((one.telling, other.telling), key=len)
    places: dict[Hashable, list[int]] = {}
    for i, key in enumerate(more):
        places.setdefault(key, []).append(i)
    ends: list[int] = []
    for key in fewer:
        for place in reversed(places.get(key, ())):
            at = bisect_left(ends, place)
            ends[at : at + 1] = [place]
    return len(ends) >= max(_IN_ORDER, _ORDERED * len(fewer)) and _same_figures(one, other)
