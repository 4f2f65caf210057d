"""The setting of a figure: its clause, sentence, the paragraph's lead and the heading above it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from shanhai.model import Passage, Quantity, Report, Role, Span

_SIGNS = re.compile("[，；。：！？,;:!?\n]|——|、")
_PHRASE_END = re.compile("[，；。：！？,;:!?\n、（(”]|——")
_CLAUSE_START = re.compile("[，。；：！？,;:—\n]")
_CLAUSE_END = re.compile("[，；。：！？,;:!?]")
_LEAD_END = re.compile("[：:。，；]")
REACH = 300
"""How far from a figure words are looked at; so the time for a sentence of any length stays in proportion."""

_HEADINGS = frozenset({Role.TITLE, Role.HEADING})


class Setting(msgspec.Struct, gc=False):
    """Where a figure stands, in characters of the mended text.

    Attributes:
        start, end: of the figure.
        unit: of the figure.
        clause_start: where its clause begins, behind the last comma or stronger sign.
        phrase_end: how far the phrase behind the figure reaches: to the next sign or figure.
        clause_end: how far its clause reaches: to the next comma or stronger sign.
        sentence: its sentence.
        sentence_start, sentence_end: what of its sentence is near, at most ``REACH`` characters to each side.
        before_start: of the sentence before it in the same passage; ``sentence_start`` where it is the first.
        lead_start, lead_end: of the passage's first words, up to the first sign.
        heading_start, heading_end: of the nearest heading above; empty where there is none.
        in_table: whether it is a cell, with the head of its column as lead.
        rank: how many of the text's clause signs stand before the figure.
    """

    start: int
    end: int
    unit: str
    clause_start: int
    phrase_end: int
    clause_end: int
    sentence: Span
    sentence_start: int
    sentence_end: int
    before_start: int
    lead_start: int
    lead_end: int
    heading_start: int
    heading_end: int
    rank: int
    in_table: bool = False


class Layout(msgspec.Struct, frozen=True):
    """What settings are found in.

    Attributes:
        text: the mended text.
        sentences, starts: its sentences, and where they begin.
        signs: where its clause signs stand, enumeration commas among them.
        clauses: where its clauses begin: behind each comma or stronger sign.
    """

    text: str
    sentences: Sequence[Span]
    starts: Sequence[int]
    signs: Sequence[int]
    clauses: Sequence[int]


def layout(report: Report) -> Layout:
    """The layout of a report's mended text."""
    starts = [s.start for s in report.sentences]
    signs = [m.start() for m in _SIGNS.finditer(report.text)]
    clauses = [m.end() for m in _CLAUSE_START.finditer(report.text)]
    return Layout(report.text, report.sentences, starts, signs, clauses)


def settings(within: Layout, passage: Passage, heading: Span, figures: Sequence[Quantity]) -> list[Setting]:
    """The settings of the figures of one passage, in order."""
    lead = _LEAD_END.search(within.text, passage.start, passage.end)
    lead_end = min(lead.start() if lead else passage.end, passage.start + REACH)
    found = []
    for i, figure in enumerate(figures):
        following = figures[i + 1].start if i + 1 < len(figures) else passage.end
        found.append(_setting(within, passage, heading, lead_end, figure, following))
    return found


def _setting(
    within: Layout, passage: Passage, heading: Span, lead_end: int, figure: Quantity, following: int
) -> Setting:
    text = within.text
    at = bisect_right(within.starts, figure.start) - 1
    sentence = within.sentences[at] if at >= 0 else Span(passage.start, passage.end)
    first = sentence.start <= passage.start
    start = max(sentence.start, figure.start - REACH)
    end = min(sentence.end, figure.end + REACH)
    before = start
    if start == sentence.start and not first and at > 0:
        before = max(within.sentences[at - 1].start, passage.start, start - REACH)
    stop = _PHRASE_END.search(text, figure.end, end)
    clause = _CLAUSE_END.search(text, figure.end, end)
    begun = bisect_right(within.clauses, figure.start)
    return Setting(
        start=figure.start,
        end=figure.end,
        unit=figure.unit,
        clause_start=max(start, within.clauses[begun - 1] if begun else 0),
        phrase_end=max(figure.end, min(stop.start() if stop else end, following)),
        clause_end=clause.start() if clause else end,
        sentence=sentence,
        sentence_start=start,
        sentence_end=end,
        before_start=before,
        lead_start=passage.start,
        lead_end=passage.start if first else min(lead_end, sentence.start),
        heading_start=heading.start,
        heading_end=min(heading.end, heading.start + REACH),
        rank=bisect_left(within.signs, figure.start),
    )


def headings_above(passages: Sequence[Passage]) -> list[Span]:
    """For each passage the nearest heading above it; an empty span where there is none."""
    above = Span(0, 0)
    found = []
    for passage in passages:
        found.append(above)
        if passage.role in _HEADINGS:
            above = Span(passage.start, passage.end)
    return found
