"""Places of a report that a person points at, and what the reader proposes for them. All places are of the source text."""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext as _

from shanhai.claims.find import find_claims
from shanhai.claims.quantities import quantities_in
from shanhai.model import Claim, Passage, Quantity, Report, Span, Status, numerals

_LONGEST = 300
_MOST = 20


class NoPlace(ValueError):
    """What a person points at cannot be a figure's place; the message tells why."""


class Stretch(msgspec.Struct, frozen=True):
    """A figure's place.

    Attributes:
        start, end, quote: in the source text.
        sentence: around it.
        skipped: what mending took out of the quote though it holds numerals, such as the number of a page.
        digits: the numerals of the quote without those.
    """

    start: int
    end: int
    quote: str
    sentence: Span
    skipped: tuple[Span, ...]
    digits: str


def stretch(report: Report, start: int, end: int) -> Stretch:
    """The place from one source character to another, blanks at its ends left out.

    Raises:
        NoPlace: it holds no numeral, is too long, or leaves its paragraph.
    """
    if not 0 <= start < end <= len(report.source_text):
        raise NoPlace(_("所选位置不在原文中。请在文中重新划选。"))
    mended = report.map.to_mended_span(start, end)
    inner = report.text[mended.start : mended.end]
    first = mended.start + len(inner) - len(inner.lstrip())
    last = mended.start + len(inner.rstrip())
    if first >= last:
        raise NoPlace(_("所选之处没有文字。请在文中重新划选。"))
    if last - first > _LONGEST:
        raise NoPlace(_("所选文字太长（最多%(most)s字）。请只划选数字本身与单位。") % {"most": _LONGEST})
    span = report.map.to_source_span(first, last)
    quote = report.source_text[span.start : span.end]
    removed = report.map.removed_within(span.start, span.end)
    skipped = tuple(s for s in removed if numerals(report.source_text[s.start : s.end]))
    own = quote
    for s in reversed(skipped):
        own = own[: s.start - span.start] + own[s.end - span.start :]
    if not numerals(own):
        raise NoPlace(_("“%(quote)s”里没有数字。请划选数字与它的单位。") % {"quote": quote[:40]})
    return Stretch(span.start, span.end, quote, _sentence(report, first, last), skipped, numerals(own))


def occurrences(report: Report, words: str, near: int = 0) -> list[Span]:
    """Where words stand in the text, in source characters; those after ``near`` first. Blanks need not be the same."""
    wanted = "".join(words.split())
    if not wanted:
        return []
    at = [i for i, c in enumerate(report.text) if not c.isspace()]
    text = "".join(report.text[i] for i in at)
    found: list[Span] = []
    position = text.find(wanted)
    while position >= 0 and len(found) < _MOST:
        found.append(report.map.to_source_span(at[position], at[position + len(wanted) - 1] + 1))
        position = text.find(wanted, position + 1)
    return sorted(found, key=lambda s: (s.start < near, s.start))


def proposed(report: Report, place: Stretch) -> Claim | None:
    """What the reader makes of a place: its claim there, read within its paragraph; else the quantity of the words alone."""
    mended = report.map.to_mended_span(place.start, place.end)
    around = _paragraph(report, mended.start)
    read = find_claims(msgspec.structs.replace(report, passages=around)) if around else []
    for claim in read:
        if claim.start < place.end and place.start < claim.end:
            return moved(claim, place)
    alone = next(quantities_in(report.text, mended.start, mended.end), None)
    if alone is None:
        return None
    near = min(read, key=lambda c: abs(c.start - place.start), default=None)
    return _of_quantity(report, alone, place, near)


def quantities_within(report: Report, start: int, end: int) -> list[Stretch]:
    """The places of the quantities that the words alone hold, for a figure that is to be split."""
    mended = report.map.to_mended_span(start, end)
    spans = (
        report.map.to_source_span(q.start, q.end)
        for q in quantities_in(report.text, mended.start, mended.end)
    )
    return [stretch(report, s.start, s.end) for s in spans]


def moved(claim: Claim, place: Stretch) -> Claim:
    """The claim at another place, all that it says kept."""
    return msgspec.structs.replace(
        claim,
        start=place.start,
        end=place.end,
        quote=place.quote,
        sentence=place.sentence,
        skipped=place.skipped,
        digits=place.digits,
        repeats=None,
    )


def _of_quantity(report: Report, figure: Quantity, place: Stretch, near: Claim | None) -> Claim:
    return Claim(
        doc=report.doc,
        start=place.start,
        end=place.end,
        quote=place.quote,
        value=figure.value,
        unit=figure.unit,
        approx=figure.approx,
        kind=figure.kind,
        bounds=figure.bounds,
        sentence=place.sentence,
        from_value=figure.from_value,
        upper=figure.upper,
        digits=place.digits,
        status=near.status if near else Status.DONE,
        area=near.area if near else "other",
        period=near.period if near else None,
        place=near.place if near else None,
        party=near.party if near else None,
        skipped=place.skipped,
    )


def _paragraph(report: Report, position: int) -> tuple[Passage, ...]:
    i = bisect_right([p.start for p in report.passages], position) - 1
    return report.passages[max(i, 0) : max(i, 0) + 1]


def _sentence(report: Report, first: int, last: int) -> Span:
    """The sentence, or the sentences, around a place of the mended text."""
    starts: Sequence[int] = [s.start for s in report.sentences]
    i, j = bisect_right(starts, first) - 1, bisect_right(starts, last - 1) - 1
    passage = bisect_right([p.start for p in report.passages], first) - 1
    holds = passage < 0 or last <= report.passages[passage].end
    if i < 0 or not holds:
        raise NoPlace(_("所选文字跨了段落。请只在一段之内划选。"))
    start, end = report.sentences[i].start, max(report.sentences[j].end, last)
    return report.map.to_source_span(min(start, first), end)
