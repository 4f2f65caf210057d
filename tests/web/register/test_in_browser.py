"""The register in a browser: a project entered with its money, at a desk, on a phone, in both languages and themes; on paper."""

import io
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from shanhai.ledger.models import Pairing, Role
from shanhai.programme.models import MoneyEvent, Project

from ...programme.photos.pictures import jpeg
from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide
from .made import registered

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def one(transactional_db: None) -> Pairing:
    return registered()


def test_a_project_is_entered_with_its_money(one: Pairing, visit: Visit) -> None:
    page = visit("/register/", Role.OFFICE, but="status of 422")
    page.get_by_role("link", name="东川援青山").click()
    page.keyboard.press("a")
    page.wait_for_url("**/project/new/")
    page.get_by_label("编号", exact=False).first.fill("QS-07")
    page.get_by_label("项目名称").fill("中心校食堂")
    page.get_by_label("计划资金").fill("约80万")
    page.get_by_label("工作队编号").press_sequentially("第十批")
    page.wait_for_selector("#id_team-options option[value=T10]", state="attached")
    page.get_by_label("工作队编号").fill("T10")
    page.keyboard.press("Control+Enter")
    page.get_by_text("还没有保存").wait_for()
    assert page.get_by_label("项目名称").input_value() == "中心校食堂"
    assert page.locator(".field.wrong").count() == 2  # no area, no exact amount
    assert barriers(page) == []
    page.get_by_label("领域").select_option(index=1)
    page.get_by_label("计划资金").fill("80万元")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url("**/project/QS-07/")
    page.keyboard.press("m")
    page.wait_for_url("**/money/new/?project=QS-07")
    for day, stage, amount, button in (
        ("2024-03-01", "到位", "500000", "保存并登记下一条"),
        ("2024-06-01", "支出", "120000.5", "保存"),
    ):
        page.get_by_label("日期").fill(day)
        page.get_by_label("阶段").select_option(label=stage)
        page.get_by_label("金额").fill(amount)
        page.get_by_label("计划内外").select_option(label="计划内")
        page.get_by_role("button", name=button, exact=True).click()
        page.get_by_text("已登记：").wait_for()
    page.goto(page.url.split("/money/")[0] + "/project/QS-07/")
    assert "379,999.5" in page.locator(".register-money").inner_text()
    page.locator('.chart [data-drawn="done"]').wait_for()
    assert MoneyEvent.objects.filter(project=Project.objects.get(key="QS-07")).count() == 2


@pytest.mark.parametrize(
    ("viewport", "dark", "language"), [(DESK, False, "zh-CN"), (PHONE, True, "zh-CN"), (PHONE, False, "en"), (DESK, True, "en")]
)  # fmt: skip
def test_pages_are_open_to_all_and_fit(
    one: Pairing, visit: Visit, viewport: dict[str, int], dark: bool, language: str
) -> None:
    page = visit("/register/one/visit/V1/", Role.OFFICE, viewport=viewport, dark=dark, language=language)
    attach(page, jpeg((640, 480)))
    home = page.url.split("/register/")[0]
    for address in (
        "", "two/", "one/", "one/project/", "one/money/?stage=9", "one/member/", "one/project/QS-01/", "one/asset/Z1/",
        "one/project/new/", "one/visit/V1/",
    ):  # fmt: skip
        page.goto(f"{home}/register/{address}")
        if "QS-01" in address:
            page.locator('.chart [data-drawn="done"]').wait_for()
        assert barriers(page) == [], address
        assert not is_too_wide(page), address


def attach(page: "Page", data: bytes) -> None:
    """Put a photo to the record whose page is open."""
    page.locator('input[type="file"]').set_input_files(
        {"name": "三层.jpg", "mimeType": "image/jpeg", "buffer": data}
    )
    page.locator(".register-attach button").click()
    page.locator(".register-photos img").wait_for()


def test_a_project_is_printed_on_a4(one: Pairing, visit: Visit) -> None:
    page = visit("/register/one/project/QS-01/", Role.OFFICE)
    page.locator('.chart [data-drawn="done"]').wait_for()
    paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    assert [round(side) for side in paper[0].get_size()] == [595, 842]
    assert len(paper) <= 4
    text = "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    assert "649,999.5" in text
    assert "撤下这条记录" not in text
