"""Importing by requests: who may, what is kept, what is shown and taken in."""

import datetime
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from programme.sheets.filled import RECORDS, book, enter, everything
from shanhai.ledger.models import Entry, Pairing, Role
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import MoneyEvent
from shanhai.web import shelves
from shanhai.web.imports import kept

MONEY = ("日期", "阶段", "金额", "计划内外", "项目编号", "对方单位")
ROWS = (
    ("2023-06-01", "到位", 5, "计划内", "ZX-012", "甲"),
    ("2023-06-02", "到位", "约6", "计划内", "ZX-012", "+1-1"),
    ("2023-06-03", "到位", 7, "计划内", "ZX-012", "丙"),
)
SignedIn = Callable[..., Client]


def send(
    client: Client, data: bytes, kind: str = "money", name: str = "资金.xlsx", pairing: str = "one"
) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post("/register/import/", {"pairing": pairing, "kind": kind, "file": file})


def taken(client: Client, address: str) -> bytes:
    answer: Any = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer)


def digest(client: Client, address: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())
    assert found
    return found[1]


def test_a_file_is_shown_then_taken_in_and_its_bad_rows_come_back(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE)
    before, entries = everything(one), Entry.objects.count()

    address = send(client, book(MONEY, *ROWS)).headers["Location"]
    shown = client.get(address).content.decode()
    assert everything(one) == before
    assert "不是确切的数" in shown
    assert "C3" in shown

    done = client.post(f"{address}apply/", {"seen": digest(client, address)}, follow=True).content.decode()
    assert "新增 2 条" in done
    assert Entry.objects.count() == entries + 1
    assert sorted(int(e.amount) for e in MoneyEvent.objects.exclude(key="E1")) == [5, 7]

    sheet = openpyxl.load_workbook(io.BytesIO(taken(client, f"{address}mend/"))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][:6] == ["2023-06-02", "到位", "约6", "计划内", "ZX-012", "+1-1"]
    assert sheet["F2"].data_type == "s"

    client.post(f"{address}apply/", {"seen": "again"})
    assert MoneyEvent.objects.count() == 3


def test_nothing_is_taken_in_that_was_not_shown(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE)
    address = send(client, book(("编号", "对方单位"), ("E1", "新单位"))).headers["Location"]
    seen = digest(client, address)
    enter(one, "money", "E1", {"counterparty": "别人改的"})

    answer = client.post(f"{address}apply/", {"seen": seen}, follow=True)

    assert "什么也没有导入" in answer.content.decode()
    assert "别人改的" in answer.content.decode()
    assert MoneyEvent.objects.get(key="E1").counterparty == "别人改的"


def test_hidden_rows_are_taken_only_when_asked_for(one: Pairing, signed_in: SignedIn) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[4].hidden = True

    client = signed_in(Role.OFFICE)
    address = send(client, book(MONEY, *ROWS, change=hide)).headers["Location"]
    assert "导入 1 行" in client.get(address).content.decode()

    client.post(f"{address}again/", {"hidden": "on"})
    assert "导入 2 行" in client.get(address).content.decode()


def test_what_is_kept_is_for_its_sender_alone_and_for_a_day(
    one: Pairing, signed_in: SignedIn, folder: Path, account: Any
) -> None:
    client = signed_in(Role.OFFICE)
    address = send(client, book(MONEY, *ROWS)).headers["Location"]
    (own,) = folder.iterdir()
    assert (os.stat(folder).st_mode & 0o777, os.stat(own).st_mode & 0o777) == (0o700, 0o700)
    assert address.split("/")[-2] not in own.name

    other = Client()
    other.force_login(account(Role.ADMINISTRATOR))
    for path in (address, f"{address}mend/"):
        assert other.get(path).status_code == 404
    assert other.post(f"{address}apply/", {"seen": "x"}).status_code == 404

    sent = kept.file_in(own)
    old = sent.sent.at - datetime.timedelta(days=1, seconds=1)
    shelves.write(own / "sent.json", msgspec.structs.replace(sent.sent, at=old))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.READER, Role.REPORTER, Role.REVIEWER])
def test_who_may_not_keep_the_register_imports_nothing(one: Pairing, signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)
    assert client.get("/register/import/").status_code == 403
    assert send(client, book(MONEY, *ROWS)).status_code == 403


def test_a_pairing_of_others_is_not_there(one: Pairing, signed_in: SignedIn) -> None:
    mine = Pairing.objects.create(key="two", name_zh="西河援洛隆", sending="西河", receiving="洛隆")
    client = signed_in(Role.OFFICE, mine)
    assert send(client, book(MONEY, *ROWS)).status_code == 404
    assert client.get("/register/import/table/one/money.xlsx").status_code == 404


def test_members_are_seen_by_those_who_may(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)
    assert client.get("/register/import/table/one/member.xlsx").status_code == 404
    assert client.get("/register/import/template/member.xlsx").status_code == 404
    assert taken(client, "/register/import/table/one/money.csv")


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.xlsx", "空"),
        (b"PK\x03\x04broken", "a.xlsx", "损坏"),
        ("一段文字".encode(), "a.txt", "不是表格"),
    ],
)
def test_a_file_that_is_no_table_is_told(
    one: Pairing, signed_in: SignedIn, data: bytes, name: str, told: str
) -> None:
    answer = send(signed_in(Role.OFFICE), data, name=name)
    assert answer.status_code == 422
    assert told in answer.content.decode()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_table_can_be_taken_away_and_sent_back(
    one: Pairing, signed_in: SignedIn, ending: str, language: str
) -> None:
    client = signed_in(Role.OFFICE, language=language)
    for kind in KINDS:
        data = taken(client, f"/register/import/table/one/{kind}.{ending}")
        assert f"/register/one/{kind}/".encode() in data or ending == "xlsx"
        assert taken(client, f"/register/import/template/{kind}.xlsx")
        if kind == "money":
            address = send(client, data, kind, f"a.{ending}").headers["Location"]
            (folder,) = Path(settings.SHANHAI_IMPORTS).iterdir()
            shown = kept.file_in(folder).shown
            assert shown.counts == {"same": sum(k == kind for k, _, _ in RECORDS)}
            assert client.get(address).status_code == 200
