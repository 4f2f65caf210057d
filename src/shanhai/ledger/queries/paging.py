"""Pages of long lists: each begins after the last row of the one before, so the last page is as quick as the first."""

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec
from django.db.models import Model, QuerySet

from shanhai.ledger.errors import NotPossible

SIZE = 50
"""Rows of a page."""
MOST = 10_000
"""So far totals are counted; a page shows “10,000+” for more."""

Row = TypeVar("Row")
_Stored = TypeVar("_Stored", bound=Model)


class Page(msgspec.Struct, Generic[Row], frozen=True):
    """A part of a list.

    Attributes:
        rows: in the list's order.
        after: the cursor with which the next page is asked for; "" where this is the last.
    """

    rows: Sequence[Row]
    after: str = ""


class Total(msgspec.Struct, frozen=True):
    """How many rows a list has; at least so many where ``more`` is set."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}{'+' if self.more else ''}"


def page_of(
    rows: QuerySet[_Stored], after: str = "", size: int = SIZE, *, newest: bool = False
) -> Page[_Stored]:
    """One page of rows in the order of their ids.

    Args:
        rows: filtered, without an order of its own.
        after: the cursor of the page before; "" for the first.
        size: rows of a page.
        newest: whether the highest ids come first.

    Raises:
        NotPossible: the cursor is none.
    """
    if after:
        number = number_of(after)
        rows = rows.filter(pk__lt=number) if newest else rows.filter(pk__gt=number)
    found = list(rows.order_by("-pk" if newest else "pk")[: size + 1])
    more = len(found) > size
    return Page(found[:size], str(found[size - 1].pk) if more else "")


def total(rows: QuerySet[_Stored], most: int = MOST) -> Total:
    """How many rows there are, counted up to a limit."""
    found = rows.order_by().values("pk")[: most + 1].count()
    return Total(min(found, most), found > most)


def number_of(cursor: str) -> int:
    """The id that a cursor holds.

    Raises:
        NotPossible: it holds none.
    """
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise NotPossible(
            f"页码“{cursor[:30]}”无效。请从列表第一页重新开始。",
            f"“{cursor[:30]}” is no place in this list. Begin at its first page again.",
        )
    return int(cursor)
