"""The smallest set of claims that cannot hold together, found by an exact solver (z3).

Each claim is one assertion about its variables; relations and natural limits hold always. The smallest set that
clashes is found through hitting sets: every set that clashes must take something from outside each set that does
not, so the smallest candidate that does is tried until one clashes (Ignatiev and others, 2015).
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import z3

from shanhai.reasoning.effort import QUESTION, Effort
from shanhai.reasoning.solving.system import System


class NotSettled(Exception):  # named by what is wrong, like all errors here
    """The solver was not done within the work that it may take."""


class Solver:
    """A system of claims and relations in the solver.

    Args:
        system: the claims and relations.
        seconds: about how long all questions together may take (``reasoning.effort``).
    """

    def __init__(self, system: System, seconds: float) -> None:
        self._effort = Effort(seconds)
        context = z3.Context()  # of its own: what was solved before would change the steps that it takes
        self._solver = z3.Solver(ctx=context)
        self._solver.set("random_seed", 0)
        self._names = [z3.Bool(f"claim{i}", context) for i in range(len(system.claims))]
        variables = system.variables(self._solver)
        for i, limits in enumerate(system.claims):
            for slot, interval in limits:
                for limit in within(variables[slot], interval):
                    self._solver.add(z3.Implies(self._names[i], limit))
        self._counted = self._count()

    def agrees(self, chosen: Sequence[int]) -> bool:
        """Whether the claims of these numbers can hold together.

        Raises:
            NotSettled: when it would take too much work.
        """
        if not self._effort.spend(QUESTION):
            raise NotSettled
        self._solver.set("rlimit", max(1, self._effort.left))
        answer = self._solver.check(*(self._names[i] for i in chosen))
        self._effort.spend(self._worked())
        if answer == z3.unknown:
            raise NotSettled
        return bool(answer == z3.sat)

    def smallest(self) -> tuple[int, ...] | None:
        """The numbers of a smallest set of claims that cannot hold together; None where all can.

        Raises:
            NotSettled: when it would take too much work.
        """
        everything = range(len(self._names))
        if self.agrees(everything):
            return None
        outside: list[frozenset[int]] = []
        while True:
            candidate = self._hitting(outside)
            if not self.agrees(candidate):
                return tuple(sorted(candidate))
            outside.append(self._outside(candidate))

    def _worked(self) -> int:
        """The steps that the last question took."""
        before, self._counted = self._counted, self._count()
        return self._counted - before

    def _count(self) -> int:
        """The steps that were taken so far."""
        return int(self._solver.statistics().get_key_value("rlimit count"))

    def _outside(self, candidate: Sequence[int]) -> frozenset[int]:
        """What is left over when as many claims as possible join those that agree."""
        kept = list(candidate)
        left = []
        for i in range(len(self._names)):
            if i in kept:
                continue
            if self.agrees([*kept, i]):
                kept.append(i)
            else:
                left.append(i)
        return frozenset(left)

    def _hitting(self, sets: Sequence[frozenset[int]]) -> tuple[int, ...]:
        """A smallest set that takes something from each of ``sets``; the first in order."""
        if not sets:
            return ()
        candidates = sorted(frozenset().union(*sets))
        for size in range(1, len(candidates) + 1):
            for chosen in combinations(candidates, size):
                if not self._effort.spend(1):
                    raise NotSettled
                if all(not one.isdisjoint(chosen) for one in sets):
                    return chosen
        return tuple(candidates)


def within(variable: Any, interval: Any) -> list[Any]:
    """The limits that an interval sets to a variable."""
    found = []
    if interval.low is not None:
        low = fraction(interval.low, variable)
        found.append(variable >= low if interval.low_closed else variable > low)
    if interval.high is not None:
        high = fraction(interval.high, variable)
        found.append(variable <= high if interval.high_closed else variable < high)
    return found


def fraction(value: Any, beside: Any) -> Any:
    """A rational as the solver of ``beside`` writes it."""
    return z3.RealVal(f"{value.numerator}/{value.denominator}", beside.ctx)
