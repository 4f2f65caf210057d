"""Characters that cannot be seen: they forge what others read, and PostgreSQL refuses one of them."""

import unicodedata

_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Controls, directions, surrogates, private signs, separators of lines (Unicode's general categories)."""


def is_unseen(character: str) -> bool:
    """Whether a character cannot be seen; a blank can."""
    return unicodedata.category(character) in _CATEGORIES


def without_unseen(text: str) -> str:
    """A name or an address of others, without them.

    >>> without_unseen("简报\\u202excod.docx")
    '简报xcod.docx'
    """
    return "".join(c for c in text if not is_unseen(c))
