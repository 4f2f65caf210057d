"""Promises: what reports tell as yet to come, and what became of it."""

import datetime
from typing import Any, Literal

from ninja import Query, Router, Schema

from shanhai.ledger import access
from shanhai.ledger.models import Promise
from shanhai.ledger.queries.narrowing import of_pairing
from shanhai.ledger.queries.paging import page_of
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.api.shapes import Day, PairingKey
from shanhai.web.requests import Request

router = Router(tags=["promises"])


class PromiseOut(Schema):
    """A promise and where it stands. ``due`` is as told, ``due_by`` its last day."""

    sha256: str
    start: int
    end: int
    quote: str
    what: str
    due: str
    due_by: datetime.date | None
    state: str
    answers: int
    pairing: str | None


class PromisesOut(Schema):
    """One page of promises."""

    items: list[PromiseOut]
    next: str | None


class PromiseQuery(PageQuery):
    """Which promises; ``due_until`` names the last day by which they fall due."""

    pairing: PairingKey = ""
    state: Literal["", "open", "due", "kept", "delayed", "contradicted"] = ""
    due_until: Day = None


@router.get("/promises", response=PromisesOut, operation_id="list_promises", summary="承诺 Promises")
def list_promises(request: Request, wanted: Query[PromiseQuery]) -> dict[str, Any]:
    """The promises, pairing by pairing."""
    rows = access.promises(request.actor).filter(of_pairing(request.actor, wanted.pairing))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.due_until:
        rows = rows.filter(due_by__lte=wanted.due_until)
    rows = rows.select_related("report__source", "pairing").defer("report__content")
    return listed(request, wanted, lambda after, size: page_of(rows, after, size), _shown, rebuilt=True)


def _shown(row: Promise) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("start", "end", "quote", "what", "due", "due_by", "state")},
        "sha256": row.report.source.sha256,
        "answers": len(row.answers),
        "pairing": row.pairing.key if row.pairing else None,
    }
