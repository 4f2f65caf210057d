"""Findings: faults and questions that reasoning raises, each with its claims and what would settle it."""

from enum import StrEnum
from typing import Any

import msgspec

from shanhai.model.claims import Claim


class Code(StrEnum):
    """What sort of finding it is. Part of the public contract (docs/findings.md)."""

    ADDS_UP = "adds_up"
    DOES_NOT_ADD_UP = "does_not_add_up"
    CONTRADICTED = "contradicted"
    NOT_COMPARABLE = "not_comparable"
    IMPLIED = "implied"
    IMPLAUSIBLE = "implausible"
    RECYCLED = "recycled"
    RULE_MET = "rule_met"
    RULE_BROKEN = "rule_broken"
    RULE_OPEN = "rule_open"
    PROMISE_OPEN = "promise_open"
    PROMISE_DUE = "promise_due"
    UNVERIFIABLE = "unverifiable"


class Severity(StrEnum):
    """How soon someone should look at it."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Message(msgspec.Struct, frozen=True):
    """One sentence, or a few, for a clerk who does not know the engine; Chinese first."""

    zh: str
    en: str


class Cited(msgspec.Struct, frozen=True, order=True):
    """A stretch of a report that a finding names: as a rule a claim's quote.

    ``start`` and ``end`` count the characters of the report's source text.
    """

    doc: str
    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, claim: Claim) -> "Cited":
        """The place of a claim."""
        return cls(claim.doc, claim.start, claim.end, claim.quote)


class Finding(msgspec.Struct, frozen=True):
    """A fault or a question.

    Attributes:
        code, severity: what it is, how soon someone should look.
        message: what was found.
        claims: the claims that it is about; for a clash the smallest set that cannot hold together.
        detail: the arithmetic as numbers and names; ``check`` always names the check that speaks.
        settles: what would settle it.
    """

    code: Code
    severity: Severity
    message: Message
    claims: tuple[Cited, ...]
    detail: dict[str, Any]
    settles: Message
