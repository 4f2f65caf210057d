"""Words of the register in the reader's language."""

from django.utils.translation import get_language

from shanhai.programme.exchange.lines import Side
from shanhai.programme.exchange.wording import SIDES
from shanhai.programme.kinds.terms import MATTER

_STATE = MATTER.field("state").value


def both(words: tuple[str, str]) -> str:
    """One of two words: the Chinese, or the English."""
    return words[1] if _is_english() else words[0]


def side(value: str) -> str:
    """A side."""
    return both(SIDES[Side(value)])


def state(value: str) -> str:
    """The state of a matter."""
    return _STATE.shown(value, english=_is_english())


def _is_english() -> bool:
    return not (get_language() or "zh").startswith("zh")
