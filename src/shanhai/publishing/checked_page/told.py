"""A finding that several numbers share is told in full once, where a reader meets it first."""

from collections.abc import Sequence

from shanhai.model import Cited, Code, Finding, Message
from shanhai.publishing.checked_page.verdicts import FACES
from shanhai.reasoning.checked import Judged


class Told:
    """Where each finding is told in full: at the first number with a note of its own.

    Args:
        judged: the numbers in the order in which they are read; they are counted from 1.
    """

    def __init__(self, judged: Sequence[Judged]) -> None:
        self._first: dict[tuple[Code, Message, tuple[Cited, ...]], int] = {}
        for number, one in enumerate(judged, 1):
            if FACES[one.verdict].noted:
                for finding in one.findings:
                    self._first.setdefault(_key(finding), number)

    def elsewhere(self, finding: Finding, number: int, judged: Judged) -> int | None:
        """The number where the finding is told in full; None where that is here.

        A number whose note is folded away tells its findings itself, as it is looked at alone.
        """
        first = self._first.get(_key(finding), number)
        return first if first != number and FACES[judged.verdict].noted else None


def _key(finding: Finding) -> tuple[Code, Message, tuple[Cited, ...]]:
    return finding.code, finding.message, finding.claims
