"""Pages that are files, in a browser: nothing is asked for but the file itself, and nothing goes wrong."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ..conftest import PATIENCE
from .browsing import DESK, Open

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture
def open_page(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Opens a page from its text; afterwards only the file was asked for, and nothing went wrong ``but`` this."""
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    wrong: list[str] = []
    file = tmp_path / "page.html"

    def open_page(text: Iterable[str], at: str = "", *, but: str = "\n", **context: Any) -> "Page":
        file.write_text("".join(text), "utf-8", newline="")
        contexts.append(browser.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **context}))
        contexts[-1].set_default_timeout(PATIENCE)
        page = contexts[-1].new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: wrong.append(message.text) if but not in message.text else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.goto(file.as_uri() + at)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert {url.split("#")[0] for url in asked} == {file.as_uri()}
    assert not wrong
