"""What holds a script, in a real browser: nothing runs, not even when a page's own scripts draw it."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.contrib.auth.models import User

from shanhai.ledger.models import Role, Source

from ..browsing import Visit, settle
from .forms import walked
from .test_scripts import spoil

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST = 30
WIDEST = 3
"""So many places of a chart are pointed at, to have its hints drawn."""


def test_nothing_runs_in_a_browser(ledger: None, account: Callable[..., User], visit: Visit) -> None:
    user = account(Role.ADMINISTRATOR)
    client = spoil(user)
    sha256 = Source.objects.get(name__contains="img").sha256
    begin = ["/", f"/room/{sha256}/", "/findings/", "/facts/", "/find/?q=img"]
    paths = [path for path, _, _ in walked(client, begin, MOST)]
    ran: list[str] = []
    page = visit("/", user=user)
    page.on("dialog", lambda dialog: (ran.append(page.url), dialog.dismiss()))

    for path in paths:
        page.goto(urljoin(page.url, path))
        settle(page)
        point_at_charts(page)

    assert ran == []
    assert len(paths) > len(begin)


def point_at_charts(page: "Page") -> None:
    """Have the hints of each chart drawn."""
    for canvas in page.locator("canvas").all():
        box = canvas.bounding_box()
        for n in range(1, WIDEST + 1):
            if box:
                page.mouse.move(box["x"] + box["width"] * n / (WIDEST + 1), box["y"] + box["height"] / 2)
