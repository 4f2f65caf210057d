"""A quantity: a value, its unit, its qualifier, and the bounds that it commits its writer to."""

from enum import StrEnum

import msgspec

from shanhai.model.numbers import Number


class Approx(StrEnum):
    """How the writer qualified the number."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"


class Kind(StrEnum):
    """What sort of figure it is."""

    LEVEL = "level"
    CHANGE = "change"
    POINTS = "points"
    SHARE = "share"
    FROM_TO = "from_to"


class Bounds(msgspec.Struct, frozen=True, gc=False):
    """The interval that a figure commits its writer to.

    ``None`` is open without end; a closed end belongs to the interval.
    """

    low: Number | None = None
    high: Number | None = None
    low_closed: bool = True
    high_closed: bool = True

    def holds(self, value: Number) -> bool:
        """Whether ``value`` lies inside."""
        if self.low is not None and (value < self.low or (value == self.low and not self.low_closed)):
            return False
        return self.high is None or not (value > self.high or (value == self.high and not self.high_closed))

    def __str__(self) -> str:
        left = "(−∞" if self.low is None else f"{'[' if self.low_closed else '('}{self.low}"
        right = "+∞)" if self.high is None else f"{self.high}{']' if self.high_closed else ')'}"
        return f"{left}, {right}"


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """One quantity of a text.

    Attributes:
        start, end: the stretch of the text that holds number, qualifiers and unit.
        quote: ``text[start:end]``.
        value: in base units (2.71亿元 is 271000000; 85% is 85); the end value of a from–to, the lower end of a
            range; None where the text is only vague (数十).
        unit: unit or classifier in simplified characters, without 万 or 亿; "" for none.
        approx: how it is qualified.
        kind: what sort of figure it is.
        bounds: what the writer is committed to.
        from_value: the start value, for a from–to only.
        upper: the upper end, for a range only.
        digits: the numerals of the quote as they were read, mended and in order.
        minor: background, rhetoric or vagueness rather than a result.
    """

    start: int
    end: int
    quote: str
    value: Number | None
    unit: str
    approx: Approx
    kind: Kind
    bounds: Bounds
    from_value: Number | None = None
    upper: Number | None = None
    digits: str = ""
    minor: bool = False
