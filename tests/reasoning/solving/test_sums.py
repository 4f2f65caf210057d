"""The smallest clash of one sum, worked out directly, against the solver."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.reasoning.solving.intervals import Interval
from shanhai.reasoning.solving.smallest import Solver
from shanhai.reasoning.solving.sums import smallest_of_sum
from shanhai.reasoning.solving.system import Equation, System


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(st.integers(0, 30)), draw(st.integers(0, 30))))
    open_end = draw(st.integers(0, 5)) == 0
    closed = low == high or draw(st.booleans())
    return Interval(Fraction(low), None if open_end else Fraction(high), closed, closed)


SIDES = st.lists(intervals(), min_size=1, max_size=4)


@settings(max_examples=150)
@given(SIDES, SIDES, st.booleans())
def test_it_is_as_small_as_the_solver_finds(one: list[Interval], other: list[Interval], most: bool) -> None:
    names = [f"a{i}" for i in range(len(one))], [f"b{i}" for i in range(len(other))]
    claims = [[(n, i)] for n, i in zip([*names[0], *names[1]], [*one, *other], strict=True)]
    left = Equation("sum", tuple((n, 1) for n in names[0]))
    right = Equation("sum", tuple((n, 1) for n in names[1]), most=most)
    solver = Solver(System(claims, [left, right]), 60)

    found, smallest = smallest_of_sum(one, other, most=most), solver.smallest()

    assert (found and len(found)) == (smallest and len(smallest))
    assert found is None or not solver.agrees(found)


@pytest.mark.parametrize("parts", [15, 60, 118])
def test_many_parts_are_no_trouble(parts: int) -> None:
    told = [Interval.point(n) for n in range(1, parts + 1)]
    whole = Interval.point(sum(range(1, parts + 1)) - 1)
    found = smallest_of_sum([whole], told)
    assert found is not None
    assert len(found) == parts + 1
    assert smallest_of_sum([Interval.point(sum(range(1, parts + 1)))], told) is None
