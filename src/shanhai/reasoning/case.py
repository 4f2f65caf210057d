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
        draft: the doc that is being checked: it speaks for itself even where it is a copy; None where all are alike.
        seconds: how long one group of figures may take to be settled.
    """

    evidence: tuple[Evidence, ...]
    original: Mapping[str, str]
    on: datetime.date | None = None
    draft: str | None = None
    seconds: float = 5.0

    def speaks(self, doc: str) -> bool:
        """Whether a report is looked at by itself: it is the draft, or no copy of another."""
        return doc == self.draft or self.original.get(doc, doc) == doc
