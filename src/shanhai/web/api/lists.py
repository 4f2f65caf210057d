"""Lists in pages: an opaque cursor that holds for the list and the filters for which it was given."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.models import Rebuild
from shanhai.ledger.queries.paging import Page

Row = TypeVar("Row")
MOST = 200
Cursor = Annotated[
    str, Field(max_length=200, pattern=r"^[A-Za-z0-9_-]*$", description="`next` of the page before")
]
Limit = Annotated[int, Field(ge=1, le=MOST, description="rows of a page")]
_NOT_FILTERS = ("cursor", "limit")


class PageQuery(Schema):
    """Which page of a list; filters are added to it."""

    cursor: Cursor = ""
    limit: Limit = 50

    def filters(self) -> dict[str, Any]:
        """The filters alone."""
        return self.dict(exclude={"cursor", "limit"})


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """What a cursor holds: which list, as it was built when, and after what the page begins."""

    of: str
    built: str
    after: str


def listed(
    request: HttpRequest,
    wanted: PageQuery,
    ask: Callable[[str, int], Page[Row]],
    show: Callable[[Row], Any],
    *,
    rebuilt: bool = False,
) -> dict[str, Any]:
    """One page of a list as it is answered.

    Args:
        request: whose address and filters the cursor belongs to.
        wanted: which page.
        ask: gives the page after a place, with so many rows.
        show: what is answered for a row.
        rebuilt: whether the list's rows are replaced when facts and findings are built anew.

    Raises:
        NotPossible: the cursor is none of this list.
        Conflict: the list was built anew since the cursor was given.
    """
    of, built = _name(request), _built() if rebuilt else ""
    page = ask(_after(wanted.cursor, of, built), wanted.limit)
    following = _encoded(_Place(of, built, page.after)) if page.after else None
    rows: Sequence[Row] = page.rows
    return {"items": [show(row) for row in rows], "next": following}


def _after(cursor: str, of: str, built: str) -> str:
    if not cursor:
        return ""
    try:
        place = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=_Place)
    except (binascii.Error, msgspec.MsgspecError, UnicodeDecodeError):
        place = None
    if place is None or place.of != of:
        raise NotPossible(
            "cursor 不属于该列表或所用筛选条件。请从第一页重新开始。",
            "The cursor is none of this list with these filters. Begin at its first page again.",
        )
    if place.built != built:
        raise Conflict(
            "事实与问题已重建，原列表不再成立。请从第一页重新开始。",
            "Facts and findings were built anew; this list is gone. Begin at its first page again.",
            by="",
            decision="rebuild",
        )
    return place.after


def _encoded(place: _Place) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def _name(request: HttpRequest) -> str:
    filters = sorted((k, v) for k, v in request.GET.items() if k not in _NOT_FILTERS)
    return hashlib.sha256(msgspec.json.encode([request.path, filters])).hexdigest()[:12]


def _built() -> str:
    """When which pairing's facts and findings were built last."""
    built = list(Rebuild.objects.order_by("pk").values_list("pk", "entry", "at"))
    return hashlib.sha256(msgspec.json.encode(built)).hexdigest()[:12]
