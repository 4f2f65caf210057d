"""Pages of the running application in a real browser: how tests open them, and what they ask of them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
Visit = Callable[..., "Page"]
AXE = Path(__file__).parent / "vendor" / "axe.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page: "Page", within: str = "document") -> list[str]:
    """What axe finds to keep someone out of the page, each with the elements; [] where nothing does."""
    page.wait_for_load_state("load")
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate(
        f"tags => axe.run({within}, {{runOnly: {{type: 'tag', values: tags}}}})", WCAG
    )
    return [
        f"{fault['id']}: {fault['help']}: {node['target']} {node.get('failureSummary', '')}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def is_too_wide(page: "Page") -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
