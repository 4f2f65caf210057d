"""Sentences: stretches between full stops, none crossing a passage."""

import re
from collections.abc import Iterable

from shanhai.model import CONTENT, Passage, Span

_END = re.compile("[。！？!?…;](?:(?<!;)[。！？!?…]*[”’』」）)》]*|(?<=[㐀-鿿];)(?=——))")
"""Written to begin with one class of rare characters, which the engine looks for at full speed."""


def sentences_of(text: str, passages: Iterable[Passage]) -> tuple[Span, ...]:
    """The sentences of the passages that speak for the report, in order."""
    found: list[Span] = []
    for passage in passages:
        if passage.role not in CONTENT:
            continue
        at = passage.start
        for end in _END.finditer(text, passage.start, passage.end):
            found.append(Span(at, end.end()))
            at = end.end()
        if at < passage.end and not text[at : passage.end].isspace():
            found.append(Span(at, passage.end))
    return tuple(found)
