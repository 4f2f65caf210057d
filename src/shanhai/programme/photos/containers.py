"""The parts of picture files. What is kept is named; everything else, where and by whom a photo was taken, goes.

The compressed pixels are copied as they are: nothing is compressed again. Formats: JPEG (ITU-T T.81, JFIF, ICC.1 annex
B.4), PNG (W3C PNG 3), WebP (RFC 9649).
"""

import zlib
from typing import Final


class Broken(Exception):
    """The file is not built as its format tells."""


_ICC: Final = b"ICC_PROFILE\0"
_EXIF: Final = b"Exif\0\0"
_PNG_SIGN: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD",
     b"pHYs", b"sPLT", b"hIST")
)  # fmt: skip
_WEBP_KEPT: Final = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"))
_WEBP_EXIF, _WEBP_XMP, _WEBP_ANIMATION = 0x08, 0x04, 0x02


def jpeg(data: bytes, exif: bytes) -> bytes:
    """A JPEG file with its pixels, colour profile and the EXIF that is given; what follows its end is left out."""
    parts = [data[:2]]
    if exif:
        body = _EXIF + exif.removeprefix(_EXIF)
        parts.append(b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body)
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 4 > len(data) or data[at] != 0xFF:
            raise Broken
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xD9 or length < 2 or at + 2 + length > len(data):
            raise Broken
        part = data[at : at + 2 + length]
        at += 2 + length
        if _is_kept(marker, part[4:]):
            parts.append(part)
        if marker == 0xDA:
            end = _end_of_scan(data, at)
            parts.append(data[at:end])
            at = end
            if data[at : at + 2] == b"\xff\xd9":
                return b"".join((*parts, b"\xff\xd9"))


def _is_kept(marker: int, body: bytes) -> bool:
    if marker == 0xE0:
        return body.startswith(b"JFIF\0")
    if marker == 0xE2:
        return body.startswith(_ICC)
    if marker == 0xEE:
        return body.startswith(b"Adobe")
    return not (0xE1 <= marker <= 0xEF or marker == 0xFE)


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands after the compressed pixels that begin here."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Broken
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def png(data: bytes) -> bytes:
    """A PNG file with the chunks that its pixels and colours need."""
    if not data.startswith(_PNG_SIGN):
        raise Broken
    parts, at = [_PNG_SIGN], len(_PNG_SIGN)
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            raise Broken
        if kind in _PNG_KEPT:
            parts.append(data[at:end])
        if kind == b"IEND":
            return b"".join(parts)
        at = end
    raise Broken


def webp(data: bytes) -> bytes:
    """A WebP file with the chunks that its pixels and colours need; of a moving one nothing is taken."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Broken
    parts, at, last = [], 12, 8 + int.from_bytes(data[4:8], "little")
    if last > len(data):
        raise Broken
    while at + 8 <= last:
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        if end > last:
            raise Broken
        chunk = bytearray(data[at:end])
        if kind == b"VP8X":
            if length < 10 or chunk[8] & _WEBP_ANIMATION:
                raise Broken
            chunk[8] &= ~(_WEBP_EXIF | _WEBP_XMP) & 0xFF
        if kind in _WEBP_KEPT:
            parts.append(bytes(chunk))
        at = end
    if not parts:
        raise Broken
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
