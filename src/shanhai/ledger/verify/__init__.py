"""Verifying a ledger: whether it holds what was done through its actions, and nothing else.

``audit``       the chain of entries is whole
``sources``     bytes match their sha256; reports and statements match what they were read from
``decisions``   how statements stand follows from the decisions about them
``sealed``      no row differs from what its last entry sealed, none is missing, none came by itself
``rebuilt``     facts, findings and promises are what a rebuild gives (on demand: it takes as long as rebuilding)

Packages above the ledger add their questions to ``BESIDE`` when Django starts.
"""

from collections.abc import Callable, Iterator

from shanhai.ledger.moment import one_moment
from shanhai.ledger.verify import audit, decisions, rebuilt, sealed, sources
from shanhai.ledger.verify.faults import Fault, Trouble

__all__ = ["BESIDE", "Fault", "Trouble", "verify"]

BESIDE: list[Callable[[], Iterator[Fault]]] = []
"""What is asked of the tables of packages above the ledger, in order."""


def verify(*, rebuild: bool = False, advance: Callable[[], None] = lambda: None) -> Iterator[Fault]:
    """The faults of the ledger, in the order of its tables; the same ledger gives the same faults.

    All of it is seen as it was at one moment, whatever is written meanwhile.

    Args:
        rebuild: build facts, findings and promises anew as well and compare them; nothing of it is kept.
        advance: called after each report.
    """
    with one_moment():
        yield from audit.faults()
        yield from sources.faults(advance)
        yield from decisions.faults()
        yield from sealed.faults()
        for question in BESIDE:
            yield from question()
    if rebuild:
        yield from rebuilt.faults()
