"""Claims to facts and findings: the checks in the order in which they speak."""

import datetime
from collections.abc import Callable, Iterator, Sequence

from shanhai.model import Finding
from shanhai.reasoning.case import Case
from shanhai.reasoning.checked import Reasoned
from shanhai.reasoning.checks import arithmetic
from shanhai.reasoning.evidence import Evidence

CHECKS: Sequence[Callable[[Case], Iterator[Finding]]] = (arithmetic.find,)


def reason(
    evidence: Sequence[Evidence], *, on: datetime.date | None = None, seconds: float = 5.0
) -> Reasoned:
    """Hold all evidence against itself."""
    case = Case(tuple(evidence), {e.doc: e.doc for e in evidence}, on=on, seconds=seconds)
    return Reasoned((), tuple(f for check in CHECKS for f in check(case)), ())
