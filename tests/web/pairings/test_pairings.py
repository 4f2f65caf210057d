"""Pairings and collections, kept by those who file, within what they may see."""

import datetime
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Collection, Entry, Pairing, Role, Source
from shanhai.ledger.rights import Right

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on

NOON = datetime.datetime(2024, 3, 1, 4, tzinfo=datetime.UTC)
EVERYONE = Actor("a test", frozenset(Right))
DETAILS = {
    "name_zh": "闽宁协作",
    "name_en": "",
    "sending": "福建省",
    "receiving": "宁夏回族自治区",
    "key": "minning",
}


def source(text: str, pairing: Pairing | None = None) -> Source:
    arrival = Arrival(text.encode(), f"{text}.txt", fault="不是报告\nno report")
    return receive(arrival, actor=EVERYONE, pairing=pairing, at=NOON).source


@pytest.fixture
def other(db: None) -> Pairing:
    return Pairing.objects.create(key="other", name_zh="另一结对", sending="北京市", receiving="拉萨市")


def test_a_pairing_is_made_and_changed(office: Client) -> None:
    assert office.post("/pairings/new", DETAILS).status_code == 302
    pairing = Pairing.objects.get()
    assert (pairing.sending_code, pairing.receiving_code) == ("350000", "640000")
    page = office.get("/pairings/of/minning/").content.decode()
    assert 'value="350000"' in page

    changed = {**DETAILS, "sending": "浙江省", "sending_code": "350000", "receiving_code": "640000"}
    assert office.post("/pairings/of/minning/", changed).status_code == 302
    assert Pairing.objects.get().sending_code == "330000"
    assert [e.action for e in Entry.objects.all()] == ["make pairing", "change pairing"]


def test_a_name_of_several_places_asks_which(office: Client) -> None:
    told = office.post("/pairings/new", {**DETAILS, "receiving": "朝阳区"}).content.decode()
    assert 'type="radio"' in told
    assert 'value="110105"' in told
    assert 'value="220104"' in told
    assert not Pairing.objects.exists()

    answer = office.post("/pairings/new", {**DETAILS, "receiving": "朝阳区", "receiving_code": "110105"})
    assert answer.status_code == 302
    assert Pairing.objects.get().receiving_code == "110105"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"sending": "乌有国"}, "地名表中没有“乌有国”"),
        ({"key": "闽宁"}, "只能用小写字母"),
        ({"key": "../x"}, "只能用小写字母"),
        ({"name_zh": ""}, "faults"),
        ({"sending_code": "110000"}, "代码不是110000"),
    ],
)
def test_pairings_that_will_not_do(office: Client, told: dict[str, str], said: str) -> None:
    answer = office.post("/pairings/new", DETAILS | told)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Pairing.objects.exists()


@pytest.mark.parametrize("role", [None, Role.READER, Role.REPORTER, Role.REVIEWER])
def test_who_may_not_file_keeps_nothing(signed_in: Any, other: Pairing, role: Role | None) -> None:
    client = signed_in(role)
    Collection.objects.create(key="c", name="专题")
    for address in ("", "new", "collections/", "collections/c/"):
        assert client.get(f"/pairings/{address}").status_code == 403
    assert client.get("/pairings/of/other/").status_code in (403, 404)
    for address in ("new", "of/other/", "collections/", "collections/c/", "collections/c/delete"):
        assert client.post(f"/pairings/{address}", DETAILS).status_code in (403, 404)
    assert not Entry.objects.exists()


def test_an_office_of_one_pairing_keeps_that_one(signed_in: Any, other: Pairing) -> None:
    own = Pairing.objects.create(key="own", name_zh="自己的", sending="上海市", receiving="日喀则市")
    client = signed_in(Role.OFFICE, own)
    text = client.get("/pairings/").content.decode()
    assert "自己的" in text
    assert "另一结对" not in text
    assert "建立结对</a>" not in text
    assert client.get("/pairings/of/other/").status_code == 404
    assert client.post("/pairings/of/other/", DETAILS).status_code == 404
    assert client.post("/pairings/new", DETAILS).status_code == 403
    assert client.get("/pairings/of/own/").status_code == 200


def test_collections_show_only_ones_own_sources(signed_in: Any, other: Pairing) -> None:
    own = Pairing.objects.create(key="own", name_zh="自己的", sending="上海市", receiving="日喀则市")
    mine, theirs = source("mine", own), source("theirs", other)
    collection = Collection.objects.create(key="c", name="专题一")
    collection.sources.add(mine, theirs)
    client = signed_in(Role.OFFICE, own)
    text = client.get("/pairings/collections/c/").content.decode()
    assert "mine.txt" in text
    assert "theirs.txt" not in text
    assert client.post("/pairings/collections/c/take-out", {"source": theirs.sha256}).status_code == 404
    assert client.post("/pairings/collections/c/delete").status_code == 403
    assert client.post("/pairings/collections/c/take-out", {"source": mine.sha256}).status_code == 302
    assert list(collection.sources.all()) == [theirs]


def test_a_collection_is_made_renamed_and_deleted(office: Client) -> None:
    office.post("/pairings/collections/", {"key": "y2023", "name": "2023年考核材料"})
    office.post("/pairings/collections/y2023/", {"name": "2023年考核"})
    assert Collection.objects.get().name == "2023年考核"
    assert (
        "已被使用"
        in office.post("/pairings/collections/", {"key": "y2023", "name": "又一个"}).content.decode()
    )
    office.post("/pairings/collections/y2023/delete", {"reason": "不再需要"})
    assert not Collection.objects.exists()
    assert Entry.objects.order_by("number").last().why == "不再需要"  # type: ignore[union-attr]
    assert office.get("/pairings/collections/y2023/").status_code == 404


def test_forged_forms_do_nothing(account: Any, other: Pairing) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account(Role.OFFICE))
    for address in ("new", "of/other/", "collections/"):
        assert client.post(f"/pairings/{address}", DETAILS).status_code == 403
    assert not Entry.objects.exists()


def test_lists_ask_as_often_for_many_as_for_few(office: Client, django_assert_max_num_queries: Any) -> None:
    for n in range(20):
        Pairing.objects.create(key=f"p{n}", name_zh=f"结对{n}", sending="甲", receiving="乙")
        Collection.objects.create(key=f"c{n}", name=f"专题{n}")
    for address in ("/pairings/", "/pairings/collections/"):
        with django_assert_max_num_queries(8):
            assert office.get(address).status_code == 200


@pytest.mark.parametrize(("viewport", "dark"), [(DESK, True), (PHONE, False)])
def test_in_the_browser(visit: Visit, viewport: Any, dark: bool) -> None:
    page = visit("/pairings/", Role.OFFICE, viewport=viewport, dark=dark)
    expect(page.get_by_role("heading", name="还没有结对")).to_be_visible()
    assert barriers(page) == []
    with leads_on(page):
        page.get_by_role("link", name="建立结对").click()
    page.get_by_label("名称", exact=True).fill("朝阳结对")
    page.get_by_label("代号").fill("chaoyang")
    page.get_by_label("派出地").fill("福建省")
    page.get_by_label("受援地").fill("朝阳区")
    page.get_by_role("button", name="建立").click()
    page.get_by_role("radio", name="北京市").check()
    assert barriers(page) == []
    assert not is_too_wide(page)
    page.get_by_role("button", name="建立").click()
    expect(page.get_by_role("link", name="朝阳结对")).to_be_visible()
    assert barriers(page) == []
    assert not is_too_wide(page)
    with leads_on(page):
        page.get_by_role("link", name="专题", exact=True).click()
    page.get_by_label("名称").fill("考核材料")
    page.get_by_label("代号").fill("kaohe")
    page.get_by_role("button", name="建立").click()
    page.get_by_role("link", name="考核材料").click()
    expect(page.get_by_role("heading", name="专题里还没有来源")).to_be_visible()
    assert barriers(page) == []
    assert not is_too_wide(page)
