"""Search in reports."""

from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field

from shanhai.ledger.models import Report
from shanhai.ledger.queries import find
from shanhai.ledger.queries.paging import Page
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.api.resources.reports import ReportsOut, shown
from shanhai.web.requests import Request

router = Router(tags=["search"])
Words = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        pattern=r"^[^\u0000-\u001f\u007f]+$",
        description="all of them must be there",
    ),
]


class SearchQuery(PageQuery):
    """What is looked for."""

    q: Words


@router.get("/search", response=ReportsOut, operation_id="search", summary="检索 Search")
def search(request: Request, wanted: Query[SearchQuery]) -> dict[str, Any]:
    """The reports that hold all words, the last received first."""

    def ask(after: str, size: int) -> Page[Report]:
        return find.reports(request.actor, wanted.q, after, size)[0]

    return listed(request, wanted, ask, shown)
