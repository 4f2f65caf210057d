"""The first run: who may make the administrator, and how the ledger begins."""

import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count
from django.test import Client
from playwright.sync_api import expect

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry, Fact, Membership, Pairing, Role, Source
from shanhai.ledger.rights import Right
from shanhai.ledger.verify import verify
from shanhai.web.accounts import examples

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on

FORM = {"name": "管理员甲", "new_password1": "duikou-2024-x", "new_password2": "duikou-2024-x"}
CODE = "ABCD-EFGH-JKMN-PQRS"
FIRST_RUN = "/accounts/first-run"


@pytest.fixture
def client() -> Client:
    """A browser on the machine that serves."""
    return Client(HTTP_HOST="127.0.0.1")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/accounts/", "/audit/", "/pairings/", "/accounts/password"])
def test_every_page_leads_to_the_first_run(client: Client, address: str) -> None:
    answer = client.get(address, follow=True)
    assert answer.redirect_chain[-1][0] == FIRST_RUN
    assert "建立管理员账号" in answer.content.decode()


@pytest.mark.django_db
def test_the_administrator_is_made_and_signed_in(client: Client) -> None:
    answer = client.post(FIRST_RUN, FORM)
    assert (answer.status_code, answer["Location"]) == (302, f"{FIRST_RUN}/begin")
    assert Membership.objects.get().role == Role.ADMINISTRATOR
    assert client.get("/accounts/").status_code == 200
    assert [e.action for e in Entry.objects.all()] == ["first run"]


@pytest.mark.django_db
def test_the_second_run_is_no_first(client: Client) -> None:
    client.post(FIRST_RUN, FORM)
    assert Client(HTTP_HOST="127.0.0.1").post(FIRST_RUN, {**FORM, "name": "乙"})["Location"] == "/"
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"new_password2": "other-2024-xx"}, "两次输入的密码不同"),
        ({"new_password1": "short", "new_password2": "short"}, "密码太短，至少要有10个字符"),
        ({"new_password1": "1234567890123", "new_password2": "1234567890123"}, "密码"),
        ({"name": ""}, "faults"),
        ({"name": "甲 乙"}, "alert"),
        ({"name": "甲" * 65}, "faults"),
    ],
)
def test_what_will_not_do_is_told(client: Client, told: dict[str, str], said: str) -> None:
    answer = client.post(FIRST_RUN, FORM | told)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
        {"HTTP_HOST": "ledger.example"},
    ],
)
def test_another_machine_needs_the_setup_code(settings: Any, elsewhere: dict[str, str]) -> None:
    settings.SHANHAI_SETUP_CODE = CODE
    settings.ALLOWED_HOSTS = ["ledger.example", "testserver", "127.0.0.1"]
    client = Client(**elsewhere)
    client.post(FIRST_RUN, FORM)
    client.post(FIRST_RUN, {**FORM, "code": "ABCD-EFGH-JKMN-0000"})
    client.post(FIRST_RUN, {**FORM, "code": ""})
    assert not User.objects.exists()

    client.post(FIRST_RUN, {**FORM, "code": "abcdefghjkmnpqrs"})
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_without_a_code_no_other_machine_may(settings: Any) -> None:
    settings.SHANHAI_SETUP_CODE = ""
    client = Client(REMOTE_ADDR="192.0.2.7")
    assert "SHANHAI_SETUP_CODE" in client.get(FIRST_RUN).content.decode()
    client.post(FIRST_RUN, {**FORM, "code": ""})
    client.post(FIRST_RUN, {**FORM, "code": " "})
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_forged_form_makes_no_administrator() -> None:
    client = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    assert client.post(FIRST_RUN, FORM).status_code == 403
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_first_runs_at_once_one_wins() -> None:
    answers: list[Any] = []
    gate = threading.Barrier(2)

    def run(name: str) -> None:
        client = Client(HTTP_HOST="127.0.0.1")
        gate.wait()
        answers.append(client.post(FIRST_RUN, {**FORM, "name": name}))
        connection.close()

    threads = [threading.Thread(target=run, args=(name,)) for name in ("甲方", "乙方")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.count() == 1
    assert Membership.objects.count() == 1
    assert {a.status_code for a in answers} == {302}
    assert sum(a["Location"].endswith("/begin") for a in answers) == 1


def test_only_an_administrator_chooses_how_to_begin(signed_in: Any) -> None:
    assert signed_in(Role.OFFICE).post(f"{FIRST_RUN}/begin", {"with": "examples"}).status_code == 403
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_loading_that_broke_off_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    actor = Actor.command_line("clerk")

    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(examples, "parse", broken)
        with pytest.raises(KeyboardInterrupt):
            examples.load(actor=actor)
    assert Pairing.objects.exists()

    assert examples.load(actor=actor) == len(examples.files())


def test_without_examples_none_are_offered(
    signed_in: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(examples, "_PLACES", (tmp_path / "none",))
    client = signed_in(Role.ADMINISTRATOR)
    assert "读入示例" not in client.get(f"{FIRST_RUN}/begin").content.decode()
    assert client.post(f"{FIRST_RUN}/begin", {"with": "examples"})["Location"] == "/"
    assert not Source.objects.exists()


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_from_the_first_page_to_home_with_the_examples(visit: Visit, viewport: Any) -> None:
    page = visit("/", first_run=True, viewport=viewport)
    expect(page.get_by_role("heading", name="建立管理员账号")).to_be_visible()
    assert barriers(page) == []
    assert not is_too_wide(page)
    page.get_by_label("管理员账号").fill("管理员甲")
    page.get_by_label("密码", exact=True).fill("duikou-2024-x")
    page.get_by_label("再输一次密码").fill("duikou-2024-x")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="账本从哪里开始")).to_be_visible()
    assert barriers(page) == []
    assert not is_too_wide(page)
    if viewport == PHONE:
        with leads_on(page):
            page.get_by_role("button", name="空账本开始").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert not Source.objects.exists()
        return
    page.get_by_role("button", name="读入示例").click(no_wait_after=True)
    expect(page.get_by_text("已读入8份示例报告")).to_be_visible()
    everyone = Actor("a test", frozenset(Right))
    assert access.sources(everyone).count() == len(examples.files()) == 8
    assert Fact.objects.exists()
    assert dict(access.pairings(everyone).annotate(n=Count("sources")).values_list("key", "n")) == {
        "beijing-yushu": 1,
        "fujian-ningxia": 2,
        "shanghai-dayao": 1,
    }
    expect(page.get_by_text("从派出地到受援地")).to_be_visible()
    assert list(verify()) == []


def test_the_ledger_may_begin_with_an_invented_register(signed_in: Any) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    assert "写入演示" in client.get(f"{FIRST_RUN}/begin").content.decode()

    answer = client.post(f"{FIRST_RUN}/begin", {"with": "demonstration"}, follow=True)

    assert answer.status_code == 200
    assert "演示结对（虚构）" in answer.content.decode()
    assert "逾期未完" in answer.content.decode()
    again = client.post(f"{FIRST_RUN}/begin", {"with": "demonstration"})
    assert again.status_code == 422
    assert "演示数据只写入空的台账" in again.content.decode()
