"""An exchange file as bytes: a header, its lines, a signature; one line of JSON each.

The header holds the hash of the lines and is signed, so that no byte can be changed. A file is read whole or not at all.
"""

import datetime
import hashlib
import re
from typing import Any

import msgspec

from shanhai.ledger.errors import NotPossible
from shanhai.programme.exchange.keys import SigningKey, is_signed
from shanhai.programme.exchange.lines import (
    FORMAT,
    VERSION,
    Header,
    Holds,
    Line,
    Note,
    Place,
    Side,
    encoded,
    kind_of,
    name_of,
    sorted_lines,
)

MOST_BYTES = 32 * 1024 * 1024
"""A file of 50,000 lines has some 15 MB."""
_SIGNATURE = '{"line":"signature","signature":"%s"}'
_BEGIN = b'{"line":"header","format":"shanhai-exchange","version":'
_VERSION = re.compile(rb'\{"line":"header","format":"shanhai-exchange","version":(\d{1,6}),')
_REGISTER: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_NOTES: msgspec.json.Decoder[Note] = msgspec.json.Decoder(Note)
_HEADER: msgspec.json.Decoder[Header] = msgspec.json.Decoder(Header)


class BadFile(NotPossible):
    """A file that cannot be taken; nothing of it is kept."""


class Terms(msgspec.Struct, frozen=True):
    """What a file is told to be of.

    Attributes:
        side: who makes it.
        sending, receiving: the pairing's places.
        starts, ends: the period.
        office: who makes it, as an office.
        at: when.
        about: of notes, the comparison that they are about.
    """

    side: Side
    sending: Place
    receiving: Place
    starts: datetime.date
    ends: datetime.date
    office: str
    at: datetime.datetime
    about: str = ""


class ExchangeFile(msgspec.Struct, frozen=True):
    """A file that was read: its header, its lines, the hash of all its bytes."""

    header: Header
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    sha256: str


def written(terms: Terms, lines: list[Line] | list[Note], key: SigningKey) -> bytes:
    """The file of some lines, signed. The same lines, terms and key give the same bytes."""
    body = b"".join(encoded(line) + b"\n" for line in sorted_lines(lines))
    header = encoded(
        Header(
            format=FORMAT,
            version=VERSION,
            holds=Holds.NOTES if terms.about else Holds.REGISTER,
            side=terms.side,
            sending=terms.sending,
            receiving=terms.receiving,
            starts=terms.starts,
            ends=terms.ends,
            office=terms.office,
            at=terms.at.astimezone(datetime.UTC).replace(microsecond=0),
            public=key.public,
            lines=len(lines),
            content=hashlib.sha256(body).hexdigest(),
            about=terms.about,
        )
    )
    return header + b"\n" + body + (_SIGNATURE % key.sign(header)).encode() + b"\n"


def read(data: bytes) -> ExchangeFile:
    """What a file holds, if all of it is as it was signed. Whose key signed it is not judged here.

    Raises:
        BadFile: it is no exchange file, of another version, too large, cut off, or changed.
    """
    _require_whole(data)
    head, *body, last = data[:-1].split(b"\n")
    header = _decoded(_HEADER, head)
    if len(body) < header.lines:
        raise _cut_off()
    joined = b"".join(line + b"\n" for line in body)
    signed = is_signed(head, _signature_of(last), header.public)
    if not signed or len(body) != header.lines or hashlib.sha256(joined).hexdigest() != header.content:
        raise _changed()
    decoder: Any = _NOTES if header.holds is Holds.NOTES else _REGISTER
    lines = tuple(_decoded(decoder, line) for line in body)
    is_register = header.holds is Holds.REGISTER
    _require_numbers(lines if is_register else ())
    return ExchangeFile(
        header,
        lines if is_register else (),
        () if is_register else lines,
        hashlib.sha256(data).hexdigest(),
    )


def require_size(size: int) -> None:
    """Refuse a file by its size alone.

    Raises:
        BadFile: no file of a register is so large.
    """
    if size > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise BadFile(
            f"文件有{size / 1024 / 1024:.0f} MB，超过{most} MB，不会是一个时段的对账文件。请核对是否选错了文件，或请对方分时段导出。",
            f"The file has {size / 1024 / 1024:.0f} MB, more than {most} MB: no register of one period. Check that it "
            "is the right file, or ask the other side to export shorter periods.",
        )


def _require_whole(data: bytes) -> None:
    """Refuse what can be told without reading the lines."""
    require_size(len(data))
    found = _VERSION.match(data)
    if found is None:
        if data and _BEGIN.startswith(data[: len(_BEGIN)]):
            raise _cut_off()
        raise BadFile(
            "这不是山海的对账文件。请选择对方在“两方对账”页导出的文件（.jsonl），不要用表格软件打开后另存。",
            "This is no exchange file of Shanhai. Choose the file that the other side exported (.jsonl), and do not open "
            "and save it in between.",
        )
    if int(found[1]) != VERSION:
        raise BadFile(
            f"文件是第{int(found[1])}版格式，本系统读第{VERSION}版。请两方升级到同一版本的山海，再重新导出。",
            f"The file has format version {int(found[1])}, this ledger reads version {VERSION}. Bring both sides to the same "
            "version of Shanhai and export again.",
        )
    if not data.endswith(b'"}\n') or b'\n{"line":"signature","signature":"' not in data[-200:]:
        raise _cut_off()


def _require_numbers(lines: tuple[Line, ...]) -> None:
    """Refuse lines of one number: which of them is meant could not be told."""
    seen: set[tuple[str, str]] = set()
    for line in lines:
        named = (kind_of(line), name_of(line))
        if named in seen:
            raise BadFile(
                f"文件中编号“{line.key[:24]}”出现两次。请对方核对后重新导出。",
                f"The number “{line.key[:24]}” stands in the file twice. Ask the other side to check and export again.",
            )
        seen.add(named)


def _signature_of(last: bytes) -> str:
    try:
        found = str(msgspec.json.decode(last)["signature"])
    except (msgspec.DecodeError, KeyError, TypeError, UnicodeDecodeError):
        raise _changed() from None
    if (_SIGNATURE % found).encode() != last or found != found.lower():
        raise _changed()
    return found


def _decoded(decoder: Any, line: bytes) -> Any:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _changed() from None


def _cut_off() -> BadFile:
    return BadFile(
        "文件不完整，后面的部分丢了。请对方重新拷贝或重新导出一次。",
        "The file is cut off: its end is missing. Ask the other side to copy or export it again.",
    )


def _changed() -> BadFile:
    return BadFile(
        "文件内容与签名不符：导出之后被改动过，或在传递中损坏。请对方重新导出，原样传过来。",
        "The file does not match its signature: it was changed after it was made, or damaged on its way. Ask the other "
        "side to export it again and send it as it is.",
    )
