"""One event as a brief tells it, on its way to an activity of the register."""

import datetime
from decimal import Decimal
from typing import Any, Self

import msgspec

Places = tuple[tuple[str, str], ...]


class Event(msgspec.Struct, frozen=True):
    """One event.

    Attributes:
        sort: the catalogue's sort of activity; "" where it is not clear.
        name: what it is called.
        day, ends: when; None where the text does not say.
        places: codes, and what lies within them.
        partner: the institution or firm that it was done with.
        counts: by the sort's keys.
        amount: its money.
        stage: how far it is, for sorts that have stages.
        sentence: the sentence that tells of it; "" where it was filled in by hand.
    """

    sort: str = ""
    name: str = ""
    day: datetime.date | None = None
    ends: datetime.date | None = None
    places: Places = ()
    partner: str = ""
    counts: dict[str, int] = {}
    amount: Decimal | None = None
    stage: str = ""
    sentence: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        told: dict[str, Any] = msgspec.to_builtins(self)
        return told

    @classmethod
    def of(cls, told: Any) -> Self:
        """What ``plain`` made."""
        return msgspec.convert(told, cls)
