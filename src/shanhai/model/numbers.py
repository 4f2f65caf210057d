"""Numbers as the programme's figures need them: exact, never floating point."""

from decimal import Decimal

Number = int | Decimal
"""A whole number as ``int``, anything else as ``Decimal``."""


def exact(value: Number) -> Number:
    """Return ``value`` as ``int`` when it is whole, as a normalised ``Decimal`` otherwise.

    >>> exact(Decimal("2.71") * 10**8)
    271000000
    >>> exact(Decimal("85.50"))
    Decimal('85.5')
    """
    if isinstance(value, int):
        return value
    whole = int(value)
    return whole if whole == value else value.normalize()
