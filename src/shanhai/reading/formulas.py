"""Text that a spreadsheet takes for a formula, and how it is written so that it stays text."""

import unicodedata

_STARTS = frozenset("=+-@−")
_LINE_STARTS = ("\t", "\r", "\n")
_INVISIBLE = ("Cc", "Cf")


def is_like_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula: it begins with ``= + - @``, also in full or small width, be
    there blanks and invisible characters before it or not; or it begins with a tab or a line's end.
    """
    if text.startswith(_LINE_STARTS):
        return True
    begin = next((c for c in text if not (c.isspace() or unicodedata.category(c) in _INVISIBLE)), "")
    return bool(begin) and (begin in _STARTS or unicodedata.normalize("NFKC", begin) in _STARTS)


def harmless(text: str) -> str:
    """The text for CSV: an apostrophe stands before what is like a formula, as spreadsheets themselves write text, and
    before what already looks as if one had been set; so that ``meant`` gives every text back.

    >>> harmless("=1+1"), harmless("33名"), harmless("'=1")
    ("'=1+1", '33名', "''=1")
    """
    return f"'{text}" if is_like_formula(text.lstrip("'")) else text


def meant(text: str) -> str:
    """The text that ``harmless`` was given.

    >>> meant("'=1+1"), meant("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and is_like_formula(text.lstrip("'")) else text
