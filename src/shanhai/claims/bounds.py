"""Bounds: the interval that a figure commits its writer to, by the table of qualifiers."""

from decimal import Decimal

from shanhai.catalogue.qualifiers import Closed, End, Qualifier
from shanhai.claims.grammar import Grammar
from shanhai.claims.numerals import Numeral
from shanhai.claims.term import Term
from shanhai.model import Bounds, Number, exact

_TENTH = Decimal("0.1")


def bounds_of(term: Term, grammar: Grammar) -> Bounds:
    """The interval of one term; the term's sign turns it over."""
    numeral = term.numeral
    if numeral.value is None:
        found = Bounds(numeral.low, numeral.high)
    elif numeral.upper is not None:
        found = Bounds(numeral.value, numeral.upper)
    else:
        found = _interval(numeral, numeral.value, row_of(term, grammar))
    return negative(found) if term.sign < 0 else found


def row_of(term: Term, grammar: Grammar) -> Qualifier:
    """The row of the table that holds for the term."""
    table = grammar.qualifiers.rows
    if term.row:
        return table[term.row]
    counted = not (term.scaled or term.share) and (not term.unit or term.word in grammar.units.exact)
    return table["exact_count" if counted else "exact_rounded"]


def _interval(numeral: Numeral, value: Number, row: Qualifier) -> Bounds:
    return Bounds(
        _end(row.low, numeral, value, -1),
        _end(row.high, numeral, value, 1),
        low_closed=row.closed in (Closed.BOTH, Closed.LOW),
        high_closed=row.closed in (Closed.BOTH, Closed.HIGH),
    )


def _end(end: End, numeral: Numeral, value: Number, side: int) -> Number | None:
    if end is End.OPEN:
        return None
    if end is End.VALUE:
        return value
    if end is End.NEXT_STEP:
        return exact(value + numeral.step * side)
    if end is End.ROUNDED:
        return exact(value + Decimal(numeral.place) * side / 2)
    return exact(value + value * _TENTH * side)


def negative(bounds: Bounds) -> Bounds:
    """The interval of the same figure told as a fall."""
    return Bounds(
        None if bounds.high is None else -bounds.high,
        None if bounds.low is None else -bounds.low,
        low_closed=bounds.high_closed,
        high_closed=bounds.low_closed,
    )


def hull(low: Bounds, high: Bounds) -> Bounds:
    """The interval from the lower end of ``low`` to the upper end of ``high``."""
    return Bounds(low.low, high.high, low_closed=low.low_closed, high_closed=high.high_closed)


def product(factors: tuple[Term, ...], grammar: Grammar) -> Bounds:
    """The interval of a product of positive factors."""
    low: Number | None = 1
    high: Number | None = 1
    closed_low = closed_high = True
    for factor in factors:
        one = bounds_of(factor, grammar)
        low = None if low is None or one.low is None else exact(low * one.low)
        high = None if high is None or one.high is None else exact(high * one.high)
        closed_low, closed_high = closed_low and one.low_closed, closed_high and one.high_closed
    return Bounds(low, high, low_closed=closed_low, high_closed=closed_high)
