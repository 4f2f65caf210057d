"""How much of a project counts for which rule: at least and at most, as parts of one."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Protocol

import msgspec

from shanhai.programme.models import Level, Livelihood

Part = tuple[Decimal, Decimal]
ALL: Part = (Decimal(1), Decimal(1))
NOTHING: Part = (Decimal(0), Decimal(0))
UNKNOWN: Part = (Decimal(0), Decimal(1))


class Classed(Protocol):
    """What a project is classed as."""

    @property
    def level(self) -> str:
        """Whom it is for."""

    @property
    def livelihood(self) -> str:
        """How much of it is for livelihood."""

    @property
    def livelihood_share(self) -> Decimal | None:
        """The share, where it is a part."""


def grassroots(project: Classed) -> Part:
    """County level and below counts; what is not classified may."""
    if project.level == Level.UNCLASSIFIED:
        return UNKNOWN
    return ALL if project.level in (Level.COUNTY, Level.BELOW) else NOTHING


def livelihood(project: Classed) -> Part:
    """A project for livelihood counts in whole or with its share; what is not classified may."""
    match project.livelihood:
        case Livelihood.WHOLE:
            return ALL
        case Livelihood.NONE:
            return NOTHING
        case Livelihood.PART if project.livelihood_share is not None:
            return project.livelihood_share, project.livelihood_share
    return UNKNOWN


class Classing(msgspec.Struct, frozen=True):
    """How one rule's share is told from projects.

    Attributes:
        part: how much of a project counts: certain as a part of one, or ``UNKNOWN``.
        columns: what ``part`` looks at, and nothing else.
    """

    part: Callable[[Classed], Part]
    columns: tuple[str, ...]


CLASSES: Mapping[str, Classing] = {
    "funds.county_share": Classing(grassroots, ("level",)),
    "funds.livelihood_share": Classing(livelihood, ("livelihood", "livelihood_share")),
}
"""By the indicator of a rule's share. A rule of another indicator cannot be read from projects."""
