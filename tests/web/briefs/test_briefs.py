"""The pages of briefs: a brief from paste to ledger, who may do what, and what everyone can use."""

import datetime
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from django.test import Client
from playwright.sync_api import expect

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing, Role, Source
from shanhai.ledger.rights import Right
from shanhai.programme.actions.briefs import confirm, decide, send
from shanhai.programme.actions.records import Told, put
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Activity, Brief, BriefItem

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on

EVERYONE = Actor("a test", frozenset(Right))
NOON = datetime.datetime(2024, 3, 1, 4, tzinfo=datetime.UTC)
TEXT = "八月工作简报\n2023年8月14日，在洛隆县举办急救培训，培训学员42人。\n2023年8月20日，在洛隆县开展义诊，诊疗群众230人次。\n"
EVENT = {"sort": "培训", "name": "急救培训", "day": "2023-08-14", "places": "洛隆县", "counts": "参训人数 42"}


@pytest.fixture
def pairing(db: None) -> Pairing:
    made = Pairing.objects.create(
        key="cq-cd",
        name_zh="渝昌协作",
        sending="重庆市",
        receiving="昌都市",
        sending_code="500000",
        receiving_code="540300",
    )
    enter(made, "term", "P10", batch=10, starts=datetime.date(2022, 7, 1), ends=datetime.date(2025, 7, 1))
    term = KINDS["term"].model._default_manager.get()
    team = enter(made, "team", "T10", name="第十批工作队", term=term)
    for key, name in (("Y1", "队员甲"), ("Y2", "队员乙"), ("Y3", "队员丙")):
        about = {"profession": "doctor", "sending_unit": "市医院", "starts": datetime.date(2022, 7, 20)}
        enter(made, "member", key, name=name, team=team, **about)
    return made


def enter(pairing: Pairing, kind: str, key: str, **values: Any) -> Any:
    return put(KINDS[kind], pairing, Told(key, values), actor=EVERYONE, at=NOON)


def confirmed(pairing: Pairing, member: str, **told: str) -> BriefItem:
    people = KINDS["member"].model._default_manager
    one: Any = people.get(key=member)
    brief = send(pairing, one.team, one, datetime.date(2023, 8, 1), actor=EVERYONE, at=NOON)
    item = decide(brief, 0, "confirmed", actor=EVERYONE, told=EVENT | told, at=NOON)
    confirm(brief, actor=EVERYONE, at=NOON)
    return item


def test_a_brief_from_paste_to_ledger(pairing: Pairing, visit: Visit, account: Any) -> None:
    page = visit("/briefs/?month=2023-08", Role.OFFICE, but="422")
    expect(page.get_by_text("队员乙")).to_be_visible()
    page.get_by_role("link", name="报送简报").click()
    page.get_by_label("谁报送").select_option(label="队员甲（第十批工作队）")
    page.get_by_label("粘贴正文").fill(TEXT)
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("简报 J1")
    expect(page.get_by_text("在洛隆县举办急救培训，培训学员42人")).to_be_visible()
    expect(page.locator("#counts-1")).to_have_value("参训人数 42")
    expect(page.locator("#name-1")).to_have_value("急救培训")
    assert barriers(page) == []
    page.locator("#counts-1").fill("参训人数 许多")
    page.get_by_role("button", name="确认 1").click()
    expect(page.locator("#item-1 .faults")).to_be_visible()
    page.locator("#counts-1").fill("参训人数 43；天数 2")
    page.get_by_role("button", name="确认 1").click()
    page.get_by_role("button", name="不登记 2").click()
    page.get_by_role("button", name="全部确认，交办公室").click()
    page.get_by_role("link", name="去合并").click()
    assert barriers(page) == []
    page.get_by_role("button", name="登记进台账").click()
    expect(page.get_by_text("没有等待合并的事项")).to_be_visible()
    activity = Activity.objects.get()
    assert (activity.sort, activity.day, activity.counts) == (
        "training", datetime.date(2023, 8, 14), {"trained": 43, "days": 2},
    )  # fmt: skip
    assert Brief.objects.get().state == Brief.State.MERGED
    assert Source.objects.get().pairing == pairing


@pytest.mark.parametrize(("language", "viewport", "dark"), [("zh-CN", DESK, False), ("en", PHONE, True)])
def test_two_members_report_one_event(
    pairing: Pairing, visit: Visit, account: Any, tmp_path: Path, language: str, viewport: Any, dark: bool
) -> None:
    """One pastes, the other sends a Word document; each confirms their own, the office makes one activity of both."""
    zh = language == "zh-CN"
    look = {"viewport": viewport, "dark": dark, "language": language}
    document = docx.Document()
    document.core_properties.modified = datetime.datetime(2023, 9, 1)  # python-docx says 2013 otherwise
    for line in ("八月小结", "2023年8月15日，在洛隆县参加急救培训，培训学员40人。"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "小结.docx"))

    for name, key in (("one", "Y1"), ("two", "Y2")):
        page = visit("/briefs/send/?month=2023-08", user=account(Role.REPORTER, pairing, name=name), **look)
        page.locator("#id_who").select_option(f"m-{key}")
        if key == "Y1":
            page.locator("#id_text").fill(TEXT)
        else:
            page.locator("#id_file").set_input_files(tmp_path / "小结.docx")
        with leads_on(page):
            page.get_by_role("button", name="报送" if zh else "Send", exact=True).click()
        assert barriers(page) == []
        assert not is_too_wide(page)
        with leads_on(page):
            page.get_by_role("button", name="确认 1" if zh else "Confirm 1", exact=True).click()
        if key == "Y1":
            with leads_on(page):
                page.get_by_role("button", name="不登记 2" if zh else "Drop 2", exact=True).click()
            expect(page.get_by_role("link", name="看原文" if zh else "See the source")).to_be_visible()
        with leads_on(page):
            page.get_by_role(
                "button", name="全部确认，交办公室" if zh else "All confirmed: hand it to the office"
            ).click()
        expect(page.locator(".lead")).to_contain_text("待办公室合并" if zh else "Waits for the office")

    page = visit("/briefs/?month=2023-08", user=account(Role.OFFICE), **look)
    expect(page.locator(".briefs-missing li")).to_have_count(1)
    expect(page.locator(".briefs-missing")).to_contain_text("队员丙")
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载提醒" if zh else "Download reminders").click()
    assert "队员丙" in Path(taken.value.path()).read_text("utf-8")
    with leads_on(page):
        page.get_by_role("link", name="合并进台账" if zh else "Merge into the register").click()
    assert not is_too_wide(page)
    assert barriers(page) == []
    same = "是同一件，合为一条" if zh else "The same: make them one"
    with leads_on(page):
        page.get_by_role("button", name=same).first.click()
    expect(page.get_by_text("没有等待合并的事项" if zh else "Nothing waits to be merged")).to_be_visible()
    activity = Activity.objects.get()
    assert (activity.counts, activity.day) == ({"trained": 42}, datetime.date(2023, 8, 14))
    assert "J1" in activity.evidence
    assert "J2" in activity.evidence
    with leads_on(page):
        page.get_by_role("link", name=activity.name).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(activity.name)
    expect(page.get_by_role("link", name="J1")).to_be_visible()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_everyone_can_use_the_pages(pairing: Pairing, visit: Visit, account: Any, language: str) -> None:
    for member in ("Y1", "Y2"):
        confirmed(pairing, member)
    office = account(Role.OFFICE)
    dark = language == "en"
    for viewport in (DESK, PHONE):
        for address in (
            "/briefs/?month=2023-08",
            "/briefs/send/",
            "/briefs/of/cq-cd/J1/",
            "/briefs/merge/cq-cd/",
        ):
            page = visit(address, user=office, viewport=viewport, dark=dark, language=language)
            assert not is_too_wide(page), address
            assert barriers(page) == [], address


def test_two_reports_are_offered_and_merged_once(pairing: Pairing, signed_in: Any) -> None:
    items = [confirmed(pairing, "Y1"), confirmed(pairing, "Y2", counts="参训人数 40", day="2023-08-15")]
    client: Client = signed_in(Role.OFFICE)
    page = client.get("/briefs/merge/cq-cd/").content.decode()
    assert page.count("可能与这一条重复") == 2
    told = {"item": [item.pk for item in items]}
    assert client.post("/briefs/merge/cq-cd/", told).status_code == 302
    assert Activity.objects.get().counts == {"trained": 42}
    client.post("/briefs/merge/cq-cd/", told)
    assert Activity.objects.count() == 1
    assert "请刷新后再选" in client.get("/briefs/merge/cq-cd/").content.decode()


def test_merging_is_undone_from_its_message(pairing: Pairing, signed_in: Any) -> None:
    item = confirmed(pairing, "Y1")
    client: Client = signed_in(Role.OFFICE)
    page = client.post("/briefs/merge/cq-cd/", {"item": [item.pk]}, follow=True).content.decode()
    found = re.search(r'href="(/register/-/undo/\d+/)"', page)
    assert found
    assert "这些简报的事项退回待并入" in client.get(found[1]).content.decode()
    client.post(found[1])
    assert Activity.objects.get().withdrawn
    item.refresh_from_db()
    assert (item.state, item.activity) == ("confirmed", None)


def test_who_may_do_what(pairing: Pairing, signed_in: Any) -> None:
    item = confirmed(pairing, "Y1")
    other = Pairing.objects.create(key="other", name_zh="另一结对", sending="北京市", receiving="拉萨市")
    stranger = signed_in(Role.OFFICE, other)
    for address in ("/briefs/of/cq-cd/J1/", "/briefs/merge/cq-cd/", "/briefs/reminders.ics?pairing=cq-cd"):
        assert stranger.get(address).status_code == 404, address
    assert stranger.post("/briefs/of/cq-cd/J1/confirm").status_code == 404
    reader = signed_in(Role.READER)
    assert reader.get("/briefs/").status_code == 403
    assert reader.get("/briefs/of/cq-cd/J1/").status_code == 404
    reporter = signed_in(Role.REPORTER, pairing)
    assert reporter.get("/briefs/of/cq-cd/J1/").status_code == 200
    assert reporter.post("/briefs/of/cq-cd/J1/item/1", {"do": "drop"}).status_code == 403
    assert reporter.get("/briefs/merge/cq-cd/").status_code == 403
    assert reporter.post("/briefs/merge/cq-cd/", {"item": item.pk}).status_code == 403
    assert not Activity.objects.exists()


def test_bad_input_is_told(pairing: Pairing, signed_in: Any) -> None:
    client: Client = signed_in(Role.REPORTER, pairing)
    answer = client.post("/briefs/send/", {"who": "m-Y9", "month": "2023-13"})
    assert answer.status_code == 422
    assert "月份请写成" in answer.content.decode()
    future = client.post("/briefs/send/", {"who": "m-Y1", "month": "2199-01"})
    assert "月份还没有到" in future.content.decode()
    assert not Brief.objects.exists()
    assert client.post("/briefs/send/", {"who": "m-Y1", "month": "2023-08"}).status_code == 302
    wrong = client.post("/briefs/of/cq-cd/J1/item/0", EVENT | {"do": "confirm", "day": "2023-02-30"})
    assert wrong.status_code == 422
    assert 'value="2023-02-30"' in wrong.content.decode()
    assert client.get("/briefs/?month=<script>").status_code == 200


def test_reminders(pairing: Pairing, signed_in: Any) -> None:
    confirmed(pairing, "Y1")
    client: Client = signed_in(Role.REPORTER, pairing)
    answer = client.get("/briefs/reminders.ics?pairing=cq-cd&month=2023-08")
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "SUMMARY:队员乙：报送2023年8月工作简报（渝昌协作）" in text
    assert client.get("/briefs/reminders.ics?pairing=cq-cd&month=2023-08").content == answer.content


def test_queries_do_not_grow(pairing: Pairing, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        confirmed(pairing, "Y1")
    client: Client = signed_in(Role.OFFICE)
    for address in ("/briefs/?month=2023-08", "/briefs/of/cq-cd/J1/", "/briefs/merge/cq-cd/"):
        with django_assert_max_num_queries(14):
            client.get(address)
