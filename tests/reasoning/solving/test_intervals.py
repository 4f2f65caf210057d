"""Intervals against brute force: what sums, products and quotients of two intervals hold, point by point."""

from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shanhai.model import Bounds
from shanhai.reasoning.solving.intervals import Interval, number

FAR = 8
"""Ends lie within this; brute force looks a little beyond, so that open ends are seen to be open."""
GRID = [Fraction(n, 4) for n in range(-4 * FAR - 8, 4 * FAR + 9)]
ABOVE = [g for g in GRID if g >= 0]


def holds(interval: Interval, value: Fraction) -> bool:
    """Membership, written out a second time."""
    above = interval.low is None or value > interval.low or (value == interval.low and interval.low_closed)
    below = (
        interval.high is None or value < interval.high or (value == interval.high and interval.high_closed)
    )
    return above and below


@st.composite
def intervals(draw: st.DrawFn, least: int = -FAR, *, bounded: bool = False) -> Interval:
    ends = st.integers(least, FAR)
    low, high = sorted((draw(ends), draw(ends)))
    closed = st.booleans()
    found = Interval(
        Fraction(low) if bounded or draw(st.integers(0, 4)) else None,
        Fraction(high) if bounded or draw(st.integers(0, 4)) else None,
        draw(closed),
        draw(closed),
    )
    if least >= 0 and found.low is None:
        found = found._replace(low=Fraction(least))
    assume(not found.empty)
    return found


@given(intervals(), intervals())
def test_a_sum_holds_exactly_the_sums(one: Interval, other: Interval) -> None:
    told = one.plus(other)
    for value in (Fraction(n, 2) for n in range(-2 * FAR, 2 * FAR + 1)):
        tried = [*GRID, *(value - y for y in GRID), Fraction(-1000), Fraction(1000)]
        assert holds(told, value) == any(holds(one, x) and holds(other, value - x) for x in tried)


@given(intervals(), st.integers(-5, 5).filter(bool))
def test_times_holds_exactly_the_multiples(one: Interval, by: int) -> None:
    told = one.times(by)
    assert all(holds(told, x * by) == holds(one, x) for x in GRID)


@given(intervals(least=0), intervals(least=0))
def test_a_product_leaves_no_product_out(one: Interval, other: Interval) -> None:
    told = one.product(other)
    inside = [x for x in ABOVE if holds(one, x)], [y for y in ABOVE if holds(other, y)]
    assert all(holds(told, x * y) for x, y in product(*inside))


@given(intervals(least=0, bounded=True), intervals(least=0, bounded=True))
def test_a_product_is_no_wider_than_its_products(one: Interval, other: Interval) -> None:
    told = one.product(other)
    near = Fraction(1, 1000)
    for closed, end, ends in (
        (told.low_closed, told.low, [_low(one, near) * _low(other, near)]),
        (told.high_closed, told.high, [_high(one, near) * _high(other, near)]),
    ):
        assert end is not None
        assert min(abs(end - e) for e in ends) <= near * 3 * FAR
        if closed:
            assert any(holds(one, x) and holds(other, y) and x * y == end for x in ABOVE for y in ABOVE)


def _low(one: Interval, near: Fraction) -> Fraction:
    assert one.low is not None
    return one.low if one.low_closed else one.low + near


def _high(one: Interval, near: Fraction) -> Fraction:
    assert one.high is not None
    return one.high if one.high_closed else one.high - near


@given(intervals(least=0), intervals(least=0))
def test_a_quotient_leaves_no_quotient_out(one: Interval, other: Interval) -> None:
    told = one.quotient(other)
    inside = [x for x in ABOVE if holds(one, x)], [y for y in ABOVE if y and holds(other, y)]
    assert all(holds(told, x / y) for x, y in product(*inside))


@given(intervals(), intervals())
def test_meeting_is_both(one: Interval, other: Interval) -> None:
    both = one.meet(other)
    assert all(holds(both, x) == (holds(one, x) and holds(other, x)) for x in GRID)
    assert one.meets(other) == any(holds(one, x) and holds(other, x) for x in GRID)


@given(intervals(bounded=True), intervals(bounded=True))
def test_distance_is_the_least_step_between_them(one: Interval, other: Interval) -> None:
    ends = (one.low, one.high), (other.low, other.high)
    closed = [Interval(low, high) for low, high in ends]
    points = [[x for x in GRID if holds(c, x)] for c in closed]
    assert one.distance(other) == min(abs(x - y) for x, y in product(*points))
    assert one.distance(other) == other.distance(one)


RATIONALS = st.fractions(-(10**15), 10**15, max_denominator=10**12)


@given(RATIONALS, RATIONALS, st.booleans())
def test_bounds_never_leave_out_what_the_interval_holds(one: Fraction, other: Fraction, closed: bool) -> None:
    low, high = sorted((one, other))
    assume(low < high)
    bounds = Interval(low, high, closed, closed).bounds()
    assert bounds.low is not None
    assert bounds.high is not None
    assert low - Fraction(2, 10**9) < Fraction(bounds.low) <= low
    assert high <= Fraction(bounds.high) < high + Fraction(2, 10**9)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4), st.sampled_from([1, 10**4, 10**8]))
def test_decimals_pass_unchanged(value: object, factor: int) -> None:
    interval = Interval.of(Bounds(value, value), factor)  # type: ignore[arg-type]
    assert Fraction(number(interval.low or Fraction(0))) == Fraction(value) * factor  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("interval", "empty"),
    [
        (Interval(Fraction(1), Fraction(1)), False),
        (Interval(Fraction(1), Fraction(1), True, False), True),
        (Interval(Fraction(2), Fraction(1)), True),
        (Interval(None, None), False),
        (Interval(Fraction(1), None, False), False),
    ],
)
def test_empty(interval: Interval, empty: bool) -> None:
    assert interval.empty is empty


def test_open_ends_that_touch_do_not_meet() -> None:
    below, above = Interval(Fraction(0), Fraction(2), True, False), Interval(Fraction(2), Fraction(4))
    assert not below.meets(above)
    assert below.distance(above) == 0
    assert all(a < b for a, b in pairwise(GRID))
