"""A system: claims as intervals of variables, and relations between the variables."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import msgspec

from shanhai.reasoning.solving.intervals import Interval

Name = Hashable


class Equation(msgspec.Struct, frozen=True):
    """A relation between variables, named by anything that can be told apart.

    A sum says ``left = offset + Σ sign × term``, with ``most`` ``left ≥``; a product says
    ``left × scale = factors[0] × (factors[1] + offset)``.
    """

    left: Any
    terms: tuple[tuple[Any, int], ...] = ()
    factors: tuple[Any, Any] | None = None
    scale: int = 1
    offset: int = 0
    most: bool = False

    @property
    def names(self) -> tuple[Any, ...]:
        """The variables, the left one first."""
        return (self.left, *(self.factors or tuple(name for name, _ in self.terms)))


class System(msgspec.Struct, frozen=True):
    """Claims and equations.

    Attributes:
        claims: for each claim the intervals that it sets to its variables (a from–to has two).
        equations: what holds always.
        signed: the variables that may lie below zero; all others may not.
        whole: the variables that are whole numbers.
    """

    claims: Sequence[Sequence[tuple[Any, Interval]]]
    equations: Sequence[Equation]
    signed: frozenset[Any] = frozenset()
    whole: frozenset[Any] = frozenset()

    def variables(self, solver: Any) -> Mapping[Any, Any]:
        """The variables in the solver, equations and natural limits asserted.

        Whole numbers are asked for only where all equations are sums: with products the solver might never end.
        """
        import z3

        sums = all(e.factors is None for e in self.equations)
        names = {name for e in self.equations for name in e.names}
        names |= {name for limits in self.claims for name, _ in limits}
        made = {}
        for number, name in enumerate(sorted(names, key=repr)):
            whole = sums and name in self.whole
            made[name] = z3.Int(f"v{number}", solver.ctx) if whole else z3.Real(f"v{number}", solver.ctx)
            if name not in self.signed:
                solver.add(made[name] >= 0)
        for e in self.equations:
            solver.add(_asserted(e, made))
        return made


def _asserted(e: Equation, made: Mapping[Any, Any]) -> Any:
    left = made[e.left]
    if e.factors is not None:
        return left * e.scale == made[e.factors[0]] * (made[e.factors[1]] + e.offset)
    right = e.offset + sum(made[name] * sign for name, sign in e.terms)
    return left >= right if e.most else left == right
