"""Quantities of a mended text: number, unit, qualifier, bounds and kind, with their exact place."""

from collections.abc import Iterator
from decimal import Decimal

from shanhai.claims.bounds import bounds_of, hull, negative, product, row_of
from shanhai.claims.exclusions import Place
from shanhai.claims.grammar import Grammar, grammar
from shanhai.claims.joining import Joined, join, lower_end
from shanhai.claims.kinds import kind_of
from shanhai.claims.term import Term
from shanhai.claims.terms import scan
from shanhai.model import Approx, Bounds, Kind, Number, Quantity, exact, numerals


def quantities_in(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The quantities of ``text[start:end]``, one passage of a mended text, in order.

    The text is in simplified script with ASCII digits; ``shanhai.find_quantities`` takes any text.
    """
    words = grammar()
    before: tuple[Kind, int, int] | None = None
    before_unit = ""
    place = Place(text, start, end, words)
    for joined in join(list(scan(place)), place):
        last = joined.last
        follows = before if before_unit == last.unit else None
        kind, sign = kind_of(text, joined, start, follows)
        before, before_unit = (kind, sign, joined.end), last.unit
        yield _quantity(text, joined, kind, sign, words)


def _quantity(text: str, joined: Joined, kind: Kind, sign: int, words: Grammar) -> Quantity:
    last = joined.last
    value, upper, from_value, bounds = _ends(joined, words)
    if sign < 0:
        value, upper, bounds = _minus(value), _minus(upper), negative(bounds)
    quote = text[joined.start : joined.end]
    return Quantity(
        start=joined.start,
        end=joined.end,
        quote=quote,
        value=value,
        unit=last.unit,
        approx=_approx(joined, words),
        kind=kind,
        bounds=bounds,
        from_value=from_value,
        upper=upper,
        digits=numerals(quote),
        minor=last.minor or value is None,
    )


def _ends(joined: Joined, words: Grammar) -> tuple[Number | None, Number | None, Number | None, Bounds]:
    """Value, upper end, start value and bounds."""
    last, first = joined.last, joined.first
    if joined.factors:
        return joined.product, None, None, product(joined.factors, words)
    bounds = bounds_of(last, words)
    if first is None:
        return last.value, last.numeral.upper, None, bounds
    if joined.moves:
        return last.value, None, _start_value(first, last), bounds
    numeral = lower_end(joined)
    low = Term(first.start, first.end, numeral, scaled=last.scaled or first.scaled)
    low.unit, low.word = last.unit, last.word
    return numeral.value, last.value, None, hull(bounds_of(low, words), bounds)


def _start_value(first: Term, last: Term) -> Number | None:
    """The start of a from–to, read in per cent where a fraction moves to a percentage."""
    value = first.value
    if value is not None and first.share and not first.unit and last.unit == "%":
        return exact(value * Decimal(100))
    return value


def _approx(joined: Joined, words: Grammar) -> Approx:
    found = row_of(joined.last, words).approx
    if found is Approx.EXACT and joined.first is not None and not joined.moves:
        return row_of(joined.first, words).approx
    return found


def _minus(value: Number | None) -> Number | None:
    return None if value is None else -value
