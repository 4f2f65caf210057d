"""The case: all evidence that is held against itself, with what is known of it before any check."""

import datetime
from collections.abc import Mapping

import msgspec

from shanhai.reasoning.evidence import Evidence


class Case(msgspec.Struct, frozen=True):
    """All evidence at once. Every check takes a case and yields findings.

    Attributes:
        evidence: the reports, in the order given; no two have the same ``doc``.
        original: for each doc the earliest release that it is a copy of; itself where it is none.
        on: the day on which promises count as due; None where it is not known.
        seconds: how long one group of figures may take to be settled.
    """

    evidence: tuple[Evidence, ...]
    original: Mapping[str, str]
    on: datetime.date | None = None
    seconds: float = 5.0
