"""Pages in a real browser: how tests open them, and what they ask of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ..conftest import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
Open = Callable[..., "Page"]


def focused(page: "Page") -> str:
    return str(page.evaluate("document.activeElement.id"))


def is_in_sight(found: "Locator") -> bool:
    return bool(
        found.evaluate(
            """e => { const b = e.getBoundingClientRect();
            const top = document.elementFromPoint((b.left + Math.min(b.right, innerWidth)) / 2, (b.top + b.bottom) / 2);
            return !!top && (e.contains(top) || top.contains(e)); }"""
        )
    )


def until(page: "Page", condition: str) -> None:
    """Wait for what the page's own policy lets only the driver ask."""
    _until(page, lambda: bool(page.evaluate(condition)), condition)


def comes_in_sight(found: "Locator") -> bool:
    """Whether it comes in sight: a touch is answered a moment later, and long pages scroll once more when drawn."""
    _until(found.page, lambda: is_in_sight(found), f"{found} in sight")
    return True


def _until(page: "Page", holds: Callable[[], bool], what: str) -> None:
    for _ in range(PATIENCE // 25):
        if holds():
            return
        page.wait_for_timeout(25)
    pytest.fail(what)
