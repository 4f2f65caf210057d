"""A share held against every version of a rule that may hold."""

from collections.abc import Callable, Sequence

import msgspec

from shanhai.catalogue.rules import Must, RuleVersion
from shanhai.reasoning.rules.meter import Standing


class Weighed(msgspec.Struct, frozen=True):
    """How a share stands to all versions together.

    Attributes:
        standing: met or broken where all versions agree.
        version: the version that decides: the hardest that is met, the easiest that is broken, the first while open.
        why_open: ``together``, ``versions``, ``range``; empty where it is not open.
    """

    standing: Standing
    version: RuleVersion
    versions: tuple[RuleVersion, ...]
    why_open: str = ""


def weigh(versions: Sequence[RuleVersion], stand: Callable[[RuleVersion], Standing]) -> Weighed:
    """Hold a share against versions, of which there is one at least.

    Args:
        versions: that may hold.
        stand: how the share stands to one of them.
    """
    standings = {stand(v) for v in versions}
    by_threshold = sorted(versions, key=lambda v: (v.threshold, v.must is Must.OVER))
    told = tuple(versions)
    if standings == {Standing.MET}:
        return Weighed(Standing.MET, by_threshold[-1], told)
    if standings == {Standing.BROKEN}:
        return Weighed(Standing.BROKEN, by_threshold[0], told)
    # The easiest version that is not sure to be met is the line that matters first.
    version = next(v for v in by_threshold if stand(v) is not Standing.MET)
    return Weighed(Standing.OPEN, version, told, "versions" if Standing.OPEN not in standings else "range")
