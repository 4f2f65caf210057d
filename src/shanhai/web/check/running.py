"""Runs checks apart from the web: a draft is read as every upload is, then checked in a process with limits of its own."""

import atexit
import datetime
import logging
import multiprocessing
import os
import threading
from collections.abc import Sequence
from concurrent.futures import TimeoutError as TookTooLong

import msgspec
from django.conf import settings
from django.db import connection
from pebble import ProcessExpired, ProcessPool

from shanhai.ledger.actions.uploads import Refusal
from shanhai.ledger.models import Pairing
from shanhai.programme.matching.drafts import answers
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.register import Answer
from shanhai.web import apart, parsing
from shanhai.web.check import checking
from shanhai.web.check.drafts import Draft, State, write_lines

_LOG = logging.getLogger(__name__)
_MB = 1024 * 1024
_PATIENCE = 3
"""On a busy machine so many times its seconds go by until a process has had them."""
_TASKS = 50
_threads: set[threading.Thread] = set()
_pools: dict[int, ProcessPool] = {}
_lock = threading.Lock()


def start(draft: Draft, on: datetime.date, registers: Sequence[Pairing] = ()) -> None:
    """Begin to check a draft, against registers, too; its state says how far it is."""
    thread = threading.Thread(target=_run, args=(draft, on, registers), daemon=True, name="check")
    with _lock:
        _threads.difference_update({t for t in _threads if not t.is_alive()})
        _threads.add(thread)
    thread.start()


def wait() -> None:
    """Wait until all that this process has begun is done."""
    for thread in list(_threads):
        thread.join()


def _run(draft: Draft, on: datetime.date, registers: Sequence[Pairing]) -> None:
    try:
        draft.say(_checked(draft, on, registers))
    except FileNotFoundError:  # it was deleted meanwhile
        draft.delete()
    except Exception:  # a fault of ours: told, noted, and no reason to stop other checks
        _LOG.exception("checking a draft failed")
        draft.say(
            State(
                "failed",
                "核对时程序出错，已记入日志。请将初稿另存为 .docx 或 .txt 再试，或联系管理员。",
                "A fault in the program, noted in its log. Save the draft as .docx or .txt and try again, "
                "or ask the administrator.",
            )
        )
    finally:
        draft.clear()


def _checked(draft: Draft, on: datetime.date, registers: Sequence[Pairing]) -> State:
    draft.say(State("reading"))
    name = draft.sent.name or "文稿.txt"
    arrival = apart.parse((draft.folder / checking.SOURCE).read_bytes(), name)
    if isinstance(arrival, Refusal):
        return State("failed", arrival.zh, arrival.en)
    if arrival.report is None:
        zh, _, en = arrival.fault.partition("\n")
        return State("failed", zh, en or zh)
    read = Evidence(arrival.report.doc, tuple(arrival.claims), arrival.report)
    (draft.folder / checking.DRAFT).write_bytes(checking.ENCODER.encode(read))
    draft.say(State("checking"))
    write_lines(draft.folder / checking.REGISTER, _asked(read, registers))
    return _ask(draft, on)


def _asked(read: Evidence, registers: Sequence[Pairing]) -> list[Answer]:
    """What registers say; the database is asked here, as the process that checks knows none."""
    if not registers:
        return []
    try:
        return answers(read, registers)
    finally:
        connection.close()  # this thread's own


def _ask(draft: Draft, on: datetime.date) -> State:
    seconds = settings.SHANHAI_CHECK_SECONDS
    try:
        future = _pool().schedule(
            checking.run, args=(str(draft.folder), on.isoformat(), seconds), timeout=seconds * _PATIENCE
        )
        outcome = msgspec.json.decode(future.result(), type=checking.Outcome)
    except (TookTooLong, ProcessExpired) as e:
        _LOG.warning("checking a draft ended with %s", getattr(e, "exitcode", "no answer"))
        return State(
            "failed",
            f"核对需要的时间或内存超过了限制（{seconds}秒）。请拆分初稿，或选择较少的结对。",
            f"The check needs more time or memory than it may take ({seconds} s). "
            "Split the draft, or choose fewer pairings.",
        )
    return State("done", outcome=outcome)


def _pool() -> ProcessPool:
    """The process of this web process that checks, one draft after the other; never inherited over a fork."""
    with _lock:
        pool = _pools.get(os.getpid())
        if pool is None or not pool.active:
            memory = apart.allowed().memory_megabytes * _MB
            pool = _pools[os.getpid()] = ProcessPool(
                max_workers=1,
                max_tasks=_TASKS,
                initializer=parsing.prepare,
                initargs=(memory,),
                context=multiprocessing.get_context("spawn"),
            )
        return pool


@atexit.register
def stop() -> None:
    """End the process."""
    with _lock:
        pool = _pools.pop(os.getpid(), None)
    if pool is not None:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
