"""The catalogue's examples, read: what they state must be what the reader finds."""

from collections import defaultdict
from collections.abc import Iterator

from shanhai.catalogue.indicators import Example, Indicator, load_indicators
from shanhai.claims.find import find_claims
from shanhai.model import Claim
from shanhai.reading.read import read


def problems() -> Iterator[str]:
    """What in the catalogue's indicators does not hold, one line a problem."""
    indicators = load_indicators()
    yield from _clashes(indicators)
    for code, indicator in indicators.items():
        for example in indicator.examples:
            claim = claim_of(example)
            if claim is None:
                yield f"{code}: examples: no claim {example.quote!r} is found in {example.text!r}"
            elif claim.indicator != code:
                yield f"{code}: examples: {example.quote!r} in {example.text!r} is read as {claim.indicator}"
        for example in indicator.counter_examples:
            claim = claim_of(example)
            if claim is not None and claim.indicator == code:
                yield f"{code}: counter_examples: {example.quote!r} in {example.text!r} is read as {code}"


def claim_of(example: Example) -> Claim | None:
    """The claim with the example's quote; None where none is found."""
    found = find_claims(read(example.text.encode(), name="example.txt"))
    return next((c for c in found if c.quote == example.quote), None)


def _clashes(indicators: dict[str, Indicator]) -> Iterator[str]:
    """The same words in two indicators that take the same units: the order of files would decide between them."""
    named: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for code, indicator in indicators.items():
        for words in indicator.words:
            named[tuple(sorted(words.split()))].append(code)
    for entry, codes in named.items():
        for i, code in enumerate(codes):
            for other in codes[i + 1 :]:
                if set(indicators[code].units) & set(indicators[other].units):
                    yield f"{code}: words: {' '.join(entry)!r} also names {other}, in the same units; keep it in one"
