"""Accounts are made, given roles, closed and reset by administrators alone; the last one is protected."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import expect

from shanhai.ledger.models import Entry, Membership, Pairing, Role

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on

SECRET = re.compile(r'id="password"[^>]*>([^<]+)<')


@pytest.fixture
def pairing(db: None) -> Pairing:
    return Pairing.objects.create(
        key="minning", name_zh="闽宁协作", sending="福建省", receiving="宁夏回族自治区"
    )


def test_an_account_gets_a_password_that_is_shown_once(chief: Client, pairing: Pairing) -> None:
    answer = chief.post("/accounts/new", {"name": "审核乙", "role": "reviewer", "pairing": "minning"})
    (password,) = SECRET.findall(answer.content.decode())
    user = User.objects.get(username="审核乙")

    assert user.check_password(password)
    assert answer["Cache-Control"] == "no-store"
    assert [(m.role, m.pairing) for m in user.memberships.all()] == [("reviewer", pairing)]
    assert password not in chief.get(f"/accounts/{user.pk}/").content.decode()
    assert password not in str(list(Entry.objects.values_list("old", "new", "why")))
    client = Client()
    client.post("/accounts/sign-in", {"username": "审核乙", "password": password})
    assert client.get("/")["Location"] == "/accounts/password"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"name": "administrator"}, "已被使用"),
        ({"name": "甲 乙"}, "callout error"),
        ({"name": ""}, "faults"),
        ({"role": "emperor"}, "faults"),
        ({"pairing": "nowhere"}, "faults"),
        ({"role": "administrator", "pairing": "minning"}, "管理员只能是全账本的"),
    ],
)
def test_accounts_that_will_not_do(chief: Client, pairing: Pairing, told: dict[str, str], said: str) -> None:
    answer = chief.post("/accounts/new", {"name": "新人", "role": "reader", "pairing": "-"} | told)
    assert said in answer.content.decode()
    assert User.objects.count() == 1
    assert not Entry.objects.exists()


def test_roles_are_given_and_taken_away(chief: Client, account: Any, pairing: Pairing) -> None:
    user = account(None)
    here = f"/accounts/{user.pk}"
    chief.post(f"{here}/give-role", {"role": "reader", "pairing": "-"})
    chief.post(f"{here}/give-role", {"role": "office", "pairing": "minning"})
    chief.post(f"{here}/give-role", {"role": "reporter", "pairing": "-"})
    assert sorted((m.role, m.pairing) for m in Membership.objects.filter(user=user)) == [
        ("office", pairing),
        ("reporter", None),
    ]
    assert (
        "已有这个角色"
        in chief.post(f"{here}/give-role", {"role": "reporter", "pairing": "-"}).content.decode()
    )
    chief.post(f"{here}/take-role", {"pairing": "minning"})
    assert [m.role for m in Membership.objects.filter(user=user)] == ["reporter"]
    assert chief.post(f"{here}/take-role", {"pairing": "minning"}).status_code == 422
    assert [e.action for e in Entry.objects.all()] == ["give role"] * 3 + ["take role"]


def test_the_last_administrator_stays(chief: Client) -> None:
    own = User.objects.get()
    for address, sent in (
        ("take-role", {"pairing": ""}),
        ("give-role", {"role": "reader", "pairing": "-"}),
        ("active", {"active": "no"}),
    ):
        answer = chief.post(f"/accounts/{own.pk}/{address}", sent)
        assert answer.status_code == 422
        assert "最后一位管理员" in answer.content.decode()
    assert chief.get("/accounts/").status_code == 200


def test_closing_ends_what_someone_does(chief: Client, account: Any) -> None:
    user = account(Role.READER)
    reader = Client()
    reader.force_login(user)
    chief.post(f"/accounts/{user.pk}/active", {"active": "no", "reason": "调离"})
    assert reader.get("/").status_code == 302
    assert Entry.objects.get().why == "调离"
    chief.post(f"/accounts/{user.pk}/active", {"active": "yes"})
    assert (
        Client().post("/accounts/sign-in", {"username": "reader", "password": "shan-hai-2024"}).status_code
        == 302
    )


def test_a_reset_ends_all_sessions(chief: Client, account: Any) -> None:
    user = account(Role.READER)
    reader = Client()
    reader.force_login(user)
    (password,) = SECRET.findall(chief.post(f"/accounts/{user.pk}/reset").content.decode())
    assert reader.get("/").status_code == 302
    assert User.objects.get(pk=user.pk).check_password(password)
    own = User.objects.get(username="administrator")
    assert chief.post(f"/accounts/{own.pk}/reset")["Location"] == "/accounts/password"


def test_filters_stand_in_the_address(chief: Client, account: Any, pairing: Pairing) -> None:
    account(Role.READER, pairing, name="张三")
    closed = account(Role.OFFICE, name="李四")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    found = {
        "name=张": {"张三"},
        "role=office": {"李四"},
        "pairing=minning": {"张三"},
        "pairing=-": {"李四", "administrator"},
        "active=no": {"李四"},
        "role=reader&pairing=-": set(),
        "role=nonsense": {"张三", "李四", "administrator"},
    }
    for query, names in found.items():
        text = chief.get(f"/accounts/?{query}").content.decode()
        assert {n for n in ("张三", "李四", "administrator") if f'/">{n}</a>' in text} == names, query


def test_the_list_asks_as_often_for_many_as_for_few(
    chief: Client, account: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        account(Role.READER, name=f"r{n}")
    with django_assert_max_num_queries(9):
        chief.get("/accounts/")


@pytest.mark.parametrize("role", [None, Role.READER, Role.REPORTER, Role.REVIEWER, Role.OFFICE])
def test_no_other_role_manages_accounts(signed_in: Any, account: Any, role: Role | None) -> None:
    other = account(Role.READER, name="other")
    client = signed_in(role)
    for address in ("", "new", f"{other.pk}/"):
        assert client.get(f"/accounts/{address}").status_code == 403
    for address in ("new", *(f"{other.pk}/{act}" for act in ("give-role", "take-role", "reset", "active"))):
        sent = {"name": "x", "role": "administrator", "pairing": "", "active": "no"}
        assert client.post(f"/accounts/{address}", sent).status_code == 403
    assert not Entry.objects.exists()
    assert User.objects.get(pk=other.pk).is_active


def test_accounts_that_are_not_there(chief: Client) -> None:
    assert chief.get("/accounts/999999/").status_code == 404
    assert chief.post("/accounts/999999/reset").status_code == 404


def test_forged_forms_do_nothing(account: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    user = account(Role.ADMINISTRATOR)
    client.force_login(user)
    for address in ("new", f"{user.pk}/reset", f"{user.pk}/active", f"{user.pk}/give-role"):
        assert client.post(f"/accounts/{address}", {"name": "x", "role": "reader"}).status_code == 403
        assert client.get(f"/accounts/{address}").status_code in (200, 405)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("viewport", "dark"), [(DESK, False), (PHONE, True)])
def test_making_an_account_in_the_browser(
    visit: Visit, pairing: Pairing, account: Any, viewport: Any, dark: bool
) -> None:
    account(Role.REVIEWER, pairing, name="审核甲")
    page = visit("/", Role.ADMINISTRATOR, viewport=viewport, dark=dark)
    page.locator(".account summary").click()
    with leads_on(page):
        page.get_by_role("link", name="账号管理").click()
    assert barriers(page) == []
    assert not is_too_wide(page)
    with leads_on(page):
        page.get_by_role("link", name="开设账号").click()
    assert barriers(page) == []
    assert not is_too_wide(page)
    page.get_by_label("账号", exact=True).fill("填报丙")
    page.get_by_label("角色").select_option("reporter")
    page.get_by_label("范围").select_option("minning")
    page.get_by_role("button", name="开设").click()
    expect(page.get_by_role("heading", name="“填报丙”的初始密码")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("link", name="已记下").click()
    expect(page.locator("tbody td[data-label=范围]")).to_have_text("闽宁协作")
    assert barriers(page) == []
    assert not is_too_wide(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Close account")).to_be_visible()
    assert not is_too_wide(page)
