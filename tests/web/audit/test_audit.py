"""The audit's page: entries in words, filters, whether the chain is whole, the archive; for administrators alone."""

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from shanhai.ledger import archive
from shanhai.ledger.actions import accounts
from shanhai.ledger.actions.pairings import PairingDetails, change_pairing, make_pairing
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry, Role
from shanhai.ledger.rights import Right
from shanhai.web.audit.differences import changes
from shanhai.web.audit.words import ACTIONS, COLUMNS

from ...conftest import ROOT
from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide, leads_on

CHIEF = Actor("chief", frozenset(Right))
NOON = datetime.datetime(2024, 3, 1, 4, tzinfo=datetime.UTC)


@pytest.fixture
def done(db: None) -> None:
    """Things that were done, one a day."""
    days = [NOON + datetime.timedelta(days=n) for n in range(4)]
    details = PairingDetails("闽宁协作", "福建省", "宁夏回族自治区")
    pairing = make_pairing("minning", details, actor=CHIEF, at=days[0])
    change_pairing(pairing, PairingDetails("闽宁", "福建省", "宁夏回族自治区"), actor=CHIEF, at=days[1])
    user = accounts.make("新人", "chuanda-4821-k", actor=CHIEF, at=days[2])
    accounts.deactivate(user, actor=CHIEF, reason="<b>调离</b>", at=days[3])


def numbers(client: Client, query: str = "") -> list[int]:
    text = client.get(f"/audit/?{query}").content.decode()
    return [int(n) for n in re.findall(r'data-label="编号">(\d+)<', text)]


def test_entries_are_told_in_words_the_last_first(done: None, chief: Client) -> None:
    assert numbers(chief) == [4, 3, 2, 1]
    text = chief.get("/audit/").content.decode()
    assert "停用账号" in text
    assert "<del>闽宁协作</del>" in text
    assert "<ins>闽宁</ins>" in text
    assert "&lt;b&gt;调离&lt;/b&gt;" in text
    assert "make account" not in re.sub(r"<option.*?</option>", "", text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("by=chief", [4, 3, 2, 1]),
        ("by=chie", []),
        ("action=deactivate", [4]),
        ("kind=pairing", [2, 1]),
        ("kind=pairing&subject=min", [2, 1]),
        ("subject=account:新", [4, 3]),
        ("since=2024-03-03", [4, 3]),
        ("until=2024-03-02", [2, 1]),
        ("since=2024-03-02&until=2024-03-03", [3, 2]),
        ("since=nonsense", [4, 3, 2, 1]),
        ("since=2024-02-31", [4, 3, 2, 1]),
        ("until=9999-12-31", [4, 3, 2, 1]),
        ("after=3", [2, 1]),
    ],
)
def test_filters(done: None, chief: Client, query: str, found: list[int]) -> None:
    assert numbers(chief, query) == found


def test_dates_that_are_none_are_told_and_bad_cursors_refused(done: None, chief: Client) -> None:
    assert "日期应为" in chief.get("/audit/?since=nonsense").content.decode()
    assert chief.get("/audit/?after=x").status_code == 422


def test_the_chain_is_whole_until_something_is_changed_behind_our_back(done: None, chief: Client) -> None:
    assert "4条记录逐条核验" in chief.get("/audit/chain").content.decode()
    Entry.objects.filter(number=2).update(why="改过")
    text = chief.get("/audit/chain").content.decode()
    assert "记录链不完整" in text
    assert "记录在写成之后被改" in text


def test_the_archive_is_the_one_of_the_command_line(done: None, chief: Client, tmp_path: Path) -> None:
    answer = chief.post("/audit/archive")
    assert answer.streaming
    data = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    archive.write(tmp_path / "a.zip", actor=CHIEF)
    assert data == (tmp_path / "a.zip").read_bytes()
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert re.fullmatch(r'attachment; filename="shanhai-\d{4}-\d\d-\d\d\.zip"', answer["Content-Disposition"])
    assert chief.get("/audit/archive").status_code == 405


@pytest.mark.parametrize("role", [None, Role.READER, Role.REPORTER, Role.REVIEWER, Role.OFFICE])
def test_no_other_role_sees_the_audit(done: None, signed_in: Any, role: Role | None) -> None:
    client = signed_in(role)
    for address in ("", "chain"):
        answer = client.get(f"/audit/{address}")
        assert answer.status_code == 403
        assert "新人" not in answer.content.decode()
    assert client.post("/audit/archive").status_code == 403


def test_a_forged_form_gets_no_archive(account: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account(Role.ADMINISTRATOR))
    assert client.post("/audit/archive").status_code == 403


def test_the_list_asks_as_often_for_many_as_for_few(
    done: None, chief: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(7):
        chief.get("/audit/")


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (None, {"name": "甲"}, [("名称", None, "甲")]),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, [("b", "2", "3")]),
        ({"pairing": None}, {"pairing": "x"}, [("结对", "—", "x")]),
        ({"active": True}, {"active": False}, [("启用", "是", "否")]),
        (None, {"role": "office"}, [("角色", None, "办公室")]),
        (None, {"keys": "a" * 64}, [("数字的校验值", None, "aaaaaaaaaaaa…")]),
        (None, {"sources": ["a" * 64]}, [("来源", None, "aaaaaaaaaaaa…")]),
        (None, {"sources": list("abcdefg")}, [("来源", None, "a、b、c、d、e 等7项")]),
        (None, ["x", 1], [("内容", None, '["x", 1]')]),
        (None, "长" * 500, [("内容", None, "长" * 160 + "…")]),
        (
            None,
            {f"E{n:02}": n for n in range(22)},
            [*((f"E{n:02}", None, str(n)) for n in range(20)), ("…", None, "还有2处，归档中有全部")],
        ),
        (None, None, []),
        ({"a": 1}, {"a": 1}, []),
    ],
)
def test_differences(old: Any, new: Any, lines: list[tuple[str, str | None, str | None]]) -> None:
    assert [(str(c.label), c.old, c.new) for c in changes(old, new)] == lines


def test_every_action_of_the_ledger_has_a_word() -> None:
    code = "".join(f.read_text("utf-8") for f in sorted((ROOT / "src/shanhai/ledger/actions").glob("*.py")))
    named = set(re.findall(r'record\(\s*\w+,\s*(?:f?"([a-z ]+)")', code))
    assert named
    assert named <= set(ACTIONS)
    assert COLUMNS["pairing"]


@pytest.mark.parametrize(("viewport", "dark"), [(DESK, False), (PHONE, True)])
def test_in_the_browser(done: None, visit: Visit, viewport: Any, dark: bool) -> None:
    page = visit("/audit/", Role.ADMINISTRATOR, viewport=viewport, dark=dark)
    assert barriers(page) == []
    assert not is_too_wide(page)
    page.get_by_role("link", name="逐条核验").click()
    expect(page.get_by_role("status").filter(has_text="4条记录")).to_be_visible()
    page.get_by_label("操作").select_option("deactivate")
    with leads_on(page):
        page.get_by_role("button", name="筛选").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载归档").click()
    assert zipfile.is_zipfile(download.value.path())
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Audit")).to_be_visible()
    assert barriers(page) == []
    assert not is_too_wide(page)


def test_uploads_are_told_in_words() -> None:
    lines = changes(None, {"file": 0, "progress": "known", "files": [["甲.txt", 6469]]})
    assert [(str(c.label), c.new) for c in lines] == [
        ("文件序号", "0"),
        ("处理结果", "此前已有"),
        ("文件和字节", "甲.txt (6,469)"),
    ]
