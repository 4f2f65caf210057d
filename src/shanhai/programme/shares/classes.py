"""How much of a project counts for which rule: at least and at most, as parts of one."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from shanhai.programme.models import Level, Livelihood
from shanhai.programme.shares.held import Held

Part = tuple[Decimal, Decimal]
ALL: Part = (Decimal(1), Decimal(1))
NOTHING: Part = (Decimal(0), Decimal(0))
UNKNOWN: Part = (Decimal(0), Decimal(1))


def grassroots(project: Held) -> Part:
    """County level and below counts; what is not classified may."""
    if project.level == Level.UNCLASSIFIED:
        return UNKNOWN
    return ALL if project.level in (Level.COUNTY, Level.BELOW) else NOTHING


def livelihood(project: Held) -> Part:
    """A project for livelihood counts in whole or with its share; what is not classified may."""
    match project.livelihood:
        case Livelihood.WHOLE:
            return ALL
        case Livelihood.NONE:
            return NOTHING
        case Livelihood.PART if project.livelihood_share is not None:
            return project.livelihood_share, project.livelihood_share
    return UNKNOWN


CLASSES: Mapping[str, Callable[[Held], Part]] = {
    "funds.county_share": grassroots,
    "funds.livelihood_share": livelihood,
}
"""By the indicator of a rule's share. A rule of another indicator cannot be read from projects."""
