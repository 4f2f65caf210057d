"""The reading room in a browser: whole reviews by keyboard, marking, two reviewers, damage, phones, barriers."""

import re
from typing import TYPE_CHECKING

import pytest

from shanhai.ledger.models import Review, Role, Statement

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on, settle
from ..conftest import Account
from .conftest import BRIEF, Held, Stored

if TYPE_CHECKING:
    from playwright.sync_api import Page

DAMAGED = (
    "<html><head><title>简报</title></head><body><div class='nav'><a href='/'>首页</a> <a href='/n'>新闻</a> <a href='/v'>视频</a></div>"
    "<h1>乙县帮扶工作简报</h1><p>今年培訓(péixùn)醫生８６名，投入資金(zījīn)3200萬元，另有志愿服务若干。</p>"
    "<p>建成高标准农田2000亩，惠及312户。</p>"
    "<table><tr><td>项目</td><td>资金（万元）</td></tr><tr><td>道路</td><td>120</td></tr></table></body></html>"
)
pytestmark = pytest.mark.django_db(transaction=True)


def current(page: "Page") -> str:
    """The quote of the figure that is chosen in the text and shown in the panel."""
    settle(page)
    page.wait_for_function(
        "() => { const one = document.querySelector('.f.current'), panel = document.querySelector('#panel .panel');"
        " return one && panel?.dataset.statement === one.dataset.s; }"
    )
    return str(page.locator("a.f.current").inner_text())


def settled(page: "Page", selector: str) -> None:
    """Wait until the panel shows something."""
    settle(page)
    page.wait_for_selector(f"#panel {selector}")
    settle(page)


def shown(page: "Page", title: str) -> None:
    """Wait until the panel shows a figure's card, or whatever has this title, and the text's marks follow."""
    settled(page, f"h2:text-is('{title}')")


def mark(page: "Page", words: str) -> None:
    """Mark words of the text as a mouse does; what mending removed is passed over."""
    page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT);
          const places = [];
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (node.parentElement.closest('del')) continue;
            for (let i = 0; i < node.length; i += 1) places.push([node, i]);
          }
          const at = places.map(([node, i]) => node.data[i]).join('').indexOf(words);
          const [first, last] = [places[at], places[at + words.length - 1]];
          const range = document.createRange();
          range.setStart(first[0], first[1]);
          range.setEnd(last[0], last[1] + 1);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        words,
    )
    page.wait_for_selector("#mark.primary")


def test_a_whole_report_is_reviewed_by_keyboard(visit: Visit, stored: Stored) -> None:
    held, other = stored(), stored(BRIEF.replace("3200", "3300"), "二.txt")
    page = visit("/room/", Role.REVIEWER, but="422")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(held.sha256))
    assert current(page) == "3200万元"
    page.keyboard.press("a")
    settled(page, ".said")
    assert current(page) == "12个"
    page.keyboard.press("j")
    shown(page, "86名")
    page.keyboard.press("k")
    shown(page, "12个")
    page.keyboard.press("r")
    settled(page, ".quick")
    page.keyboard.press("1")
    shown(page, "86名")
    page.keyboard.press("r")
    settled(page, ".quick")
    page.fill("[name=reason]", "自己的理由")
    page.keyboard.press("Enter")
    shown(page, "24名")
    assert Review.objects.latest("pk").reason == "自己的理由"
    page.keyboard.press("u")
    shown(page, "86名")
    page.keyboard.press("c")
    settled(page, ".writing")
    page.keyboard.press("Control+a")
    page.keyboard.type("68")
    page.keyboard.press("Control+Enter")
    settled(page, ".field.wrong")
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.type("表格里是68名")
    page.keyboard.press("Control+Enter")
    shown(page, "24名")
    assert page.locator("a.f.corrected").inner_text() == "86名"
    page.keyboard.press("u")
    shown(page, "86名")
    assert page.locator("a.f.corrected").count() == 0
    for _ in range(4):
        before = current(page)
        page.keyboard.press("a")
        page.wait_for_function("text => document.querySelector('#panel h2').textContent !== text", arg=before)
    shown(page, "这份报告已审核完")
    assert "已审 6 / 6" in page.locator("#progress").inner_text()
    assert held.quotes() == []
    assert Statement.objects.get(report=held.row, quote="12个").state == "rejected"
    page.keyboard.press("h")
    settled(page, "[data-panel=history]")
    assert page.locator(".decision").count() == 10
    page.keyboard.press("N")
    page.wait_for_url(re.compile(other.sha256))


def test_figures_are_merged_split_and_added_without_a_mouse(visit: Visit, stored: Stored) -> None:
    held = stored()
    page = visit(held.path, Role.REVIEWER)
    current(page)
    page.keyboard.press("j")
    shown(page, "12个")
    page.keyboard.press("m")
    page.keyboard.press("j")
    shown(page, "86名")
    page.keyboard.press("m")
    assert "已选 2 个" in page.locator("#chosen").inner_text()
    page.keyboard.press("M")
    settled(page, ".writing")
    assert page.input_value("[name=f0-words]") == "12个，培训医生86名"
    page.fill("[name=reason]", "试合并")
    page.keyboard.press("Control+Enter")
    shown(page, "24名")
    assert page.locator("a.f.corrected").inner_text() == "12个，培训医生86名"
    assert page.locator("#chosen").is_hidden()
    page.keyboard.press("k")
    shown(page, "12个，培训医生86名")
    page.keyboard.press("s")
    settled(page, ".writing")
    assert page.locator("[data-figure]").count() == 2
    assert page.input_value("[name=f0-words]") == "12个"
    assert page.input_value("[name=f1-words]") == "86名"
    page.fill("[name=reason]", "是两个数")
    page.keyboard.press("Enter")
    shown(page, "24名")
    split = page.locator("a.f.accepted, a.f.corrected").all()
    assert [one.inner_text() for one in split] == ["12个", "86名"]
    page.keyboard.press("i")
    settled(page, "#locate-words")
    page.keyboard.type("乙县2023年")
    page.keyboard.press("Enter")
    settled(page, ".writing")
    page.keyboard.press("Escape")
    shown(page, "24名")
    assert Review.objects.count() == 2


def test_marked_words_are_added_where_they_stand_in_the_damaged_source(visit: Visit, stored: Stored) -> None:
    held = stored(DAMAGED, "页.html")
    before = Statement.objects.count()
    page = visit(held.path, Role.REVIEWER)
    current(page)
    mark(page, "农田2000亩")
    page.keyboard.press("i")
    settled(page, ".writing")
    assert page.input_value("[name=f0-words]") == "农田2000亩"
    assert page.input_value("[name=f0-value]") == "2000"
    page.keyboard.press("Escape")
    current(page)
    mark(page, "资金3200万元")
    page.click("#mark")
    settled(page, ".writing")
    page.fill("[name=f0-value]", "3201万")
    page.fill("[name=f0-indicator]", "计划内")
    page.wait_for_selector("#indicators option", state="attached")
    page.fill("[name=f0-indicator]", page.locator("#indicators option").first.get_attribute("value") or "")
    assert page.input_value("[name=f0-area]") == "funds"
    page.keyboard.press("Control+Enter")
    settled(page, ".said")
    added = Statement.objects.get(origin="review")
    assert added.quote == "資金(zījīn)3200萬元"
    assert added.indicator.startswith("funds.")
    assert Statement.objects.count() == before + 1
    page.wait_for_selector("a.f.corrected")


def test_damage_and_what_was_set_apart_are_shown_on_demand(visit: Visit, stored: Stored) -> None:
    held = stored(DAMAGED, "页.html")
    page = visit(held.path, Role.READER)
    current(page)
    gloss, furniture = page.locator("#text del").first, page.locator("#text .apart").first
    assert gloss.is_hidden()
    assert furniture.is_hidden()
    page.check("[data-show=damage]")
    page.check("[data-show=apart]")
    assert "péixùn" in gloss.inner_text()
    assert "首页" in furniture.inner_text()
    assert "页面按钮或工具" in furniture.inner_text()
    assert barriers(page) == []
    page.click("text=收到时的原文")
    settled(page, ".received")
    assert "培訓(péixùn)醫生８６名" in page.locator(".received").inner_text()
    page.keyboard.press("Escape")
    current(page)
    page.click("summary:has-text('为什么这样读')")
    page.wait_for_selector(".why .weighed, .why p:not(.soft)")
    assert page.locator("#panel form").count() == 0


def test_two_reviewers_see_one_another_and_lose_nothing(
    visit: Visit, stored: Stored, account: Account
) -> None:
    held: Held = stored()
    key = held.figure("86名").key
    address = f"{held.path}#s-{key}"
    zhang = visit(address, user=account(Role.REVIEWER, name="zhang"))
    li = visit(address, user=account(Role.OFFICE, name="li"), but="409")
    for page in (zhang, li):
        shown(page, "86名")
        page.keyboard.press("c")
        settled(page, ".writing")
    zhang.fill("[name=f0-period]", "2022")
    zhang.fill("[name=reason]", "是上一年的")
    zhang.keyboard.press("Control+Enter")
    shown(zhang, "24名")
    li.fill("[name=f0-value]", "68")
    li.fill("[name=reason]", "看错了行")
    li.keyboard.press("Control+Enter")
    settled(li, ".callout.warning")
    told = li.locator("#panel .callout.warning").inner_text()
    assert "zhang" in told
    assert "是上一年的" in told
    assert li.input_value("[name=f0-value]") == "68"
    assert li.input_value("[name=reason]") == "看错了行"
    assert barriers(li) == []
    li.keyboard.press("Control+Enter")
    shown(li, "24名")
    assert held.figure("86名").value == 68
    li.keyboard.press("k")
    shown(li, "86名")
    card = li.locator("#panel").inner_text()
    assert card.count("zhang") >= 1
    assert "看错了行" in card
    assert Review.objects.count() == 2


@pytest.mark.parametrize(
    ("viewport", "language", "dark"),
    [(DESK, "zh-CN", False), (DESK, "en", True), (PHONE, "zh-CN", True), (PHONE, "en", False)],
)
def test_pages_have_no_barriers_and_fit(
    visit: Visit, stored: Stored, account: Account, viewport: dict[str, int], language: str, dark: bool
) -> None:
    held = stored(DAMAGED, "页.html")
    user = account(Role.REVIEWER)
    page = visit("/room/", user=user, viewport=viewport, dark=dark, language=language)
    assert barriers(page) == []
    assert not is_too_wide(page)
    with leads_on(page):
        page.click(f"a[href='{held.path}']")
    first = current(page)
    assert page.locator(".f.current").is_visible()
    for key, brings in (
        ("r", ".quick"),
        ("Escape", ".deciding"),
        ("c", ".writing"),
        ("Escape", ".deciding"),
        ("h", "[data-panel=history]"),
    ):
        assert barriers(page) == []
        assert not is_too_wide(page)
        page.keyboard.press(key)
        settled(page, brings)
    assert barriers(page) == []
    page.keyboard.press("Escape")
    assert current(page) == first
    page.keyboard.press("?")
    page.wait_for_selector("dialog#keys[open]")
    assert barriers(page) == []


def test_without_javascript_a_report_is_reviewed_all_the_same(visit: Visit, stored: Stored) -> None:
    held = stored()
    page = visit(held.path, Role.REVIEWER, java_script_enabled=False)
    with leads_on(page):
        page.click("#panel button:has-text('采纳')")
    assert held.figure("3200万元").state == "accepted"
    with leads_on(page):
        page.click("#panel a:has-text('更正')")
    page.fill("[name=f0-value]", "13")
    page.fill("[name=reason]", "数错了")
    with leads_on(page):
        page.click("button.primary:has-text('保存')")
    assert held.figure("12个").value == 13
    with leads_on(page):
        page.click("a:text-is('24名')")
    assert page.locator("#panel h2").inner_text() == "24名"
