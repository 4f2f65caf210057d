"""The findings in a real browser: by keyboard, on a phone, in both colour schemes and languages."""

from typing import Any

import pytest
from playwright.sync_api import expect

from shanhai.ledger.models import Finding, FindingWork, Pairing, Role

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on
from .made import wrong

Pairings = dict[str, Pairing]


@pytest.mark.parametrize(("dark", "language"), [(False, "zh-CN"), (True, "en-GB")])
@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_no_page_keeps_anyone_out(
    pairings: Pairings, visit: Visit, viewport: Any, dark: bool, language: str
) -> None:
    page = visit("/findings/", Role.OFFICE, viewport=viewport, dark=dark, language=language)

    for address in ("/findings/", f"/findings/{wrong().key}/", "/findings/promises/", "/findings/?q=x"):
        page.goto(page.url.split("/findings/")[0] + address)
        assert barriers(page) == [], address
        assert not is_too_wide(page), address


def test_a_finding_is_settled_and_opened_again_by_keyboard(pairings: Pairings, visit: Visit) -> None:
    page = visit("/findings/", Role.OFFICE)
    whole = Finding.objects.count()
    first, second = wrong("one"), wrong("two")
    expect(page.locator("tr[data-row]")).to_have_count(whole)

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tr.current")).to_have_id(f"f-{first.key}")
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog", name="标为已解决")
    expect(dialog).to_contain_text("15 + 12")
    page.keyboard.type("已向青山县核实")
    dialog.get_by_role("button", name="标为已解决").click()

    expect(page.locator("tr[data-row]")).to_have_count(whole - 1)
    expect(page.locator("tr.current")).to_have_id(f"f-{second.key}")  # the one after it
    expect(page.locator("#notices")).to_contain_text("已标为解决")
    assert FindingWork.objects.get().because == "已向青山县核实"

    with leads_on(page):
        page.get_by_label("处理情况").select_option("settled")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    assert "work=settled" in page.url
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("15 + 12")
    page.get_by_label("为何重新打开").fill("数字仍然不对")
    page.get_by_role("button", name="重新打开").click()
    expect(page.get_by_role("button", name="标为已解决")).to_be_visible()
    assert not FindingWork.objects.get().settled
    page.keyboard.press("u")
    expect(page.locator("tr[data-row]")).to_have_count(whole)


def test_a_finding_is_assigned_by_keyboard_and_found_under_mine(pairings: Pairings, visit: Visit) -> None:
    page = visit("/findings/?severity=error", Role.OFFICE)

    page.keyboard.press("j")
    page.keyboard.press("a")
    page.get_by_role("dialog", name="分派").get_by_label("负责人").select_option("office")
    page.get_by_role("dialog", name="分派").get_by_role("button", name="分派").click()
    expect(page.locator("tr.current")).to_contain_text("office")

    with leads_on(page):
        page.get_by_label("负责人").first.select_option(label="我")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    assert "severity=error" in page.url


def test_from_a_finding_its_sentence_is_one_step_away(pairings: Pairings, visit: Visit) -> None:
    page = visit(f"/findings/{wrong().key}/", Role.READER)

    links = [link.get_attribute("href") for link in page.locator("a.cited").all()]

    assert len(links) == 3
    assert all(str(link).startswith("/room/") and "#s-" in str(link) for link in links)
