"""Claims: the quantities of a report with their meaning."""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from shanhai.catalogue.status import load_status
from shanhai.claims.collection import Claims
from shanhai.claims.meaning.definition import definition_of
from shanhai.claims.meaning.indicator import UNCLEAR, Choice, Chooser, leaning, same_sort
from shanhai.claims.meaning.measure import headed, measures
from shanhai.claims.meaning.period import PeriodReader, When
from shanhai.claims.meaning.places import PlaceReader
from shanhai.claims.meaning.setting import Layout, Setting, headings_above, layout, settings
from shanhai.claims.meaning.status import StatusReader
from shanhai.claims.meaning.words import Hits, lexicon
from shanhai.claims.quantities import quantities_in
from shanhai.claims.repeats import linked
from shanhai.claims.tables import TableReader
from shanhai.model import CONTENT, Claim, Quantity, Report, Role, Sides, Span, Status, numerals


class Found(NamedTuple):
    """A figure with its setting, status, period, phrase, and the role of its passage."""

    figure: Quantity
    setting: Setting
    status: Status
    when: When | None
    measure: str | None
    role: Role


def find_claims(report: Report) -> Claims:
    """The claims of a report, in text order."""
    within = layout(report)
    found = list(_figures(report, within))
    places = PlaceReader(report)
    chosen = choices(report, found, within.signs)
    return Claims(linked((_claim(report, f, c, places), f.role) for f, c in zip(found, chosen, strict=True)))


def find_sides(report: Report) -> Sides:
    """The pairing that a report as a whole is about: who assists, who is assisted, and the team."""
    places = PlaceReader(report)
    return Sides(places.sending, places.receiving, places.party)


def explain(report: Report) -> dict[tuple[int, int], Choice]:
    """For each claim, by its start and end in the source text, what was weighed for its indicator and area."""
    within = layout(report)
    found = list(_figures(report, within))
    weighed = {}
    for f, choice in zip(found, choices(report, found, within.signs, explain=True), strict=True):
        span = report.map.to_source_span(f.figure.start, f.figure.end)
        weighed[span.start, span.end] = choice
    return weighed


def choices(
    report: Report, found: Sequence[Found], signs: Sequence[int], *, explain: bool = False
) -> list[Choice]:
    """The choice of each figure; one that nothing speaks for goes with the same figure told elsewhere."""
    words = lexicon()
    chooser = Chooser(Hits(report.text, words, signs), words, explain=explain)
    chosen: list[Choice] = []
    for i, f in enumerate(found):
        alike = i > 0 and same_sort(found[i - 1].figure.unit, f.figure.unit)
        lean = leaning(report.text, found[i - 1].setting, f.setting, chosen[-1].area) if alike else None
        chosen.append(chooser.choose(f.setting, lean))
    clear = {
        (f.figure.value, f.figure.unit): c for f, c in zip(found, chosen, strict=True) if c.score > UNCLEAR
    }
    return [
        c if c.score > UNCLEAR else clear.get((f.figure.value, f.figure.unit), c)
        for f, c in zip(found, chosen, strict=True)
    ]


def _figures(report: Report, within: Layout) -> Iterator[Found]:
    text = report.text
    statuses = StatusReader(text, load_status(), report.date.year if report.date else None)
    periods = PeriodReader(text, report.date)
    tables = TableReader(text)
    for passage, heading in zip(report.passages, headings_above(report.passages), strict=True):
        if passage.role not in CONTENT:
            continue
        if passage.role in (Role.HEADING, Role.TITLE) or (
            passage.role is Role.TABLE and tables.is_title(passage)
        ):
            statuses.heading(passage)
            periods.heading(passage)
        cells = tables.read(passage) if passage.role is Role.TABLE else []
        figures = [c.quantity for c in cells] or list(quantities_in(text, passage.start, passage.end))
        if not figures:
            continue
        where = settings(within, passage, heading, figures)
        for setting, cell in zip(where, cells, strict=False):
            setting.lead_start, setting.lead_end = cell.column.start, cell.column.end
            setting.in_table = True
        told = statuses.read(passage, figures)
        times = periods.read(passage, figures, where)
        phrases = [headed(text, c.row, c.column) for c in cells] or measures(text, figures, where)
        yield from map(Found, figures, where, told, times, phrases, repeat(passage.role))


def _claim(report: Report, found: Found, choice: Choice, places: PlaceReader) -> Claim:
    figure, setting = found.figure, found.setting
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
        sentence=report.map.to_source_span(setting.sentence.start, setting.sentence.end),
        from_value=figure.from_value,
        upper=figure.upper,
        digits=figure.digits,
        minor=figure.minor,
        status=found.status,
        area=choice.area,
        indicator=choice.indicator,
        measure=found.measure,
        period=found.when.says if found.when else None,
        place=places.place_of(setting, choice.area),
        party=places.party_of(setting),
        definition=definition_of(report.text, figure, setting, found.when),
        skipped=_skipped(report, span),
    )


def _skipped(report: Report, span: Span) -> tuple[Span, ...]:
    """What mending removed inside the span though it holds numerals: page numbers."""
    removed = report.map.removed_within(span.start, span.end)
    return tuple(s for s in removed if numerals(report.source_text[s.start : s.end]))
