"""What a board's address asks for: the day, the year, a word of a closed set."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from shanhai.ledger.errors import NotPossible
from shanhai.programme.values import Context, Day, Unreadable

_Word = TypeVar("_Word", bound=str)


def day_of(told: QueryDict) -> datetime.date:
    """The day up to which a board counts; today where none is told.

    Raises:
        NotPossible: it is none.
    """
    try:
        return Day().read(told.get("day", ""), Context()) or timezone.localdate()
    except Unreadable as error:
        raise NotPossible(error.zh, error.en) from None


def year_of(told: QueryDict, day: datetime.date) -> int:
    """The year that is compared; the day's where none, or no year, is told."""
    text = told.get("year", "")
    return int(text) if text.isascii() and text.isdecimal() and 1949 <= int(text[:5]) <= 2100 else day.year


def word_of(told: QueryDict, name: str, words: Iterable[_Word]) -> _Word | None:
    """Which of some words is asked for; None where it is none of them."""
    text = told.get(name, "")
    return next((word for word in words if word == text), None)


def page_of(
    rows: "QuerySet[Any] | Sequence[Any]", told: QueryDict, size: int, name: str = "page"
) -> "Page[Any]":
    """A page of a list; the nearest one where there is no such page."""
    return Paginator(rows, size).get_page(told.get(name))
