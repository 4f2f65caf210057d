"""Zip archives from strangers: what a document's package may cost is settled before anything is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from shanhai.model import BrokenInput, EncryptedInput, TooLarge
from shanhai.reading.extracted import Limits

MOST_ENTRIES: Final = 10_000
"""Entries that one package may have; documents have tens, rarely hundreds."""
_CENTRAL: Final = b"PK\x01\x02"
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK: Final = 1 << 22
_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class Archive:
    """The package of one document, read entry by entry and never written to disk.

    Every byte that is unpacked counts against ``limits.unpacked_bytes``, whatever the archive says of itself.

    Args:
        data: the zip file.
        name: the input's name, for messages.
        limits: what it may cost.

    Raises:
        BrokenInput: the archive's directory cannot be read.
        TooLarge: it declares too many entries or too many bytes.
        EncryptedInput: an entry is locked with a password.
    """

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self._unpacked = 0
        if data.count(_CENTRAL) > MOST_ENTRIES:
            raise self._too_large(f"more than {MOST_ENTRIES:,} files packed inside")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS as fault:
            raise self.broken("the packed file is cut short or damaged") from fault
        entries = self._zip.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise EncryptedInput(name, "protected by a password", "save a copy without the password")
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise self._too_large(f"unpacks to more than {limits.unpacked_bytes:,} bytes")
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, entry: str) -> bytes:
        """The whole of ``entry``; raises as ``stream`` does."""
        return b"".join(self.stream(entry))

    def stream(self, entry: str) -> Iterator[bytes]:
        """The bytes of ``entry`` piece by piece.

        Raises:
            BrokenInput: it is missing, damaged or packed in a way that documents never are.
            TooLarge: the bytes unpacked so far exceed the limit.
        """
        for piece in self._pieces(entry):
            self._unpacked += len(piece)
            if self._unpacked > self.limits.unpacked_bytes:
                raise self._too_large(f"unpacks to more than {self.limits.unpacked_bytes:,} bytes")
            yield piece

    def count(self, entry: str, sought: bytes) -> int:
        """About how often ``sought`` stands in ``entry``: a quick look before an expensive reading."""
        return sum(piece.count(sought) for piece in self._pieces(entry))

    def size(self, entry: str) -> int:
        """How many bytes ``entry`` says that it unpacks to; 0 if it is missing."""
        return self._zip.getinfo(entry).file_size if entry in self.names else 0

    def _pieces(self, entry: str) -> Iterator[bytes]:
        try:
            if self._zip.getinfo(entry).compress_type not in _METHODS:
                raise self.broken(f"{entry} is packed in a way that documents never are")
            with self._zip.open(entry) as opened:
                while piece := opened.read(_CHUNK):
                    yield piece
        except KeyError as fault:
            raise self.broken(f"{entry} is missing from the packed file") from fault
        except _FAULTS as fault:
            raise self.broken(f"{entry} is damaged") from fault

    def broken(self, reason: str) -> BrokenInput:
        """The error for a package of which a part is not what it must be."""
        return BrokenInput(self.name, reason, "open it in the program that made it and save it again")

    def _too_large(self, reason: str) -> TooLarge:
        return TooLarge(self.name, reason, "leave out the pictures or save it in several parts")
