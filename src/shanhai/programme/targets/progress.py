"""How far a figure has come from its baseline to its target, by the direction that is better."""

from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction

import msgspec

from shanhai.catalogue.indicators import Direction

_PLACES = Decimal("0.1")


class Progress(msgspec.Struct, frozen=True):
    """How far it is.

    Attributes:
        share: of the way from baseline to target, in per cent, rounded down to one place; below zero where it went the
            wrong way. None where it cannot be told.
        met: whether the target is reached; None where that cannot be told.
        from_baseline: whether ``share`` is counted from a baseline; else it is the part of the target itself.
        way: the share as it is worked out, as a part of one; None where ``share`` is.
        zh, en: why something cannot be told; "" where it can.
    """

    share: Decimal | None
    met: bool | None
    from_baseline: bool = True
    zh: str = ""
    en: str = ""
    way: Fraction | None = None


def progress(
    direction: Direction, baseline: Decimal | None, target: Decimal, value: Decimal | None
) -> Progress:
    """How far ``value`` is on its way.

    Args:
        direction: which way is better.
        baseline: where it began; None where it is not known.
        target: where it shall come to.
        value: where it is; None where that is not known.
    """
    if value is None:
        return Progress(None, None, zh="还没有可用的完成数。", en="There is no figure yet that can be used.")
    if direction is Direction.NONE:
        return Progress(
            None,
            None,
            zh="该指标没有好坏方向，不评完成程度。",
            en="This indicator has no better direction, so progress is not told.",
        )
    up = direction is Direction.UP
    met = value >= target if up else value <= target
    if baseline is None:
        if not up or target <= 0:
            return Progress(
                None,
                met,
                from_baseline=False,
                zh="没有基期值，只能说达到与否。",
                en="Without a baseline only whether it is met can be told.",
            )
        way = Fraction(value) / Fraction(target)
        return Progress(_floor(way), met, from_baseline=False, way=way)
    if (target <= baseline) if up else (target >= baseline):
        return Progress(
            None,
            met,
            zh="目标值不比基期值好，完成程度无从说起。请核对两者和指标方向。",
            en="The target is no better than the baseline, so progress cannot be told. Check both, and the direction.",
        )
    way = (Fraction(value) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))
    return Progress(_floor(way), met, way=way)


def _floor(share: Fraction) -> Decimal:
    wide = Context(prec=60, rounding=ROUND_FLOOR)
    scaled = share * 100
    return wide.quantize(wide.divide(Decimal(scaled.numerator), Decimal(scaled.denominator)), _PLACES)
