"""Text of cells that no spreadsheet takes for a formula, and that every reader of the file can hold."""

import re
import unicodedata

_STARTS = frozenset("=+-@−")
_LINE_STARTS = ("\t", "\r", "\n")
_INVISIBLE = ("Cc", "Cf")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")
_DELETED = 0x7F


def is_like_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula: it begins with ``= + - @``, also in full or small width, be
    there blanks and invisible characters before it or not; or it begins with a tab or a line's end.
    """
    if text.startswith(_LINE_STARTS):
        return True
    begin = next((c for c in text if not (c.isspace() or unicodedata.category(c) in _INVISIBLE)), "")
    return bool(begin) and (begin in _STARTS or unicodedata.normalize("NFKC", begin) in _STARTS)


def harmless(text: str) -> str:
    """The text for CSV: an apostrophe stands before what is like a formula, as spreadsheets themselves write text.

    >>> harmless("=1+1"), harmless("33名")
    ("'=1+1", '33名')
    """
    return f"'{text}" if is_like_formula(text) else text


def storable(text: str) -> str:
    """The text with the signs for control characters in their place (␀), which XML cannot hold; tabs and line ends stay."""
    text = _CONTROLS.sub(
        lambda found: chr(0x2421 if ord(found[0]) == _DELETED else 0x2400 + ord(found[0])), text
    )
    return _NO_CHARACTERS.sub("\ufffd", text)
