"""The setting of a figure: its clause, sentence, the paragraph's lead and the heading above it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from shanhai.model import Passage, Quantity, Role, Span

_SIGNS = re.compile("[，；。：！？,;:!?\n]|——|、")
_PHRASE_END = re.compile("[，；。：！？,;:!?\n、（(”]|——")
_CLAUSE_END = re.compile("[，；。：！？,;:!?]")
_LEAD_END = re.compile("[：:。，；]")
_HEADINGS = frozenset({Role.TITLE, Role.HEADING})


class Setting(msgspec.Struct):
    """Where a figure stands, in characters of the mended text.

    Attributes:
        start, end: of the figure.
        unit: of the figure.
        phrase_end: how far the phrase behind the figure reaches: to the next sign or figure.
        clause_end: how far its clause reaches: to the next comma or stronger sign.
        sentence_start, sentence_end: of its sentence.
        before_start: of the sentence before it in the same passage; ``sentence_start`` where it is the first.
        lead_start, lead_end: of the passage's first words, up to the first sign.
        heading_start, heading_end: of the nearest heading above; empty where there is none.
        rank: how many of the text's clause signs stand before the figure.
    """

    start: int
    end: int
    unit: str
    phrase_end: int
    clause_end: int
    sentence_start: int
    sentence_end: int
    before_start: int
    lead_start: int
    lead_end: int
    heading_start: int
    heading_end: int
    rank: int


def signs_of(text: str) -> list[int]:
    """Where clause signs stand."""
    return [m.start() for m in _SIGNS.finditer(text)]


def settings(
    text: str,
    passage: Passage,
    heading: Span,
    sentences: Sequence[Span],
    sentence_starts: Sequence[int],
    figures: Sequence[Quantity],
    signs: Sequence[int],
) -> list[Setting]:
    """The settings of the figures of one passage, in order."""
    lead = _LEAD_END.search(text, passage.start, passage.end)
    lead_end = lead.start() if lead else passage.end
    found = []
    for i, figure in enumerate(figures):
        at = bisect_right(sentence_starts, figure.start) - 1
        sentence = sentences[at] if at >= 0 else Span(passage.start, passage.end)
        before = (
            sentences[at - 1].start if at > 0 and sentences[at - 1].start >= passage.start else sentence.start
        )
        stop = _PHRASE_END.search(text, figure.end, sentence.end)
        phrase_end = stop.start() if stop else sentence.end
        clause = _CLAUSE_END.search(text, figure.end, sentence.end)
        if i + 1 < len(figures):
            phrase_end = max(figure.end, min(phrase_end, figures[i + 1].start))
        found.append(
            Setting(
                start=figure.start,
                end=figure.end,
                unit=figure.unit,
                phrase_end=phrase_end,
                clause_end=clause.start() if clause else sentence.end,
                sentence_start=sentence.start,
                sentence_end=sentence.end,
                before_start=before,
                lead_start=passage.start,
                lead_end=min(lead_end, sentence.start) if sentence.start > passage.start else passage.start,
                heading_start=heading.start,
                heading_end=heading.end,
                rank=bisect_left(signs, figure.start),
            )
        )
    return found


def headings_above(passages: Sequence[Passage]) -> list[Span]:
    """For each passage the nearest heading above it; an empty span where there is none."""
    above = Span(0, 0)
    found = []
    for passage in passages:
        found.append(above)
        if passage.role in _HEADINGS:
            above = Span(passage.start, passage.end)
    return found
