"""What a statement says, as stored: a claim as JSON without its report's name, and the hash that it is known by."""

import hashlib
from functools import lru_cache
from typing import Any

import msgspec

from shanhai.catalogue.places import load_gazetteer
from shanhai.ledger.models import Statement
from shanhai.model import Claim, Number, Report
from shanhai.reasoning.comparing.same import span_of

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(Claim)
_FIELDS = tuple((f.name, f.default) for f in msgspec.structs.fields(Claim) if f.name != "doc")
_LARGEST = 10**300
_UNIT, _INDICATOR, _PARTY, _PLACE = 32, 64, 200, 100


def content_of(claim: Claim) -> str:
    """The claim as JSON: exact, keys in the order of its fields, those with their default value left out."""
    told: dict[str, Any] = {}
    for name, default in _FIELDS:
        value = getattr(claim, name)
        if value != default or default is msgspec.NODEFAULT:
            told[name] = value
    if "definition" in told:
        told["definition"] = {
            k: v for k, v in msgspec.structs.asdict(claim.definition).items() if v is not None
        }
    return _ENCODER.encode(told).decode()


def claim_of(statement: Statement, doc: str) -> Claim:
    """The claim that a statement holds.

    Raises:
        ValueError: when the content is none, which only a change behind the application's back brings about.
    """
    named = f'{{"doc":{msgspec.json.encode(doc).decode()},{statement.content[1:]}'
    try:
        return _DECODER.decode(named)
    except msgspec.MsgspecError as e:
        raise ValueError(str(e)) from None


def key_of(sha256: str, content: str) -> str:
    """The hash by which a statement is known: of its source and its content."""
    return hashlib.sha256(f"{sha256}\n{content}".encode()).hexdigest()[:32]


def columns_of(claim: Claim, report: Report, within: str) -> dict[str, Any]:
    """The columns of a statement that repeat parts of its claim.

    Args:
        claim: what it says.
        report: the report, whose date gives the year where the claim has no period.
        within: the code of the place in which a bare name is looked for first; "" for none.
    """
    time = span_of(claim.period)
    year = time[1].year if time else report.date.year if report.date else None
    return {
        "start": claim.start,
        "end": claim.end,
        "quote": storable(claim.quote),
        "area": claim.area or "",
        "indicator": (claim.indicator or "")[:_INDICATOR],
        "kind": claim.kind.value,
        "status": claim.status.value if claim.status else "",
        "unit": claim.unit[:_UNIT],
        "value": rounded(claim.value),
        "low": rounded(claim.bounds.low),
        "high": rounded(claim.bounds.high),
        "measure": claim.measure or "",
        "place": (claim.place or "")[:_PLACE],
        "place_code": code_of(claim.place, within) if claim.place else "",
        "party": (claim.party or "")[:_PARTY],
        "period": claim.period or "",
        "year": year,
        "minor": claim.minor,
    }


def storable(text: str) -> str:
    """A text as columns hold it: without NUL, which PostgreSQL refuses."""
    return text.replace("\0", "")


@lru_cache(1 << 14)
def code_of(place: str, within: str = "") -> str:
    """The code of a place, as it was when it last bore the name; "" where the name says none, or several."""
    gazetteer = load_gazetteer()
    found = (gazetteer.resolve(place, within) if within else ()) or gazetteer.named(place)
    codes = {record.code for record in found}
    if len(codes) > 1:
        codes = {record.code for record in found if record.ends is None}
    return codes.pop() if len(codes) == 1 else ""


def rounded(number: Number | None) -> float | None:
    """A number for sorting; None where no float holds it."""
    return None if number is None or not -_LARGEST < number < _LARGEST else float(number)
