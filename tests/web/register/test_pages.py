"""The register's pages: who sees what, what stands in lists, bad input, how many questions a page asks."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shanhai.ledger.models import Entry, Pairing, Role
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Member, MoneyEvent, Project, Target

from .made import RECORDS, enter, registered

PERSONAL = sorted(name for name, kind in KINDS.items() if kind.personal)


@pytest.fixture
def one(db: None) -> Pairing:
    return registered()


SignedIn = Callable[..., Client]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_and_changes_what_it_may(one: Pairing, signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role, one)
    sees_people = role is not Role.READER
    records = role in (Role.OFFICE, Role.ADMINISTRATOR)

    for kind, key, _told in RECORDS:
        seen = 200 if sees_people or kind not in PERSONAL else 404
        base = f"/register/one/{kind}/"
        assert client.get(base).status_code == seen
        assert client.get(f"{base}{key}/").status_code == seen
        assert client.get(f"{base}pick/?q={key}").status_code == seen
        written = 200 if records else 403 if seen == 200 else 404
        assert client.get(f"{base}new/").status_code == written
        assert client.get(f"{base}{key}/edit/").status_code == written
        done = client.post(f"{base}{key}/withdraw", {"why": ""}).status_code
        assert done == (302 if records else written)
    assert ("孟青禾" in client.get("/register/one/").content.decode()) is False
    found = client.get("/register/one/activity/D1/").content.decode()
    assert ("孟青禾" in found) is sees_people


def test_another_pairing_is_not_there(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE, Pairing.objects.get(key="two"))

    for path in ("", "project/", "project/QS-01/", "project/QS-01/edit/", "money/new/", "project/pick/"):
        assert client.get(f"/register/one/{path}").status_code == 404
    assert client.post("/register/one/project/QS-01/withdraw", {"why": "x"}).status_code == 404
    assert "东川" not in client.get("/register/").content.decode()


def test_registers_tell_what_they_hold(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE)

    index = client.get("/register/").content.decode()
    page = client.get("/register/one/").content.decode()
    empty = client.get("/register/two/").content.decode()

    row = re.search(r"东川援青山.*?</tr>", index, re.DOTALL)
    assert row is not None
    assert re.findall(r"<td[^>]*>(?:<[^>]*>)?(\d+)", row[0]) == ["2", "3", "1", "1", "1", str(len(RECORDS))]
    assert 'href="/register/one/money/"' in page
    assert "还是空的" in empty
    assert "/register/two/term/new/" in empty


def test_nothing_yet(db: None, signed_in: SignedIn) -> None:
    assert "请先建立结对" in signed_in(Role.OFFICE).get("/register/").content.decode()


def keys(client: Client, address: str) -> list[str]:
    found = client.get(address)
    assert found.status_code == 200, address
    return [str(row["record"].key) for row in found.context["rows"]]


def test_lists_are_narrowed_and_sorted_by_the_address(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER, one)
    at = "/register/one/"

    assert keys(client, f"{at}project/") == ["QS-01", "QS-02"]
    assert keys(client, f"{at}project/?q=门诊 青山") == ["QS-02"]
    assert keys(client, f"{at}project/?status=2") == ["QS-01"]
    assert keys(client, f"{at}project/?area=health") == ["QS-01", "QS-02"]
    assert keys(client, f"{at}project/?area=教育") == []
    assert keys(client, f"{at}project/?team=T10") == ["QS-01"]
    assert keys(client, f"{at}project/?parent=QS-01") == ["QS-02"]
    assert keys(client, f"{at}project/?order=-planned") == ["QS-01", "QS-02"]
    assert keys(client, f"{at}project/?order=started") == ["QS-01", "QS-02"]
    assert keys(client, f"{at}project/?withdrawn=1") == []
    assert keys(client, f"{at}money/") == ["E3", "E2", "E1"]
    assert keys(client, f"{at}money/?since=2023-06-01&until=2023-12-31") == ["E2"]
    assert keys(client, f"{at}money/?stage=arrived&order=amount") == ["E3", "E1"]
    assert "不在可选之列" in client.get(f"{at}project/?status=9").content.decode()
    assert "止日早于起日" in client.get(f"{at}money/?since=2024-01-01&until=2023-01-01").content.decode()


@pytest.mark.parametrize("order", ["day", "-day", "amount", "-amount", "key", "counterparty", ""])
def test_pages_of_a_list_hold_each_row_once(one: Pairing, signed_in: SignedIn, order: str) -> None:
    template = MoneyEvent.objects.get(key="E1")
    MoneyEvent.objects.bulk_create(
        MoneyEvent(
            pairing=one, key=f"K{n}", project=template.project, stage="arrived", plan="in",
            amount=n % 7 + 1, day=f"2023-0{n % 5 + 1}-11", counterparty="" if n % 3 else f"单位{n % 4}",
        )
        for n in range(170)
    )  # fmt: skip
    client, seen, after = signed_in(Role.READER, one), [], ""
    while True:
        page = client.get("/register/one/money/", {"order": order, "after": after})
        seen += [(r["record"].key, r["record"].amount, r["record"].day) for r in page.context["rows"]]
        after = page.context["after"]
        if not after:
            break
    assert len(seen) == len({key for key, *_ in seen}) == 173
    column = {"amount": 1, "day": 2}.get(order.lstrip("-") or "day")
    if column:
        told = [row[column] for row in seen]
        assert told == sorted(told, reverse=order != order.lstrip("-") or not order)


def test_empty_columns_come_last_and_once(one: Pairing, signed_in: SignedIn) -> None:
    Project.objects.bulk_create(
        Project(pairing=one, key=f"N{n:03}", name="空", area="health", planned=None if n % 2 else n)
        for n in range(120)
    )
    client = signed_in(Role.READER, one)
    for order in ("planned", "-planned", "ended"):
        seen: list[Any] = []
        after = ""
        while True:
            page = client.get("/register/one/project/", {"order": order, "after": after})
            seen += [(r["record"].key, r["record"].planned) for r in page.context["rows"]]
            after = page.context["after"]
            if not after:
                break
        assert len({key for key, _ in seen}) == len(seen) == 122
        amounts = [amount for _, amount in seen]
        if order != "ended":
            assert amounts.index(None) == sum(a is not None for a in amounts)


@pytest.mark.parametrize(
    "address",
    [
        "project/?after=x", "project/?after=[1,2]", 'project/?after=["x",-1]', 'money/?after=["x",1]',
        'money/?order=amount&after=["x",1]', "money/?after=" + "[" * 300, 'money/?after=["2023-99-99",1]',
    ],
)  # fmt: skip
def test_a_cursor_that_is_none(one: Pairing, signed_in: SignedIn, address: str) -> None:
    answer = signed_in(Role.READER, one).get(f"/register/one/{address}")
    assert answer.status_code == 422
    assert "第一页" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["", "one/", "one/project/", "one/money/", "one/project/QS-01/", "one/asset/Z1/", "one/team/T10/", "one/project/new/"],
)  # fmt: skip
def test_pages_ask_a_fixed_number_of_questions(one: Pairing, signed_in: SignedIn, address: str) -> None:
    client = signed_in(Role.OFFICE)
    client.get(f"/register/{address}")
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(f"/register/{address}").status_code == 200
    for n in range(8):
        told = {
            "day": "2024-05-01",
            "stage": "到位",
            "amount": str(n + 1),
            "plan": "计划内",
            "project": "QS-01",
        }
        enter(one, "money", f"M{n}", told)
        enter(one, "asset", f"ZZ{n}", {"project": "QS-01", "name": "路灯"})
        enter(one, "visit", f"VV{n}", {"asset": "Z1", "day": "2025-05-01", "use": "在用"})
        enter(
            one, "project", f"PP{n}", {"name": "分项", "area": "医疗卫生", "parent": "QS-01", "team": "T10"}
        )
    with CaptureQueriesContext(connection) as many:
        client.get(f"/register/{address}")
    assert len(many) <= len(few) + 2, [q["sql"] for q in many.captured_queries]
    assert len(many) <= 60


def test_a_record_shows_what_refers_to_it_and_its_history(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE, language="zh-hans")
    client.post(
        "/register/one/asset/Z1/edit/",
        {"project": "QS-01", "name": "门诊楼", "value": "900000", "handed_over": "2024-11-20", "use": "idle",
         "since": "2025-01-05", "owner": "", "evidence": "/sources/" + "a" * 64 + "/", "revision": "1", "why": "回访后更正"},
    )  # fmt: skip

    page = client.get("/register/one/asset/Z1/").content.decode()

    assert 'href="/register/one/visit/V1/"' in page
    assert "回访后更正" in page
    assert re.search(r"<del>在用</del> → 闲置", page)
    assert f'href="/sources/{"a" * 64}/"' in page


def test_a_record_entered_with_many_tells_so(one: Pairing, signed_in: SignedIn) -> None:
    from shanhai.programme.actions.records import Told, put_all

    from .made import CLERK

    told = [Told(f"H{n}", {"name": f"中学宿舍{n}", "area": "education"}) for n in range(3)]
    put_all(KINDS["project"], one, told, actor=CLERK)

    page = signed_in(Role.OFFICE).get("/register/one/project/H1/").content.decode()

    assert "新登记" in page
    assert "宿舍1" in page


def test_a_project_tells_its_life(one: Pairing, signed_in: SignedIn) -> None:
    answer = signed_in(Role.READER, one).get("/register/one/project/QS-01/")
    page = answer.content.decode()

    for word in (
        "1,200,000",
        "800,000",
        "150,000.5",
        "649,999.5",
        "门诊楼",
        "三层空置",
        "青山县财政",
        "30%",
        "QS-02",
        "42",
    ):
        assert word in page, word
    picture = answer.context["money_picture"]
    assert picture["table"]["rows"][-1][1:] == ["80.00", "15.00"]
    assert [one.what for one in answer.context["happened"]][:2] == ["计划开工", "实际开工"]
    assert "/new/" not in page


def test_a_project_tells_what_its_targets_come_to_by_the_catalogues_rule(
    one: Pairing, signed_in: SignedIn
) -> None:
    enter(one, "result", "W2", {"target": "B1", "starts": "2024-01-01", "ends": "2024-12-31", "value": "30"})
    client = signed_in(Role.READER, one)

    page = client.get("/register/one/project/QS-01/").content.decode()
    assert "完成值 72" in page
    assert "120.0%" in page

    Target.objects.filter(pairing=one).update(indicator="gone.away")
    page = client.get("/register/one/project/QS-01/").content.decode()
    assert "目录里没有这个指标" in page
    assert "完成值 72" not in page


def test_withdrawn_records_leave_lists_and_come_back(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE)

    refused = client.post("/register/one/project/QS-01/withdraw", {"why": "登重了"}, follow=True)
    assert "引用了它" in refused.content.decode()
    client.post("/register/one/visit/V1/withdraw", {"why": "登重了", "revision": "1"})
    assert keys(client, "/register/one/visit/") == []
    assert keys(client, "/register/one/visit/?withdrawn=1") == ["V1"]
    page = client.get("/register/one/visit/V1/").content.decode()
    assert "已撤下" in page
    assert "登重了" in page
    assert client.get("/register/one/visit/V1/edit/").status_code == 302
    client.post("/register/one/visit/V1/bring-back", {"revision": "2"})
    assert keys(client, "/register/one/visit/") == ["V1"]


def test_english(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE, language="en")
    for address in (
        "",
        "one/",
        "one/project/",
        "one/project/QS-01/",
        "one/project/new/",
        "one/asset/Z1/",
        "one/member/Y1/",
    ):
        page = client.get(f"/register/{address}").content.decode()
        said = re.sub(r"<script.*?</script>|<title>.*?</title>", "", page, flags=re.DOTALL)
        assert "Register" in page
        assert "登记" not in said, address
    assert "under way" in client.get("/register/one/project/").content.decode()


def test_the_public_reads_without_people_and_names(
    one: Pairing, settings: Any, account: Callable[..., User]
) -> None:
    account(Role.ADMINISTRATOR)
    settings.SHANHAI_PUBLIC = True
    client = Client()
    project = client.get("/register/one/project/QS-01/")
    if project.status_code == 200:
        assert "cli:clerk" not in project.content.decode()
        assert client.get("/register/one/member/").status_code == 404


def test_strange_numbers_have_addresses(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE)
    for key in ("藏援 2023?#1", "100%", "a&b=<c>", "12"):
        enter(one, "project", key, {"name": "<b>桥</b>", "area": "医疗卫生"})
    page = client.get("/register/one/project/")
    for row in page.context["rows"]:
        found = client.get(row["path"])
        assert found.status_code == 200, row["path"]
        assert "<b>桥" not in found.content.decode()
    assert Member.objects.count() == 1
    assert Entry.objects.exists()
