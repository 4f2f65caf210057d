"""Claims: the quantities of a report with their meaning."""

from collections.abc import Iterator
from typing import Any

from shanhai.catalogue.status import load_status
from shanhai.claims.collection import Claims
from shanhai.claims.meaning.definition import definition_of
from shanhai.claims.meaning.indicator import choose
from shanhai.claims.meaning.measure import measures
from shanhai.claims.meaning.period import PeriodReader
from shanhai.claims.meaning.places import PlaceReader
from shanhai.claims.meaning.setting import Setting, headings_above, settings, signs_of
from shanhai.claims.meaning.status import StatusReader
from shanhai.claims.meaning.words import Hits, lexicon
from shanhai.claims.quantities import quantities_in
from shanhai.model import CONTENT, Claim, Quantity, Report, Role, Span, numerals


def find_claims(report: Report) -> Claims:
    """The claims of a report, in text order."""
    return Claims(_claims(report))


def _claims(report: Report) -> Iterator[Claim]:
    text = report.text
    words = lexicon()
    hits = Hits(text, words)
    signs = signs_of(text)
    starts = [s.start for s in report.sentences]
    statuses = StatusReader(text, load_status(), report.date.year if report.date else None)
    periods = PeriodReader(text, report.date)
    places = PlaceReader(text, report.title or "")
    for passage, heading in zip(report.passages, headings_above(report.passages), strict=True):
        if passage.role not in CONTENT:
            continue
        if passage.role in (Role.HEADING, Role.TITLE):
            statuses.heading(passage)
        figures = list(quantities_in(text, passage.start, passage.end))
        if not figures:
            continue
        where = settings(text, passage, heading, report.sentences, starts, figures, signs)
        told = statuses.read(passage, figures)
        times = periods.read(passage, figures, [w.sentence_start for w in where])
        phrases = measures(text, figures, where)
        for figure, setting, status, when, measure in zip(figures, where, told, times, phrases, strict=True):
            choice = choose(setting, hits, words)
            yield _claim(
                report,
                figure,
                setting,
                status=status,
                area=choice.area,
                indicator=choice.indicator,
                measure=measure,
                period=when.says if when else None,
                place=places.place_of(setting),
                party=places.party_of(setting),
                definition=definition_of(text, figure, setting, when),
            )


def _claim(report: Report, figure: Quantity, setting: Setting, **meaning: Any) -> Claim:
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
        sentence=report.map.to_source_span(setting.sentence_start, setting.sentence_end),
        from_value=figure.from_value,
        upper=figure.upper,
        digits=figure.digits,
        minor=figure.minor,
        skipped=_skipped(report, span),
        **meaning,
    )


def _skipped(report: Report, span: Span) -> tuple[Span, ...]:
    """What mending removed inside the span though it holds numerals: page numbers."""
    removed = report.map.removed_within(span.start, span.end)
    return tuple(s for s in removed if numerals(report.source_text[s.start : s.end]))
