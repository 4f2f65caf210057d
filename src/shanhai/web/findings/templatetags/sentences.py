"""Sentences of reports in pages: private numbers masked, far ends cut off, what is meant marked, one step from its report."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from shanhai.ledger.queries.excerpts import Excerpt
from shanhai.model import Span
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.excerpts import after, before, cut
from shanhai.publishing.page.masking import masked, private_spans, without_private
from shanhai.web.links import room_path

register = template.Library()


@register.simple_tag
def sentence(*excerpts: Excerpt) -> SafeString:
    """The sentence of excerpts that share it; what each cites is marked and leads to the reading room."""
    cited = sorted(excerpts, key=lambda e: (e.start, -e.end))
    quotes = [Span(e.start, e.end) for e in cited]
    text = cited[0].text
    text = masked(text, private_spans(text, quotes))
    whole = Span(0, len(text))
    parts = [safe(before(text, whole, quotes[0]))]
    at = quotes[0].start
    for excerpt, quote in zip(cited, quotes, strict=True):
        if quote.end <= at and excerpt is not cited[0]:
            continue  # it stands within the one before
        parts.append(safe(text[at : max(at, quote.start)]))
        address = room_path(excerpt.report.source.sha256, excerpt.statement.key if excerpt.statement else "")
        told = safe(cut(text[max(at, quote.start) : quote.end]))
        parts.append(format_html('<a class="cited" href="{}"><mark>{}</mark></a>', address, told))
        at = quote.end
    parts.append(safe(after(text, whole, Span(at, at))))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag
def sentences(excerpts: Sequence[Excerpt]) -> SafeString:
    """The same for a list of excerpts."""
    return sentence(*excerpts)


@register.filter
def unprivate(text: str) -> str:
    """A text from outside with identity and telephone numbers masked."""
    return without_private(text)


def marked(text: str, hits: Iterable[Span]) -> SafeString:
    """A text with stretches of it marked; the stretches are in order and do not meet."""
    parts: list[SafeString] = []
    at = 0
    for hit in hits:
        parts += [
            safe(text[at : hit.start]),
            format_html('<mark class="hit">{}</mark>', safe(text[hit.start : hit.end])),
        ]
        at = hit.end
    return format_html_join("", "{}", ((part,) for part in [*parts, safe(text[at:])]))


def safe(text: str) -> SafeString:
    """A text of a report as HTML, without what no page may hold."""
    return mark_safe(escape(text))
