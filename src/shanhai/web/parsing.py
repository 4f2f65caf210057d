"""Reading in a process of its own: what runs there. It knows neither Django nor the ledger, and holds no secret.

``web.apart`` starts it; both sides speak JSON, so that nothing that a hostile file brings about is taken for code.
"""

import math
import os
import re
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Final

import msgspec

from shanhai.claims.find import find_claims
from shanhai.model import Claim, Report, UnreadableInput
from shanhai.reading.extracted import Limits
from shanhai.reading.grids import Grid, read_grids
from shanhai.reading.kinds import FileKind, kind_of
from shanhai.reading.read import read

OUT_OF_MEMORY: Final = 71
"""The exit code of a process that reached its limit of memory: it ends at once, and a fresh one takes its place."""
_KEPT: Final = ("SHANHAI_CATALOGUE", "PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "SYSTEMROOT")
_WARM: Final = "某县投入资金100万元，受益群众200人。".encode()


class Fault(StrEnum):
    """Why a file is not read."""

    KIND = "kind"
    SIZE = "size"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"
    BROKEN = "broken"
    DEEP = "deep"


class Parsed(msgspec.Struct, frozen=True):
    """What the process says: a report with its claims, or why there is none."""

    report: Report | None = None
    claims: tuple[Claim, ...] = ()
    fault: Fault | None = None
    reason: str = ""
    remedy: str = ""


class Gridded(msgspec.Struct, frozen=True):
    """What the process says of a table: its sheets cell by cell, or why there are none."""

    grids: tuple[Grid, ...] = ()
    fault: Fault | None = None
    reason: str = ""
    remedy: str = ""


_DRAWING = re.compile(rb"(?i)(?:\xef\xbb\xbf)?(?>\s+|<!--.*?-->|<[?!][^>]*>)*+<svg[\s>]", re.DOTALL)
"""How a drawing begins; to the reader one without a declaration is a text like another."""
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(Parsed)
_GRIDDED = msgspec.json.Decoder(Gridded)
_FAULTS: Final = {
    "EmptyInput": Fault.EMPTY,
    "TooLarge": Fault.SIZE,
    "UnknownFormat": Fault.KIND,
    "EncryptedInput": Fault.ENCRYPTED,
    "NoTextLayer": Fault.NO_TEXT,
}


def prepare(memory: int) -> None:
    """Limit the process, then load what reading needs, so that no file pays for it."""
    for name in set(os.environ) - set(_KEPT):
        del os.environ[name]
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":  # elsewhere the limit is not kept, or counts something else
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    find_claims(read(_WARM, name="-"))


def parse(data: bytes, name: str, kinds: Sequence[str], most: int) -> bytes:
    """What reading makes of a file, as JSON (``Parsed``).

    Args:
        data, name: the file.
        kinds: the kinds that are taken.
        most: bytes that a file may have.
    """
    return _ENCODER.encode(_parsed(data, name, kinds, most))


def within(seconds: float, work: Callable[..., bytes], given: tuple[Any, ...]) -> bytes:
    """What a function makes of a file, within so many seconds of the processor's time and the process's memory."""
    limit_time(seconds)
    try:
        return work(*given)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def parsed(answer: bytes) -> Parsed:
    """The answer of the process."""
    return _DECODER.decode(answer)


def grids(data: bytes, name: str, most: int) -> bytes:
    """The sheets of a table, cell by cell, as JSON (``Gridded``); the arguments are those of ``parse``."""
    return _ENCODER.encode(_gridded(data, name, most))


def gridded(answer: bytes) -> Gridded:
    """The answer of the process."""
    return _GRIDDED.decode(answer)


def _gridded(data: bytes, name: str, most: int) -> Gridded:
    try:
        return Gridded(tuple(read_grids(data, name, Limits(bytes=most))))
    except UnreadableInput as e:
        fault = _FAULTS.get(type(e).__name__, Fault.BROKEN)
        return Gridded(fault=fault, reason=e.reason, remedy=_text(e.remedy))
    except RecursionError:
        return Gridded(fault=Fault.DEEP, reason="nested too deeply", remedy="save the table as .csv")


def _parsed(data: bytes, name: str, kinds: Sequence[str], most: int) -> Parsed:
    try:
        if _DRAWING.match(data):
            return Parsed(fault=Fault.KIND, reason="a picture (.svg)", remedy=_taken(kinds))
        kind = kind_of(data, name)
        if kind not in kinds:
            return Parsed(fault=Fault.KIND, reason=f"a file of kind {kind}", remedy=_taken(kinds))
        report = read(data, name=name, limits=Limits(bytes=most))
        return Parsed(report, tuple(find_claims(report)))
    except UnreadableInput as e:
        return Parsed(
            fault=_FAULTS.get(type(e).__name__, Fault.BROKEN), reason=e.reason, remedy=_text(e.remedy)
        )
    except RecursionError:
        return Parsed(fault=Fault.DEEP, reason="nested too deeply", remedy="save its text as .docx or .txt")


def _taken(kinds: Sequence[str]) -> str:
    return f"give one of {', '.join(sorted(FileKind(kind).value for kind in kinds))}"


def _text(remedy: str) -> str:
    return remedy.replace("raise the limit", "ask an administrator to raise the limit")


def limit_time(seconds: float) -> None:
    """Allow so many seconds more than the process has used so far."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
