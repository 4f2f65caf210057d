"""Collections: named sets of sources."""

from typing import Any

from ninja import Query, Router, Schema

from shanhai.ledger import access
from shanhai.ledger.models import Collection
from shanhai.ledger.queries.paging import page_of
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.requests import Request

router = Router(tags=["collections"])


class CollectionOut(Schema):
    """A collection; its sources are those of ``/sources?collection=KEY``."""

    key: str
    name: str


class CollectionsOut(Schema):
    """One page of collections."""

    items: list[CollectionOut]
    next: str | None


@router.get(
    "/collections", response=CollectionsOut, operation_id="list_collections", summary="专题 Collections"
)
def list_collections(request: Request, wanted: Query[PageQuery]) -> dict[str, Any]:
    """The collections."""
    rows = access.collections(request.actor)
    return listed(request, wanted, lambda after, size: page_of(rows, after, size), _shown)


def _shown(row: Collection) -> dict[str, str]:
    return {"key": row.key, "name": row.name}
