"""Pages in a real browser: how tests open them, and what they ask of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
Open = Callable[..., "Page"]


def focused(page: "Page") -> str:
    return str(page.evaluate("document.activeElement.id"))


def until(page: "Page", condition: str) -> None:
    """Wait for what the page's own policy lets only the driver ask."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    pytest.fail(condition)


def is_in_sight(found: "Locator") -> bool:
    return bool(
        found.evaluate(
            """e => { const b = e.getBoundingClientRect();
            const top = document.elementFromPoint((b.left + Math.min(b.right, innerWidth)) / 2, (b.top + b.bottom) / 2);
            return !!top && (e.contains(top) || top.contains(e)); }"""
        )
    )
