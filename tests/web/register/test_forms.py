"""Records entered and changed by form: all that is wrong at once, nothing lost, conflicts shown."""

from collections.abc import Callable

import pytest
from django.test import Client

from shanhai.ledger.models import Pairing, Role
from shanhai.programme.models import MoneyEvent, Project

from .made import registered

PROJECT = {
    "key": "QS-09", "name": "中心校食堂", "area": "health", "term": "P10", "team": "T10", "umbrella": "False",
    "level": "below", "livelihood": "whole", "status": "1", "planned": "80万元", "currency": "CNY",
    "planned_start": "2024-03-01", "planned_end": "2024-12-31", "evidence": "", "revision": "0",
}  # fmt: skip


@pytest.fixture
def client(db: None, signed_in: Callable[..., Client]) -> Client:
    registered()
    return signed_in(Role.OFFICE, Pairing.objects.get(key="one"))


def test_a_project_is_entered(client: Client) -> None:
    areas = client.get("/register/one/project/new/").context["form"].fields["area"].widget.choices
    answer = client.post("/register/one/project/new/", {**PROJECT, "area": areas[1][0]})

    assert answer.status_code == 302
    assert answer.url == "/register/one/project/QS-09/"
    made = Project.objects.get(key="QS-09")
    assert (made.planned, made.team.key if made.team else "", made.livelihood) == (800_000, "T10", "whole")


def test_quick_entry_takes_over_what_stays_the_same(client: Client) -> None:
    told = {
        "day": "2024-03-01", "stage": "arrived", "amount": "1,200.50", "currency": "CNY", "plan": "in",
        "form": "cash", "project": "QS-01", "revision": "0", "then": "another",
    }  # fmt: skip
    answer = client.post("/register/one/money/new/", told, follow=True)

    made = MoneyEvent.objects.get(key="E4")
    form = answer.context["form"]
    assert made.amount * 2 == 2401
    assert form["project"].value() == "QS-01"
    assert form["stage"].value() == "arrived"
    assert form["amount"].value() == ""
    assert 'href="/register/one/money/E4/"' in answer.content.decode()


def test_all_that_is_wrong_is_told_at_once_and_what_was_typed_stays(client: Client) -> None:
    bad = {
        **PROJECT, "name": "", "area": "医院", "planned": "约80万", "planned_start": "2024-02-30",
        "team": "T99", "livelihood_share": "130%", "key": "QS-01",
    }  # fmt: skip
    answer = client.post("/register/one/project/new/", bad)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) >= {
        "name", "area", "planned", "planned_start", "team", "livelihood_share",
    }  # fmt: skip
    for typed in ('value="约80万"', 'value="2024-02-30"', 'value="T99"', 'value="130%"'):
        assert typed in page
    assert Project.objects.count() == 2


def test_checks_between_fields_stand_beside_them(client: Client) -> None:
    areas = client.get("/register/one/project/new/").context["form"].fields["area"].widget.choices
    bad = {
        **PROJECT,
        "area": areas[1][0],
        "planned_end": "2023-01-01",
        "livelihood": "part",
        "started": "2024-03-02",
    }
    answer = client.post("/register/one/project/new/", bad)

    assert set(answer.context["form"].errors) == {"planned_end", "livelihood_share", "status"}


@pytest.mark.parametrize("key", ["new", "PICK", "..", "a/b", "QS-01", "长" * 25])
def test_numbers_that_cannot_be(client: Client, key: str) -> None:
    areas = client.get("/register/one/project/new/").context["form"].fields["area"].widget.choices
    before = Project.objects.get(key="QS-01").name
    answer = client.post("/register/one/project/new/", {**PROJECT, "area": areas[1][0], "key": key})

    assert answer.status_code == 422
    assert "key" in answer.context["form"].errors
    assert Project.objects.get(key="QS-01").name == before


def test_who_comes_second_sees_what_stands_now(client: Client) -> None:
    address = "/register/one/asset/Z1/edit/"
    first = {
        "project": "QS-01", "name": "门诊大楼", "value": "900000", "handed_over": "2024-11-20", "use": "in_use",
        "revision": "1", "evidence": "青办发〔2023〕4号",
    }  # fmt: skip
    assert client.post(address, first).status_code == 302

    second = client.post(address, {**first, "name": "门诊楼（东）", "revision": "1"})
    page = second.content.decode()

    assert second.status_code == 422
    assert "现在是：门诊大楼" in page
    assert 'value="门诊楼（东）"' in page
    assert page.count("现在是：") == 1
    revision = second.context["form"]["revision"].value()
    assert client.post(address, {**first, "name": "门诊楼（东）", "revision": revision}).status_code == 302


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30])
def test_a_revision_that_is_none(client: Client, revision: str) -> None:
    told = {"project": "QS-01", "name": "桥", "use": "in_use", "revision": revision}
    assert client.post("/register/one/asset/Z1/edit/", told).status_code == 422


def test_the_address_fills_a_new_form(client: Client) -> None:
    form = client.get("/register/one/visit/new/?asset=Z1&day=2025-06-01").context["form"]
    assert (form["asset"].value(), form["day"].value()) == ("Z1", "2025-06-01")


def test_records_to_choose_from(client: Client) -> None:
    found = client.get("/register/one/project/pick/?of=parent&parent=门诊").content.decode()
    assert found == '<option value="QS-02">青山门诊楼设备</option>'
