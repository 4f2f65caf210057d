"""Undo: offered where something was just written and in the history, confirmed with what it puts back, refused in words."""

import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from shanhai.ledger.models import Entry, Pairing, Role
from shanhai.programme.models import MoneyEvent, Project

from .made import enter
from .planned import PLAN, planned, versions, wanted

SignedIn = Callable[..., Client]
PROJECT = "/register/one/project/QS-03/"
FORM = {
    "name": "河湾村道硬化", "area": "livelihood", "term": "P11", "level": "county", "livelihood": "unclassified", "umbrella": "False",
    "status": "1", "planned": "260000", "currency": "CNY", "places": "洛隆县孜托镇", "revision": "1", "evidence": "青办发〔2023〕4号",
    "planned_start": "2025-09-01", "planned_end": "2026-10-31",
}  # fmt: skip


@pytest.fixture
def one(db: None) -> Pairing:
    return planned()


def words(answer: Any) -> str:
    """A page's words without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def offered(answer: Any) -> list[str]:
    """The addresses of undoing that a page has, each once."""
    found = re.findall(r'href="(/register/-/undo/\d+/)"', answer.content.decode())
    return list(dict.fromkeys(found))


def test_a_change_is_undone_from_its_message(one: Pairing, office: Client) -> None:
    answer = office.post(f"{PROJECT}edit/", FORM, follow=True)
    assert Project.objects.get(key="QS-03").planned == 260000
    path = offered(answer)[0]
    page = words(office.get(path))
    assert "计划资金 260,000.00 250,000.00" in page
    assert Project.objects.get(key="QS-03").planned == 260000

    answer = office.post(path, {"why": "金额填错"}, follow=True)
    assert answer.redirect_chain == [(PROJECT, 302)]
    assert "已撤销" in words(answer)
    assert Project.objects.get(key="QS-03").planned == 250000
    assert "金额填错" in words(office.get(PROJECT))

    again = offered(answer)[0]
    office.post(again)
    assert Project.objects.get(key="QS-03").planned == 260000


def test_what_changes_nothing_offers_nothing(one: Pairing, office: Client) -> None:
    before = Entry.objects.count()
    answer = office.post(f"{PROJECT}edit/", {**FORM, "planned": "250000"}, follow=True)
    assert Entry.objects.count() == before
    assert "已保存" in words(answer)
    assert f"/register/-/undo/{Entry.objects.latest('number').number}/" not in answer.content.decode()


def test_new_withdrawn_and_brought_back(one: Pairing, office: Client) -> None:
    new = {
        "day": "2026-05-01", "stage": "arrived", "amount": "5", "plan": "in", "form": "cash", "currency": "CNY",
        "project": "QS-03", "revision": "0",
    }  # fmt: skip
    made = office.post("/register/one/money/new/", {**new, "key": "E77"}, follow=True)
    path = offered(made)[0]
    assert "已撤下 否 是" in words(office.get(path))
    office.post(path)
    assert MoneyEvent.objects.get(key="E77").withdrawn
    back = office.post("/register/one/money/E77/bring-back", {"revision": "2"}, follow=True)
    assert not MoneyEvent.objects.get(key="E77").withdrawn
    office.post(offered(back)[0])
    assert MoneyEvent.objects.get(key="E77").withdrawn


def test_what_stands_on_it_is_told_and_nothing_is_undone(one: Pairing, office: Client) -> None:
    made = Entry.objects.filter(subject="project:one/QS-06").earliest("number").number
    told = {"day": "2026-05-01", "stage": "到位", "amount": "5", "plan": "计划内", "project": "QS-06"}
    enter(one, "money", "E66", told)
    path = f"/register/-/undo/{made}/"
    page = office.get(path)
    assert "不能撤销" in words(page)
    assert "E66" in words(page)
    assert "这条记录是这一次登记的" in words(page)
    assert "<form" not in page.content.decode().split("<main")[1].split("</main")[0]
    answer = office.post(path)
    assert answer.status_code == 422
    assert "E66" in words(answer)
    assert not Project.objects.get(key="QS-06").withdrawn


def test_what_was_changed_after_it(one: Pairing, office: Client) -> None:
    office.post(f"{PROJECT}edit/", FORM)
    first = offered(office.get(PROJECT))[0]
    office.post(f"{PROJECT}edit/", {**FORM, "planned": "270000", "revision": "2"})
    assert first not in offered(office.get(PROJECT))
    answer = office.post(first)
    assert answer.status_code == 409
    assert "之后又被改动" in words(answer)


def test_a_plans_decision(one: Pairing, office: Client) -> None:
    wanted(planned=Decimal(600000))
    seen = re.search(r'name="seen" value="(\w+)"', office.get(f"{PLAN}2/").content.decode())
    assert seen
    answer = office.post(f"{PLAN}2/approve", {"document": "批2", "seen": seen[1]}, follow=True)
    path = offered(answer)[0]
    assert path in offered(office.get("/register/one/project/QS-05/"))
    page = words(office.get(path))
    assert "计划第2版回到“待批”" in page
    assert "计划资金 600,000.00 1,200,000.00" in page
    answer = office.post(path, follow=True)
    assert answer.redirect_chain == [(f"{PLAN}2/", 302)]
    assert versions().get(number=2).state == "asked"
    assert Project.objects.get(key="QS-05").planned == 1200000
    taken_back = Entry.objects.latest("number").number
    assert "重新审批" in words(office.get(f"/register/-/undo/{taken_back}/"))


@pytest.mark.parametrize("role", list(Role))
def test_who_may(one: Pairing, signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role, one)
    may = role in (Role.OFFICE, Role.ADMINISTRATOR)
    assert bool(offered(client.get(PROJECT))) is may
    number = Entry.objects.filter(subject="project:one/QS-03").earliest("number").number
    path = f"/register/-/undo/{number}/"
    assert client.get(path).status_code == (200 if may else 403)
    assert client.post(path).status_code == (302 if may else 403)


def test_what_is_none_and_another_pairings(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE, Pairing.objects.get(key="two"))
    before = Entry.objects.count()
    for number in (*Entry.objects.values_list("number", flat=True), 0, 99999, "9" * 40):
        for answer in (client.get(f"/register/-/undo/{number}/"), client.post(f"/register/-/undo/{number}/")):
            assert answer.status_code == 404
            assert "东川" not in words(answer)
    assert Entry.objects.count() == before
