"""The sentence around a quote, as much of it as a reader needs."""

from shanhai.model import Span

WINDOW = 90
"""Characters of the sentence that are shown on each side of the quote; so that one endless sentence costs nothing."""

LONGEST_QUOTE = 300


def cut(quote: str) -> str:
    """A quote, its end cut off where it is very long."""
    return quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}…"


def before(text: str, sentence: Span, quote: Span) -> str:
    """What the sentence says before the quote, its far end cut off where it is long."""
    start = max(sentence.start, quote.start - WINDOW)
    return f"{'…' if start > sentence.start else ''}{text[start : quote.start].lstrip()}"


def after(text: str, sentence: Span, quote: Span) -> str:
    """What the sentence says after the quote, its far end cut off where it is long."""
    end = min(sentence.end, quote.end + WINDOW)
    return f"{text[quote.end : end].rstrip()}{'…' if end < sentence.end else ''}"
