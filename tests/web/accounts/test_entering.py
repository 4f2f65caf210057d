"""Signing in and its throttle; sessions; one's own password."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.utils import timezone

from shanhai.ledger.actions.accounts import set_password
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry, Role
from shanhai.ledger.rights import Right
from shanhai.web.accounts import throttle
from shanhai.web.accounts.models import Failure

SIGN_IN, PASSWORD = "/accounts/sign-in", "/accounts/password"
RIGHT = {"username": "reader", "password": "shan-hai-2024"}
WRONG = {**RIGHT, "password": "nothing-like-it"}
CHIEF = Actor("chief", frozenset(Right))


@pytest.fixture
def reader(account: Any) -> User:
    return account(Role.READER)  # type: ignore[no-any-return]


def test_failures_slow_an_account_down(reader: User, client: Client) -> None:
    for _ in range(throttle.FREE_OF_ACCOUNT):
        assert client.post(SIGN_IN, WRONG).status_code == 200
    told = client.post(SIGN_IN, RIGHT)

    assert told.status_code == 429
    assert int(told["Retry-After"]) in (1, 2)
    assert "失败次数过多" in told.content.decode()
    assert "_auth_user_id" not in client.session
    assert Client(REMOTE_ADDR="192.0.2.9").post(SIGN_IN, RIGHT).status_code == 429
    assert Client().post(SIGN_IN, {**RIGHT, "username": "READER"}).status_code == 429


def test_an_unknown_account_is_slowed_down_the_same_way(reader: User, client: Client) -> None:
    for _ in range(throttle.FREE_OF_ACCOUNT):
        client.post(SIGN_IN, {**WRONG, "username": "no such"})
    assert client.post(SIGN_IN, {**WRONG, "username": "no such"}).status_code == 429
    assert client.post(SIGN_IN, RIGHT).status_code == 302


def test_an_address_is_slowed_down_over_all_accounts(reader: User, client: Client) -> None:
    for n in range(throttle.FREE_OF_ADDRESS):
        client.post(SIGN_IN, {**WRONG, "username": f"guess{n}"})
    assert client.post(SIGN_IN, RIGHT).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.9").post(SIGN_IN, RIGHT).status_code == 302


@pytest.mark.django_db
def test_the_wait_doubles_up_to_a_limit_and_ends() -> None:
    request = RequestFactory().post(SIGN_IN)
    now = timezone.now()
    waits = []
    for _ in range(throttle.FREE_OF_ACCOUNT + 12):
        while wait := throttle.attempt(request, "a", now):
            waits.append(wait.total_seconds())
            now += wait
    assert waits[:5] == [2, 4, 8, 16, 32]
    assert max(waits) == throttle.LONGEST.total_seconds()

    assert not throttle.attempt(request, "a", now + throttle.FORGOTTEN + datetime.timedelta(hours=1))
    assert {row.times for row in Failure.objects.all()} == {1}


@pytest.mark.django_db
def test_no_name_and_no_address_is_kept(client: Client) -> None:
    client.post(SIGN_IN, {**WRONG, "username": "13800000000"})
    assert all(len(row.key) == 64 and "138" not in str(row) for row in Failure.objects.all())


def test_success_forgets_the_failures(reader: User, client: Client) -> None:
    for _ in range(throttle.FREE_OF_ACCOUNT - 1):
        client.post(SIGN_IN, WRONG)
    assert client.post(SIGN_IN, RIGHT).status_code == 302
    for _ in range(throttle.FREE_OF_ACCOUNT - 1):
        assert Client().post(SIGN_IN, WRONG).status_code == 200


def test_behind_a_proxy_the_address_is_what_the_proxy_says(settings: Any) -> None:
    factory = RequestFactory()
    request = factory.post(SIGN_IN, HTTP_X_FORWARDED_FOR="203.0.113.1, 192.0.2.7")
    settings.SECURE_PROXY_SSL_HEADER = None
    assert throttle.address_of(request) == "127.0.0.1"  # anyone could say so
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert throttle.address_of(request) == "192.0.2.7"


def test_signing_in_renews_the_session(reader: User, client: Client) -> None:
    session = client.session
    session["kept"] = 1
    session.save()
    before = session.session_key
    client.cookies["shanhai_session"] = before
    client.post(SIGN_IN, RIGHT)
    assert client.cookies["shanhai_session"].value != before
    assert not Client(headers={"cookie": f"shanhai_session={before}"}).session.get("_auth_user_id")


def test_a_closed_account_cannot_sign_in_and_its_sessions_end(reader: User, client: Client) -> None:
    client.post(SIGN_IN, RIGHT)
    assert client.get("/").status_code == 200
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert client.get("/").status_code == 302
    assert Client().post(SIGN_IN, RIGHT).status_code == 200


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_sign_in_leads_nowhere_else(reader: User, client: Client, away: str) -> None:
    assert client.post(SIGN_IN, {**RIGHT, "next": away})["Location"] == "/"


def test_changing_ones_password_ends_all_other_sessions(reader: User) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.post(SIGN_IN, RIGHT)
    changed = here.post(
        PASSWORD,
        {
            "old_password": RIGHT["password"],
            "new_password1": "heshan-2025-y",
            "new_password2": "heshan-2025-y",
        },
    )
    assert changed.status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    entry = Entry.objects.get()
    assert (entry.action, entry.by, entry.subject) == ("password", "reader", "account:reader")
    assert "heshan" not in str(entry.new)


@pytest.mark.parametrize(
    ("old", "new", "again", "zh", "en"),
    [
        ("wrong", "heshan-2025-y", None, "原密码不对", "current password is wrong"),
        ("shan-hai-2024", "short", None, "密码太短，至少要有10个字符", "at least 10 characters"),
        ("shan-hai-2024", "heshan-2025-y", "heshan-2025-z", "两次输入的密码不同", "passwords differ"),
        ("shan-hai-2024", "shan-hai-2024", None, "新密码与原密码相同", "is the old one"),
        ("shan-hai-2024", "73829164508", None, "密码", "numeric"),
    ],
)
def test_passwords_that_will_not_do(
    reader: User, old: str, new: str, again: str | None, zh: str, en: str
) -> None:
    for language, said in (("zh-hans", zh), ("en", en)):
        client = Client(headers={"accept-language": language})
        client.force_login(reader)
        sent = {"old_password": old, "new_password1": new, "new_password2": again or new}
        told = client.post(PASSWORD, sent).content.decode()
        assert said in told
    assert not Entry.objects.exists()


def test_a_password_that_someone_else_set_must_be_changed_first(reader: User) -> None:
    set_password(reader, "chuanda-4821-k", actor=CHIEF)
    client = Client()
    client.post(SIGN_IN, {**RIGHT, "password": "chuanda-4821-k"})
    for address in ("/", "/programs/", "/accounts/"):
        assert client.get(address)["Location"] == PASSWORD
    assert "别人设的" in client.get(PASSWORD).content.decode()
    assert client.post("/frame/language", {"language": "en", "next": PASSWORD}).status_code == 302

    client.post(
        PASSWORD,
        {
            "old_password": "chuanda-4821-k",
            "new_password1": "heshan-2025-y",
            "new_password2": "heshan-2025-y",
        },
    )
    assert client.get("/").status_code == 200
    again = Client()
    again.post(SIGN_IN, {**RIGHT, "password": "heshan-2025-y"})
    assert again.get("/").status_code == 200


def test_strangers_have_no_password_to_change(client: Client, settings: Any, db: None) -> None:
    settings.SHANHAI_PUBLIC = True
    assert client.get(PASSWORD)["Location"] == SIGN_IN


def test_strangers_who_fail_do_not_keep_out_a_browser_that_signed_in_before(reader: User) -> None:
    known, stranger = Client(), Client(REMOTE_ADDR="192.0.2.9")
    assert known.post(SIGN_IN, RIGHT).status_code == 302
    known.post("/accounts/sign-out")

    for _ in range(throttle.FREE_OF_ACCOUNT + 3):
        stranger.post(SIGN_IN, WRONG)

    assert stranger.post(SIGN_IN, RIGHT).status_code == 429
    assert known.post(SIGN_IN, RIGHT).status_code == 302


def test_a_known_browser_is_slowed_down_by_itself_and_for_its_account_alone(
    reader: User, account: Any
) -> None:
    other = account(Role.REVIEWER).get_username()
    known = Client()
    known.post(SIGN_IN, RIGHT)
    known.post("/accounts/sign-out")
    for _ in range(throttle.FREE_OF_ACCOUNT):
        assert known.post(SIGN_IN, WRONG).status_code == 200

    assert known.post(SIGN_IN, RIGHT).status_code == 429
    assert Client().post(SIGN_IN, RIGHT).status_code == 302
    for _ in range(throttle.FREE_OF_ACCOUNT):
        known.post(SIGN_IN, {**WRONG, "username": other})
    assert Client().post(SIGN_IN, {**RIGHT, "username": other}).status_code == 429


def test_a_forged_cookie_makes_no_known_browser(reader: User) -> None:
    forger = Client()
    forger.cookies[throttle.COOKIE] = "x.y:z:w"
    for _ in range(throttle.FREE_OF_ACCOUNT):
        forger.post(SIGN_IN, WRONG)
    assert Client().post(SIGN_IN, RIGHT).status_code == 429
