"""Sentences: what stands around a stretch of a report, taken from the report as it was read."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import STANDING, Statement
from shanhai.ledger.models import Report as ReportRow
from shanhai.ledger.packing import report_of
from shanhai.model import Report, Span

MOST_REPORTS = 30
"""So many reports are opened for one page; what others say is shown without its sentence."""

Stretch = tuple[int, int, int]
"""A report's id, and where in its source text a stretch begins and ends."""


class Excerpt(msgspec.Struct, frozen=True):
    """A stretch of a report in its sentence.

    Attributes:
        report: the report, with its source.
        statement: the figure that stands there, None where none does.
        text: the sentence, mended.
        start, end: where in ``text`` the stretch stands.
    """

    report: ReportRow
    statement: Statement | None
    text: str
    start: int
    end: int


def excerpts(actor: Actor, stretches: Iterable[Stretch]) -> dict[Stretch, Excerpt]:
    """The sentences around stretches; those of reports that the actor may not see are left out."""
    wanted = list(dict.fromkeys(stretches))
    numbers = list(dict.fromkeys(report for report, _, _ in wanted))[:MOST_REPORTS]
    rows = {row.pk: row for row in access.reports(actor).filter(pk__in=numbers).select_related("source")}
    figures = _figures(actor, [one for one in wanted if one[0] in rows])
    read: dict[int, Report] = {}
    found = {}
    for stretch in wanted:
        row = rows.get(stretch[0])
        if row is None:
            continue
        if row.pk not in read:
            read[row.pk] = report_of(row)
        found[stretch] = _excerpt(row, read[row.pk], Span(*stretch[1:]), figures.get(stretch))
    return found


def sentence_at(report: Report, quote: Span) -> Span:
    """The sentence of the mended text in which a stretch of it stands; the stretch itself where none takes it in."""
    sentences: Sequence[Span] = report.sentences
    i = bisect_right(sentences, quote.start, key=lambda s: s.start) - 1
    return sentences[i] if i >= 0 and sentences[i].end >= quote.end else quote


def _figures(actor: Actor, stretches: Sequence[Stretch]) -> dict[Stretch, Statement]:
    rows = access.statements(actor).filter(
        report__in={one[0] for one in stretches},
        start__in={one[1] for one in stretches},
        state__in=STANDING,
    )
    return {(row.report_id, row.start, row.end): row for row in rows.order_by("-pk")}


def _excerpt(row: ReportRow, report: Report, span: Span, statement: Statement | None) -> Excerpt:
    quote = report.map.to_mended_span(span.start, span.end)
    if statement is None:
        sentence = sentence_at(report, quote)
    else:
        told = claim_of(statement, row.doc).sentence
        sentence = report.map.to_mended_span(told.start, told.end)
    raw = report.text[sentence.start : sentence.end]
    begin = sentence.start + len(raw) - len(raw.lstrip())
    text = raw.strip()
    start = min(max(quote.start - begin, 0), len(text))
    return Excerpt(row, statement, text, start, min(max(quote.end - begin, start), len(text)))
