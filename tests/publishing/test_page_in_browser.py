"""The results page in a real browser: the keyboard, the pointer, the phone, and no request but the file itself."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from shanhai.model import Approx, Bounds, Claim, Report, Role, Status
from shanhai.publishing.page import write_page

from .browsing import PHONE, Open, comes_in_sight, focused, is_in_sight, until
from .building import briefs, claim, report

if TYPE_CHECKING:
    from playwright.sync_api import Page

LONG_WORD = "援藏" + "a" * 300


@pytest.fixture
def show(open_page: Open) -> Open:
    """Opens a page of reports."""
    return lambda read, at="", **more: open_page(write_page(read), at, **more)


def two_reports() -> list[tuple[Report, list[Claim]]]:
    brief = report(
        (Role.TITLE, "重庆市援藏工作队年度回眸"),
        (Role.FURNITURE, "首页 > 新闻", "breadcrumb"),
        "投入援藏资金2.71{億|亿}元，选派干部110余名。" + "高原上的工作仍在继续。" * 60,
        (Role.TABLE, f"项目\t金额\t{'备注' * 20}\t单位\t地点"),
        (Role.TABLE, f"卫生院\t300万元\t{LONG_WORD}\t昌都市人民医院\t昌都"),
        (Role.SPAM, "彩票 99倍", "foreign words"),
        *("高原上的工作仍在继续。" * 20 for _ in range(10)),
        f"培训1.6{{萬|万}}{{(wàn)|}}人，{LONG_WORD}，海拔4500米。",
        title="重庆市援藏工作队年度回眸",
        publisher="西藏日报" * 20,
    )
    claims = [
        claim(
            brief, "2.71億元", 271_000_000, unit="元", area="funds", measure="援藏资金", status=Status.DONE
        ),
        claim(
            brief,
            "110余名",
            110,
            unit="名",
            area="people",
            approx=Approx.OVER,
            bounds=Bounds(110, 120, False, False),
        ),
        claim(brief, "300万元", 3_000_000, unit="元", area="health", status=Status.DONE),
        claim(brief, "99倍", 99, unit="倍", area="other"),
        claim(
            brief,
            "1.6萬(wàn)人",
            16_000,
            unit="人",
            area="training",
            status=Status.EXPECTED,
            measure=LONG_WORD,
        ),
        claim(brief, "4500米", 4500, unit="米", minor=True),
    ]
    return [(brief, claims), *((r, list(c)) for r, c in briefs(1))]


def text(n: int, doc: str = "brief") -> str:
    return f'[id="{doc}/text-{n}"]'


def item(n: int, doc: str = "brief") -> str:
    return f'[id="{doc}/claim-{n}"]'


def current(page: "Page") -> list[str]:
    return list(page.eval_on_selector_all("li.current a, mark.current a", "found => found.map(e => e.id)"))


def items_left(page: "Page") -> list[str]:
    return list(
        page.eval_on_selector_all(
            ".report.current .list li:not([hidden]) a", "found => found.map(e => e.dataset.n)"
        )
    )


def test_the_keyboard_goes_through_the_claims_and_jumps_both_ways(show: Open) -> None:
    page = show(two_reports())
    page.keyboard.press("j")
    assert focused(page) == "brief/text-1"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "brief/text-2"
    page.keyboard.press("Enter")
    assert focused(page) == "brief/claim-2"
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page) == "brief/claim-5"
    assert is_in_sight(page.locator(text(5)))
    assert is_in_sight(page.locator(item(5)))
    page.keyboard.press("Enter")
    assert focused(page) == "brief/text-5"
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert focused(page) == "brief/text-3"
    assert set(current(page)) == {"brief/text-3", "brief/claim-3"}
    expect(page).to_have_url(re.compile("#brief/claim-3$"))


def test_the_card_shows_on_focus_and_escape_closes_it(show: Open) -> None:
    page = show(two_reports())
    for _ in range(5):
        page.keyboard.press("j")
    card = page.locator("#card")
    assert card.is_visible()
    told = card.inner_text()
    for part in ("1.6萬(wàn)人", "1.6万人", "16,000 人", "预期", "文中未说"):
        assert part in told
    assert page.locator(text(5)).get_attribute("aria-describedby") == "card"
    page.keyboard.press("Escape")
    assert not card.is_visible()
    assert focused(page) == "brief/text-5"


def test_the_card_shows_on_hover_stays_under_the_pointer_and_goes(show: Open) -> None:
    page = show(two_reports())
    card = page.locator("#card")
    page.clock.install()
    for place in (text(2), item(2)):
        page.hover(place)
        card.wait_for(state="visible")
        assert "(110," in card.inner_text()
        page.hover("#card .sentence")
        page.clock.run_for(400)
        assert card.is_visible()
        page.hover("h1")
        card.wait_for(state="hidden")


def test_a_click_on_either_side_leads_to_the_other(show: Open) -> None:
    page = show(two_reports())
    page.click(item(5))
    assert focused(page) == "brief/text-5"
    assert is_in_sight(page.locator(text(5)))
    page.click(text(5))
    assert focused(page) == "brief/claim-5"


def test_a_jump_into_what_is_set_apart_shows_it(show: Open) -> None:
    page = show(two_reports())
    assert not page.locator(".apart.spam").is_visible()
    page.click(item(4))
    assert focused(page) == "brief/text-4"
    assert page.locator(".apart.spam").is_visible()
    assert page.locator('.report.current [data-show="apart"]').is_checked()


def test_the_filter_narrows_list_and_marks(show: Open) -> None:
    page = show(two_reports())
    page.keyboard.press("/")
    page.keyboard.type("271000000")
    assert items_left(page) == ["1"]
    assert page.locator("mark.off").count() == 5
    page.keyboard.press("Escape")
    assert len(items_left(page)) == 6
    page.keyboard.type("援藏资金 元")
    assert items_left(page) == ["1"]
    page.fill(".report.current .filter", "没有这样的")
    assert page.locator(".report.current .none-left").is_visible()
    page.click(".report.current .clear")
    assert len(items_left(page)) == 6


def test_chips_filter_by_area_kind_and_status(show: Open) -> None:
    page = show(two_reports())
    page.click('.report.current .chip[data-value="funds"]')
    page.click('.report.current .chip[data-value="health"]')
    assert items_left(page) == ["1", "3"]
    page.click('.report.current .chip[data-value="health"]')
    page.click(".report.current .more summary")
    page.click('.report.current .chip[data-value="expected"]')
    assert items_left(page) == []
    page.click('.report.current .chip[data-value="funds"]')
    assert items_left(page) == ["5"]
    page.keyboard.press("j")
    assert focused(page) == "brief/claim-5"


def test_background_figures_can_be_left_out(show: Open) -> None:
    page = show(two_reports())
    page.uncheck('.report.current [data-show="minor"]')
    assert items_left(page) == ["1", "2", "3", "4", "5"]


def test_damage_is_shown_on_demand(show: Open) -> None:
    page = show(two_reports())
    assert "wàn" not in page.locator(text(5)).inner_text()
    page.check('.report.current [data-show="damage"]')
    assert "(wàn)" in page.locator(text(5)).inner_text()
    after = page.locator(f"{text(5)} i").evaluate("e => getComputedStyle(e, '::after').content")
    assert after == '"萬"'


def test_an_address_opens_its_report_and_claim(show: Open) -> None:
    other = report("昌都有5人。", name="昌都 2021.txt")
    page = show([*two_reports(), (other, [claim(other, "5人", 5)])], "#brief-0/claim-2")
    until(page, "document.activeElement.id === 'brief-0/text-2'")
    assert page.locator(".report.current").get_attribute("id") == "brief-0"
    page.evaluate("location.hash = 'brief/claim-5'")
    until(page, "document.activeElement.id === 'brief/text-5'")
    assert is_in_sight(page.locator(text(5)))
    page.evaluate("location.hash = '昌都_2021/claim-1'")
    until(page, "document.activeElement.id === '昌都_2021/text-1'")
    assert page.locator("#index [aria-current]").inner_text().startswith("昌都 2021.txt")


def test_many_reports_can_be_found_and_opened(show: Open) -> None:
    page = show(briefs(200))
    page.fill("#index-filter", "简报之150")
    assert page.locator("#index li:visible").count() == 1
    page.click("#index li:visible a")
    assert page.locator(".report:visible").get_attribute("id") == "brief-149"
    page.keyboard.press("]")
    assert page.locator(".report:visible").get_attribute("id") == "brief-150"
    page.go_back()
    until(page, "document.querySelector('.report.current').id === 'brief-149'")


def test_help_opens_and_single_keys_can_be_switched_off(show: Open) -> None:
    page = show(two_reports())
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.keyboard.press("j")
    assert current(page) == []


def test_the_first_stops_of_the_tab_key_skip_to_text_and_claims(show: Open) -> None:
    page = show(two_reports())
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert is_in_sight(page.locator(".skip:focus"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "brief/claim-1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_runs_over_and_the_list_is_a_sheet(show: Open, scheme: str) -> None:
    page = show(two_reports(), viewport=PHONE, has_touch=True, is_mobile=True, color_scheme=scheme)
    page.check('.report.current [data-show="damage"]')
    page.check('.report.current [data-show="apart"]')
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not page.locator(".report.current .list").is_visible()
    page.tap(text(2))
    expect(page.locator("#card")).to_contain_text("110余名")
    assert comes_in_sight(page.locator(text(2)))
    page.tap("#bar .open-claims")
    assert comes_in_sight(page.locator(item(2)))
    page.tap(item(3))
    expect(page.locator(".report.current .list")).to_be_hidden()
    assert comes_in_sight(page.locator(text(3)))
    page.tap('#bar [data-step="1"]')
    page.tap('#bar [data-step="1"]')
    expect(page.locator(f"mark.current {text(5)}")).to_be_visible()
    assert set(current(page)) == {"brief/text-5", "brief/claim-5"}
    page.tap('#bar [data-step="1"]')
    expect(page.locator(f"mark.current {text(6)}")).to_be_visible()
    assert page.locator("#card").is_visible()
    assert comes_in_sight(page.locator(text(6)))
    page.tap("#bar .open-index")
    page.tap('#index a[href="#brief-0"]')
    expect(page.locator(".report:visible")).to_have_id("brief-0")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [320, 820, 1024, 1280, 1920])
def test_nothing_runs_over_at_other_widths(show: Open, width: int) -> None:
    page = show(two_reports(), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_pages_without_claims_or_reports_work(show: Open) -> None:
    page = show([(report("没有数的正文。"), [])])
    for key in ("j", "k", "/", "]", "?", "Escape"):
        page.keyboard.press(key)
    assert page.locator(".claims .empty").is_visible()
    assert show([]).locator(".nothing").is_visible()


def test_hostile_text_does_nothing_and_the_policy_stops_what_would(show: Open) -> None:
    bad = """"><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">"""
    brief = report(f"{bad}5人", title=bad, name=f"{bad}.txt", publisher=bad)
    page = show(
        [(brief, [claim(brief, "5人", 5, unit=bad, measure=bad, place=bad)]), *briefs(1)],
        but="Content Security Policy",
    )
    page.keyboard.press("j")
    assert bad in page.locator("#card").inner_text()
    page.evaluate(
        "document.addEventListener('securitypolicyviolation', e => { window.stopped = e.effectiveDirective; })"
    )
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    until(page, "window.stopped")
    assert page.evaluate("window.stopped").startswith("style-src")


def test_a_printed_page_holds_text_and_list_without_controls(show: Open) -> None:
    page = show(two_reports())
    page.emulate_media(media="print")
    assert page.locator(item(6)).is_visible()
    assert not page.locator(".report.current .filters").is_visible()
    assert page.locator(text(5)).evaluate("e => getComputedStyle(e, '::after').content") == '"5"'


def test_without_scripts_text_and_list_can_be_read_and_linked(show: Open) -> None:
    page = show(two_reports(), "#brief/text-5", java_script_enabled=False)
    assert page.locator(".report:visible").count() == 2
    assert page.locator(".apart.spam").is_visible()
    assert not page.locator(".filters").first.is_visible()
    page.click(item(1))
    expect(page).to_have_url(re.compile("#brief/text-1$"))


def test_thousands_of_claims_are_filtered_without_waiting(show: Open) -> None:
    brief = report(*["投入资金27万元。"] * 4000)
    claims = [claim(brief, "27万元", 270_000, unit="元")]
    step = len("投入资金27万元。\n")
    at = claims[0].start
    claims += [
        Claim("brief", at + i * step, at + i * step + 4, "27万元", 270_000, "元", Approx.EXACT, claims[0].kind,
              claims[0].bounds, claims[0].sentence, digits="27万") for i in range(1, 4000)
    ]  # fmt: skip
    page = show([(brief, claims)])
    spent = page.evaluate(
        """() => { const began = performance.now(); const box = document.querySelector('.filter');
        for (const word of ['没有', '']) { box.value = word; applyFilters(); document.body.offsetHeight; }
        return performance.now() - began; }"""
    )
    assert spent < 4000
    page.evaluate("goTo(3500, 'text')")
    assert comes_in_sight(page.locator(text(3500)))
