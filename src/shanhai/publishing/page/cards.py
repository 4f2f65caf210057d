"""Everything known of a claim, as the data from which the page makes its card."""

from collections.abc import Iterator

from shanhai.model import Claim, Definition
from shanhai.publishing.page.displayed import Displayed
from shanhai.publishing.page.excerpts import after, before, cut
from shanhai.publishing.page.figures import bounds, quantity, with_unit
from shanhai.publishing.page.words import (
    APPROX,
    KINDS,
    LOST,
    MINOR,
    ROWS,
    STATUS,
    UNKNOWN,
    VAGUE,
    Word,
    area_word,
    part_of_definition,
)

Row = list[str]
"""A key of ``ROWS``, the Chinese (or what the text says), and the English where there is one."""

_CORE = ("measure", "period", "place", "party")


def card(shown: Displayed, number: int) -> dict[str, object]:
    """The card of the claim with ``number``: q quote, m mended quote where it differs, b and a the sentence
    before and after it, r rows, l whether characters are lost."""
    claim, span = shown.claims[number - 1], shown.spans[number - 1]
    sentence = shown.report.map.to_mended_span(claim.sentence.start, claim.sentence.end)
    quote, mended = cut(claim.quote), cut(shown.text[span.start : span.end])
    found: dict[str, object] = {
        "q": quote,
        "b": before(shown.text, sentence, span),
        "a": after(shown.text, sentence, span),
        "r": list(_rows(claim)),
    }
    if mended != quote:
        found["m"] = mended
    if shown.lost[number - 1]:
        found["l"] = list(LOST)
    return found


def _rows(claim: Claim) -> Iterator[Row]:
    yield ["value", quantity(claim)] if claim.value is not None else ["value", *VAGUE]
    unsaid: list[Word] = []
    for key in _CORE:
        value = getattr(claim, key)
        if value is None:
            unsaid.append(ROWS[key])
        else:
            yield [key, value]
    if interval := bounds(claim.bounds):
        yield ["bounds", with_unit(interval, claim.unit)]
    yield ["kind", *KINDS[claim.kind]]
    yield ["approx", *APPROX[claim.approx]]
    yield ["status", *(STATUS[claim.status] if claim.status else UNKNOWN)]
    yield ["area", *area_word(claim.area)]
    if claim.indicator is not None:
        yield ["indicator", claim.indicator]
    if claim.minor:
        yield ["minor", *MINOR]
    yield from _definition(claim.definition)
    if unsaid:
        yield ["unsaid", "、".join(w.zh for w in unsaid), ", ".join(w.en.lower() for w in unsaid)]
    yield ["span", f"{claim.start:,}–{claim.end:,}"]


def _definition(definition: Definition) -> Iterator[Row]:
    for key in ("counted", "stage", "form", "scope", "cumulative", "since"):
        if said := part_of_definition(getattr(definition, key)):
            yield [key, *said]
