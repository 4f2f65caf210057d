"""What goes wrong is a page in the reader's language, for htmx a notice; nothing is shown to who may not see it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from shanhai.ledger.models import Role
from shanhai.web import upkeep

Enter = Callable[..., Client]


@pytest.mark.parametrize(
    ("name", "status", "zh", "en"),
    [
        ("there", 404, "找不到。", "Nothing here."),
        ("allowed", 403, "无权。", "May not."),
        ("conflict", 409, "他人已采纳。", "Someone accepted it."),
        ("possible", 422, "不能合并。", "Cannot be merged."),
        ("damaged", 500, "账本被改动。", "The ledger was changed."),
        ("locked", 503, "账本正忙", "The ledger is busy"),
        ("full", 503, "磁盘已满", "The disk is full"),
        ("disk", 503, "磁盘已满", "The disk is full"),
        ("io", 503, "磁盘读写失败", "The disk could not be read or written"),
        ("table", 503, "账本由另一版本写成", "Another version wrote this ledger"),
        ("ours", 500, "程序出错，已记入日志", "Something went wrong"),
    ],
)
def test_each_refusal_is_a_page(
    with_gallery: None, signed_in: Enter, name: str, status: int, zh: str, en: str
) -> None:
    client = signed_in(Role.READER)
    client.raise_request_exception = False

    chinese = client.get(f"/wrong/{name}", headers={"accept-language": "zh-CN"})
    english = client.get(f"/wrong/{name}", headers={"accept-language": "en"})
    notice = client.get(f"/wrong/{name}", headers={"accept-language": "zh-CN", "hx-request": "true"})

    assert {r.status_code for r in (chinese, english, notice)} == {status}
    assert zh in chinese.content.decode()
    assert en in english.content.decode()
    assert zh in notice.content.decode()
    assert notice["HX-Retarget"] == "#notices"
    assert "<html" not in notice.content.decode()
    assert "Traceback" not in chinese.content.decode()


def test_an_unknown_address_is_a_page(signed_in: Enter) -> None:
    answer = signed_in(Role.READER, language="en").get("/nowhere")

    assert answer.status_code == 404
    assert "There is no such page." in answer.content.decode()


def test_a_forged_form_is_refused(account: Callable[..., User]) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-CN"})
    client.force_login(account(Role.READER))

    answer = client.post("/accounts/sign-out")

    assert answer.status_code == 403
    assert "表单已过期" in answer.content.decode()
    assert client.get("/").status_code == 200


def test_an_older_ledger_is_told(signed_in: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(Role.READER)
    monkeypatch.setattr(upkeep, "_fits", set())
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    answer = client.get("/")

    assert answer.status_code == 503
    assert "账本由较旧的版本写成，尚缺1步升级" in answer.content.decode()


def test_a_newer_ledger_is_told(signed_in: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(Role.READER, language="en")
    monkeypatch.setattr(upkeep, "_fits", set())
    MigrationRecorder(connection).record_applied("ledger", "0999_of_tomorrow")

    answer = client.get("/")

    assert answer.status_code == 503
    assert "A newer version wrote this ledger (0999_of_tomorrow)" in answer.content.decode()


def test_a_page_of_a_refusal_needs_no_database(client: Client, with_gallery: None) -> None:
    """Without the mark for the database any question to it fails the test."""
    assert client.get("/nowhere").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/accounts/password", "/wrong/there?a=1"])
def test_a_stranger_is_sent_to_sign_in_and_back(with_gallery: None, client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/sign-in?next={quote(address)}"


@pytest.mark.django_db
def test_htmx_is_sent_to_sign_in_with_the_whole_page(with_gallery: None, client: Client) -> None:
    answer = client.get(
        "/wrong/there", headers={"hx-request": "true", "hx-current-url": "http://testserver/gallery"}
    )

    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/accounts/sign-in?next=/gallery")


@pytest.mark.django_db
def test_no_one_is_sent_to_another_site(account: Callable[..., User], client: Client) -> None:
    account(Role.READER)

    answer = client.post(
        "/accounts/sign-in",
        {"username": "reader", "password": "shan-hai-2024", "next": "https://elsewhere.example/"},
    )

    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_anyone_may_read_an_open_ledger(client: Client, settings: Any) -> None:
    settings.SHANHAI_PUBLIC = True

    assert client.get("/").status_code == 200
