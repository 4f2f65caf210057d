"""The boards in a real browser: a leader's way from a figure to its project list and a supposition; the sending office's."""

from typing import Any

import pytest
from playwright.sync_api import expect

from shanhai.ledger.models import Role

from ...programme.boards.register import DAY, made
from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide

pytestmark = pytest.mark.django_db(transaction=True)
ON = f"day={DAY}"


@pytest.mark.parametrize(("viewport", "dark", "language"), [(DESK, False, "zh-CN"), (PHONE, True, "en-GB")])
def test_no_one_is_kept_out(visit: Visit, viewport: Any, dark: bool, language: str) -> None:
    made("own")
    page = visit(f"/boards/?{ON}", Role.OFFICE, viewport=viewport, dark=dark, language=language)
    origin = page.url.partition("/boards/")[0]
    kept_out = {}
    for path in ("", "targets/", "own/progress/", "own/idle/", "own/shares/", "own/"):
        page.goto(f"{origin}/boards/{path}?{ON}")
        assert not is_too_wide(page), path
        kept_out[path] = barriers(page)
    assert not any(kept_out.values()), kept_out
    expect(page.locator(".drawing[data-drawn=done]")).to_have_count(1)


def test_a_leader_goes_from_the_board_to_what_if(visit: Visit) -> None:
    made("own")
    page = visit(f"/boards/?{ON}", Role.READER)
    page.get_by_role("link", name="甲援own").click()
    expect(page.locator("#money-by-year .drawing[data-drawn=done]")).to_be_visible()
    page.locator(".boards-paces").get_by_role("link", name="逾期未完").click()
    expect(page.locator(".boards-pace").first).to_have_text("逾期未完")
    page.get_by_role("link", name="两个80%").click()
    form = page.locator("form", has_text="新增一个项目")
    form.get_by_label("金额").fill("900000000")
    form.get_by_label("受益层级").select_option("province")
    form.get_by_label("民生属性").select_option("none")
    form.get_by_role("button").click()
    after = page.locator(".card", has_text="假设之后")
    expect(after.get_by_text("未达到").first).to_be_visible()
    page.get_by_role("link", name="去掉这一条").click()
    expect(page.get_by_text("在下面写一条假设")).to_be_visible()
