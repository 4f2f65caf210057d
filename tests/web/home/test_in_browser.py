"""The first page in a real browser: pictures, their tables, no barriers; at both widths, in both themes and languages."""

from typing import Any

import pytest
from playwright.sync_api import expect

from shanhai.ledger.models import Pairing, Role

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide
from .test_home import filled, pairings

__all__ = ["filled", "pairings"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("viewport", "dark", "language"),
    [(DESK, False, "zh-CN"), (DESK, True, "en-GB"), (PHONE, False, "en-GB"), (PHONE, True, "zh-CN")],
)
def test_no_one_is_kept_out(
    filled: dict[str, Pairing], visit: Visit, viewport: Any, dark: bool, language: str
) -> None:
    page = visit("/", Role.OFFICE, viewport=viewport, dark=dark, language=language)
    expect(page.locator(".drawing[data-drawn=done]")).to_have_count(3)

    for table in page.locator(".as-table summary").all():
        table.click()
    expect(page.locator("#places table")).to_be_visible()
    assert barriers(page) == []
    assert not is_too_wide(page)


def test_pictures_and_their_tables_lead_on(filled: dict[str, Pairing], visit: Visit) -> None:
    page = visit("/", Role.OFFICE)
    expect(page.locator(".drawing[data-drawn=done]")).to_have_count(3)
    page.locator("#flows").scroll_into_view_if_needed()
    box = page.locator("#flows .drawing").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)
    expect(page.locator(".sources-list tbody tr")).to_have_count(1)
    assert "pairing=" in page.url

    page.go_back()
    expect(page.locator(".drawing[data-drawn=done]")).to_have_count(3)
    page.locator("#flows summary").click()
    page.locator("#flows").get_by_role("link", name="上海市援日喀则市").click()
    expect(page.get_by_text("上海援日喀则工作回顾")).to_be_visible()


def test_an_empty_ledger(db: None, visit: Visit) -> None:
    page = visit("/", Role.REPORTER, viewport=PHONE)

    assert barriers(page) == []
    page.get_by_role("link", name="上传第一份来源").click()
    expect(page.get_by_role("heading", name="上传来源")).to_be_visible()
