"""Both shares of 80 % as a page shows them: a range on a line, its threshold, the projects that decide."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from shanhai.catalogue.rules import Must
from shanhai.programme.queries.boards.shares import COUNTY, Meter, Share, Weighed
from shanhai.reasoning.rules.meter import Standing
from shanhai.web.boards.words import STANDINGS
from shanhai.web.frame.templatetags.frame import both

_PLACES = Decimal("0.01")


class ShownShare(msgspec.Struct, frozen=True):
    """One share on the page.

    Attributes:
        certain, possible: in per cent, to two places, the certain one never rounded up nor the possible one down.
        threshold: in per cent; None where no rule is known.
        over: whether the share must pass it.
        x, width: of the part that is open, in per cent of the line.
    """

    name: str
    text: str
    standing: Standing
    word: object
    certain: str
    possible: str
    threshold: Decimal | None
    over: bool
    source: str
    unknown: str
    certain_width: str
    open_width: str
    deciding: Sequence[Weighed]
    is_county: bool


def shown_shares(meter: Meter) -> dict[str, Any]:
    """The meter as templates take it."""
    return {
        "meter": meter,
        "rows": [_shown(share) for share in meter.shares],
        "refused": [
            (name, number) for name, number in msgspec.structs.asdict(meter.refused).items() if number
        ],
    }


def _shown(share: Share) -> ShownShare:
    rule, version, reading = share.rule, share.version, share.reading
    certain, possible = reading.certain, reading.possible
    low = certain.quantize(_PLACES, "ROUND_FLOOR") if certain is not None else None
    high = possible.quantize(_PLACES, "ROUND_CEILING") if possible is not None else None
    return ShownShare(
        both(rule.name_zh, rule.name_en),
        both(rule.text_zh, rule.text_en),
        reading.standing,
        STANDINGS[reading.standing],
        "—" if low is None else f"{low.normalize():f}%",
        "—" if high is None else f"{high.normalize():f}%",
        version.threshold if version else None,
        bool(version and version.must is Must.OVER),
        both(version.source.who_zh, version.source.who_en) if version else "",
        both(version.unknown_zh, version.unknown_en) if version else "",
        f"{low or 0}%",
        f"{(high or 0) - (low or 0)}%",
        share.deciding,
        share.key == COUNTY,
    )
