"""Repeats: the same claim told twice in one report is linked to its first telling, not counted twice.

A lead tells again what the body tells, a heading what its section tells, a caption what the text beside it tells.
"""

from collections.abc import Iterable

import msgspec

from shanhai.model import Claim, Number, Role, Span

SHOWN_AGAIN = frozenset({Role.TITLE, Role.HEADING, Role.CAPTION})
"""The roles of passages that tell what others tell."""

_TELLING_DIGITS = 3


def linked(told: Iterable[tuple[Claim, Role]]) -> list[Claim]:
    """The claims in their order, each repeat with the place of its first telling.

    Two claims are the same when value, ends, unit, kind, status and indicator (or measure) are, and when one of them
    stands in a title, heading or caption, or the number has so many digits that it can hardly be another by chance.
    """
    first: dict[tuple[object, ...], tuple[Claim, Role]] = {}
    found: list[Claim] = []
    for claim, role in told:
        key = (
            claim.value, claim.from_value, claim.upper, claim.unit, claim.kind, claim.status,
            claim.indicator or claim.measure,
        )  # fmt: skip
        before = first.setdefault(key, (claim, role))
        again = before[0] is not claim and claim.value is not None
        if again and (role in SHOWN_AGAIN or before[1] in SHOWN_AGAIN or _telling(claim.value)):
            claim = msgspec.structs.replace(claim, repeats=Span(before[0].start, before[0].end))
        found.append(claim)
    return found


def _telling(value: Number | None) -> bool:
    digits = str(value).replace(".", "").strip("-0")
    return len(digits) >= _TELLING_DIGITS
