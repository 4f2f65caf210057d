"""Pages of the running application in a real browser: how tests open them, and what they ask of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
Visit = Callable[..., "Page"]
AXE = Path(__file__).parent / "vendor" / "axe.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def leads_on(page: "Page") -> Iterator[None]:
    """What is done within leads to another page; afterwards that page is there and its scripts have run.

    A click ends before the page it leads to has come: what is asked at once is asked of the page that goes.
    """
    with page.expect_navigation(wait_until="load"):
        yield


def settle(page: "Page") -> None:
    """Wait until the page's scripts have run and nothing that htmx asked for is on its way."""
    page.wait_for_load_state("load")
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")


def barriers(page: "Page", within: str = "document") -> list[str]:
    """What axe finds to keep someone out of the page, each with the elements; [] where nothing does."""
    settle(page)
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
    settle(page)
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
