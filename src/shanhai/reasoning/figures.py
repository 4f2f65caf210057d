"""Figures: the claims of one report in the order and setting in which its text ties them together."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction

import msgspec

from shanhai.catalogue.relations import load_relations
from shanhai.catalogue.units import load_units
from shanhai.claims.texts import find_quantities
from shanhai.model import CONTENT, Claim, Kind, Number, Passage, Role, Span
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.solving.intervals import Interval

_FOR_EACH = re.compile("平均到?每[^，。；]{1,6}[，,]$")
_LEVEL = re.compile("平均水平|平均值")
"""What others have on average is no average of the figures beside it."""
_ROUNDED = Interval(Fraction(-1, 2), Fraction(1, 2))
"""An average that is told as a whole number is rounded to it, though a count told so is exact."""
_MOVE = re.compile("[到至]")


class Figure(msgspec.Struct, eq=False, gc=False):
    """A claim at its place in the mended text.

    Attributes:
        claim: the claim.
        start, end: of its quote in the mended text.
        sentence: the sentence around it, in the mended text.
        passage: the number of its passage.
        unit: the unit that it is compared in (亩 and 公顷 are one).
        interval: what it allows, in that unit.
        start_interval: for a from–to what its start allows; None otherwise.
        average: whether it is told as an average, so that it is neither a whole nor a part.
    """

    claim: Claim
    start: int
    end: int
    sentence: Span
    passage: int
    unit: str
    interval: Interval
    start_interval: Interval | None = None
    average: bool = False


class Sheet:
    """One report's figures in text order, with the text around them."""

    def __init__(self, evidence: Evidence) -> None:
        report = evidence.report
        assert report is not None
        self.doc = evidence.doc
        self.text = report.text
        self.passages: Sequence[Passage] = report.passages
        starts = [p.start for p in report.passages]
        self.figures: list[Figure] = []
        self._clauses: dict[int, str] = {}
        for claim in evidence.claims:
            place = report.map.to_mended_span(claim.start, claim.end)
            at = bisect_right(starts, place.start) - 1
            if at < 0 or report.passages[at].role not in CONTENT:
                continue
            sentence = report.map.to_mended_span(claim.sentence.start, claim.sentence.end)
            self.figures.append(figure_of(claim, place, sentence, at))
        averages = load_relations().patterns["average"]
        for i, figure in enumerate(self.figures):
            lead = self.gap(i)
            each = _FOR_EACH.search(lead[: max(lead.rfind(c) for c in "，,") + 1])
            figure.average = bool(each or averages.search(_LEVEL.sub("", self.clause(i))))
            if figure.average and figure.interval.low == figure.interval.high is not None:
                figure.interval = figure.interval.plus(_ROUNDED)

    def gap(self, i: int) -> str:
        """The text between the figure before ``i`` (or the passage's begin) and ``i``."""
        return self.text[self.gap_start(i) : self.figures[i].start]

    def gap_start(self, i: int) -> int:
        """Where the gap before figure ``i`` begins."""
        begin = self.passages[self.figures[i].passage].start
        return max(begin, self.figures[i - 1].end) if i else begin

    def after(self, i: int) -> str:
        """The text behind figure ``i`` up to the next figure or the end of its passage."""
        figure = self.figures[i]
        end = self.passages[figure.passage].end
        if i + 1 < len(self.figures):
            end = min(end, self.figures[i + 1].start)
        return self.text[figure.end : end]

    def clause(self, i: int) -> str:
        """The words before figure ``i`` back to the last sign or figure."""
        found = self._clauses.get(i)
        if found is None:
            gap = self.gap(i)
            found = self._clauses[i] = gap[max(gap.rfind(c) for c in "，。；！？：,;:\n（(") + 1 :]
        return found

    def in_table(self, i: int) -> bool:
        """Whether the figure is a cell."""
        return self.passages[self.figures[i].passage].role is Role.TABLE


def figure_of(claim: Claim, place: Span, sentence: Span, passage: int) -> Figure:
    """The figure of a claim at a place of the mended text."""
    factor, unit = load_units().converted(1, claim.unit)
    return Figure(
        claim,
        place.start,
        place.end,
        sentence,
        passage,
        unit,
        Interval.of(claim.bounds, factor),
        _start(claim, factor),
    )


def _start(claim: Claim, factor: Number) -> Interval | None:
    """What the start of a from–to allows, read from the first figure of its quote."""
    if claim.kind is not Kind.FROM_TO or claim.from_value is None:
        return None
    first = _MOVE.split(claim.quote, maxsplit=1)[0]
    for found in find_quantities(first):
        if found.value == claim.from_value:
            return Interval.of(found.bounds, factor)
    return Interval.point(claim.from_value).times(factor)
