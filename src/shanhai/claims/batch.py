"""Many inputs at once: each read and its claims found, in order, on all cores, one fault never stopping the rest."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import msgspec

from shanhai.claims.collection import Claims
from shanhai.claims.find import find_claims
from shanhai.model import BrokenInput, Report, UnreadableInput
from shanhai.reading.extracted import Limits
from shanhai.reading.inputs import Input
from shanhai.reading.read import read

FEW = 8
"""Up to so many inputs one process is quicker than starting several."""


class Outcome(msgspec.Struct, frozen=True):
    """What came of one input: a report with its claims, or why it could not be read."""

    name: str
    report: Report | None = None
    claims: Claims = msgspec.field(default_factory=Claims)
    unreadable: UnreadableInput | None = None


def read_and_find(given: Input | UnreadableInput, limits: Limits) -> Outcome:
    """The outcome of one input. What fails in an unforeseen way is reported as broken, naming the fault."""
    if isinstance(given, UnreadableInput):
        return Outcome(given.name, unreadable=given)
    try:
        report = read(given.load(), name=given.name, limits=limits)
        return Outcome(given.name, report, find_claims(report))
    except UnreadableInput as e:
        return Outcome(given.name, unreadable=e)
    except (Exception, MemoryError, RecursionError) as e:
        fault = f"{type(e).__name__}: {e}" if str(e) else type(e).__name__
        return Outcome(given.name, unreadable=_failed(given.name, fault))


def outcomes(
    given: Iterable[Input | UnreadableInput],
    *,
    jobs: int | None = None,
    limits: Limits | None = None,
    advance: Callable[[], None] = lambda: None,
) -> Iterator[Outcome]:
    """The outcomes of all inputs, in their order.

    Args:
        given: the inputs.
        jobs: processes to use; all cores where None, and never more than one for a few inputs.
        limits: what one input may cost.
        advance: called after each.
    """
    listed = list(given)
    limits = limits or Limits()
    jobs = min(jobs or os.cpu_count() or 1, len(listed))
    found = _one_by_one(listed, limits) if jobs < 2 or len(listed) <= FEW else _together(listed, limits, jobs)
    for outcome in found:
        advance()
        yield outcome


def _one_by_one(listed: list[Input | UnreadableInput], limits: Limits) -> Iterator[Outcome]:
    for one in listed:
        yield read_and_find(one, limits)


def _together(listed: list[Input | UnreadableInput], limits: Limits, jobs: int) -> Iterator[Outcome]:
    """On several processes; an input that kills its process is named, and the others are read all the same."""
    waiting: deque[tuple[Input | UnreadableInput, Future[Outcome]]] = deque()
    todo = deque(listed)
    pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts)
    try:
        while todo or waiting:
            while todo and len(waiting) < 4 * jobs:
                one = todo.popleft()
                waiting.append((one, _submitted(pool, one, limits)))
            one, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False)
                yield _alone(one, limits)
                for later, _ in waiting:
                    yield _alone(later, limits)
                waiting.clear()
                pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, one: Input | UnreadableInput, limits: Limits) -> Future[Outcome]:
    """The future of one input; a stream, such as standard input, cannot be handed over and is read here."""
    if isinstance(one, Input) and one.stream is not None:
        done: Future[Outcome] = Future()
        done.set_result(read_and_find(one, limits))
        return done
    return pool.submit(read_and_find, one, limits)


def _alone(one: Input | UnreadableInput, limits: Limits) -> Outcome:
    """In a process of its own, so that only the input at fault is lost."""
    with ProcessPoolExecutor(1, initializer=_leave_interrupts) as pool:
        try:
            return pool.submit(read_and_find, one, limits).result()
        except BrokenProcessPool:
            return Outcome(one.name, unreadable=_failed(one.name, "the process that read it ended"))


def _leave_interrupts() -> None:
    """Ctrl-C goes to every process of a terminal; only the one that was started answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _failed(name: str, fault: str) -> BrokenInput:
    return BrokenInput(
        name, f"it could not be read ({fault})", "please report this fault together with the file"
    )
