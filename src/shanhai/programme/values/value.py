"""What all sorts of values have: reading what was told, showing it again."""

import datetime
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol

import msgspec
from django.db.models import Model

from shanhai.model import ShanhaiError

Told = str | int | float | Decimal | datetime.date | bool | None
"""What a form or a cell of a sheet holds."""


class Unreadable(ShanhaiError):
    """A value that cannot be taken, in Chinese and English: what is wrong with it, and what to write instead."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh = zh
        self.en = en

    def __str__(self) -> str:
        return self.en


class Context(msgspec.Struct, frozen=True):
    """What reading a value needs to know.

    Attributes:
        receiving_code: the receiving place: a bare place name is looked for within it first.
        find: the record of the same pairing by its kind's name and its key; None where there is none.
        scale: what an amount of money is multiplied by: 10,000 where a sheet's heading says 万元.
    """

    receiving_code: str = ""
    find: Callable[[str, str], Model | None] = lambda kind, key: None
    scale: int = 1


class Value(Protocol):
    """A sort of value."""

    def read(self, told: Told, context: Context) -> Any:
        """The value; None where nothing was told.

        Raises:
            Unreadable: it cannot be taken.
        """

    def shown(self, value: Any, english: bool = False) -> str:
        """The value as text that ``read`` takes back; "" for None."""

    def plain(self, value: Any) -> Any:
        """The value as JSON takes it, for the audit and for exchange."""

    def note(self) -> tuple[str, str]:
        """How to write it, in Chinese and English; "" where it needs no telling."""


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―－", "-"))


def plain_text(told: Told) -> str:
    """What was told as text: full-width letters, digits and signs made half-width, blanks around it left out.

    A whole number that a sheet holds as floating point has no ``.0``.
    """
    if told is None:
        return ""
    if isinstance(told, float) and told.is_integer():
        told = int(told)
    if isinstance(told, datetime.datetime):
        told = told.date()
    text = told.isoformat() if isinstance(told, datetime.date) else str(told)
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
