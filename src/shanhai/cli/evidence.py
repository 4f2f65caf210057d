"""What ``shanhai check`` is given, turned into evidence: reports, claim files, evidence files, ledgers, in their order."""

import io
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from pathlib import Path

import msgspec

from shanhai.claims.batch import outcomes
from shanhai.cli import ledgers
from shanhai.model import UnreadableInput
from shanhai.reading.extracted import Limits
from shanhai.reading.inputs import Input, gather
from shanhai.reading.kinds import extension
from shanhai.reasoning.claim_file import read_claims
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.evidence_file import is_evidence, read_evidence
from shanhai.reasoning.register import Answer

LARGER = 16
"""How many times larger than a report a file of claims or evidence may be: it holds many reports."""

DEFAULT_LEDGER = "-"
"""In the place of a ledger's file: the one that DATABASE_URL or SHANHAI_LEDGER names."""

_HEAD, _PORTION = 64, 200


class _Kind(Enum):
    REPORT = "report"
    CLAIMS = "claims"
    EVIDENCE = "evidence"


def gathered(paths: Sequence[str], max_size: int) -> list[Input | UnreadableInput]:
    """The inputs that ``paths`` name, reports with at most ``max_size`` megabytes and other files with more."""
    most = max_size * 1024 * 1024
    found = gather(paths, limits=Limits(bytes=LARGER * most))
    return [one if isinstance(one, UnreadableInput) else _limited(one, most) for one in found]


def evidence_of(
    given: Sequence[Input | UnreadableInput],
    *,
    jobs: int | None,
    max_size: int,
    advance: Callable[[], None] = lambda: None,
) -> Iterator[Evidence | UnreadableInput]:
    """The evidence of all inputs, in their order; what cannot be read as the error that says why.

    Args:
        given: as ``gathered`` gives them.
        jobs: processes to use for reports; all cores where None.
        max_size: megabytes that a report may have.
        advance: called after each input.
    """
    kinds = [_kind(one) for one in given]
    reports = outcomes(
        [one for one, kind in zip(given, kinds, strict=True) if kind is _Kind.REPORT],
        jobs=jobs,
        limits=Limits(bytes=max_size * 1024 * 1024),
    )
    for one, kind in zip(given, kinds, strict=True):
        if kind is _Kind.REPORT:
            outcome = next(reports)
            if outcome.report is None:
                assert outcome.unreadable is not None
                yield outcome.unreadable
            else:
                yield Evidence(outcome.report.doc, tuple(outcome.claims), outcome.report)
        else:
            assert isinstance(one, Input)  # faults count as reports
            reader = read_evidence if kind is _Kind.EVIDENCE else read_claims
            try:
                yield from reader(one.load(), name=one.name)
            except UnreadableInput as fault:
                yield fault
        advance()


def in_ledger(file: str, pairing: str | None, draft: Evidence) -> list[Evidence]:
    """What stands in a ledger, in the order in which its sources came; the draft's own source is left out.

    Args:
        file: the ledger's file, or ``DEFAULT_LEDGER``.
        pairing: the key of a pairing whose sources count alone, ``-`` for those filed under none; all where None.
        draft: what is checked.

    Raises:
        NothingDone: the ledger cannot be used, or has no such pairing.
    """
    with ledgers.opened(None if file == DEFAULT_LEDGER else Path(file)):
        from shanhai.cli.rebuilding import named
        from shanhai.ledger import access
        from shanhai.ledger.evidence import evidence_of

        actor = ledgers.actor()
        reports = access.reports(actor).order_by("pk")
        if pairing is not None:
            reports = reports.filter(source__pairing=named(actor, pairing))
        if draft.report is not None:
            reports = reports.exclude(source__sha256=draft.report.source.sha256)
        return list(evidence_of(reports.iterator(_PORTION)))


def in_registers(file: str, pairing: str | None, draft: Evidence) -> list[Answer]:
    """What the registers of a ledger say to a draft's numbers; the arguments are those of ``in_ledger``."""
    with ledgers.opened(None if file == DEFAULT_LEDGER else Path(file)):
        from shanhai.cli.rebuilding import named
        from shanhai.ledger import access
        from shanhai.programme.matching.drafts import answers

        actor = ledgers.actor()
        if pairing is None:
            return answers(draft, list(access.pairings(actor)))
        asked = named(actor, pairing)
        return answers(draft, [asked] if asked else [])


def held(one: Input) -> Input:
    """The input with its bytes in memory, so that they can be read twice."""
    return msgspec.structs.replace(one, stream=io.BytesIO(one.load()))


def _limited(one: Input, most: int) -> Input | UnreadableInput:
    """The input with the limit of its kind; a stream is taken into memory, as its kind shows at its beginning."""
    if one.stream is not None:
        try:
            one = held(one)
        except UnreadableInput as fault:
            return fault
    return msgspec.structs.replace(one, most=most) if _kind(one) is _Kind.REPORT else one


def _kind(one: Input | UnreadableInput) -> _Kind:
    if isinstance(one, UnreadableInput):
        return _Kind.REPORT
    head = _head(one)
    if is_evidence(head) or extension(one.name) == ".evidence":
        return _Kind.EVIDENCE
    if extension(one.name) == ".jsonl" or head.startswith(b'{"doc":'):
        return _Kind.CLAIMS
    return _Kind.REPORT


def _head(one: Input) -> bytes:
    """The first bytes of an input; none where it cannot be opened, which reading it will tell."""
    if one.stream is not None:
        head = one.stream.read(_HEAD)
        one.stream.seek(0)
        return head
    try:
        with open(one.name, "rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""
