"""Uploads are read apart from the web: in processes of their own, within limits of memory and time.

A file that exceeds them, or brings its process down, is refused with the reason; the next file goes on.
"""

import atexit
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as TookTooLong
from typing import Any, Final

import msgspec
from django.conf import settings
from pebble import ProcessExpired, ProcessPool

from shanhai.ledger.actions.receive import Arrival
from shanhai.ledger.actions.uploads import Refusal, clean_name
from shanhai.web import parsing
from shanhai.web.parsing import Fault, Gridded, Parsed

_LOG = logging.getLogger(__name__)
_MB: Final = 1024 * 1024
_OUT_OF_TIME: Final = int(getattr(signal, "SIGXCPU", 0)) or None
"""The signal by which the system ends a process that used up its time; there is none on Windows."""
_PATIENCE: Final = 3
"""On a busy machine so many times its seconds go by until a process has had them."""
_TASKS: Final = 200
"""After so many files a process gives way to a fresh one, so that nothing piles up."""
_KEPT: Final = frozenset({Fault.ENCRYPTED, Fault.NO_TEXT, Fault.BROKEN})
"""Of such a file, which a person may be able to read, the ledger keeps the bytes; of others nothing."""
_ZH: Final = {
    Fault.KIND: "不是可读取的文件类型。请另存为 .docx、.pdf、.xlsx、.html 或 .txt 后再上传",
    Fault.SIZE: "内容过大。请拆分，或只上传报告成效的部分",
    Fault.EMPTY: "文件是空的。请检查是否完整复制",
    Fault.ENCRYPTED: "文件有密码保护。请打开并另存一份不带密码的副本",
    Fault.NO_TEXT: "PDF 只有扫描图像，没有文字。请先做文字识别，或上传文字版",
    Fault.BROKEN: "文件已损坏。请重新复制，或用办公软件打开后另存",
    Fault.DEEP: "内容嵌套过深。请另存为 .docx 或 .txt",
}

_NO_TABLE: Final = "不是表格。请另存为 .xlsx 或 .csv 后再上传"


class Allowed(msgspec.Struct, frozen=True):
    """What one file may be and cost (``UPLOADS`` in the settings).

    Attributes:
        kinds: kinds of file that are taken (``reading.kinds.FileKind``).
        megabytes: that a file may have.
        memory_megabytes: that reading it may take, the reader itself among them.
        seconds: of the processor that reading it may take; three times as many may go by.
        processes: that read at the same time.
    """

    kinds: tuple[str, ...]
    megabytes: int
    memory_megabytes: int
    seconds: int
    processes: int


def allowed() -> Allowed:
    """What the settings say."""
    return msgspec.convert(settings.UPLOADS, Allowed)


def parse(data: bytes, name: str, *, origin: str = "", limits: Allowed | None = None) -> Arrival | Refusal:
    """What reading makes of a file, in a process apart.

    Args:
        data: the bytes.
        name: the file's name as sent; folders in it are dropped.
        origin: where it came from.
        limits: what it may cost; those of the settings where None.

    Returns:
        what came, with a fault where a file of a known kind cannot be read; a refusal where it is not taken at all.
    """
    limits = limits or allowed()
    name = clean_name(name)
    if refused := _refused_at_once(data, name, limits):
        return refused
    most = limits.megabytes * _MB
    said = run(parsing.parse, (data, name, limits.kinds, most), name, limits)
    if isinstance(said, Refusal):
        return said
    answer = parsing.parsed(said)
    if answer.fault is None:
        return Arrival(data, name, origin, answer.report, answer.claims)
    told = _told(name, answer)
    return Arrival(data, name, origin, fault=told.message) if answer.fault in _KEPT else told


def tables(data: bytes, name: str, *, limits: Allowed | None = None) -> Gridded | Refusal:
    """The sheets of a table, cell by cell, read in a process apart; nothing of it is kept.

    Args:
        data: the bytes.
        name: the file's name as sent; folders in it are dropped.
        limits: what it may cost; those of the settings where None.
    """
    limits = limits or allowed()
    name = clean_name(name)
    if refused := _refused_at_once(data, name, limits):
        return refused
    said = run(parsing.grids, (data, name, limits.megabytes * _MB), name, limits)
    if isinstance(said, Refusal):
        return said
    answer = parsing.gridded(said)
    if answer.fault is None:
        return answer
    zh = _NO_TABLE if answer.fault is Fault.KIND else _ZH[answer.fault]
    return Refusal(
        name,
        answer.fault,
        f"“{name}”未能读取：{zh}。",
        f"{name} could not be read: {answer.reason}; {answer.remedy}.",
    )


def _refused_at_once(data: bytes, name: str, limits: Allowed) -> Refusal | None:
    if not name:
        return Refusal("", "name", "文件没有名称。请先命名。", "The file has no name. Name it first.")
    if not data:
        return _told(
            name, Parsed(None, (), Fault.EMPTY, "the file is empty", "check that it was copied whole")
        )
    if len(data) > limits.megabytes * _MB:
        return too_large(name, limits)
    return None


def too_large(name: str, limits: Allowed | None = None) -> Refusal:
    """The refusal of a file with more bytes than are taken, for those who know its size before its bytes."""
    most = (limits or allowed()).megabytes
    return Refusal(
        name,
        Fault.SIZE,
        f"“{name}”未能读取：超过{most} MB。请拆分，或只上传报告成效的部分。",
        f"{name} could not be read: more than {most} MB. Split it, or send only the part that reports results.",
    )


def run(work: Callable[..., bytes], given: tuple[Any, ...], name: str, limits: Allowed) -> bytes | Refusal:
    """What a function makes of a file in a process apart.

    Args:
        work: a function of a module that knows neither Django nor the ledger.
        given: its arguments.
        name: the file's name.
        limits: what it may cost.
    """
    try:
        future = _pool(limits).schedule(
            parsing.within, args=(limits.seconds, work, given), timeout=limits.seconds * _PATIENCE
        )
        answer: bytes = future.result()
        return answer
    except TookTooLong:
        return _too_long(name, limits)
    except ProcessExpired as e:
        return _ended(name, limits, e.exitcode)
    except Exception:  # a fault of ours: told, noted, and no reason to stop the files after it
        _LOG.exception("reading %s failed", name)
        return Refusal(
            name,
            "fault",
            f"“{name}”未能读取：程序内部错误。请将该文件交给管理员。",
            f"{name} could not be read: a fault in the program. Give the file to an administrator.",
        )


def _ended(name: str, limits: Allowed, code: int | None) -> Refusal:
    """What is told of a file whose process ended: by its limit of memory or time, or in a crash."""
    if _OUT_OF_TIME and code == -_OUT_OF_TIME:
        return _too_long(name, limits)
    most = limits.memory_megabytes
    if code == parsing.OUT_OF_MEMORY:
        return Refusal(
            name,
            "memory",
            f"“{name}”未能读取：需要超过{most} MB 内存。请拆分，或另存为 .txt 后再上传。",
            f"{name} could not be read: needs more than {most} MB of memory. Split it, or save it as .txt.",
        )
    _LOG.warning("reading %s ended with code %s", name, code)
    return Refusal(
        name,
        "crash",
        f"“{name}”未能读取：读取程序中途退出，文件可能已损坏，或需要超过{most} MB 内存。请另存后再上传。",
        f"{name} could not be read: its reader broke down; it is damaged, or needs more than {most} MB of memory. "
        "Save it anew and send that.",
    )


def _too_long(name: str, limits: Allowed) -> Refusal:
    most = limits.seconds
    return Refusal(
        name,
        "time",
        f"“{name}”未能读取：需要超过{most}秒。请拆分，或另存为 .txt 后再上传。",
        f"{name} could not be read: needs more than {most} s. Split it, or save it as .txt.",
    )


def _told(name: str, answer: Parsed) -> Refusal:
    assert answer.fault is not None
    return Refusal(
        name,
        answer.fault,
        f"“{name}”未能读取：{_ZH[answer.fault]}。",
        f"{name} could not be read: {answer.reason}; {answer.remedy}.",
    )


_pools: dict[tuple[int, int, int], ProcessPool] = {}
_lock = threading.Lock()


def _pool(limits: Allowed) -> ProcessPool:
    """The processes of this web process; made when the first file comes, never inherited over a fork."""
    key = (os.getpid(), limits.processes, limits.memory_megabytes)
    with _lock:
        pool = _pools.get(key)
        if pool is None or not pool.active:
            pool = _pools[key] = ProcessPool(
                max_workers=limits.processes,
                max_tasks=_TASKS,
                initializer=parsing.prepare,
                initargs=(limits.memory_megabytes * _MB,),
                context=multiprocessing.get_context("spawn"),
            )
        return pool


@atexit.register
def stop() -> None:
    """End the processes."""
    with _lock:
        for (pid, *_), pool in list(_pools.items()):
            if pid == os.getpid():
                pool.stop()  # type: ignore[no-untyped-call]
                pool.join()
        _pools.clear()
