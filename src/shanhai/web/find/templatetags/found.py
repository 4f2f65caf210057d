"""What was found, as it stands in the page: words marked, figures one step from the reading room, private numbers masked."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from shanhai.ledger.models import Report
from shanhai.ledger.queries.hits import Sentence
from shanhai.model import Span
from shanhai.publishing.page.excerpts import WINDOW
from shanhai.publishing.page.masking import masked, private_spans
from shanhai.web.findings.templatetags.sentences import marked
from shanhai.web.links import room_path

register = template.Library()
_LONGEST = 2 * WINDOW + 80


@register.simple_tag
def found_sentence(sentence: Sentence, report: Report) -> SafeString:
    """A sentence with the words of the search marked and its figures as links; far ends cut off."""
    figures = [f for f in sentence.figures if f.span.end > f.span.start]
    text = masked(sentence.text, private_spans(sentence.text, [f.span for f in figures]))
    first, last = _window(text, [*sentence.hits, *(f.span for f in figures[:1])])
    parts = [SafeString("…") if first else SafeString("")]
    at = first
    for figure in figures:
        if figure.span.start < at or figure.span.end > last:
            continue
        parts.append(_with_hits(text, Span(at, figure.span.start), sentence.hits))
        told = _with_hits(text, figure.span, sentence.hits)
        address = room_path(report.source.sha256, figure.statement.key)
        parts.append(format_html('<a class="evidence" href="{}">{}</a>', address, told))
        at = figure.span.end
    parts.append(_with_hits(text, Span(at, last), sentence.hits))
    parts.append(SafeString("…") if last < len(text) else SafeString(""))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag
def found_words(text: str, hits: Iterable[Span]) -> SafeString:
    """A text with the words of the search marked."""
    whole = masked(text, private_spans(text))
    return _with_hits(whole, Span(0, len(whole)), tuple(hits))


def _window(text: str, wanted: list[Span]) -> tuple[int, int]:
    """The part of a long sentence that is shown: around the first that is wanted."""
    if len(text) <= _LONGEST or not wanted:
        return 0, min(len(text), _LONGEST)
    first = max(0, min(span.start for span in wanted) - WINDOW)
    return first, min(len(text), first + _LONGEST)


def _with_hits(text: str, part: Span, hits: tuple[Span, ...]) -> SafeString:
    """A part of a text with what stands in it of the hits marked."""
    within = [
        Span(max(hit.start, part.start) - part.start, min(hit.end, part.end) - part.start)
        for hit in hits
        if hit.start < part.end and hit.end > part.start
    ]
    return marked(text[part.start : part.end], within)
