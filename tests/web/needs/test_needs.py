"""The page of needs and offers: matched, followed up, overdue first, and for whom."""

import datetime
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing, Role
from shanhai.ledger.rights import Right
from shanhai.programme.actions.records import Told, put
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Match, Need

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide

EVERYONE = Actor("a test", frozenset(Right))


@pytest.fixture
def pairing(db: None) -> Pairing:
    made = Pairing.objects.create(key="cq-cd", name_zh="渝昌协作", sending="重庆市", receiving="昌都市")
    day = datetime.date(2024, 1, 10)
    put(KINDS["project"], made, Told("X1", {"name": "儿科能力提升", "area": "health"}), actor=EVERYONE)
    for key, side, summary, due in (
        ("N1", "asked", "缺儿科医生一名", None),
        ("N2", "offered", "可派儿科医生", None),
        ("N3", "asked", "缺超声设备", datetime.date(2024, 2, 1)),
    ):
        values = {
            "side": side,
            "summary": summary,
            "area": "health",
            "said_by": "县卫健委",
            "day": day,
            "due": due,
        }
        put(KINDS["need"], made, Told(key, values), actor=EVERYONE)
    return made


def test_matched_and_followed_up(pairing: Pairing, visit: Visit) -> None:
    page = visit("/needs/", Role.OFFICE)
    headings = page.locator(".needs-sides section:first-child h3")
    expect(headings).to_have_text(["缺超声设备", "缺儿科医生一名"])
    page.get_by_role("button", name="对接 N1").click()
    expect(page.get_by_text("已登记对接L1")).to_be_visible()
    page.get_by_label("进展").select_option(label="已落实")
    page.get_by_label("说明").fill("5月到岗")
    page.get_by_label("落在哪个项目").fill("X9")
    page.get_by_role("button", name="更新 L1").click()
    expect(page.get_by_text("没有编号为“X9”的项目")).to_be_visible()
    assert Match.objects.get().state == Match.State.PROPOSED
    page.get_by_label("进展").select_option(label="已落实")
    page.get_by_label("说明").fill("5月到岗")
    page.get_by_label("落在哪个项目").fill("X1")
    page.get_by_role("button", name="更新 L1").click()
    expect(page.get_by_text("5月到岗")).to_be_visible()
    assert Match.objects.get().state == Match.State.DONE
    assert Need.objects.get(key="N1").state == Need.State.MET
    page.get_by_role("link", name="缺儿科医生一名").click()
    page.get_by_role("link", name="L1").click()
    page.wait_for_url("**/match/L1/")
    page.get_by_role("link", name="X1").click()
    page.wait_for_url("**/project/X1/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("儿科能力提升")
    expect(page.get_by_role("link", name="L1").first).to_be_visible()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_everyone_can_use_the_page(pairing: Pairing, visit: Visit, account: Any, language: str) -> None:
    office = account(Role.OFFICE)
    for viewport in (DESK, PHONE):
        page = visit("/needs/", user=office, viewport=viewport, dark=language == "en", language=language)
        assert not is_too_wide(page)
        assert barriers(page) == []


def test_who_may_do_what(pairing: Pairing, signed_in: Any) -> None:
    reader: Client = signed_in(Role.READER)
    page = reader.get("/needs/").content.decode()
    assert "可派儿科医生" in page
    assert "<button>更新" not in page
    told = {"need": "N1", "offer": "N2"}
    assert reader.post("/needs/cq-cd/match", told).status_code == 403
    other = Pairing.objects.create(key="other", name_zh="另一结对", sending="北京市", receiving="拉萨市")
    stranger: Client = signed_in(Role.OFFICE, other)
    assert stranger.post("/needs/cq-cd/match", told).status_code == 404
    assert "可派儿科医生" not in stranger.get("/needs/?pairing=cq-cd").content.decode()
    assert not Match.objects.exists()


def test_bad_input_is_told(pairing: Pairing, signed_in: Any) -> None:
    office: Client = signed_in(Role.OFFICE)
    for told, said in (
        ({"need": "N2", "offer": "N1"}, "“N2”不在待对接之列"),
        ({"need": "N1", "offer": ""}, "“”不在待对接之列"),
        ({"need": "N1", "offer": "N2", "due": "2024-02-30"}, "“2024-02-30”不是日期"),
    ):
        answer = office.post("/needs/cq-cd/match", told, follow=True)
        assert said in answer.content.decode()
    assert not Match.objects.exists()
    assert office.get("/needs/?area=<b>").status_code == 200


def test_a_note_that_is_too_long_is_told(pairing: Pairing, signed_in: Any) -> None:
    office: Client = signed_in(Role.OFFICE)
    office.post("/needs/cq-cd/match", {"need": "N1", "offer": "N2"})
    match = Match.objects.get()

    answer = office.post(
        f"/needs/cq-cd/follow/{match.key}", {"state": "underway", "note": "长" * 301}, follow=True
    )

    assert "300" in answer.content.decode()
    assert Match.objects.get().note == ""


def test_queries_do_not_grow(pairing: Pairing, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    office: Client = signed_in(Role.OFFICE)
    with django_assert_max_num_queries(9):
        office.get("/needs/")
