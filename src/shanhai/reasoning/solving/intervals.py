"""Exact intervals: what a figure allows, and what sums and products of figures allow."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from shanhai.model import Bounds, Number, exact


class Interval(NamedTuple):
    """An interval of rational numbers; None is open without end."""

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True

    @classmethod
    def of(cls, bounds: Bounds, factor: Number = 1) -> "Interval":
        """A figure's bounds, each end multiplied by a positive ``factor`` (of its unit)."""
        by = Fraction(factor)
        return cls(
            None if bounds.low is None else Fraction(bounds.low) * by,
            None if bounds.high is None else Fraction(bounds.high) * by,
            bounds.low_closed,
            bounds.high_closed,
        )

    @classmethod
    def point(cls, value: Number | Fraction) -> "Interval":
        """The interval that holds one value only."""
        return cls(Fraction(value), Fraction(value))

    @property
    def empty(self) -> bool:
        """Whether no value lies inside."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))

    @property
    def holds_zero(self) -> bool:
        """Whether it begins at zero and holds it: then products and quotients do, whatever the other side."""
        return self.low == 0 and self.low_closed

    def plus(self, other: "Interval") -> "Interval":
        """All sums of a value of each."""
        return Interval(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def times(self, factor: Number | Fraction) -> "Interval":
        """All values multiplied by a number that is not zero."""
        by = Fraction(factor)
        low = None if self.low is None else self.low * by
        high = None if self.high is None else self.high * by
        if by > 0:
            return Interval(low, high, self.low_closed, self.high_closed)
        return Interval(high, low, self.high_closed, self.low_closed)

    def product(self, other: "Interval") -> "Interval":
        """All products of a value of each; both must lie at or above zero."""
        return Interval(
            None if self.low is None or other.low is None else self.low * other.low,
            None if self.high is None or other.high is None else self.high * other.high,
            (self.low_closed and other.low_closed) or self.holds_zero or other.holds_zero,
            (self.high_closed and other.high_closed) or (self.high == 0 or other.high == 0),
        )

    def quotient(self, other: "Interval") -> "Interval":
        """All quotients; this lies at or above zero, the other above it (open at zero counts as open).

        Nothing can be divided by zero alone: then nothing is known of the quotient.
        """
        if other.high == 0:
            return Interval(None, None)
        low = None if self.low is None or other.high is None else self.low / other.high
        if other.high is None:
            low = Fraction(0)
        high = None if self.high is None or not other.low else self.high / other.low
        return Interval(
            low,
            high,
            (self.low_closed and other.high_closed) or self.holds_zero,
            (self.high_closed and other.low_closed) or self.high == 0,
        )

    def meet(self, other: "Interval") -> "Interval":
        """What both allow."""
        low, low_closed = _tighter(self.low, self.low_closed, other.low, other.low_closed, 1)
        high, high_closed = _tighter(self.high, self.high_closed, other.high, other.high_closed, -1)
        return Interval(low, high, low_closed, high_closed)

    def meets(self, other: "Interval") -> bool:
        """Whether some value lies in both."""
        return not self.meet(other).empty

    def distance(self, other: "Interval") -> Fraction:
        """How far apart the two lie; 0 where they meet or touch."""
        if self.high is not None and other.low is not None and self.high < other.low:
            return other.low - self.high
        if self.low is not None and other.high is not None and other.high < self.low:
            return self.low - other.high
        return Fraction(0)

    def bounds(self) -> Bounds:
        """The interval as bounds; ends that are no decimal are rounded outwards at nine places."""
        return Bounds(
            None if self.low is None else number(self.low, floor),
            None if self.high is None else number(self.high, ceil),
            self.low_closed,
            self.high_closed,
        )


def _tighter(
    one: Fraction | None, one_closed: bool, other: Fraction | None, other_closed: bool, side: int
) -> tuple[Fraction | None, bool]:
    if one is None or other is None:
        return (other, other_closed) if one is None else (one, one_closed)
    if one == other:
        return one, one_closed and other_closed
    return (one, one_closed) if (one - other) * side > 0 else (other, other_closed)


def number(value: Fraction, rounding: Callable[[Fraction], int] = round) -> Number:
    """A rational as an exact number where it has at most nine decimals, rounded there otherwise."""
    if value.denominator == 1:
        return value.numerator
    return exact(Decimal(rounding(value * 10**9)).scaleb(-9))
