"""The smallest clashing set of one sum, worked out directly: a solver would try thousands of its subsets.

Both sides of a sum are at or above zero whatever is left out. So a side is too small only where all of it is told, and
the other too large where its largest figures surpass that.
"""

from collections.abc import Sequence
from functools import reduce

from shanhai.reasoning.solving.intervals import Interval

ZERO = Interval.point(0)


def smallest_of_sum(
    one: Sequence[Interval], other: Sequence[Interval], *, most: bool = False
) -> list[int] | None:
    """The numbers of the fewest figures for which Σ one = Σ other cannot hold; None where all can.

    Args:
        one, other: what the figures of each side allow, all at or above zero; numbered through both sides.
        most: whether the first side need only be at least the second.
    """
    found = [_surpassed(one, other, range(len(one)), range(len(one), len(one) + len(other)))]
    if not most:
        found.append(_surpassed(other, one, range(len(one), len(one) + len(other)), range(len(one))))
    return min((sorted(f) for f in found if f is not None), key=len, default=None)


def _surpassed(
    less: Sequence[Interval], more: Sequence[Interval], all_of: Sequence[int], numbers: Sequence[int]
) -> list[int] | None:
    """All figures of a side with the fewest of the other that together lie above it."""
    total = reduce(Interval.plus, less, ZERO)
    if total.high is None:
        return None
    below = Interval(None, total.high, True, total.high_closed)
    chosen, reached = list(all_of), ZERO
    largest = sorted(zip(numbers, more, strict=True), key=lambda pair: (-(pair[1].low or 0), pair[0]))
    for number, interval in largest:
        chosen.append(number)
        reached = reached.plus(Interval(interval.low or ZERO.low, None, interval.low_closed))
        if not reached.meets(below):
            return chosen
    return None
