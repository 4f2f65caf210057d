"""Both shares of 80 % as a page shows them: a range on a line, its threshold, the projects that decide, what is refused."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from shanhai.catalogue.rules import Must
from shanhai.programme.shares.meter import Meter
from shanhai.programme.shares.reading import Meters, Named
from shanhai.programme.shares.sums import Refusal
from shanhai.reasoning.rules.meter import Standing
from shanhai.web.boards.words import REFUSALS, SETTLES, STANDINGS, UNJUDGED, Word
from shanhai.web.frame.templatetags.frame import both

_PLACES = Decimal("0.01")


class ShownShare(msgspec.Struct, frozen=True):
    """One share on the page.

    Attributes:
        standing: the style of ``word``.
        certain, possible: in per cent, to two places, the certain one never rounded up nor the possible one down.
        above, below: by how many points it is met, or missed; "" while it is open.
        threshold: in per cent; None where no rule is known.
        over: whether the share must pass it.
        certain_width, open_width: of the parts of the line.
        deciding: the first of the projects that decide, of how many, and what they settle.
        unsettled: how many projects may count or not.
        disagreeing: whether it is open because several versions of the rule may hold.
    """

    name: str
    text: str
    standing: str
    word: Word
    certain: str
    possible: str
    above: str
    below: str
    threshold: Decimal | None
    over: bool
    source: str
    unknown: str
    certain_width: str
    open_width: str
    deciding: Sequence[Named]
    deciding_in_all: int
    settles: Word
    unsettled: int
    disagreeing: bool


class ShownRefusal(msgspec.Struct, frozen=True):
    """What was refused for one reason; ``listed`` where it has projects that can be listed."""

    why: str
    word: Word
    refusal: Refusal
    listed: bool


def shown_shares(meters: Meters) -> dict[str, Any]:
    """The meters as templates take them."""
    total = meters.total
    return {
        "projects": total.projects,
        "certain": total.certain,
        "possible": total.possible,
        "currency": meters.scope.currency,
        "rows": [_shown(meter, meters.named) for meter in meters.meters],
        "refused": [ShownRefusal(str(r.why), REFUSALS[r.why], r, r.projects > 0) for r in meters.refused],
    }


def _shown(meter: Meter, named: dict[int, Named]) -> ShownShare:
    rule, version = meter.rule, meter.weighed.version if meter.weighed else None
    low = meter.certain.quantize(_PLACES, "ROUND_FLOOR") if meter.certain is not None else None
    high = meter.possible.quantize(_PLACES, "ROUND_CEILING") if meter.possible is not None else None
    points = None if meter.margin is None else Decimal(meter.margin).quantize(_PLACES, "ROUND_DOWN")
    judged = meter.standing is not None and low is not None
    return ShownShare(
        both(rule.name_zh, rule.name_en),
        both(rule.text_zh, rule.text_en),
        str(meter.standing) if judged else "",
        STANDINGS[meter.standing or Standing.OPEN] if judged else UNJUDGED,
        "—" if low is None else f"{low.normalize():f}%",
        "—" if high is None else f"{high.normalize():f}%",
        "" if points is None or points < 0 else f"{points:f}",
        "" if points is None or points >= 0 else f"{-points:f}",
        version.threshold if version else None,
        bool(version and version.must is Must.OVER),
        both(version.source.who_zh, version.source.who_en) if version else "",
        both(version.unknown_zh, version.unknown_en) if version else "",
        f"{low or 0}%",
        f"{(high or 0) - (low or 0)}%",
        [named[pk] for pk in meter.deciding if pk in named],
        len(meter.deciding),
        SETTLES[meter.settles] if meter.settles else "",
        meter.unsettled,
        bool(meter.weighed and meter.weighed.why_open == "versions"),
    )
