"""A claim as it is sent: the public contract (docs/contract.md) without the report's name."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec
from pydantic import Field

from shanhai.claims.contract import from_line
from shanhai.ledger.errors import NotPossible
from shanhai.model import Claim
from shanhai.web.api.shapes import Exact, Strict

_Place = Annotated[int, Field(ge=0, le=2**31 - 1)]
_Line = Annotated[str, Field(max_length=2000, pattern=r"^[^\u0000]*$")]
_Span = Annotated[list[_Place], Field(min_length=2, max_length=2)]
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class DefinitionIn(Strict):
    """What exactly is counted; each part null where the text does not say."""

    counted: _Line | None = None
    stage: _Line | None = None
    form: _Line | None = None
    cumulative: bool | None = None
    since: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    scope: _Line | None = None


class ClaimIn(Strict):
    """A claim as the contract has it, without ``doc``; what is left out is null."""

    start: _Place
    end: _Place
    quote: _Line
    value: Exact | None
    from_: Annotated[Exact | None, Field(alias="from")] = None
    upper: Exact | None = None
    low: Exact | None
    high: Exact | None
    closed: Literal["both", "low", "high", "none"] = "both"
    unit: Annotated[str, Field(max_length=32, pattern=r"^[^\u0000]*$")]
    approx: Literal["exact", "about", "nearly", "over"] = "exact"
    kind: Literal["level", "change", "points", "share", "from_to"] = "level"
    status: Literal["done", "expected"] = "done"
    area: Annotated[str, Field(max_length=32, pattern=r"^[a-z_]+$")]
    indicator: Annotated[str, Field(max_length=64, pattern=r"^[a-z_.]+$")] | None = None
    measure: _Line | None = None
    period: _Line | None = None
    place: _Line | None = None
    party: _Line | None = None
    definition: DefinitionIn = DefinitionIn()
    minor: bool = False
    sentence: _Span
    repeats: _Span | None = None


def claims_of(sent: Iterable[ClaimIn], doc: str) -> list[Claim]:
    """The claims that were sent.

    Raises:
        NotPossible: one of them is no claim; the message says which and why.
    """
    return [_claim(number, one, doc) for number, one in enumerate(sent, 1)]


def _claim(number: int, sent: ClaimIn, doc: str) -> Claim:
    told: dict[str, Any] = {"doc": doc, **sent.dict(by_alias=True)}
    if told["from"] is None:
        del told["from"]
    try:
        return from_line(_ENCODER.encode(told))
    except ValueError as e:
        raise NotPossible(
            f"第{number}个数字不符合数据约定：{e}。", f"Claim {number} does not fit the contract: {e}."
        ) from None
