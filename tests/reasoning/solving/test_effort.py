"""Work is counted in steps: what one solver did before, or how busy the machine is, changes nothing."""

from fractions import Fraction

import pytest

from shanhai.reasoning.solving.intervals import Interval
from shanhai.reasoning.solving.smallest import NotSettled, Solver
from shanhai.reasoning.solving.system import Equation, System

SIDE = 5


def _square() -> System:
    """A square of parts with totals by row and column, one total wrong: hard enough to take some steps."""
    cell = {(r, c): 10 + (r * SIDE + c) % 7 for r in range(SIDE) for c in range(SIDE)}
    claims = [[(f"v{r}{c}", _point(n))] for (r, c), n in cell.items()]
    equations = []
    for i in range(SIDE):
        row = sum(cell[i, c] for c in range(SIDE))
        column = sum(cell[r, i] for r in range(SIDE)) + (i == 3)
        claims += [[(f"r{i}", _point(row))], [(f"c{i}", _point(column))]]
        equations.append(Equation(f"r{i}", tuple((f"v{i}{c}", 1) for c in range(SIDE))))
        equations.append(Equation(f"c{i}", tuple((f"v{r}{i}", 1) for r in range(SIDE))))
    return System(claims, equations)


def _point(number: int) -> Interval:
    return Interval.point(Fraction(number))


def _is_enough(seconds: float) -> bool:
    try:
        return Solver(_square(), seconds).smallest() is not None
    except NotSettled:
        return False


def test_the_least_effort_that_is_enough_is_the_same_whatever_was_solved_before() -> None:
    too_little, enough = 0.0, 60.0
    assert _is_enough(enough)
    while enough - too_little > 0.001:
        middle = (too_little + enough) / 2
        too_little, enough = (too_little, middle) if _is_enough(middle) else (middle, enough)

    assert [_is_enough(enough) for _ in range(5)] == [True] * 5
    assert [_is_enough(too_little) for _ in range(5)] == [False] * 5


def test_nothing_is_settled_without_effort() -> None:
    with pytest.raises(NotSettled):
        Solver(_square(), 0).smallest()
