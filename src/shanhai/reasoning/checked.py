"""What comes out: facts, findings and promises of a case; a verdict for each number of a draft."""

from collections.abc import Mapping

import msgspec

from shanhai.model import Cited, Claim, Fact, Finding, Message, Promise, Verdict
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.register import Answer


class Reasoned(msgspec.Struct, frozen=True):
    """What a case supports, and what speaks against it."""

    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    promises: tuple[Promise, ...]


class Judged(msgspec.Struct, frozen=True):
    """One number of the draft.

    Attributes:
        claim: the number.
        verdict: what it is worth beside the evidence.
        why: one sentence that says so.
        supporting: claims of other reports, or of the draft itself, that agree.
        opposing: claims that it differs from.
        findings: those of the findings that name it.
        register: what the register says to it; None where none was asked.
    """

    claim: Claim
    verdict: Verdict
    why: Message
    supporting: tuple[Cited, ...] = ()
    opposing: tuple[Cited, ...] = ()
    findings: tuple[Finding, ...] = ()
    register: Answer | None = None


class Checked(msgspec.Struct, frozen=True):
    """A draft held against itself and its evidence.

    Attributes:
        draft: the report that was checked.
        judged: one for each of its claims, in text order.
        reasoned: facts, findings and promises, the draft's among them.
        evidence: every report of the case by its doc, the draft among them.
    """

    draft: Evidence
    judged: tuple[Judged, ...]
    reasoned: Reasoned
    evidence: Mapping[str, Evidence]
