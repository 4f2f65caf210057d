"""The smallest clashing set against brute force: every subset of the claims of small random systems is tried."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.reasoning.solving.intervals import Interval
from shanhai.reasoning.solving.smallest import NotSettled, Solver
from shanhai.reasoning.solving.system import Equation, System

Agrees = Callable[[tuple[int, ...]], bool]
ENDS, REACH = 5, 14
"""Claims end within the first; whole numbers are tried up to the second, beyond which nothing more can agree."""
UP_TO = st.integers(0, ENDS)


def smallest_by_force(claims: int, agrees: Agrees) -> int | None:
    """How many claims the smallest set that clashes has; None where all agree."""
    sizes = (
        size for size in range(claims + 1) for some in combinations(range(claims), size) if not agrees(some)
    )
    return next(sizes, None)


def assert_smallest(system: System, agrees: Agrees) -> None:
    found = Solver(system, 60).smallest()
    size = smallest_by_force(len(system.claims), agrees)
    assert (found and len(found)) == size
    if found is not None:
        assert not agrees(found)
        assert all(agrees(some) for some in combinations(found, len(found) - 1))
    assert Solver(system, 60).smallest() == found


@st.composite
def whole_intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(UP_TO), draw(UP_TO)))
    told = Interval(
        Fraction(low) if draw(st.integers(0, 5)) else None,
        Fraction(high) if draw(st.integers(0, 5)) else None,
        draw(st.booleans()),
        draw(st.booleans()),
    )
    return Interval(told.low, told.high) if told.empty else told


@st.composite
def sums(draw: st.DrawFn) -> System:
    """One or two sums over four parts, some of them at least sums; of the second the first's whole may be a part."""
    parts = "abcd"
    equations = []
    for left in "xy"[: draw(st.integers(1, 2))]:
        some = draw(st.lists(st.sampled_from(parts), min_size=1, max_size=3, unique=True))
        joined = [*some, "x"] if left == "y" and draw(st.booleans()) else some
        equations.append(Equation(left, tuple((p, 1) for p in joined), most=draw(st.booleans())))
    names = sorted({n for e in equations for n in e.names})
    told = [n for n in names if draw(st.integers(0, 3))]
    claims = [[(n, draw(whole_intervals()))] for n in told]
    if draw(st.booleans()):
        claims.append([(n, draw(whole_intervals())) for n in names[:2]])
    return System(claims, equations, whole=frozenset(names))


def of_sums(system: System) -> Agrees:
    """Brute force over sums of whole numbers: all that the parts can be, and the wholes that follow."""
    names = sorted({n for e in system.equations for n in e.names})
    free = [n for n in names if not any(e.left == n and not e.most for e in system.equations)]
    worlds = []
    for values in product(range(REACH), repeat=len(free)):
        world = dict(zip(free, values, strict=True))
        if _complete(system, world):
            worlds.append(_told(system, world))
    return lambda chosen: any(all(world[i] for i in chosen) for world in set(worlds))


def _complete(system: System, world: dict[str, int]) -> bool:
    for e in system.equations:
        right = sum(world[name] for name, _ in e.terms)
        if e.most and world[e.left] < right:
            return False
        world.setdefault(e.left, right)
    return True


def _told(system: System, world: dict[str, int]) -> tuple[bool, ...]:
    return tuple(all(_holds(i, Fraction(world[n])) for n, i in claim) for claim in system.claims)


def _holds(interval: Interval, value: Fraction) -> bool:
    return (
        interval.low is None or value > interval.low or (value == interval.low and interval.low_closed)
    ) and (
        interval.high is None or value < interval.high or (value == interval.high and interval.high_closed)
    )


@settings(max_examples=60)
@given(sums())
def test_sums_of_whole_numbers(system: System) -> None:
    assert_smallest(system, of_sums(system))


Ends = tuple[Fraction, Fraction | None]
FREE: Ends = (Fraction(0), None)
NAMES = ("whole", "rest", "part", "number", "each")


@st.composite
def products(draw: st.DrawFn) -> System:
    """A whole of a part and a rest, the part a number times what falls to each; all claims with closed ends."""
    quarters = st.integers(0, 4 * ENDS).map(lambda n: Fraction(n, 4))
    claims = []
    for name in NAMES:
        for _ in range(draw(st.integers(0, 2))):
            low, high = sorted((draw(quarters), draw(quarters)))
            claims.append([(name, Interval(low, low if draw(st.booleans()) else high))])
    equations = [
        Equation("whole", (("rest", 1), ("part", 1))),
        Equation("part", factors=("number", "each")),
    ]
    return System(claims, equations)


def of_products(system: System) -> Agrees:
    """What both equations allow the part to be: only it ties them, so that they agree where these meet."""

    def agrees(chosen: tuple[int, ...]) -> bool:
        told = {n: _common([i for k in chosen for m, i in system.claims[k] if m == n]) for n in NAMES}
        if any(high is not None and low > high for low, high in told.values()):
            return False
        (w_low, w_high), (r_low, r_high) = told["whole"], told["rest"]
        (n_low, n_high), (e_low, e_high) = told["number"], told["each"]
        nothing = n_high == 0 or e_high == 0
        of_each = None if n_high is None or e_high is None else n_high * e_high
        made = (n_low * e_low, Fraction(0) if nothing else of_each)
        left = (
            Fraction(0) if r_high is None else max(Fraction(0), w_low - r_high),
            None if w_high is None else w_high - r_low,
        )
        low, high = _joined([told["part"], made, left])
        return high is None or low <= high

    return agrees


def _common(intervals: Sequence[Interval]) -> Ends:
    return _joined([FREE, *((i.low or Fraction(0), i.high) for i in intervals)])


def _joined(some: Sequence[Ends]) -> Ends:
    highs = [high for _, high in some if high is not None]
    return max(low for low, _ in some), min(highs) if highs else None


@settings(max_examples=60)
@given(products())
def test_products_of_rationals(system: System) -> None:
    assert_smallest(system, of_products(system))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 8)), min_size=3, max_size=3))
def test_growth_in_per_cent(told: list[tuple[int, int]]) -> None:
    """Level × 100 = base × (growth + 100): any two of three agree unless the level falls short, all three seldom."""
    (level, wide), (base, wider), (growth, widest) = told
    claims = [
        [("level", Interval(Fraction(level), Fraction(level + wide)))],
        [("base", Interval(Fraction(base), Fraction(base + wider)))],
        [("growth", Interval(Fraction(growth), Fraction(growth + widest)))],
    ]
    system = System(claims, [Equation("level", factors=("base", "growth"), scale=100, offset=100)])

    def agrees(chosen: tuple[int, ...]) -> bool:
        lows = [(level, base, growth)[i] if i in chosen else 0 for i in range(3)]
        highs = [(level + wide, base + wider, growth + widest)[i] if i in chosen else 10**6 for i in range(3)]
        least, most = lows[1] * (lows[2] + 100), highs[1] * (highs[2] + 100)
        return lows[0] * 100 <= most and least <= highs[0] * 100

    assert_smallest(system, agrees)


def _point(name: str, value: int) -> list[tuple[str, Interval]]:
    return [(name, Interval.point(value))]


CLASH = System(
    [_point("x", 10), _point("a", 4), _point("b", 5), _point("c", 3)],
    [Equation("x", (("a", 1), ("b", 1)))],
)


def test_what_has_no_part_in_the_clash_is_not_named() -> None:
    assert Solver(CLASH, 60).smallest() == (0, 1, 2)


def test_one_claim_that_two_sums_contradict_is_named_with_the_shorter() -> None:
    system = System(
        [_point("x", 10), _point("a", 4), _point("b", 5), *[_point(n, 3) for n in "cde"]],
        [
            Equation("x", (("c", 1), ("d", 1), ("e", 1))),
            Equation("x", (("a", 1), ("b", 1))),
        ],
    )
    found = Solver(system, 60).smallest()
    assert found == (0, 1, 2)


def test_a_claim_that_contradicts_itself_stands_alone() -> None:
    system = System([_point("x", 1), [("x", Interval.point(-2))]], [Equation("x", (("a", 1),))])
    assert Solver(system, 60).smallest() == (1,)


def test_a_variable_may_be_negative_only_where_it_is_told_to() -> None:
    claims, equations = [_point("x", -3)], [Equation("x", (("a", 1),))]
    assert Solver(System(claims, equations), 60).smallest() == (0,)
    assert Solver(System(claims, equations, frozenset("xa")), 60).smallest() is None


@pytest.mark.parametrize("seconds", [0, -1])
def test_no_time_is_not_settled(seconds: float) -> None:
    with pytest.raises(NotSettled):
        Solver(CLASH, seconds).smallest()
