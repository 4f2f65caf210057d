"""The pages of facts in a browser: from a filter to a sentence, five compared, a file taken away and opened again."""

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from shanhai.ledger.models import Fact, Pairing, Role

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on
from .conftest import COUNTIES, of

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

FIRMS = "industry.firms_brought"
pytestmark = pytest.mark.django_db(transaction=True)


def test_from_a_filter_to_a_sentence_in_one_step(filled: dict[str, Pairing], visit: Visit) -> None:
    page = visit("/facts/", Role.READER)

    page.get_by_label("地方", exact=True).press_sequentially("洛隆")
    page.wait_for_selector("#places option[value*='540329']", state="attached")
    page.get_by_label("地方", exact=True).fill("西藏自治区昌都市洛隆县 540329")
    page.get_by_label("只看有矛盾的").check()
    with leads_on(page):
        page.get_by_role("button", name="筛选").click()
    with leads_on(page):
        page.get_by_role("link", name="4 家").click()

    fact = of("洛隆县")
    telling = fact.tellings.filter(supports=False).get().statement
    sentence = page.get_by_role("link", name="9家", exact=True)
    assert sentence.get_attribute("href") == f"/room/{telling.report.source.sha256}/#s-{telling.key}"
    assert page.locator(".facts-told > .against").inner_text().count("人民网") == 1


def test_five_are_ticked_compared_and_taken_away(
    filled: dict[str, Pairing], visit: Visit, tmp_path: Path
) -> None:
    page = visit(f"/facts/?pairing=west&indicator={FIRMS}", Role.READER)

    for county in COUNTIES:
        page.locator("tr", has_text=f"{county}引进企业").get_by_role("checkbox").first.check()
    with leads_on(page):
        page.get_by_role("button", name="比较所选").click()
    page.wait_for_selector(".drawing[data-drawn=done]")
    assert page.locator(".facts-compared tbody td").all_inner_texts() == [
        f"{number} 家 {grade}" for number, grade in ((16, "B"), (10, "B"), (13, "B"), (4, "C"), (7, "B"))
    ]
    with page.expect_download() as started:
        page.get_by_role("link", name="XLSX").click()
    file = tmp_path / "compared.xlsx"
    started.value.save_as(file)

    rows = list(openpyxl.load_workbook(file)["比较"].iter_rows(values_only=True))
    links = [row[rows[0].index("事实页")] for row in rows[1:]]
    assert len(links) == 6
    assert all(str(link).startswith(page.url.split("/facts/")[0]) for link in links)
    page.goto(str(links[0]))
    assert page.get_by_role("heading", name="原文怎么说").is_visible()
    page.go_back()
    with leads_on(page):
        page.get_by_label("移除 洛隆县").click()
    page.get_by_label("添加地方").fill("昌都市")
    with leads_on(page):
        page.get_by_role("button", name="添加").click()
    assert "昌都市" in page.locator(".facts-chips").inner_text()
    assert "没有数字的：昌都市" not in page.locator("main").inner_text()


def test_a_series_is_drawn_with_its_break_and_its_table(filled: dict[str, Pairing], visit: Visit) -> None:
    page = visit(f"/facts/series/?indicator={FIRMS}&place=540300", Role.READER)

    page.wait_for_selector(".drawing[data-drawn=done]")
    page.get_by_text("以表格查看").click()
    assert "引进企业数\t24 家\tB" in page.locator(".as-table table").inner_text()
    assert "昌都地区（542100）改为昌都市（540300）" in page.locator(".callout").inner_text()


@pytest.mark.parametrize(("dark", "viewport", "language"), [(False, DESK, "zh-CN"), (True, PHONE, "en")])
def test_pages_are_open_to_everyone(
    filled: dict[str, Pairing],
    visit: Visit,
    live_server: "LiveServer",
    dark: bool,
    viewport: dict[str, int],
    language: str,
) -> None:
    fact = Fact.objects.get(place="洛隆县", indicator=FIRMS, low="4")
    subjects = "&".join(f"place={county}" for county in COUNTIES)
    page = visit("/facts/", Role.READER, dark=dark, viewport=viewport, language=language)
    for address in (
        "",
        "?place=市中区&since=2",
        "?place=海南省",
        f"west/{fact.key}/",
        f"series/?indicator={FIRMS}&place=540300",
        "series/",
        f"compare/?indicator={FIRMS}&{subjects}",
    ):
        page.goto(f"{live_server.url}/facts/{address}")
        if page.locator(".drawing").count():
            page.wait_for_selector(".drawing[data-drawn=done]")
        assert barriers(page) == [], address
        assert not is_too_wide(page), address
