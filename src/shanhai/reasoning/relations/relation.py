"""A relation: figures that the text itself ties together."""

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

import msgspec

from shanhai.reasoning.figures import Figure
from shanhai.reasoning.solving.intervals import Interval
from shanhai.reasoning.solving.system import Equation


class Form(StrEnum):
    """In which form the text ties them."""

    PARTS = "parts"
    TOTAL = "total"
    REMAINDER = "remainder"
    RATE = "rate"
    GROWTH = "growth"
    DIFFERENCE = "difference"
    AVERAGE = "average"
    ACCOUNT = "account"
    SHARES = "shares"
    ORDER = "order"
    CONVERSION = "conversion"


class Slot(NamedTuple):
    """One value of a figure: the figure's own, or the start of a from–to.

    Attributes:
        figure: the figure.
        start: whether its start is meant.
    """

    figure: Figure
    start: bool = False

    @property
    def interval(self) -> Interval:
        """What the figure allows it to be."""
        if self.start:
            assert self.figure.start_interval is not None
            return self.figure.start_interval
        return self.figure.interval

    @property
    def key(self) -> tuple[str, int, int, bool]:
        """What tells it from all other slots."""
        claim = self.figure.claim
        return claim.doc, claim.start, claim.end, self.start


class Relation(msgspec.Struct, frozen=True, eq=False):
    """An equation, or an inequality, between figures.

    A sum says ``left = offset + Σ sign × term``; with ``most`` it says ``left ≥``. A product says
    ``left × scale = factors[0] × (factors[1] + offset)``.

    Attributes:
        form: the form in which the text ties the figures.
        left: the whole, the result.
        terms: of a sum, each with its sign; empty for a product.
        factors: of a product; None for a sum.
        scale, offset: the constants.
        most: whether the whole need only be at least the sum.
        certain: whether the text's structure leaves no other reading. Only then is a clash a fault of the text;
            otherwise figures that do not fit are no relation.
        near: whether the figures miss one another so narrowly that they are meant to fit, though nothing in the
            text says so outright.
        note: a word on a special case (``percent_for_points``).
    """

    form: Form
    left: Slot
    terms: tuple[tuple[Slot, int], ...] = ()
    factors: tuple[Slot, Slot] | None = None
    scale: int = 1
    offset: int = 0
    most: bool = False
    certain: bool = False
    near: bool = False
    note: str = ""

    def equation(self) -> Equation:
        """The relation as the solver takes it, its slots named by their keys."""
        return Equation(
            self.left.key,
            tuple((slot.key, sign) for slot, sign in self.terms),
            self.factors and (self.factors[0].key, self.factors[1].key),
            self.scale,
            self.offset,
            self.most,
        )

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All slots, the left one first."""
        right = self.factors or tuple(slot for slot, _ in self.terms)
        return (self.left, *right)

    def right(self) -> Interval:
        """What the right side allows, each figure taken by itself."""
        if self.factors is not None:
            one, other = self.factors
            shifted = other.interval.plus(Interval.point(self.offset))
            return one.interval.product(shifted).times(Fraction(1, self.scale))
        total = Interval.point(self.offset)
        for slot, sign in self.terms:
            total = total.plus(slot.interval.times(sign))
        return total

    def allowed(self) -> Interval:
        """What the relation allows the whole to be: the right side, open above where it is at least that."""
        right = self.right()
        return Interval(right.low, None, right.low_closed) if self.most else right

    def holds(self) -> bool:
        """Whether the figures allow it, each taken by itself."""
        return self.left.interval.meets(self.allowed())
