"""One number of a text with its unit and qualifier."""

from shanhai.claims.numerals import Numeral
from shanhai.model import Number


class Term:
    """One number with its unit and qualifier, while it is being read.

    Attributes:
        start, end: with qualifiers and unit.
        number: where the numeral itself begins.
        numeral: what the numeral says, scale words included.
        unit: as shown; "" where there is none.
        word: the unit as it stands in the catalogue.
        row: the row of the qualifier table; None where the number stands unqualified.
        scaled: whether it is written with 万 or 亿, or with decimals.
        chinese: the numeral where it is written in Chinese; "" otherwise.
        share: whether it is told as a fraction (四分之一, 半数, 三成).
        sign: -1 for a number below zero.
        minor: whether it is background by its very form.
    """

    __slots__ = (
        "chinese", "end", "minor", "number", "numeral", "row", "scaled", "share", "sign", "start", "unit", "word",
    )  # fmt: skip

    def __init__(self, start: int, end: int, numeral: Numeral, *, scaled: bool = False) -> None:
        self.start = self.number = start
        self.end = end
        self.numeral = numeral
        self.scaled = scaled
        self.unit = self.word = self.chinese = ""
        self.row: str | None = None
        self.share = self.minor = False
        self.sign = 1

    @property
    def value(self) -> Number | None:
        """The number with its sign; None where it is vague."""
        value = self.numeral.value
        return -value if value is not None and self.sign < 0 else value
