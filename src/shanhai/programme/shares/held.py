"""Projects as totals take them: plain values."""

from decimal import Decimal
from enum import StrEnum

import msgspec

from shanhai.programme.models import Level, Livelihood, Status


class Basis(StrEnum):
    """Which money is meant."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    SPENT = "spent"


class Funder(msgspec.Struct, frozen=True):
    """Another funder of a project; ``share`` is None where it is not known."""

    name: str
    share: Decimal | None


class Held(msgspec.Struct, frozen=True):
    """A project with its money of one basis.

    Attributes:
        id: its own among those that are taken together; a project that is only thought of has any other.
        parent: the id of the project above.
        term: the id of its term.
        amount: None where nothing is told.
        others: those who fund it beside the pairing.
    """

    id: int
    key: str
    name: str
    amount: Decimal | None
    currency: str = "CNY"
    parent: int | None = None
    umbrella: bool = False
    status: str = Status.IMPLEMENTATION
    level: str = Level.UNCLASSIFIED
    livelihood: str = Livelihood.UNCLASSIFIED
    livelihood_share: Decimal | None = None
    others: tuple[Funder, ...] = ()
    term: int | None = None
