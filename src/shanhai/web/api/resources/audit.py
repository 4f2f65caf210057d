"""The audit: what was done, by whom, when and why; for administrators."""

import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.ledger.models import Entry
from shanhai.ledger.queries.audit import entries
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.api.shapes import Text
from shanhai.web.requests import Request

router = Router(tags=["audit"])


class EntryOut(Schema):
    """An entry; ``hash`` is over its fields and ``previous``, the hash of the entry before it."""

    number: int
    at: datetime.datetime
    by: str
    action: str
    subject: str
    old: Any
    new: Any
    why: str
    previous: str
    hash: str


class EntriesOut(Schema):
    """One page of entries."""

    items: list[EntryOut]
    next: str | None


class EntryQuery(PageQuery):
    """Which entries."""

    by: Text = ""
    action: Annotated[str, Field(max_length=32, pattern=r"^[a-z ]*$")] = ""
    subject: Annotated[str, Field(max_length=100, pattern=r"^[^\u0000-\u001f\u007f]*$")] = ""


@router.get("/audit", response=EntriesOut, operation_id="list_entries", summary="审计记录 The audit")
def list_entries(request: Request, wanted: Query[EntryQuery]) -> dict[str, Any]:
    """The entries, the first first."""
    return listed(
        request, wanted, lambda after, size: entries(request.actor, after, size, **wanted.filters()), _shown
    )


def _shown(row: Entry) -> dict[str, Any]:
    return {name: getattr(row, name) for name in EntryOut.model_fields}
