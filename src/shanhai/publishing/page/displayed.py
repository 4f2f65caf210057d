"""A report made ready for display: numbered claims, private numbers masked, lost characters as ▢."""

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from shanhai.model import Claim, Report, Span
from shanhai.publishing.page.differences import Difference, differences, lost_spans
from shanhai.publishing.page.masking import masked, private_spans

LOST_SIGN = "▢"


class Displayed(msgspec.Struct, frozen=True):
    """One report as the page shows it.

    Attributes:
        anchor: its id in the page.
        report: what was read.
        claims: in text order; the n-th has the number n, counted from 1.
        spans: of each claim in the mended text.
        lost: for each claim, whether lost characters lie inside its quote.
        text: the mended text, character for character, masked, with ▢ for what is lost.
        source: the source text, character for character, masked.
        differences: between the two.
    """

    anchor: str
    report: Report
    claims: tuple[Claim, ...]
    spans: tuple[Span, ...]
    lost: tuple[bool, ...]
    text: str
    source: str
    differences: tuple[Difference, ...]


def display(anchor: str, report: Report, claims: Sequence[Claim]) -> Displayed:
    """Make ``report`` with its ``claims`` ready for display."""
    ordered = tuple(sorted(claims, key=lambda c: (c.start, c.end)))
    spans = tuple(report.map.to_mended_span(c.start, c.end) for c in ordered)
    found = tuple(differences(report))
    private = private_spans(report.text, spans)
    in_source = [report.map.to_source_span(s.start, s.end) for s in private]
    lost = lost_spans(report)
    return Displayed(
        anchor=anchor,
        report=report,
        claims=ordered,
        spans=spans,
        lost=tuple(_meets(lost, c) for c in ordered),
        text=masked(_with_lost(report.text, found), private),
        source=masked(report.source_text, in_source),
        differences=found,
    )


def _with_lost(text: str, found: Sequence[Difference]) -> str:
    parts, at = [], 0
    for d in found:
        if d.kind == "lost_character" and not d.gone:
            end = d.mended + d.end - d.start
            parts += [text[at : d.mended], LOST_SIGN * (end - d.mended)]
            at = end
    return "".join([*parts, text[at:]])


def _meets(lost: Sequence[Span], claim: Claim) -> bool:
    i = bisect_left(lost, claim.end, key=lambda span: span.start) - 1
    return i >= 0 and lost[i].end > claim.start
