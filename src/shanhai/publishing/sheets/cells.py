"""Text of cells that no spreadsheet takes for a formula, and that every reader of the file can hold."""

import re

from shanhai.reading.formulas import harmless, is_like_formula

__all__ = ["harmless", "is_like_formula", "storable"]

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")
_DELETED = 0x7F


def storable(text: str) -> str:
    """The text with the signs for control characters in their place (␀), which XML cannot hold; tabs and line ends stay."""
    text = _CONTROLS.sub(
        lambda found: chr(0x2421 if ord(found[0]) == _DELETED else 0x2400 + ord(found[0])), text
    )
    return _NO_CHARACTERS.sub("\ufffd", text)
