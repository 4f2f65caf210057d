"""Exact numbers in columns. SQLite has no decimal type: it would keep and add them as floating point."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Whole = models.BigIntegerField[Any, Any]
    _Text = models.CharField[Any, Any]
else:
    _Whole, _Text = models.BigIntegerField, models.CharField

FEN = Decimal("0.01")
LARGEST = Decimal(10) ** 15
"""Amounts of money lie below it: a thousand trillion yuan."""


class MoneyField(_Whole):
    """An amount of money: ``Decimal`` with two places in Python, whole hundredths in the database, so that sums are exact."""

    archive_type = Decimal

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        """Hundredths as an amount; a sum of them may come back as a decimal."""
        return None if value is None else self.to_python(Decimal(value) / 100)

    def to_python(self, value: Any) -> Decimal | None:
        """An amount with two places.

        Raises:
            ValueError: it has more, or is beyond all measure.
        """
        if value is None or value == "":
            return None
        amount = Decimal(value)
        if not amount.is_finite() or abs(amount) >= LARGEST or amount != amount.quantize(FEN):
            raise ValueError(f"{value} is no amount of money: two decimal places, below {LARGEST:f}")
        return amount.quantize(FEN)

    def get_prep_value(self, value: Any) -> int | None:
        """An amount as hundredths."""
        amount = self.to_python(value)
        return None if amount is None else int(amount * 100)


class ExactField(_Text):
    """A decimal number of any size as the text that it was given in; it is compared and added in Python only."""

    archive_type = Decimal

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 40, **kwargs})

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        """The number that the text says."""
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        """The number.

        Raises:
            ValueError: it is none, or not finite.
        """
        if value is None or value == "":
            return None
        number = Decimal(value)
        if not number.is_finite():
            raise ValueError(f"{value} is no number")
        return number

    def get_prep_value(self, value: Any) -> str | None:
        """The shortest text of the number: no exponent, no zeros at its end."""
        number = self.to_python(value)
        if number is None:
            return None
        text = f"{number:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
