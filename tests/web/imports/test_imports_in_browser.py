"""Importing in a real browser: a sheet with bad rows is sent, its good rows taken in, the rest mended and sent again."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from programme.sheets.filled import book
from shanhai.ledger.models import Pairing, Role
from shanhai.programme.models import MoneyEvent

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide
from .test_imports import MONEY, ROWS


def test_import_with_bad_rows_mend_and_send_again(one: Pairing, visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "资金.xlsx").write_bytes(book(MONEY, *ROWS))
    page = visit("/register/import/", Role.OFFICE)
    assert barriers(page) == []

    page.get_by_label("哪类记录").select_option("money")
    assert str(page.locator("#template").get_attribute("href")).endswith("template/money.xlsx")
    page.get_by_label("选择文件，或拖到这里").set_input_files(tmp_path / "资金.xlsx")
    page.get_by_role("button", name="预览").click()
    expect(page.locator(".imports-rows tbody tr")).to_have_count(1, timeout=60_000)
    expect(page.locator(".imports-rows q")).to_have_text("约6")
    assert barriers(page) == []
    assert MoneyEvent.objects.count() == 1

    page.get_by_role("link", name="新增 2").click()
    expect(page.locator(".imports-rows tbody tr")).to_have_count(2)
    page.get_by_role("button", name="导入 2 行").press("Enter")
    expect(page.locator(".callout.success")).to_contain_text("新增 2 条")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载有问题的行").click()
    assert waiting.value.suggested_filename == "资金-待修改.xlsx"
    made = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    sheet = made.active
    assert sheet is not None
    sheet["C2"], sheet["F2"] = 6, "乙"
    made.save(tmp_path / "改好.xlsx")

    page.get_by_role("link", name="再导入一份").click()
    expect(page.get_by_label("哪类记录")).to_have_value("money")
    page.get_by_label("选择文件，或拖到这里").set_input_files(tmp_path / "改好.xlsx")
    page.get_by_role("button", name="预览").click()
    page.get_by_role("button", name="导入 1 行").click()
    expect(page.locator(".callout.success")).to_contain_text("新增 1 条")
    assert sorted(int(e.amount) for e in MoneyEvent.objects.exclude(key="E1")) == [5, 6, 7]


@pytest.mark.parametrize(
    ("viewport", "dark", "language"),
    [(PHONE, True, "en-GB"), (DESK, False, "en-GB"), (PHONE, False, "zh-CN")],
)
def test_no_page_keeps_anyone_out(
    one: Pairing, visit: Visit, tmp_path: Path, viewport: Any, dark: bool, language: str
) -> None:
    (tmp_path / "资金.xlsx").write_bytes(book((*MONEY, "天气"), *ROWS))
    page = visit("/register/import/?kind=money", Role.OFFICE, viewport=viewport, dark=dark, language=language)
    assert barriers(page) == []
    assert not is_too_wide(page)

    page.locator("#file").set_input_files(tmp_path / "资金.xlsx")
    page.locator("form[enctype] button.primary").click()
    expect(page.locator(".imports-rows")).to_be_visible(timeout=60_000)
    assert barriers(page) == []
    assert not is_too_wide(page)
