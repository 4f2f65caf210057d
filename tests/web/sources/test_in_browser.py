"""The sources in a real browser: files dropped and chosen, texts pasted, no barriers; in both languages, on a phone."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from shanhai.ledger.actions.uploads import Announced, Refusal, announce, finish
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Fact, Pairing, Receipt, Role, Source

from ...conftest import ROOT
from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on
from .conftest import BRIEF, NEWS

EXAMPLES = sorted((ROOT / "examples" / "reports").iterdir())
pytestmark = pytest.mark.django_db(transaction=True)
DROP = """([zone, files]) => {
  const moved = new DataTransfer();
  for (const [name, data] of files) {
    moved.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name));
  }
  for (const type of ["dragenter", "dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(type, { dataTransfer: moved, bubbles: true, cancelable: true }));
  }
}"""


def drop(page: Page, files: list[Path]) -> None:
    told = [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in files]
    page.evaluate(DROP, [page.locator(".drop-zone").element_handle(), told])


def test_the_examples_are_dropped_read_and_reasoned_about(
    pairings: dict[str, Pairing], visit: Visit, rebuilt_apart: Callable[[], None]
) -> None:
    page = visit("/sources/upload/", Role.OFFICE)
    page.get_by_label("归入结对").first.select_option("qing")
    page.get_by_label("从哪里来").first.fill("示例")

    drop(page, EXAMPLES)
    drop(page, EXAMPLES[:2])
    expect(page.locator(".sources-chosen li")).to_have_count(len(EXAMPLES))
    page.get_by_role("button", name=f"上传 {len(EXAMPLES)} 个文件").click()

    expect(page.get_by_text(f"已处理 {len(EXAMPLES)} / {len(EXAMPLES)}")).to_be_visible()
    expect(page.locator(".sources-sent .file-done")).to_have_count(len(EXAMPLES))
    assert Source.objects.filter(pairing=pairings["qing"], report__statements__gt=0).count() == len(EXAMPLES)
    assert set(Receipt.objects.values_list("origin", flat=True)) == {"示例"}
    assert barriers(page) == []
    expect(page.locator("#freshness")).to_contain_text("重建")
    rebuilt_apart()
    expect(page.get_by_text("事实与问题已包含全部来源")).to_be_visible()
    assert Fact.objects.exists()


@pytest.mark.parametrize(
    ("viewport", "dark", "language"), [(DESK, True, "zh-CN"), (PHONE, False, "en-GB"), (PHONE, True, "zh-CN")]
)
def test_files_are_chosen_and_each_says_what_became_of_it(
    pairings: dict[str, Pairing], visit: Visit, tmp_path: Path, viewport: Any, dark: bool, language: str
) -> None:
    files = {
        "简报.txt": BRIEF.encode(),
        "同一份.txt": BRIEF.encode(),
        "图.txt": b"\x89PNG\r\n\x1a\n" + bytes(400),
        "<img src=x onerror=alert(1)>.txt": NEWS.encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    page = visit("/sources/upload/", Role.REPORTER, viewport=viewport, dark=dark, language=language)
    page.locator("#files-form input[type=file]").set_input_files([tmp_path / name for name in files])
    assert not is_too_wide(page)
    page.locator("#files-form button.primary").click()

    rows = page.locator(".sources-sent tbody tr")
    expect(rows.nth(3).locator(".file-done")).to_be_visible()
    expect(page.locator(".sources-sent [data-send]")).to_have_count(0)
    expect(rows.locator(".file-duplicate")).to_have_count(1)
    expect(rows.nth(2).locator(".file-failed")).to_be_visible()
    expect(rows.nth(3).locator("th")).to_have_text("<img src=x onerror=alert(1)>.txt")
    assert barriers(page) == []
    assert not is_too_wide(page)

    page.goto(page.url.removesuffix("upload/"))
    expect(
        page.get_by_text("同一文件另收到1次" if language == "zh-CN" else "came 1 more time")
    ).to_be_visible()
    assert barriers(page) == []
    assert not is_too_wide(page)
    page.locator(".sources-list tbody a").first.click()
    expect(page.locator("dl.facts code")).to_be_visible()
    assert barriers(page) == []
    assert not is_too_wide(page)


def test_a_lost_connection_leaves_the_others_and_is_tried_again(
    pairings: dict[str, Pairing], visit: Visit, tmp_path: Path
) -> None:
    for name, text in (("一.txt", BRIEF), ("二.txt", NEWS)):
        (tmp_path / name).write_text(text, "utf-8")
    page = visit("/sources/upload/", Role.REPORTER, but="ERR_INTERNET_DISCONNECTED")
    page.route("**/upload/*/0", lambda route: route.abort("internetdisconnected"))
    page.locator("#files-form input[type=file]").set_input_files([tmp_path / "一.txt", tmp_path / "二.txt"])
    page.locator("#files-form button.primary").click()

    rows = page.locator(".sources-sent tbody tr")
    expect(rows.nth(1).locator(".file-done")).to_be_visible()
    expect(rows.nth(0)).to_contain_text("没有传到")
    page.unroute("**/upload/*/0")
    rows.nth(0).get_by_role("button", name="再试").click()

    expect(rows.nth(0).locator(".file-done")).to_be_visible()
    assert Source.objects.count() == 2


def test_a_text_is_pasted(pairings: dict[str, Pairing], visit: Visit) -> None:
    page = visit("/sources/upload/", Role.REPORTER)
    form = page.locator("#paste-form")
    form.get_by_label("正文").fill("2024年培训医生86名，新建卫生室4所。")
    form.get_by_label("题目").fill("青山县卫生简讯")
    form.get_by_role("button", name="存入并读取").click()

    expect(page.get_by_text("读出2个数字")).to_be_visible()
    page.get_by_role("link", name="查看来源").click()
    expect(page.get_by_role("heading", name="青山县卫生简讯")).to_be_visible()


def test_without_scripts_it_all_works_too(pairings: dict[str, Pairing], visit: Visit, tmp_path: Path) -> None:
    for name, text in (("一.txt", BRIEF), ("二.txt", NEWS)):
        (tmp_path / name).write_text(text, "utf-8")
    page = visit("/sources/upload/", Role.REPORTER, java_script_enabled=False)
    page.locator("#files-form input[type=file]").set_input_files([tmp_path / "一.txt", tmp_path / "二.txt"])
    page.locator("#files-form button.primary").click()

    expect(page.locator(".sources-sent .file-done")).to_have_count(2)
    with leads_on(page):
        page.get_by_role("link", name="来源").first.click()
    page.get_by_label("题目、文件名、发布者含").fill("见闻")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".sources-list tbody tr")).to_have_count(1)
    assert "words=" in page.url


@pytest.mark.parametrize(
    ("viewport", "dark", "language"),
    [(DESK, False, "en-GB"), (DESK, True, "zh-CN"), (PHONE, False, "zh-CN"), (PHONE, True, "en-GB")],
)
def test_no_page_keeps_anyone_out(
    received: dict[str, Source], visit: Visit, account: Any, viewport: Any, dark: bool, language: str
) -> None:
    user = account(Role.OFFICE)
    files = [Announced("大报告.txt", 4_000_000), Announced("照片.png", 300)]
    upload = announce(files, actor=Actor.of(user))
    refusal = Refusal("照片.png", "kind", "不是可读取的文件类型。", "not a kind that is read.")
    finish(upload.files.get(position=1), refusal, actor=Actor.of(user))
    page = visit("/sources/", user=user, viewport=viewport, dark=dark, language=language, but="yyyy-MM-dd")
    home = page.url.split("/sources/")[0]

    for address in (
        "",
        "?since=x",
        "?words=nothing",
        "upload/",
        f"upload/{upload.pk}/",
        f"{received['brief'].sha256}/",
        f"{received['scan'].sha256}/",
    ):
        page.goto(f"{home}/sources/{address}")
        assert barriers(page) == [], address
        assert not is_too_wide(page), address
