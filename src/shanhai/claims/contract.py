"""The public contract: a claim as a JSON object, version 1. Keys and their order are fixed (docs/contract.md)."""

from typing import Any

import msgspec

from shanhai.model import Bounds, Claim

VERSION = 1
_ENCODER = msgspec.json.Encoder(decimal_format="number")


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
