"""The frame in a real browser: no barriers, no sideways scrolling, themes, languages, keys, pictures, notices."""

from typing import Any

import pytest
from playwright.sync_api import expect

from shanhai.ledger.models import Role

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide

PAPER = {"light": "rgb(251, 250, 246)", "dark": "rgb(16, 24, 26)"}
PAPER_NOW = "getComputedStyle(document.documentElement).backgroundColor"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("viewport", [DESK, PHONE])
@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("/accounts/sign-in", None),
        ("/", Role.REVIEWER),
        ("/accounts/password", Role.READER),
        ("/nowhere", Role.READER),
        ("/gallery", Role.ADMINISTRATOR),
    ],
)
def test_no_page_keeps_anyone_out(
    with_gallery: None, visit: Visit, viewport: Any, dark: bool, address: str, role: Role | None
) -> None:
    page = visit(address, role, viewport=viewport, dark=dark, but="404")
    if address == "/gallery":
        expect(page.locator(".drawing[data-drawn=done]")).to_have_count(2)

    assert barriers(page) == []
    assert not is_too_wide(page)


@pytest.mark.parametrize("viewport", [DESK, {"width": 1024, "height": 768}, PHONE])
def test_english_fits_as_well(with_gallery: None, visit: Visit, viewport: Any) -> None:
    page = visit("/gallery", Role.REVIEWER, viewport=viewport, language="en")

    assert not is_too_wide(page)
    expect(page.get_by_role("searchbox")).to_have_attribute("placeholder", "Search figures, places, sources")


def test_the_theme_is_switched_at_once_and_kept(visit: Visit) -> None:
    page = visit("/", Role.READER)
    assert page.evaluate(PAPER_NOW) == PAPER["light"]

    with page.expect_response("**/frame/theme"):
        page.get_by_role("button", name="深色").click()
    assert page.evaluate(PAPER_NOW) == PAPER["dark"]

    page.reload()
    assert page.evaluate(PAPER_NOW) == PAPER["dark"]
    expect(page.get_by_role("button", name="深色")).to_have_attribute("aria-pressed", "true")


def test_the_theme_is_the_systems_where_none_is_chosen(visit: Visit) -> None:
    assert visit("/accounts/sign-in", dark=True).evaluate(PAPER_NOW) == PAPER["dark"]


def test_the_language_is_the_browsers_wish_until_switched(visit: Visit) -> None:
    page = visit("/accounts/sign-in", language="en-GB")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    page.get_by_role("button", name="中文").click()

    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()


def test_signing_in_goes_back_to_what_was_asked_for(visit: Visit, account: Any) -> None:
    account(Role.READER)
    page = visit("/accounts/password")

    page.get_by_label("账号").fill("reader")
    page.get_by_label("密码").fill("not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")

    page.get_by_label("密码").fill("shan-hai-2024")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="更改密码")).to_be_visible()


def test_signing_out(visit: Visit) -> None:
    page = visit("/", Role.READER)

    page.locator(".account summary").click()
    page.get_by_role("button", name="退出").click()

    expect(page.get_by_role("heading", name="登录")).to_be_visible()


def test_keys(with_gallery: None, visit: Visit) -> None:
    page = visit("/gallery", Role.READER)
    # A picture that is left half drawn warns.
    expect(page.locator(".drawing[data-drawn=done]")).to_have_count(2)

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("下一处")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page.locator("#navigation [aria-current]")).to_have_text("首页")


def test_keys_rest_while_someone_writes(with_gallery: None, visit: Visit) -> None:
    page = visit("/gallery", Role.READER)

    page.get_by_label("年份").press("?")

    expect(page.get_by_role("dialog")).to_have_count(0)


def test_pictures_are_drawn_and_told_as_tables(with_gallery: None, visit: Visit) -> None:
    page = visit("/gallery", Role.READER)
    expect(page.locator(".drawing[data-drawn=done]")).to_have_count(2)

    page.locator("#bars summary").click()
    assert page.locator("#bars table tbody tr").all_inner_texts() == [
        "2021\t12\t7",
        "2022\t18\t9",
        "2023\t25\t16",
    ]
    page.locator("#flow summary").click()
    assert page.locator("#flow thead").inner_text().split() == ["派出", "受援", "条"]

    page.locator("#bars canvas").first.hover(position={"x": 150, "y": 150})  # a tooltip asks for no style
    light = page.locator("#bars canvas").first.screenshot()
    page.get_by_role("button", name="深色").click()
    assert page.locator("#bars canvas").first.screenshot() != light


def test_pictures_follow_the_width(with_gallery: None, visit: Visit) -> None:
    page = visit("/gallery", Role.READER)
    expect(page.locator(".drawing[data-drawn=done]")).to_have_count(2)

    page.set_viewport_size(PHONE)

    for name in ("bars", "flow"):
        page.wait_for_function(
            f"document.querySelector('#{name} canvas').clientWidth <= 390 && "
            f"document.querySelector('#{name} canvas').clientWidth === document.querySelector('#{name} .drawing').clientWidth"
        )


def test_a_refusal_of_htmx_is_a_notice(with_gallery: None, visit: Visit) -> None:
    page = visit("/gallery", Role.READER, but="409")
    expect(page.locator(".drawing[data-drawn=done]")).to_have_count(2)

    page.locator("#ask").click()

    expect(page.get_by_role("alert")).to_contain_text("他人已采纳。")
    expect(page.get_by_role("heading", name="全部构件")).to_be_visible()
    page.get_by_role("alert").get_by_role("button").click()
    expect(page.get_by_role("alert")).to_have_count(0)
