"""A look at how far a PDF's compressed streams swell, before a library that does not ask unpacks them."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from shanhai.model import TooLarge
from shanhai.reading.extracted import Limits

LARGEST_STREAM: Final = 32 * 1024 * 1024
"""Bytes of one stream; a page of dense text has 100,000, a whole embedded Chinese font 20 million."""
_STREAM: Final = re.compile(rb"stream\r?\n")
_DEFLATED: Final = re.compile(rb"/(FlateDecode|Fl)\b")
_PICTURE: Final = re.compile(rb"/Subtype\s*/Image\b")
_DICTIONARY: Final = 2_048
_STEP: Final = 65_536
_REMEDY: Final = "print the pages that matter to a new PDF"


def check_streams(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a PDF whose text cannot be unpacked within the limits; pictures stay packed and do not count.

    Raises:
        TooLarge: a stream or all of them together swell beyond the limits, or one is packed twice over.
    """
    total = 0
    for found in _STREAM.finditer(data):
        before = data[max(0, found.start() - _DICTIONARY) : found.start()]
        dictionary = before[before.rfind(b" obj") + 1 :]
        packed = len(_DEFLATED.findall(dictionary))
        if not packed or _PICTURE.search(dictionary):
            continue
        if packed > 1:
            raise TooLarge(name, "a part of it is packed twice over", _REMEDY)
        size = 0
        for piece in _inflated(data, found.end()):
            size += piece
            total += piece
            if size > LARGEST_STREAM or total > limits.unpacked_bytes:
                most = min(LARGEST_STREAM, limits.unpacked_bytes)
                raise TooLarge(name, f"a part of it unpacks to more than {most:,} bytes", _REMEDY)


def _inflated(data: bytes, start: int) -> Iterator[int]:
    """The sizes of the pieces in which the stream at ``start`` inflates; stops at damage, as readers do."""
    unpack = zlib.decompressobj()
    with memoryview(data) as view:
        for at in range(start, len(data), _STEP):
            piece: bytes | memoryview = view[at : at + _STEP]
            while len(piece) and not unpack.eof:
                try:
                    yield len(unpack.decompress(piece, 1 << 20))
                except zlib.error:
                    return
                piece = unpack.unconsumed_tail
            if unpack.eof:
                return
