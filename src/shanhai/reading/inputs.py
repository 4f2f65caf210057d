"""What the user named on the command line, turned into inputs one by one in a fixed order."""

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

import msgspec

from shanhai.model import EmptyInput, NotAccessible, TooLarge, UnreadableInput
from shanhai.reading.extracted import Limits
from shanhai.reading.kinds import BY_EXTENSION, extension

STANDARD_INPUT: Final = "-"
_LOCK: Final = "~$"
"""How the names of the files begin that Word and Excel keep beside an open document."""
_DEFAULT: Final = Limits()


class Input(msgspec.Struct, frozen=True):
    """One input that can be read.

    Attributes:
        name: the path as the user gave it, or as found below a folder; ``-`` for standard input.
        most: bytes that it may have.
        stream: where its bytes come from if not from the file ``name``.
    """

    name: str
    most: int
    stream: BinaryIO | None = None

    def load(self) -> bytes:
        """Its bytes.

        Raises:
            NotAccessible: it has gone, or may not be read.
            TooLarge: it has grown beyond the limit, or standard input holds more.
        """
        try:
            if self.stream is not None:
                data = self.stream.read(self.most + 1)
            else:
                with open(self.name, "rb") as file:
                    data = file.read(self.most + 1)
        except OSError as fault:
            raise _refused(self.name, fault) from fault
        if len(data) > self.most:
            raise _too_large(self.name, self.most)
        return data


def gather(
    patterns: Iterable[str], limits: Limits = _DEFAULT, standard_input: BinaryIO | None = None
) -> Iterator[Input | UnreadableInput]:
    """The inputs that ``patterns`` name, in their order; those of folders and globs in that of their names.

    A pattern is a file, a folder (searched with all folders below it for the kinds that are read), a glob
    (``**`` for any depth) or ``-`` for standard input. Hidden files in folders are passed over. What is
    named twice comes once. What cannot be read is yielded as the error that says why, so that the others
    still are.

    Args:
        patterns: as given on the command line.
        limits: files with more bytes are not opened.
        standard_input: what ``-`` stands for; by default the standard input of the process.
    """
    search = _Search(limits)
    piped = False
    for pattern in patterns:
        if pattern != STANDARD_INPUT:
            yield from search.named(pattern)
        elif not piped:
            piped = True
            yield Input(pattern, limits.bytes, standard_input or sys.stdin.buffer)


class _Search:
    """Follows names to files and remembers what it has met."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._met: set[tuple[int, int]] = set()

    def named(self, pattern: str) -> Iterator[Input | UnreadableInput]:
        """What one pattern names. A file whose name looks like a glob is taken before the glob."""
        paths = [pattern]
        if glob.has_magic(pattern) and not os.path.lexists(pattern):
            found = glob.glob(pattern, recursive=True)
            paths = sorted(path for path in found if not os.path.basename(path).startswith(_LOCK))
            if not paths:
                yield NotAccessible(
                    pattern, "no file matches this pattern", "check the pattern and the folder"
                )
        for path in paths:
            yield from self._path(path)

    def _path(self, path: str) -> Iterator[Input | UnreadableInput]:
        if not _decodable(path):
            yield _undecodable(path)
            return
        try:
            status = os.stat(path)
        except (OSError, ValueError) as fault:
            yield _refused(path, fault)
            return
        new = self._new(status)
        if stat.S_ISDIR(status.st_mode):
            if new:
                yield from self._folder(path)
        elif new:
            yield self._file(path, status)

    def _new(self, status: os.stat_result) -> bool:
        key = (status.st_dev, status.st_ino)
        new = key not in self._met
        self._met.add(key)
        return new

    def _file(self, path: str, status: os.stat_result) -> Input | UnreadableInput:
        if not stat.S_ISREG(status.st_mode):
            return NotAccessible(
                path, "a pipe or a device, not a file", "pipe its text in and give - as the name"
            )
        if status.st_size > self._limits.bytes:
            return _too_large(path, self._limits.bytes)
        if not os.access(path, os.R_OK):
            return _refused(path, PermissionError())
        return Input(path, self._limits.bytes)

    def _folder(self, top: str) -> Iterator[Input | UnreadableInput]:
        """The files of readable kinds in ``top`` and below, depth first in the order of their names."""
        waiting = [top]
        found = False
        while waiting:
            path = waiting.pop()
            if not _decodable(path):
                found = True
                yield _undecodable(path)
                continue
            try:
                status = os.stat(path)
                below = _entries(path) if stat.S_ISDIR(status.st_mode) else None
            except OSError as fault:
                found = True
                yield _refused(path, fault)
                continue
            if path != top and not self._new(status):
                found = True
            elif below is None:
                found = True
                yield self._file(path, status)
            else:
                waiting += reversed(below)
        if not found:
            endings = ", ".join(sorted(BY_EXTENSION))
            yield EmptyInput(top, "no file in this folder is of a kind that is read", f"such are {endings}")


def _entries(folder: str) -> list[str]:
    """The paths in ``folder`` that lead further: folders and files of readable kinds, none hidden."""
    with os.scandir(folder) as entries:
        return sorted(
            entry.path
            for entry in entries
            if not entry.name.startswith((".", _LOCK))
            and (extension(entry.name) in BY_EXTENSION or entry.is_dir())
        )


def _decodable(path: str) -> bool:
    """Whether a path is writing; bytes of names that are not come as lone surrogates."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _undecodable(path: str) -> NotAccessible:
    return NotAccessible(path, "its name is not written in UTF-8", "rename it")


def _too_large(name: str, most: int) -> TooLarge:
    return TooLarge(name, f"more than {most // 1024**2:,} MB", "give only the part that reports results")


def _refused(path: str, fault: OSError | ValueError) -> NotAccessible:
    """What the system's refusal to open ``path`` means to its reader."""
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return NotAccessible(path, "there is no such file", "check the name and the folder")
    if isinstance(fault, PermissionError):
        return NotAccessible(
            path, "no permission to read it", "ask its owner, or copy it to a folder of your own"
        )
    reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else "its name cannot be used"
    return NotAccessible(path, reason.lower(), "check the name, or copy it to another folder")
