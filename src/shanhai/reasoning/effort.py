"""Effort: how much work one group of figures may take, counted in steps and not by the clock.

A clock would let a busy machine find less than an idle one; steps end at the same place everywhere, so that the same
input gives the same output. So many steps as ``STEPS`` take about a second on one core of an office's machine.
"""

STEPS = 1_000_000

COMPARISON = 10
"""Holding two cards against each other, in steps."""

QUESTION = 1_000
"""Asking the solver, in steps, beside those that it counts itself."""


class Effort:
    """What is left of the work that may be done.

    Args:
        seconds: about how long it takes in all.
    """

    def __init__(self, seconds: float) -> None:
        self.left = int(seconds * STEPS)

    def spend(self, steps: int) -> bool:
        """Take steps from what is left; False where nothing is left for them."""
        self.left -= steps
        return self.left >= 0
