"""The draft checker in a real browser: a draft is pasted, another sent as a Word document, and taken back with comments."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import expect

from shanhai.ledger.models import Pairing, Role

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide

Pairings = dict[str, Pairing]
DRAFT = (
    "青山县2021年帮扶总结（稿）",
    "2021年，青山县引进企业12家，带动就业350人。",
    "建成学校9所，其中小学4所、中学6所。计划2030年前选派医生25名。",
)


@pytest.mark.parametrize(("dark", "language"), [(False, "zh-CN"), (True, "en-GB")])
@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_no_page_keeps_anyone_out(
    pairings: Pairings, visit: Visit, viewport: Any, dark: bool, language: str
) -> None:
    page = visit("/check/", Role.REPORTER, viewport=viewport, dark=dark, language=language)
    assert barriers(page) == []
    assert not is_too_wide(page)

    page.locator("#text").fill("\n".join(DRAFT))
    page.locator("input[value=one]").check()
    page.locator("form[data-send] button.primary").click()
    expect(page.locator("#checked .summary")).to_be_visible()
    for details in page.locator("#checked details").all():
        details.evaluate("d => { d.open = true; }")

    assert barriers(page) == []
    assert not is_too_wide(page)
    colour = "getComputedStyle(document.querySelector('#checked mark.v-does_not_add_up')).backgroundColor"
    assert page.evaluate(colour) == ("rgb(77, 35, 32)" if dark else "rgb(255, 226, 222)")


def test_a_word_draft_is_checked_read_by_keyboard_and_taken_back(
    pairings: Pairings, visit: Visit, tmp_path: Path
) -> None:
    document = docx.Document()
    document.core_properties.modified = datetime.datetime(2022, 1, 20)  # python-docx says 2013 otherwise
    for paragraph in DRAFT:
        document.add_paragraph(paragraph)
    document.save(str(tmp_path / "总结.docx"))
    page = visit("/check/", Role.REPORTER)

    page.get_by_label("选择文件，或拖到这里").set_input_files(tmp_path / "总结.docx")
    page.get_by_label("东川援青山").check()
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.locator("#checked .outcome")).to_contain_text("个数字")

    page.keyboard.press("j")
    expect(page.locator("mark.current a").first).to_be_focused()
    first = page.locator("mark.current").first.inner_text()
    page.keyboard.press("j")
    expect(page.locator("mark.current").first).not_to_have_text(first)
    page.keyboard.press("k")
    expect(page.locator("mark.current").first).to_have_text(first)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="键盘快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("mark.current")).to_have_count(0)

    page.locator(".chip[data-verdict=backed]").click()
    expect(page.locator(".note:visible")).to_have_count(1)
    assert str(page.locator(".note:visible a.to-room").get_attribute("href")).startswith("/room/")

    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载带批注的 Word").click()
    assert waiting.value.suggested_filename == "总结-核对结果.docx"
    data = Path(waiting.value.path()).read_bytes()
    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == DRAFT[0]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "9所" in archive.read("word/comments.xml").decode()

    page.get_by_role("button", name="立即删除").click()
    expect(page.get_by_role("heading", name="最近一天核对的初稿")).to_be_visible()
    expect(page.locator(".check-sent")).to_have_count(0)
