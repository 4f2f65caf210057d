"""What a measurement hands back: figures, each with its reference, and targets beside what was measured."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Options:
    """How thoroughly to measure; ``quick`` only shows that everything runs."""

    quick: bool = False


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Attributes:
        what: what was done, and to what.
        value: the median.
        unit: of ``value`` and ``best``.
        best: the best of the repeats; None where there was one.
        ratio: to the reference in the same run, ``of``; the median over the rounds.
        of: what the ratio is to; "" where there is none.
        note: what a reader should know beside it.
    """

    what: str
    value: float
    unit: str
    best: float | None = None
    ratio: float | None = None
    of: str = ""
    note: str = ""


@dataclass(frozen=True)
class Target:
    """One thing to reach: a fact beside the measured figure, never a failure of the run.

    Attributes:
        what: the words of the target.
        bound: the least that reaches it, or the most where ``most`` is set.
        measured: the median.
        unit: of both.
        most: whether ``bound`` is an upper bound.
    """

    what: str
    bound: float
    measured: float
    unit: str
    most: bool = False

    @property
    def reached(self) -> bool:
        """Whether the median reaches the bound."""
        return self.measured <= self.bound if self.most else self.measured >= self.bound


@dataclass(frozen=True)
class Measurement:
    """The figures of one measurement, in the order shown.

    Attributes:
        name: its key in the JSON.
        title: its heading in the terminal.
        figures: what was measured.
        targets: what was to be reached.
        notes: what was measured on, and what could not be measured.
    """

    name: str
    title: str
    figures: tuple[Figure, ...]
    targets: tuple[Target, ...] = ()
    notes: tuple[str, ...] = ()

    def as_object(self) -> dict[str, Any]:
        """As it stands in the JSON."""
        found = asdict(self)
        found["targets"] = [asdict(t) | {"reached": t.reached} for t in self.targets]
        return found


Measure = Callable[[Options], Measurement]
