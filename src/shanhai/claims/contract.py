"""The public contract: a claim as a JSON object, version 1. Keys and their order are fixed (docs/contract.md)."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

import msgspec

from shanhai.model import (
    Approx,
    Bounds,
    Claim,
    Definition,
    InvariantBroken,
    Kind,
    Number,
    Span,
    Status,
    exact,
    numerals,
)

VERSION = 1
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_MOST_DIGITS = 28
"""Of a number that is not whole: as many as decimal arithmetic keeps. One with more is no figure of a report."""
_DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_PERIOD = re.compile(rf"{_DAY}(?:/{_DAY})?")


def as_object(claim: Claim) -> dict[str, Any]:
    """The claim as a JSON object; numbers stay exact (``int`` or ``Decimal``)."""
    found: dict[str, Any] = {
        "doc": claim.doc,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "value": claim.value,
    }
    if claim.from_value is not None:
        found["from"] = claim.from_value
    if claim.upper is not None:
        found["upper"] = claim.upper
    definition = claim.definition
    return found | {
        "low": claim.bounds.low,
        "high": claim.bounds.high,
        "closed": _closed(claim.bounds),
        "unit": claim.unit,
        "approx": claim.approx.value,
        "kind": claim.kind.value,
        "status": claim.status and claim.status.value,
        "area": claim.area,
        "indicator": claim.indicator,
        "measure": claim.measure,
        "period": claim.period,
        "place": claim.place,
        "party": claim.party,
        "definition": {
            "counted": definition.counted,
            "stage": definition.stage,
            "form": definition.form,
            "cumulative": definition.cumulative,
            "since": definition.since,
            "scope": definition.scope,
        },
        "minor": claim.minor,
        "sentence": [claim.sentence.start, claim.sentence.end],
        "repeats": claim.repeats and [claim.repeats.start, claim.repeats.end],
    }


def _closed(bounds: Bounds) -> str:
    """Which ends belong to the bounds: both, low, high or none."""
    if bounds.low_closed and bounds.high_closed:
        return "both"
    return "low" if bounds.low_closed else "high" if bounds.high_closed else "none"


def as_line(claim: Claim) -> bytes:
    """The claim as one line of JSON, without the line feed."""
    return _ENCODER.encode(as_object(claim))


class _Defined(msgspec.Struct):
    """The definition on a line: every key must be there."""

    counted: str | None
    stage: str | None
    form: str | None
    cumulative: bool | None
    since: date | None
    scope: str | None


class _Line(msgspec.Struct):
    """A line as the contract fixes it. Keys that it does not name are passed over: a newer Shanhai may add some."""

    doc: str
    start: int
    end: int
    quote: str
    value: Number | None
    low: Number | None
    high: Number | None
    closed: Literal["both", "low", "high", "none"]
    unit: str
    approx: Approx
    kind: Kind
    status: Status
    area: str
    indicator: str | None
    measure: str | None
    period: str | None
    place: str | None
    party: str | None
    definition: _Defined
    minor: bool
    sentence: tuple[int, int]
    repeats: tuple[int, int] | None
    from_: Number | None = msgspec.field(default=None, name="from")
    upper: Number | None = None


_DECODER = msgspec.json.Decoder(_Line)


def from_line(line: bytes | memoryview) -> Claim:
    """The claim that a line of JSON states, numbers exact.

    The contract does not tell which stretches of a quote belong to something else, such as the number of a page that
    breaks a phrase; so the claim's digits are all that its quote holds, and nothing counts as skipped.

    Raises:
        ValueError: when the line is not a claim of this version; the message says what is wrong, in a few words.
    """
    try:
        read = _DECODER.decode(line)
    except (msgspec.MsgspecError, RecursionError) as e:
        raise ValueError(str(e)) from None
    numbers = (read.value, read.low, read.high, read.from_, read.upper)
    if any(type(number) is Decimal and _unfit(number) for number in numbers):
        raise ValueError("a number is not finite, or has too many digits")
    try:
        claim = _claim(read, [None if n is None else exact(n) for n in numbers])
    except InvariantBroken as e:
        raise ValueError(str(e)) from None
    if fault := fault_of(claim):
        raise ValueError(fault)
    return claim


def _claim(read: _Line, numbers: list[Number | None]) -> Claim:
    value, low, high, start, upper = numbers
    return Claim(
        doc=read.doc,
        start=read.start,
        end=read.end,
        quote=read.quote,
        value=value,
        unit=read.unit,
        approx=read.approx,
        kind=read.kind,
        bounds=Bounds(low, high, read.closed in ("both", "low"), read.closed in ("both", "high")),
        sentence=Span(*read.sentence),
        from_value=start,
        upper=upper,
        digits=numerals(read.quote),
        minor=read.minor,
        status=read.status,
        area=read.area,
        indicator=read.indicator,
        measure=read.measure,
        period=read.period,
        place=read.place,
        party=read.party,
        definition=Definition(**msgspec.structs.asdict(read.definition)),
        repeats=read.repeats and Span(*read.repeats),
    )


def fault_of(claim: Claim) -> str | None:
    """What keeps a claim that was read back from being one that reading makes; None where nothing does."""
    bounds, sentence = claim.bounds, claim.sentence
    for number in (claim.value, bounds.low, bounds.high, claim.from_value, claim.upper):
        if type(number) is Decimal and _unfit(number):
            return "a number is not finite, or has too many digits"
    if not 0 <= sentence.start <= claim.start < claim.end <= sentence.end:
        return f"the quote at {claim.start}–{claim.end} does not lie in its sentence at {sentence.start}–{sentence.end}"
    if claim.repeats and not 0 <= claim.repeats.start < claim.repeats.end:
        return f"the first telling lies at {claim.repeats.start}–{claim.repeats.end}, which is no stretch of a text"
    if bounds.low is not None and bounds.high is not None and bounds.low > bounds.high:
        return f"the lower bound {bounds.low} lies above the upper bound {bounds.high}"
    if claim.kind is Kind.FROM_TO and claim.from_value is None:
        return "a from–to has no start value"
    if claim.period is not None and not _is_period(claim.period):
        return f"{claim.period!r} is no period: a year, month or day, or two of them with / between"
    return None


@lru_cache(maxsize=10_000)
def _is_period(told: str) -> bool:
    """Whether it has the form of a period; the claims of a thousand reports have few different ones."""
    return _PERIOD.fullmatch(told) is not None


def _unfit(number: Decimal) -> bool:
    """Whether a number is none that a report could tell: infinite, or beyond all measure."""
    if not number.is_finite():
        return True
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)  # it is finite
    return len(digits) > _MOST_DIGITS or not -_MOST_DIGITS <= exponent <= _MOST_DIGITS
