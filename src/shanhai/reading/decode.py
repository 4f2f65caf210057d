"""Bytes to characters, whatever charset they are in and whatever charset they claim to be in."""

import codecs
import re
from typing import Final

import msgspec

from shanhai.reading.plausibility import plausibility

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SPELLINGS: Final = {"gb231280": "gb2312", "csgb2312": "gb2312", "unicode11utf8": "utf-8"}
_SUPERSETS: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}
_CHARSETS: Final = re.compile(
    r"utf-(8|16-[lb]e|32-[lb]e)|gb18030|big5hkscs|cp\d+|iso8859-\d+|koi8-\w|shift_jis\w*|euc_\w+|johab|mac-\w+"
)
_SAMPLE_BYTES: Final = 8_192
_DECLARED_BONUS: Final = 0.15
_UTF8_BONUS: Final = 0.5
_FIRST_BONUS: Final = 0.05
_NO_NUL_MALUS: Final = 0.6
_HOPELESS: Final = -0.15
_CERTAIN: Final = 0.5
_BINARY: Final = -0.2
_CONTROLS: Final = bytes((*range(9), *range(14, 27), *range(28, 32), 127))
_HIGH: Final = re.compile(rb"[\x80-\xff]")


class Decoded(msgspec.Struct, frozen=True):
    """A text and how it was obtained.

    Attributes:
        text: the characters; what could not be decoded stands as U+FFFD. Line ends are as in the bytes.
        encoding: Python's name of the charset.
        wrong_charset: whether the bytes are written in another charset than the declared one.
    """

    text: str
    encoding: str
    wrong_charset: bool = False


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode ``data``: by its mark, else as UTF-8, else by the charset in which it makes most sense.

    The declared charset is given the benefit of the doubt, no more: browsers and editors have taught people
    that a wrong one goes unnoticed. A text of ASCII alone never counts as wrongly declared.

    Args:
        data: the bytes as received.
        declared: the charset that the file, or who sent it, names; unknown names are passed over.
    """
    said = charset(declared)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = str(memoryview(data)[len(mark) :], encoding, "replace")
            return Decoded(text, encoding, _contradicts(said, encoding))
    if said in ("", "utf-8") and b"\0" not in data:
        try:
            return Decoded(str(data, "utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    sample = _sample(data)
    if not sample and b"\0" not in data:
        return Decoded(str(data, "ascii"), "utf-8")
    encoding, score = _most_plausible(data, sample, said)
    if score < _HOPELESS and len(sample) > 8:
        encoding = _guessed(sample) or encoding
    return Decoded(str(data, encoding, "replace"), encoding, _contradicts(said, encoding))


def charset(name: str) -> str:
    """Python's name of the charset called ``name``, widened to its superset as browsers do; "" if none.

    >>> charset("GB2312"), charset("x-gbk"), charset("latin1"), charset("base64")
    ('gb18030', 'gb18030', 'cp1252', '')
    """
    wanted = name.strip(" \t\r\n'\";,").lower().removeprefix("x-").removeprefix("x-")
    bare = re.sub(r"[^a-z0-9]", "", wanted)
    for spelled in (wanted, _SPELLINGS.get(bare, bare)):
        try:
            found = codecs.lookup(spelled).name
        except (LookupError, ValueError):
            continue
        found = _SUPERSETS.get(found, found)
        return found if _CHARSETS.fullmatch(found) else ""
    return ""


def _contradicts(said: str, encoding: str) -> bool:
    """Whether a declaration names another charset; it need not name the order of the bytes."""
    order = ("-le", "-be")
    return said not in ("", encoding) and not (said[:6] == encoding[:6] and said.endswith(order))


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a file are writing in some charset, rather than an image or a program."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls * 100 <= len(head):
        return True
    return _most_plausible(head, _sample(head), "")[1] > _BINARY


def _sample(data: bytes) -> bytes:
    """Enough bytes to tell charsets apart: the stretches of lines from their first byte above ASCII on."""
    parts: list[bytes] = []
    left = _SAMPLE_BYTES
    at = 0
    while left > 0 and (high := _HIGH.search(data, at)):
        end = data.find(b"\n", high.end())
        end = min(len(data) if end < 0 else end + 1, high.start() + left)
        parts.append(data[high.start() : end])
        left -= end - high.start()
        at = end
    return b"".join(parts)


def _most_plausible(data: bytes, sample: bytes, said: str) -> tuple[str, float]:
    """The charset in which ``data`` reads best, and how well."""
    scores: dict[str, float] = {}
    for encoding in filter(None, (said, "gb18030", "utf-8", "big5hkscs")):
        scores[encoding] = _score(sample, encoding)
        if scores[encoding] > _CERTAIN and len(sample) > 256:
            return encoding, scores[encoding]
    scores["gb18030"] += _FIRST_BONUS
    if said in scores and said != "cp1252":
        scores[said] += _DECLARED_BONUS
    head = data[: _SAMPLE_BYTES // 4 * 4]
    for encoding in ("utf-16-le", "utf-16-be"):
        scores[encoding] = _score(head, encoding) - (0.0 if b"\0" in head else _NO_NUL_MALUS)
    best = max(scores, key=lambda encoding: scores[encoding])
    return best, scores[best]


def _score(sample: bytes, encoding: str) -> float:
    text = str(sample, encoding, "replace")
    if len(sample) >= _SAMPLE_BYTES // 4 * 4:
        text = text.rstrip("\ufffd")  # the sample's last character may be cut
    clean_utf8 = encoding == "utf-8" and "\ufffd" not in text
    return plausibility(text) + (_UTF8_BONUS if clean_utf8 else 0.0)


def _guessed(sample: bytes) -> str:
    """What charset-normalizer makes of bytes that are no Chinese in any charset; "" if nothing."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    found = charset(best.encoding) if best else ""
    try:
        str(sample, found or "ascii")
    except UnicodeDecodeError:
        return ""
    return found
