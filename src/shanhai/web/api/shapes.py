"""The shapes that several resources share."""

import datetime
import re
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

SHA256 = r"^[0-9a-f]{64}$"
KEY = r"^[0-9a-f]{32}$"
_SHOWN = r"^[^\u0000-\u001f\u007f]*$"

Text = Annotated[str, Field(max_length=200, pattern=_SHOWN)]
"""What a filter takes: a line without control characters."""
PairingKey = Annotated[
    str,
    Field(
        max_length=64,
        pattern=r"^[-A-Za-z0-9_]*$",
        description="a pairing's key; `-` for what is filed under none",
    ),
]
PlaceCode = Annotated[
    str, Field(pattern=r"^(\d{2,9})?$", description="a place's code (GB/T 2260); what lies in it counts")
]
Year = Annotated[
    int | None,
    Field(ge=1000, le=9999),
    WithJsonSchema({"type": "integer", "minimum": 1000, "maximum": 9999}),
]


def _day(told: object) -> object:
    """A day as ISO 8601 has it; Pydantic alone would take seconds since 1970 as well."""
    if isinstance(told, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", told):
        raise ValueError("a day is written as 2024-03-01")
    return told


Day = Annotated[
    datetime.date | None, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})
]
PairingPath = Annotated[str, Field(max_length=64, pattern=r"^[-A-Za-z0-9_]+$")]
Exact = Annotated[int | Decimal, WithJsonSchema({"type": "number"})]
"""A number, exact: a JSON number with all its digits."""
Sha256 = Annotated[str, Field(pattern=SHA256)]
StatementKey = Annotated[str, Field(pattern=KEY)]


class Strict(Schema):
    """What is sent: no key that is not described, no type but the one described."""

    model_config = ConfigDict(strict=True, extra="forbid")


def pairing_key(row: Any) -> str | None:
    """The key of the pairing under which something is filed."""
    return row.pairing.key if row.pairing_id else None
