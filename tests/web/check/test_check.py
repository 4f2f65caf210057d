"""The draft checker: what it takes, what comes out, and who may see it."""

import datetime
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import msgspec
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shanhai.ledger.models import Entry, Membership, Pairing, Report, Role, Source, Statement
from shanhai.web.check import drafts, running
from shanhai.web.check.looks import script_text, style_text

from ..findings.made import WRONG

SignedIn = Callable[..., Client]
Pairings = dict[str, Pairing]
DRAFT = "青山县2021年帮扶总结（稿）\n2021年，青山县引进企业12家，带动就业350人。建成学校9所，其中小学4所、中学6所。\n"
LONG = "".join(f"{n}月，青山县引进企业{n}家，带动就业{n * 7}人。\n" for n in range(2, 800))


def text(answer: Any) -> str:
    return b"".join(answer).decode() if answer.streaming else str(answer.content.decode())


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def checked(client: Client, **form: Any) -> str:
    """Send a draft and wait until it is checked; the address of the result."""
    answer = client.post("/check/", form)
    assert answer.status_code == 302, text(answer)
    running.wait()
    return str(answer["Location"])


def failure(client: Client, **form: Any) -> str:
    page = text(client.get(checked(client, **form)))
    found = re.search(r'class="callout error" role="alert"><p>(.*?)</p>', page, re.S)
    assert found, page
    return found[1]


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_pasted_draft_is_checked_number_by_number(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.REPORTER)

    page = text(client.get(checked(client, text=DRAFT, against="one")))

    assert "共 5 个数字" in page
    assert re.search(r'data-verdict="does_not_add_up".*?<output>3</output>', page)
    assert re.search(r'data-verdict="backed".*?<output>1</output>', page)
    figure = Statement.objects.get(quote="12家")
    assert f'href="/room/{figure.report.source.sha256}/#s-{figure.key}"' in page
    assert "下载带批注的 Word" not in page


def test_a_draft_can_be_checked_by_itself_alone(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.REPORTER)

    page = text(client.get(checked(client, text=DRAFT)))

    assert "只核对了文稿自身是否算得拢" in page
    assert "to-room" not in page


def test_the_result_is_in_the_readers_language(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.REPORTER, language="en")

    page = text(client.get(checked(client, text=DRAFT, against="one")))

    assert "5 numbers" in page
    assert "does not add up" in page
    assert "算不拢" not in page


def test_a_word_draft_comes_back_with_comments(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.REPORTER)
    data = word(*DRAFT.splitlines())

    address = checked(client, file=upload(data, "总结.docx"), against="one")

    assert "下载带批注的 Word" in text(client.get(address))
    answer = client.get(f"{address}docx/")
    commented = b"".join(answer)  # type: ignore[arg-type]
    assert "attachment" in answer["Content-Disposition"]
    assert "9所" in "".join(p.text for p in docx.Document(io.BytesIO(commented)).paragraphs)
    with zipfile.ZipFile(io.BytesIO(commented)) as archive:
        assert "9所" in archive.read("word/comments.xml").decode()


def test_the_findings_come_as_lines_and_the_page_as_a_file(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.REPORTER)
    address = checked(client, text=DRAFT, against="one")

    lines = [json.loads(line) for line in text(client.get(f"{address}jsonl/")).splitlines()]
    assert "does_not_add_up" in {line["code"] for line in lines}
    assert text(client.get(f"{address}html/")).startswith("<!DOCTYPE html>")
    assert client.get(f"{address}docx/").status_code == 404
    assert client.get(f"{address}exe/").status_code == 404


def test_nothing_of_a_draft_enters_the_ledger(pairings: Pairings, signed_in: SignedIn, folder: Path) -> None:
    client = signed_in(Role.REPORTER)
    before = [m.objects.count() for m in (Source, Report, Statement, Entry)]

    checked(client, text=DRAFT, against="one")

    assert [m.objects.count() for m in (Source, Report, Statement, Entry)] == before
    (kept,) = folder.iterdir()
    assert {f.name for f in kept.iterdir()} == {
        "en.html", "findings.jsonl", "page.html", "request.json", "state.json", "zh.html",
    }  # fmt: skip
    assert kept.stat().st_mode & 0o77 == 0


def test_a_result_is_opened_by_no_one_else(
    pairings: Pairings, signed_in: SignedIn, account: Callable[..., User]
) -> None:
    client = signed_in(Role.REPORTER)
    address = checked(client, text=DRAFT, against="one")
    other = Client()
    other.force_login(account(Role.ADMINISTRATOR))

    for what in ("", "state/", "html/", "jsonl/", "docx/"):
        assert other.get(address + what).status_code == 404
    assert other.post(f"{address}delete/").status_code == 404
    assert address not in text(other.get("/check/"))
    assert Client().get(address)["Location"].startswith("/accounts/sign-in")
    assert client.get(address).status_code == 200
    assert client.get(f"/check/{'A' * 32}/").status_code == 404


def test_a_right_that_is_taken_away_closes_the_result(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.REPORTER, pairings["one"])
    address = checked(client, text=DRAFT, against="one")
    assert client.get(address).status_code == 200

    Membership.objects.update(pairing=pairings["two"])

    assert client.get(address).status_code == 404
    assert client.get(f"{address}html/").status_code == 404
    assert address not in text(client.get("/check/"))


def test_evidence_that_may_not_be_read_is_not_taken(
    pairings: Pairings, signed_in: SignedIn, folder: Path
) -> None:
    client = signed_in(Role.REPORTER, pairings["two"])

    assert client.post("/check/", {"text": DRAFT, "against": "one"}).status_code == 404
    assert client.post("/check/", {"text": DRAFT, "against": "-"}).status_code == 403
    assert client.post("/check/", {"text": DRAFT, "against": "nowhere"}).status_code == 404
    page = text(client.get("/check/"))
    assert "西河援洛隆" in page
    assert "东川援青山" not in page
    assert "未归入结对的报告" not in page
    assert not folder.exists()


@pytest.mark.parametrize("role", [None, Role.READER])
def test_who_may_not_send_may_not_check(pairings: Pairings, signed_in: SignedIn, role: Role | None) -> None:
    client = signed_in(role)

    assert client.get("/check/").status_code == 403
    assert client.post("/check/", {"text": DRAFT}).status_code == 403


def test_in_a_public_ledger_drafts_still_need_an_account(
    pairings: Pairings, client: Client, settings: Any
) -> None:
    settings.SHANHAI_PUBLIC = True

    assert client.get("/check/").status_code == 403
    assert client.get(f"/check/{'A' * 32}/").status_code == 404


def test_after_a_day_a_result_is_gone(pairings: Pairings, signed_in: SignedIn, folder: Path) -> None:
    client = signed_in(Role.REPORTER)
    address = checked(client, text=DRAFT)
    (kept,) = folder.iterdir()
    sent = msgspec.json.decode((kept / "request.json").read_bytes(), type=drafts.Sent)
    old = msgspec.structs.replace(sent, at=sent.at - datetime.timedelta(hours=25))
    (kept / "request.json").write_bytes(msgspec.json.encode(old))

    assert client.get(address).status_code == 404
    assert kept.exists()
    checked(client, text=DRAFT)
    assert not kept.exists()


def test_a_result_is_deleted_at_once_where_asked(
    pairings: Pairings, signed_in: SignedIn, folder: Path
) -> None:
    client = signed_in(Role.REPORTER)
    address = checked(client, text=DRAFT)

    assert client.get(f"{address}delete/").status_code == 405
    assert client.post(f"{address}delete/")["Location"] == "/check/"
    assert list(folder.iterdir()) == []
    assert client.get(address).status_code == 404
    waiting = client.get(f"{address}state/", headers={"hx-request": "true"})
    assert waiting["HX-Redirect"] == "/check/"


def test_a_check_that_was_cut_off_is_told(pairings: Pairings, signed_in: SignedIn, folder: Path) -> None:
    client = signed_in(Role.REPORTER)
    address = checked(client, text=DRAFT)
    (kept,) = folder.iterdir()
    sent = msgspec.json.decode((kept / "request.json").read_bytes(), type=drafts.Sent)
    old = msgspec.structs.replace(sent, at=sent.at - datetime.timedelta(hours=2))
    (kept / "request.json").write_bytes(msgspec.json.encode(old))
    (kept / "state.json").write_bytes(msgspec.json.encode(drafts.State("checking")))

    assert "核对中断了" in text(client.get(address))
    assert client.get(f"{address}state/")["HX-Refresh"] == "true"


def test_so_many_are_checked_at_the_same_time(pairings: Pairings, signed_in: SignedIn, folder: Path) -> None:
    client = signed_in(Role.REPORTER)
    for _ in range(2):
        checked(client, text=DRAFT)
    for kept in folder.iterdir():
        (kept / "state.json").write_bytes(msgspec.json.encode(drafts.State("checking")))

    answer = client.post("/check/", {"text": DRAFT})

    assert answer.status_code == 422
    assert "已有2份初稿正在核对" in text(answer)
    assert "引进企业12家" in text(answer)  # what was typed stays
    assert len(list(folder.iterdir())) == 2


def test_the_same_file_in_the_ledger_is_no_evidence_for_itself(
    pairings: Pairings, signed_in: SignedIn
) -> None:
    client = signed_in(Role.REPORTER)

    page = text(client.get(checked(client, file=upload(WRONG.encode(), "one-2021.txt"), against="one")))

    assert "账本里有同一份文件" in page
    assert 'data-verdict="backed"' not in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "请选择文件，或粘贴文字"),
        ({"text": "   "}, "请选择文件，或粘贴文字"),
        ({"text": DRAFT, "file": upload(b"x", "a.txt")}, "只能发送一样"),
        ({"file": upload(b"", "空.txt")}, "“空.txt”是空的"),
    ],
)
def test_a_form_that_lacks_something_says_so(
    pairings: Pairings, signed_in: SignedIn, form: dict[str, Any], said: str
) -> None:
    answer = signed_in(Role.REPORTER).post("/check/", form)

    assert answer.status_code == 422
    assert said in text(answer)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    pairings: Pairings, signed_in: SignedIn, settings: Any
) -> None:
    settings.UPLOADS = {**settings.UPLOADS, "megabytes": 1}

    answer = signed_in(Role.REPORTER).post("/check/", {"file": upload(b"1" * (1024 * 1024 + 1), "大.txt")})

    assert answer.status_code == 422
    assert "超过1 MB" in text(answer)


def test_wrong_and_broken_files_are_told_and_nothing_of_them_is_kept(
    pairings: Pairings, signed_in: SignedIn, folder: Path
) -> None:
    client = signed_in(Role.REPORTER)

    assert "不是可读取的文件类型" in failure(client, file=upload(b"MZ\x90\x00" * 99, "总结.exe"))
    assert "已损坏" in failure(client, file=upload(word("一二三")[:900], "总结.docx"))
    assert not [f for kept in folder.iterdir() for f in kept.iterdir() if f.name in ("source", "draft.json")]


def test_hostile_text_stays_text(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.REPORTER)
    told = "<script>alert(1)</script>2021年，<img src=x onerror=alert(1)>青山县引进企业12家，联系电话：13900002222。"

    page = text(client.get(checked(client, text=told, against="one")))

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "13900002222" not in page


def test_a_check_that_takes_too_long_is_ended(pairings: Pairings, signed_in: SignedIn, settings: Any) -> None:
    settings.SHANHAI_CHECK_SECONDS = 0.001
    client = signed_in(Role.REPORTER)

    assert "超过了限制" in failure(client, text=LONG, against="one")

    settings.SHANHAI_CHECK_SECONDS = 60
    assert "共 5 个数字" in text(client.get(checked(client, text=DRAFT)))


def test_more_evidence_than_fits_is_refused(pairings: Pairings) -> None:
    from shanhai.ledger.errors import NotPossible
    from shanhai.ledger.queries.checker import require_few

    from ..findings.made import CLERK

    require_few(CLERK, [pairings["one"].pk], 50)
    with pytest.raises(NotPossible, match="more than 5 figures"):
        require_few(CLERK, [pairings["one"].pk, None], 5)


def test_a_forged_form_sends_nothing(pairings: Pairings, account: Callable[..., User], folder: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account(Role.REPORTER))

    assert client.post("/check/", {"text": DRAFT}).status_code == 403
    assert not folder.exists()


def test_style_and_script_are_those_of_the_file(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.REPORTER)

    style, script = client.get("/check/result.css"), client.get("/check/result.js")

    assert (style["Content-Type"], script["Content-Type"]) == (
        "text/css; charset=utf-8",
        "text/javascript; charset=utf-8",
    )
    assert text(style) == style_text()
    assert text(script) == script_text()
    assert style_text().startswith(".checked {")
    assert "function step(by)" in script_text()
