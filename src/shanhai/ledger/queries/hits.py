"""What a search found within reports: the sentences that hold its words, with their figures."""

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec
from django.db.models import Q

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import STANDING, Statement
from shanhai.ledger.models import Report as ReportRow
from shanhai.ledger.packing import report_of
from shanhai.ledger.search import phrases_of
from shanhai.model import CONTENT, Report, Span

MOST_SENTENCES = 4
"""Sentences of one report that a page shows."""
_MOST_LOOKED_AT = 12
_MOST_WORDS = 8


class Figure(msgspec.Struct, frozen=True):
    """A figure in a sentence: where in its text, and the statement."""

    span: Span
    statement: Statement


class Sentence(msgspec.Struct, frozen=True):
    """A sentence that holds words of the search.

    Attributes:
        text: as mended.
        hits: where in it the words stand, in order.
        figures: the figures in it that stand, in order.
    """

    text: str
    hits: tuple[Span, ...]
    figures: tuple[Figure, ...]


class Hit(msgspec.Struct, frozen=True):
    """A report that a search found, with its best sentences and how many more there are."""

    report: ReportRow
    sentences: tuple[Sentence, ...]
    more: int = 0


def in_reports(
    actor: Actor, rows: Sequence[ReportRow], query: str, *, figures_only: bool = False
) -> list[Hit]:
    """What of a query stands in reports that the actor was given; those with most of its words at their head.

    Args:
        actor: who searches.
        rows: the reports, without their contents.
        query: the words.
        figures_only: only sentences with figures.
    """
    pattern = pattern_of(query)
    contents = {
        row.pk: row for row in access.reports(actor).filter(pk__in=[r.pk for r in rows]).only("content")
    }
    found: dict[int, list[tuple[int, Span, Report]]] = {}
    for row in rows:
        if row.pk in contents and pattern is not None:
            found[row.pk] = _sentences(report_of(contents[row.pk]), pattern)
    figures = _figures(actor, found)
    return [_hit(row, found.get(row.pk, []), figures.get(row.pk, {}), pattern, figures_only) for row in rows]


def pattern_of(query: str) -> re.Pattern[str] | None:
    """What finds the words of a query in a text, the longest first; None for a query without words."""
    phrases = sorted(dict.fromkeys(phrases_of(query)), key=len, reverse=True)[:_MOST_WORDS]
    return re.compile("|".join(re.escape(p) for p in phrases), re.IGNORECASE) if phrases else None


def hits_in(text: str, pattern: re.Pattern[str]) -> tuple[Span, ...]:
    """Where words stand in a text."""
    return tuple(Span(m.start(), m.end()) for m in pattern.finditer(text))


def _sentences(report: Report, pattern: re.Pattern[str]) -> list[tuple[int, Span, Report]]:
    """The sentences with most different words, the best and then the first at their head."""
    spoken = [Span(p.start, p.end) for p in report.passages if p.role in CONTENT]
    found = []
    at = 0
    for sentence in report.sentences:
        while at < len(spoken) and spoken[at].end <= sentence.start:
            at += 1
        if at == len(spoken) or sentence.start < spoken[at].start:
            continue
        words = {m[0].lower() for m in pattern.finditer(report.text, sentence.start, sentence.end)}
        if words:
            found.append((len(words), sentence, report))
    found.sort(key=lambda f: (-f[0], f[1].start))
    return found


def _figures(
    actor: Actor, found: dict[int, list[tuple[int, Span, Report]]]
) -> dict[int, dict[Span, list[Figure]]]:
    """The figures that stand in the best sentences, by report and sentence."""
    within = Q()
    places: dict[int, list[tuple[Span, Span, Report]]] = {}
    for number, sentences in found.items():
        places[number] = []
        for _, sentence, report in sentences[:_MOST_LOOKED_AT]:
            source = report.map.to_source_span(sentence.start, sentence.end)
            places[number].append((sentence, source, report))
            within |= Q(report=number, start__gte=source.start, start__lt=source.end)
    figures: dict[int, dict[Span, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    if not within:
        return figures
    rows = access.statements(actor).filter(within, state__in=STANDING).defer("content")
    for row in rows.order_by("report_id", "start", "end", "pk"):
        for sentence, source, report in places[row.report_id]:
            if source.start <= row.start < source.end:
                span = report.map.to_mended_span(row.start, row.end)
                figures[row.report_id][sentence].append(Figure(span, row))
    return figures


def _hit(
    row: ReportRow,
    found: list[tuple[int, Span, Report]],
    figures: dict[Span, list[Figure]],
    pattern: re.Pattern[str] | None,
    figures_only: bool,
) -> Hit:
    best = found[:_MOST_LOOKED_AT]
    best = sorted(best, key=lambda f: (-f[0], not figures.get(f[1]), f[1].start))
    kept = [f for f in best if figures.get(f[1]) or not figures_only]
    shown = []
    for _, sentence, report in kept[:MOST_SENTENCES]:
        raw = report.text[sentence.start : sentence.end]
        begin = sentence.start + len(raw) - len(raw.lstrip())
        text = raw.strip()
        told = tuple(
            Figure(Span(max(0, f.span.start - begin), min(len(text), f.span.end - begin)), f.statement)
            for f in figures.get(sentence, [])
            if f.span.start >= begin and f.span.start - begin < len(text)
        )
        shown.append(Sentence(text, hits_in(text, pattern) if pattern else (), told))
    return Hit(row, tuple(shown), max(0, len(found if not figures_only else kept) - len(shown)))
