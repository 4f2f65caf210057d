"""The search in a real browser: by keyboard, on a phone, in both colour schemes and languages."""

from typing import Any

import pytest
from playwright.sync_api import expect

from shanhai.ledger.models import Pairing, Role

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on

Pairings = dict[str, Pairing]


@pytest.mark.parametrize(("dark", "language"), [(False, "zh-CN"), (True, "en-GB")])
@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_no_page_keeps_anyone_out(
    pairings: Pairings, visit: Visit, viewport: Any, dark: bool, language: str
) -> None:
    page = visit("/find/", Role.READER, viewport=viewport, dark=dark, language=language)

    for address in ("/find/", "/find/?q=昌都", "/find/?q=企业&kind=indicators", "/find/?q=南极"):
        page.goto(page.url.split("/find/")[0] + address)
        assert barriers(page) == [], address
        assert not is_too_wide(page), address


def test_a_figure_is_found_by_keyboard_alone(pairings: Pairings, visit: Visit) -> None:
    page = visit("/findings/", Role.READER)

    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="检索")).to_be_focused()
    page.keyboard.type("昌都 企业")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("检索“昌都 企业”")
    expect(page.locator("mark.hit").first).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("[data-found].current a").first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("[data-found]").first).to_have_class("current")

    with leads_on(page):
        page.get_by_role("link", name="报告", exact=True).click()
    assert "kind=reports" in page.url
    assert page.get_by_role("searchbox", name="检索").input_value() == "昌都 企业"
