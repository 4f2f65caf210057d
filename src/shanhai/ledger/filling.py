"""Filling a ledger from files: those that it holds are not read again, the others are read on all cores.

One process writes. Each file is one transaction, so that whatever ends the run leaves finished files whole and none
half-stored; the same files once more go on where it ended.
"""

import datetime
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import msgspec
from django.utils import timezone

from shanhai.claims.batch import Outcome, outcomes
from shanhai.ledger.actions.receive import Arrival, Received, receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing, Source
from shanhai.ledger.versions import reader_version
from shanhai.model import NotAccessible, UnreadableInput
from shanhai.reading.extracted import Limits
from shanhai.reading.inputs import STANDARD_INPUT, Input

_PORTION = 500


class Filing(msgspec.Struct, frozen=True):
    """How files are filed.

    Attributes:
        actor: who sends them.
        pairing: under which pairing; None for none.
        origin: where they came from; each file's path where "".
        clock: tells when.
    """

    actor: Actor
    pairing: Pairing | None = None
    origin: str = ""
    clock: Callable[[], datetime.datetime] = timezone.now


class Filled(msgspec.Struct, frozen=True):
    """What became of one file.

    Attributes:
        name: as it was given.
        received: what is stored of it; None where its bytes could not be had.
        fault: why no report could be taken from it.
    """

    name: str
    received: Received | None = None
    fault: UnreadableInput | None = None


class _Candidate(msgspec.Struct):
    """A file that was looked at: its bytes' hash, and whether it must be read. A stream's bytes are kept."""

    given: Input | UnreadableInput
    sha256: str = ""
    data: bytes | None = None
    known: bool = False


def fill(
    given: Sequence[Input | UnreadableInput],
    filing: Filing,
    *,
    jobs: int | None = None,
    limits: Limits | None = None,
) -> Iterator[Filled]:
    """Store files one by one, in their order.

    Args:
        given: the files.
        filing: who files them, and where.
        jobs: processes to read with; all cores where None.
        limits: what one file may cost.

    Raises:
        NotAllowed: the actor may not send sources to the pairing.
    """
    candidates = _candidates(given)
    todo = [c.given if c.data is None else _again(c) for c in candidates if not c.known]
    found = _begun(outcomes(todo, jobs=jobs, limits=limits))
    for candidate in candidates:
        yield _stored(candidate, None if candidate.known else next(found), filing)


def _candidates(given: Sequence[Input | UnreadableInput]) -> list[_Candidate]:
    candidates = [_looked_at(one) for one in given]
    for begin in range(0, len(candidates), _PORTION):
        portion = candidates[begin : begin + _PORTION]
        stored = Source.objects.filter(
            sha256__in=[c.sha256 for c in portion], report__reader=reader_version()
        )
        known = set(stored.values_list("sha256", flat=True))
        for candidate in portion:
            candidate.known = candidate.sha256 in known
    return candidates


def _looked_at(one: Input | UnreadableInput) -> _Candidate:
    if isinstance(one, UnreadableInput):
        return _Candidate(one)
    try:
        data = one.load()
    except UnreadableInput as fault:
        return _Candidate(fault)
    return _Candidate(one, hashlib.sha256(data).hexdigest(), None if one.stream is None else data)


def _again(candidate: _Candidate) -> Input | UnreadableInput:
    """The input of a stream that was read already."""
    assert isinstance(candidate.given, Input)
    return msgspec.structs.replace(candidate.given, stream=io.BytesIO(candidate.data or b""))


def _begun(found: Iterator[Outcome]) -> Iterator[Outcome]:
    """The outcomes, with the reading processes begun before the database is used for writing."""
    first = next(found, None)
    return found if first is None else chain((first,), found)


def _stored(candidate: _Candidate, outcome: Outcome | None, filing: Filing) -> Filled:
    given = candidate.given
    if isinstance(given, UnreadableInput):
        return Filled(given.name, fault=given)
    fault = outcome.unreadable if outcome else None
    try:
        data = given.load() if candidate.data is None else candidate.data
    except UnreadableInput as gone:
        return Filled(given.name, fault=gone)
    if hashlib.sha256(data).hexdigest() != candidate.sha256:
        return Filled(
            given.name, fault=NotAccessible(given.name, "it was changed while it was read", "read it again")
        )
    arrival = Arrival(
        data=data,
        name=given.name,
        origin=filing.origin or ("" if given.name == STANDARD_INPUT else given.name),
        report=outcome.report if outcome else None,
        claims=outcome.claims if outcome else (),
        fault=f"{fault.reason}; {fault.remedy}" if fault else "",
    )
    received = receive(arrival, actor=filing.actor, pairing=filing.pairing, at=filing.clock())
    return Filled(given.name, received, fault)
