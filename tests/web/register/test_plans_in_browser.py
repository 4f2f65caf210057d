"""Plans in a browser: a change asked for with its effect and approved by another, a refusal, a conflict merged, undo; on paper."""

import io
from collections.abc import Callable
from decimal import Decimal

import pypdfium2
import pytest
from django.contrib.auth.models import User

from shanhai.ledger.models import Pairing, Role
from shanhai.programme.actions.plans import approve
from shanhai.programme.models import PlanVersion, Project

from ...programme.photos.pictures import jpeg
from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on
from .made import CLERK
from .planned import PLAN, planned, versions, wanted
from .test_in_browser import attach

pytestmark = pytest.mark.django_db(transaction=True)
State = PlanVersion.State


@pytest.fixture
def one(transactional_db: None) -> Pairing:
    return planned()


def test_a_change_is_asked_for_with_its_effect_and_approved_by_another(
    one: Pairing, visit: Visit, account: Callable[..., User]
) -> None:
    page = visit("/register/one/project/QS-05/", user=account(Role.OFFICE, name="wen"), but="status of 4")
    with leads_on(page):
        page.keyboard.press("v")
    page.get_by_label("计划资金").fill("六十万")
    with leads_on(page):
        page.get_by_role("button", name="看影响").click()
    assert page.locator(".field.wrong").count() == 2  # no exact amount that is read, no reason
    page.get_by_label("计划资金").fill("60万元")
    page.get_by_label("变更的原因").fill("招标结余，压减规模")
    with leads_on(page):
        page.get_by_role("button", name="看影响").click()
    effect = page.locator("#effect")
    for part in (
        "1,200,000.00",
        "600,000.00",
        "75% – 90.63%",
        "60% – 85%",
        "尚不能定",
        "QS-03 河湾村道硬化",
        "中心校食堂",
    ):
        assert part in effect.inner_text(), part
    assert versions().count() == 1
    assert barriers(page) == []
    assert not is_too_wide(page)
    with leads_on(page):
        page.get_by_role("button", name="提交申请").click()
    page.get_by_text("第2版，等待批准").wait_for()

    leader = visit("/register/one/", user=account(Role.OFFICE, name="qin"))
    with leads_on(leader):
        leader.get_by_role("link", name="有1个计划版本等您批准").click()
    with leads_on(leader):
        leader.get_by_role("link", name="QS-05 中心校学生宿舍").click()
    assert "60% – 85%" in leader.locator(".plan-effect").inner_text()
    leader.get_by_label("批准文号").fill("川援发〔2026〕3号")
    with leads_on(leader):
        leader.get_by_role("button", name="批准这一版").click()
    leader.get_by_text("项目的计划已随之更新").wait_for()
    version = versions().get(number=2)
    assert (version.asked_by, version.decided_by, version.state) == ("wen", "qin", State.APPROVED)
    assert Project.objects.get(key="QS-05").planned == 600000


def test_a_refusal_and_its_undo_in_english_on_a_phone(one: Pairing, visit: Visit) -> None:
    wanted(planned=Decimal(900000))
    page = visit(f"{PLAN}2/", Role.OFFICE, viewport=PHONE, language="en", dark=True)
    assert "If it were approved now" in page.locator(".plan-effect").inner_text()
    assert barriers(page) == []
    assert not is_too_wide(page)
    page.get_by_label("Why it is refused").fill("The tender is not over")
    with leads_on(page):
        page.get_by_role("button", name="Refuse").click()
    page.get_by_text("Version 2 is refused.").wait_for()
    assert (versions().get(number=2).state, versions().get(number=2).said) == (
        State.REFUSED,
        "The tender is not over",
    )
    with leads_on(page):
        page.locator("#notices").get_by_role("link", name="Undo").click()
    page.get_by_text("Version 2 of the plan goes back to “Waiting”.").wait_for()
    assert barriers(page) == []
    assert not is_too_wide(page)
    with leads_on(page):
        page.get_by_role("button", name="Undo").click()
    page.get_by_text("Undone.").wait_for()
    assert versions().get(number=2).state == State.ASKED


def test_a_conflict_is_merged(one: Pairing, visit: Visit) -> None:
    wanted(planned=Decimal(900000))
    wanted(planned=Decimal(1000000), planned_end=None)
    page = visit("/register/-/plans/", Role.OFFICE)
    with leads_on(page):
        page.get_by_role("link", name="QS-05").first.click()
    page.get_by_text("同时还有并行的版本").wait_for()
    page.get_by_label("批准文号").fill("批2")
    with leads_on(page):
        page.get_by_role("button", name="批准这一版").click()
    page.goto(page.url.replace("/2/", "/3/"))
    page.get_by_text("所依据的版本已经不是现行版本").wait_for()
    assert page.get_by_role("button", name="批准这一版").count() == 0
    with leads_on(page):
        page.get_by_role("link", name="合并两边的版本").click()
    assert barriers(page) == []
    assert page.get_by_label("只有第3版改了").count() == 0
    page.get_by_label("第3版（待批）：1,000,000.00").check()
    page.get_by_label("变更的原因").fill("两边合并")
    with leads_on(page):
        page.get_by_role("button", name="看影响").click()
    assert barriers(page) == []
    with leads_on(page):
        page.get_by_role("button", name="提交申请").click()
    page.get_by_label("批准文号").fill("批4")
    with leads_on(page):
        page.get_by_role("button", name="批准这一版").click()
    found = Project.objects.get(key="QS-05")
    assert (found.planned, found.planned_end) == (1000000, None)
    with leads_on(page):
        page.get_by_role("link", name="计划", exact=True).click()
    assert page.locator(".plan-graph a").count() == 4
    assert barriers(page) == []


def test_what_was_just_written_is_undone(one: Pairing, visit: Visit) -> None:
    page = visit("/register/one/project/QS-03/edit/", Role.OFFICE)
    page.get_by_label("项目名称").fill("河湾村道路")
    with leads_on(page):
        page.get_by_role("button", name="保存", exact=True).click()
    with leads_on(page):
        page.locator("#notices").get_by_role("link", name="撤销").click()
    row = page.get_by_role("row", name="项目名称")
    assert "河湾村道路" in row.inner_text()
    assert "河湾村道硬化" in row.inner_text()
    assert barriers(page) == []
    page.get_by_label("原因").fill("改错了项目")
    with leads_on(page):
        page.get_by_role("button", name="撤销").click()
    page.get_by_role("heading", name="QS-03 河湾村道硬化").wait_for()
    assert Project.objects.get(key="QS-03").name == "河湾村道硬化"


@pytest.mark.parametrize(
    ("viewport", "dark", "language"), [(DESK, True, "en"), (PHONE, False, "zh-CN"), (DESK, False, "zh-CN")]
)
def test_pages_are_open_to_all_and_fit(
    one: Pairing, visit: Visit, viewport: dict[str, int], dark: bool, language: str
) -> None:
    wanted(planned=Decimal(900000))
    approve(wanted(planned=Decimal(1000000)), document="批3", actor=CLERK)
    page = visit("/register/-/plans/", Role.OFFICE, viewport=viewport, dark=dark, language=language)
    home = page.url.split("/register/")[0]
    for address in (
        "/register/-/plans/",
        PLAN,
        f"{PLAN}1/",
        f"{PLAN}2/",
        f"{PLAN}ask/",
        f"{PLAN}ask/?follows=2&follows=3",
        "/register/one/project/QS-05/",
    ):
        page.goto(f"{home}{address}")
        assert barriers(page) == [], address
        assert not is_too_wide(page), address


def test_a_projects_page_is_printed_with_its_plan_and_photos(one: Pairing, visit: Visit) -> None:
    approve(wanted(planned=Decimal(900000)), document="川援发〔2026〕3号", actor=CLERK)
    page = visit("/register/one/project/QS-05/", Role.OFFICE)
    attach(page, jpeg((640, 480)))
    paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    assert len(paper) <= 3
    text = "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    for part in ("川援发〔2026〕3号", "1,200,000.00", "900,000.00", "材料涨价"):
        assert part in text, part
    for part in ("撤销", "申请变更", "撤下这条记录", "添加照片"):
        assert part not in text, part
