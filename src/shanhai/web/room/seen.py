"""What a form tells of the decisions that its reader saw: ``KEY:ID`` for each figure, the id empty where there was none."""

import re
from collections.abc import Iterable

from shanhai.ledger.errors import NotPossible

_TOLD = re.compile(r"([0-9a-f]{32}):(\d{0,18})")


def seen_in(told: Iterable[str]) -> dict[str, int | None]:
    """By a figure's key the decision that was seen on it.

    Raises:
        NotPossible: a value was not made by our own form.
    """
    found: dict[str, int | None] = {}
    for one in told:
        match = _TOLD.fullmatch(one)
        if match is None:
            raise NotPossible(
                "表单内容不完整。请刷新页面后重试。",
                "The form is incomplete. Load the page again, then try again.",
            )
        found[match[1]] = int(match[2]) if match[2] else None
    return found


def seen_of_one(told: Iterable[str], key: str) -> dict[str, int | None]:
    """The same for a form about one figure, which must be the one that the address names.

    Raises:
        NotPossible: it is about another, or about several.
    """
    found = seen_in(told)
    if list(found) != [key]:
        raise NotPossible(
            "表单与所选数字不符。请刷新页面后重试。",
            "The form is about another figure. Load the page again, then try again.",
        )
    return found
