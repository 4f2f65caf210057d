"""Claims: the quantities of a report with their meaning."""

from collections.abc import Iterator

from shanhai.catalogue.status import load_status
from shanhai.claims.collection import Claims
from shanhai.claims.meaning.indicator import choose
from shanhai.claims.meaning.setting import headings_above, settings, signs_of
from shanhai.claims.meaning.status import StatusReader
from shanhai.claims.meaning.words import Hits, lexicon
from shanhai.claims.quantities import quantities_in
from shanhai.model import CONTENT, Claim, Quantity, Report, Role, Span, Status, numerals


def find_claims(report: Report) -> Claims:
    """The claims of a report, in text order."""
    return Claims(_claims(report))


def _claims(report: Report) -> Iterator[Claim]:
    text = report.text
    words = lexicon()
    hits = Hits(text, words)
    signs = signs_of(text)
    starts = [s.start for s in report.sentences]
    above = headings_above(report.passages)
    statuses = StatusReader(text, load_status(), report.date.year if report.date else None)
    for passage, heading in zip(report.passages, above, strict=True):
        if passage.role not in CONTENT:
            continue
        figures = list(quantities_in(text, passage.start, passage.end))
        if passage.role in (Role.HEADING, Role.TITLE):
            statuses.heading(passage)
        if not figures:
            continue
        told = statuses.read(passage, figures)
        where = settings(text, passage, heading, report.sentences, starts, figures, signs)
        for figure, setting, status in zip(figures, where, told, strict=True):
            choice = choose(setting, hits, words)
            yield _claim(report, figure, Span(setting.sentence_start, setting.sentence_end), status, choice.area, choice.indicator)


def _claim(
    report: Report, figure: Quantity, sentence: Span, status: Status, area: str, indicator: str | None
) -> Claim:
    span = report.map.to_source_span(figure.start, figure.end)
    return Claim(
        doc=report.doc,
        start=span.start,
        end=span.end,
        quote=report.source_text[span.start : span.end],
        value=figure.value,
        unit=figure.unit,
        approx=figure.approx,
        kind=figure.kind,
        bounds=figure.bounds,
        sentence=report.map.to_source_span(sentence.start, sentence.end),
        from_value=figure.from_value,
        upper=figure.upper,
        digits=figure.digits,
        minor=figure.minor,
        status=status,
        area=area,
        indicator=indicator,
        skipped=_skipped(report, span),
    )


def _skipped(report: Report, span: Span) -> tuple[Span, ...]:
    """What mending removed inside the span though it holds numerals: page numbers."""
    removed = report.map.removed_within(span.start, span.end)
    return tuple(s for s in removed if numerals(report.source_text[s.start : s.end]))



