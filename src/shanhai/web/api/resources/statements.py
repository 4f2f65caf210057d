"""Statements: every figure with its evidence."""

import datetime
from typing import Annotated, Any, Literal

from ninja import Path, Query, Router, Schema
from pydantic import Field

from shanhai.claims.contract import as_object
from shanhai.ledger import access
from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import Statement
from shanhai.ledger.packing import report_of
from shanhai.ledger.queries.statements import StatementFilter, statements
from shanhai.publishing.page.masking import without_private
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.api.shapes import PairingKey, PlaceCode, StatementKey, Text, Year, pairing_key
from shanhai.web.requests import Request

router = Router(tags=["statements"])
AreaName = Annotated[str, Field(max_length=32, pattern=r"^[a-z_]*$")]
IndicatorCode = Annotated[str, Field(max_length=64, pattern=r"^[a-z0-9_.]*$")]


class StatementOut(Schema):
    """A figure and how it stands. ``claim`` is the public contract's object (docs/contract.md).

    ``review`` is the id of the decision that put it so, which a new decision names as ``seen``; ``superseded_by``
    the key of what stands in its place; ``reopened`` whether a new reading took a decision back.
    """

    key: str
    sha256: str
    state: Literal["open", "accepted", "rejected", "replaced", "gone"]
    origin: Literal["reading", "review"]
    review: int | None
    superseded_by: str | None
    reopened: bool
    pairing: str | None
    year: int | None
    place_code: str
    first_seen: datetime.datetime
    last_seen: datetime.datetime
    claim: dict[str, Any]


class StatementWhole(StatementOut):
    """A figure with the sentence in which it stands; identity and telephone numbers in it are masked."""

    sentence: str


class StatementsOut(Schema):
    """One page of statements."""

    items: list[StatementOut]
    next: str | None


class StatementQuery(PageQuery):
    """Which statements; those that stand where no state is named."""

    pairing: PairingKey = ""
    source: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$", description="the report's sha256")] = ""
    area: AreaName = ""
    indicator: IndicatorCode = ""
    unit: Text = ""
    status: Literal["", "done", "expected"] = ""
    place: PlaceCode = ""
    since: Year = None
    until: Year = None
    state: Literal["", "open", "accepted", "rejected", "replaced", "gone"] = ""
    background: Annotated[
        Literal["with", "without"], Field(description="whether background figures are wanted too")
    ] = "with"


@router.get("/statements", response=StatementsOut, operation_id="list_statements", summary="数字 Statements")
def list_statements(request: Request, wanted: Query[StatementQuery]) -> dict[str, Any]:
    """The figures in the order in which they were stored."""
    told = wanted.filters()
    found = StatementFilter(
        **{k: v for k, v in told.items() if k != "background"}, minor=told["background"] == "with"
    )
    return listed(request, wanted, lambda after, size: statements(request.actor, found, after, size), shown)


@router.get(
    "/statements/{key}",
    response=StatementWhole,
    operation_id="get_statement",
    summary="一个数字 One statement",
)
def get_statement(request: Request, key: Path[StatementKey]) -> dict[str, Any]:
    """One figure with its sentence."""
    row = access.access_statement(request.actor, key)
    claim = claim_of(row, row.report.doc)
    text = report_of(row.report).source_text[claim.sentence.start : claim.sentence.end]
    return {**shown(row), "sentence": without_private(text, (claim.quote,))}


def shown(row: Statement) -> dict[str, Any]:
    """A statement as it is answered."""
    return {
        "key": row.key,
        "sha256": row.report.source.sha256,
        "state": row.state,
        "origin": row.origin,
        "review": row.review_id,
        "superseded_by": row.superseded_by.key if row.superseded_by else None,
        "reopened": row.reopened,
        "pairing": pairing_key(row),
        "year": row.year,
        "place_code": row.place_code,
        "first_seen": row.first_seen,
        "last_seen": row.last_seen,
        "claim": as_object(claim_of(row, row.report.doc)),
    }
