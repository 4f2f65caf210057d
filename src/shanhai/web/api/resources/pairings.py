"""Pairings: a sending place and a receiving place."""

from typing import Any

from ninja import Path, Query, Router, Schema

from shanhai.ledger import access
from shanhai.ledger.models import Pairing
from shanhai.ledger.queries.paging import page_of
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.api.shapes import PairingPath
from shanhai.web.requests import Request

router = Router(tags=["pairings"])


class PairingOut(Schema):
    """A pairing; its key never changes. Codes are of GB/T 2260, "" where a place has none."""

    key: str
    name_zh: str
    name_en: str
    sending: str
    sending_code: str
    receiving: str
    receiving_code: str


class PairingsOut(Schema):
    """One page of pairings."""

    items: list[PairingOut]
    next: str | None


@router.get("/pairings", response=PairingsOut, operation_id="list_pairings", summary="结对 Pairings")
def list_pairings(request: Request, wanted: Query[PageQuery]) -> dict[str, Any]:
    """The pairings that the account may read, in the order in which they were made."""
    rows = access.pairings(request.actor)
    return listed(request, wanted, lambda after, size: page_of(rows, after, size), _shown)


@router.get(
    "/pairings/{key}", response=PairingOut, operation_id="get_pairing", summary="一个结对 One pairing"
)
def get_pairing(request: Request, key: Path[PairingPath]) -> Pairing:
    """One pairing."""
    return access.access_pairing(request.actor, key)


def _shown(row: Pairing) -> Pairing:
    return row
