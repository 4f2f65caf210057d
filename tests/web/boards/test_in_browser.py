"""The boards in a real browser: a leader's way from a figure to its project list and a supposition; the sending office's."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from shanhai.ledger.models import Pairing, Role
from shanhai.programme.models import Countable, Target
from shanhai.programme.queries.boards.pairings import lines
from shanhai.programme.queries.boards.progress import Pace
from shanhai.programme.shares.credit import Why
from shanhai.programme.shares.reading import Scope, meters, stored, supposed
from shanhai.programme.shares.refused import refused
from shanhai.programme.shares.what_if import Added, Dropped, Reclassified
from shanhai.programme.targets.standing import standing

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


BOTH = pytest.mark.parametrize(("viewport", "language"), [(DESK, "zh-CN"), (PHONE, "en-GB")])


@BOTH
def test_the_sending_office_compares_like_with_like_and_takes_it_away(
    visit: Visit, viewport: Any, language: str
) -> None:
    """From one pairing's late and slow projects to its teams side by side, and all of it as a file."""
    made("own")
    made("other", seed=3)
    english = language.startswith("en")
    page = visit(f"/boards/?{ON}", Role.OFFICE, viewport=viewport, language=language)
    own = page.locator("tbody tr", has_text="Pair own" if english else "甲援own")
    told = lines([Pairing.objects.get(key="own")], DAY)[0]
    label = {True: ("Late", "Slow"), False: ("逾期未完", "进度滞后")}[english]
    for name, number in zip(label, (told.paces[Pace.LATE], told.paces[Pace.SLOW]), strict=True):
        assert number
        expect(own.locator(f'td[data-label="{name}"]')).to_have_text(str(number))
    expect(own.get_by_text(f"{told.off} / {told.judged}")).to_be_visible()

    page.get_by_role("link", name="Like with like" if english else "同口径比较").click()
    assert not is_too_wide(page)
    groups = page.locator(".boards-group")
    alike = groups.filter(has_text="B0")
    expect(alike.locator("tbody tr")).to_have_count(4)  # two teams of each pairing count the same
    expect(groups.filter(has_text="名" if not english else "B3").first).to_be_visible()
    expect(alike.locator(".boards-course").first).to_be_visible()
    with page.expect_download() as loaded:
        page.get_by_role("link", name="XLSX").click()
    book = openpyxl.load_workbook(BytesIO(loaded.value.path().read_bytes()))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if "B0" in str(row)) - 1
    figures = {
        str(row[-1]).split("/")[-2]: row for row in rows[head + 1 :] if row[-1] and "/own/" in str(row[-1])
    }
    for target in Target.objects.filter(pairing__key="own"):
        assert standing(target, DAY).value in {
            Decimal(str(v)) for v in figures[target.key] if isinstance(v, int | float)
        }
    page.get_by_role("link", name="Pairings" if english else "各结对", exact=True).first.click()
    page.locator("main").get_by_role("link", name="Pair own" if english else "甲援own").click()
    assert not is_too_wide(page)


@BOTH
def test_a_leader_tries_all_three_suppositions(visit: Visit, viewport: Any, language: str) -> None:
    """What is refused, opened; then dropped, classed otherwise and added, each with both shares anew."""
    own = made("own")
    english = language.startswith("en")
    page = visit(f"/boards/own/shares/?{ON}", Role.READER, viewport=viewport, language=language)
    page.get_by_role(
        "link", name="projects whose parts are counted" if english else "下属项目已计的上级项目"
    ).click()
    parents = refused(Scope(own), Why.PARENT)
    expect(page.locator("#refused tbody tr")).to_have_count(parents.count())
    assert not is_too_wide(page)
    page.locator("#refused").get_by_role("link", name="Close" if english else "收起").click()

    counted = Countable.objects.filter(pairing=own, planned_why="", currency="CNY", planned__gt=0)
    one, other = counted.order_by("-planned").values_list("project__key", flat=True)[:2]
    forms = page.locator("#suppose form")
    forms.nth(0).get_by_role("textbox").fill(one)
    forms.nth(0).get_by_role("button").click()
    forms.nth(1).get_by_role("textbox").first.fill(other)
    forms.nth(1).locator("[name=level]").select_option("province")
    forms.nth(1).get_by_role("button").click()
    forms.nth(2).get_by_role("textbox").first.fill("5亿")
    forms.nth(2).locator("[name=level]").select_option("county")
    forms.nth(2).locator("[name=livelihood]").select_option("whole")
    forms.nth(2).get_by_role("button").click()
    expect(page.locator(".boards-chips li")).to_have_count(3)
    assert not is_too_wide(page)

    scope = Scope(own)
    changes = [
        Dropped(one),
        Reclassified(other, level="province"),
        Added("", Decimal(500_000_000), "county", "whole"),
    ]
    after = page.locator(".card", has_text="As it would be" if english else "假设之后")
    for meter in meters(scope, DAY, DAY, supposed(scope, stored(scope), changes)).meters:
        assert meter.certain is not None
        low = f"{meter.certain.quantize(Decimal('0.01'), 'ROUND_FLOOR').normalize():f}%"
        expect(after.locator(".boards-share .end").filter(has_text=low)).to_be_visible()
    page.locator(".boards-chips a").first.click()
    expect(page.locator(".boards-chips li")).to_have_count(2)
