"""Sending files and texts: what is taken, what is refused and why, for whom."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shanhai.ledger.models import (
    Content,
    Pairing,
    Progress,
    Receipt,
    Report,
    Role,
    Source,
    Upload,
    UploadedFile,
)
from shanhai.ledger.packing import unpacked

from .conftest import BRIEF, NEWS

Enter = Callable[..., Client]
Files = list[tuple[str, bytes]]
HTML = (
    "<html><head><title>简报</title><script>alert(1)</script></head><body><h1>青山县简报</h1>"
    "<p>2023年培训教师120名。</p><iframe src='http://example.org/'></iframe></body></html>"
).encode()
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><text>12</text></svg>"


def announce(client: Client, files: Files, **more: str) -> Any:
    told = json.dumps([{"name": name, "size": len(data)} for name, data in files])
    return client.post("/sources/upload/announce", {"pairing": "-", "files": told, **more})


def send(client: Client, files: Files, **more: str) -> list[str]:
    """Announce and send: the rows that come back."""
    assert announce(client, files, **more).status_code == 200
    upload = Upload.objects.latest("pk")
    rows = []
    for n, (name, data) in enumerate(files):
        sent = SimpleUploadedFile(name.rsplit("/", 1)[-1] or "x", data)
        answer = client.post(f"/sources/upload/{upload.pk}/{n}", {"file": sent, "origin": "县办"})
        rows.append(answer.content.decode())
    return rows


def test_each_file_says_what_became_of_it(db: None, signed_in: Enter) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x.txt", "x")
    files = [
        ("简报.txt", BRIEF.encode()),
        ("同一份.txt", BRIEF.encode()),
        ("空.txt", b""),
        ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        ("程序.exe", b"MZ" + bytes(range(256))),
        ("包.zip", packed.getvalue()),
        ("网页.html", HTML),
        ("断.docx", b"PK\x03\x04" + bytes(20)),
    ]

    rows = send(signed_in(Role.REPORTER), files)

    assert "读出" in rows[0]
    assert "/room/" in rows[0]
    assert "已有同样的文件" in rows[1]
    for row in (rows[2], rows[3], rows[4], rows[5], rows[7]):
        assert "未能读取" in row
    assert "文件是空的" in rows[2]
    assert "不是可读取的文件类型" in rows[3]
    assert "个数字" in rows[6]
    assert "<script" not in "".join(rows)
    kept = {Progress.READ: 2, Progress.KNOWN: 1, Progress.REFUSED: 5}
    assert {p: UploadedFile.objects.filter(progress=p).count() for p in kept} == kept
    receipts = Receipt.objects.filter(source__name="简报.txt").values_list("name", "origin", "by")
    assert list(receipts) == [("简报.txt", "县办", "reporter"), ("同一份.txt", "县办", "reporter")]


def test_a_drawing_is_never_drawn(db: None, signed_in: Enter) -> None:
    client = signed_in(Role.REPORTER)
    (row,) = send(client, [("图.svg", SVG)])

    for page in (row, client.get("/sources/").content.decode(), client.get("/").content.decode()):
        assert "alert" not in page
    for source in Source.objects.all():
        assert "alert" not in client.get(f"/sources/{source.sha256}/").content.decode()
        assert client.get(f"/sources/{source.sha256}/bytes")["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\简报.txt", "简报.txt"),
        ("a\u202etxt.exe.txt", "atxt.exe.txt"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("山" * 300 + ".txt", "山" * 251 + ".txt"),
    ],
)
def test_names_lose_folders_and_hidden_signs(db: None, signed_in: Enter, name: str, kept: str) -> None:
    (row,) = send(signed_in(Role.REPORTER), [(name, NEWS.encode())])

    assert Source.objects.get().name == kept
    assert "<img" not in row


def test_too_large_is_refused_before_it_is_sent(db: None, signed_in: Enter, settings: Any) -> None:
    settings.SHANHAI_UPLOAD_BYTES = 1024 * 1024
    settings.UPLOADS = {**settings.UPLOADS, "megabytes": 1}
    client = signed_in(Role.REPORTER)

    page = announce(client, [("大.txt", bytes(1024 * 1024 + 1)), ("小.txt", b"1")]).content.decode()

    assert "超过1 MB" in page
    assert page.count("data-send") == 1


def test_too_large_is_not_kept_whatever_was_announced(db: None, signed_in: Enter, settings: Any) -> None:
    settings.SHANHAI_UPLOAD_BYTES = 1024 * 1024
    settings.UPLOADS = {**settings.UPLOADS, "megabytes": 1}
    client = signed_in(Role.REPORTER)
    announce(client, [("小.txt", b"1")])
    upload = Upload.objects.get()
    large = SimpleUploadedFile("小.txt", b"1" * (1024 * 1024 + 1))

    one = client.post(f"/sources/upload/{upload.pk}/0", {"file": large}).content.decode()
    large.seek(0)
    small = SimpleUploadedFile("简报.txt", BRIEF.encode())
    form = client.post("/sources/upload/", {"pairing": "-", "files": [large, small]}, follow=True)

    assert "超过1 MB" in one
    assert "超过1 MB" in form.content.decode()
    assert "读出" in form.content.decode()
    assert [s.name for s in Source.objects.all()] == ["简报.txt"]


def test_what_is_cut_short_stays_missing(db: None, signed_in: Enter) -> None:
    client = signed_in(Role.REPORTER)
    announce(client, [("简报.txt", BRIEF.encode())])
    upload = Upload.objects.get()
    address = f"/sources/upload/{upload.pk}/0"

    short = client.post(address, {"file": SimpleUploadedFile("简报.txt", BRIEF.encode()[:50])})
    none = client.post(address, {})

    assert short.status_code == none.status_code == 422
    assert "没有传完" in short.content.decode()
    assert upload.files.get().progress == Progress.WAITING
    assert not Source.objects.exists()
    page = client.get("/sources/upload/").content.decode()
    assert "没有传完：1个文件" in page
    assert "简报.txt" in page


def test_a_file_sent_twice_is_taken_once(db: None, signed_in: Enter) -> None:
    client = signed_in(Role.REPORTER)
    (row,) = send(client, [("简报.txt", BRIEF.encode())])
    number = Upload.objects.get().pk

    again = client.post(
        f"/sources/upload/{number}/0", {"file": SimpleUploadedFile("x.txt", b"another")}
    ).content.decode()

    assert again == row
    assert Source.objects.count() == 1


def test_missing_files_are_sent_again_or_forgotten(db: None, signed_in: Enter) -> None:
    client = signed_in(Role.REPORTER)
    announce(client, [("简报.txt", BRIEF.encode()), ("见闻.txt", NEWS.encode())])
    number = Upload.objects.get().pk
    found = SimpleUploadedFile("简报.txt", BRIEF.encode())
    strange = SimpleUploadedFile("见闻.txt", b"other")

    page = client.post(
        f"/sources/upload/{number}/again", {"files": [found, strange]}, follow=True
    ).content.decode()
    gone = client.post(f"/sources/upload/{number}/discard", follow=True).content.decode()
    none = client.post(f"/sources/upload/{number}/discard", follow=True).content.decode()

    assert "1个文件没有传完" in page
    assert "不在未传完的清单中，没有收下：见闻.txt" in page
    assert "移除1个" in gone
    assert "没有中断的文件" in none
    assert [s.name for s in Source.objects.all()] == ["简报.txt"]


def test_200_files_come_in_one_form_and_201_do_not(db: None, signed_in: Enter) -> None:
    client = signed_in(Role.REPORTER)
    files = [SimpleUploadedFile(f"{n}.txt", b"") for n in range(201)]

    refused = client.post("/sources/upload/", {"pairing": "-", "files": files})

    assert refused.status_code == 413
    assert not Upload.objects.exists()


def test_no_more_files_are_announced_than_are_taken(db: None, signed_in: Enter) -> None:
    answer = announce(signed_in(Role.REPORTER), [("x.txt", b"x")] * 1001)

    assert answer.status_code == 422
    assert "1000" in answer.content.decode()


@pytest.mark.parametrize(
    "told",
    [
        {"files": "no json"},
        {"files": '[{"name": 3}]'},
        {"files": "[]"},
        {"files": '[{"name": "a.txt", "size": -1}]'},
        {"files": '[{"name": "..", "size": 1}]'},
        {},
        {"pairing": "nowhere", "files": "[]"},
    ],
)
def test_broken_announcements_are_refused(db: None, signed_in: Enter, told: dict[str, str]) -> None:
    answer = signed_in(Role.REPORTER).post("/sources/upload/announce", {"pairing": "-", **told})

    assert answer.status_code == 422
    assert not Upload.objects.exists()


def test_a_form_without_files_says_so(db: None, signed_in: Enter) -> None:
    answer = signed_in(Role.REPORTER).post("/sources/upload/", {"pairing": "-"})

    assert answer.status_code == 422
    assert "请至少选择一个文件" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.READER, None])
@pytest.mark.parametrize("part", ["", "announce", "text"])
def test_readers_send_nothing(db: None, signed_in: Enter, role: Role | None, part: str) -> None:
    client = signed_in(role)

    assert client.post(f"/sources/upload/{part}", {"pairing": "-", "paste-text": "x"}).status_code == 403
    assert client.get("/sources/upload/").status_code == 403


def test_reporters_send_to_their_own_pairing(pairings: dict[str, Pairing], signed_in: Enter) -> None:
    client = signed_in(Role.REPORTER, pairings["luo"])

    page = client.get("/sources/upload/").content.decode()
    answer = announce(client, [("a.txt", b"x")], pairing="qing")
    unfiled = announce(client, [("a.txt", b"x")], pairing="-")
    send(client, [("见闻.txt", NEWS.encode())], pairing="luo")

    assert "东川援青山" not in page
    assert 'value="-"' not in page
    assert answer.status_code == unfiled.status_code == 422
    assert Source.objects.get().pairing == pairings["luo"]


def test_others_uploads_are_not_there(db: None, signed_in: Enter) -> None:
    send(signed_in(Role.OFFICE), [("简报.txt", BRIEF.encode())])
    number = Upload.objects.get().pk
    other = signed_in(Role.REPORTER)

    assert other.get(f"/sources/upload/{number}/").status_code == 404
    for part in ("0", "again", "discard"):
        assert other.post(f"/sources/upload/{number}/{part}", {}).status_code == 404
    assert other.get("/sources/upload/999999999999999999999/").status_code == 404


def test_forged_forms_send_nothing(db: None, account: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account(Role.REPORTER))

    assert announce(client, [("a.txt", b"x")]).status_code == 403
    assert not Upload.objects.exists()


def test_text_is_pasted_with_what_is_known_of_it(db: None, signed_in: Enter) -> None:
    told = {
        "paste-pairing": "-",
        "paste-title": "青山县 卫生/教育 简讯",
        "paste-publisher": "青山县融媒体中心",
        "paste-date": "2024-03-01",
        "paste-origin": "https://example.org/x",
        "paste-text": "2024年培训医生86名。\r\n<script>alert(1)</script>新建卫生室4所。",
    }

    page = signed_in(Role.REPORTER).post("/sources/upload/text", told, follow=True).content.decode()

    report = Report.objects.select_related("source").get()
    assert "读出2个数字" in page
    assert (report.title, report.publisher, str(report.date)) == (
        "青山县 卫生/教育 简讯",
        "青山县融媒体中心",
        "2024-03-01",
    )
    assert report.source.name == "青山县 卫生／教育 简讯.txt"
    assert report.source.receipts.get().origin == "https://example.org/x"
    stored = unpacked(Content.objects.get(source=report.source).compressed).decode()
    assert stored.endswith("\n\n2024年培训医生86名。\n<script>alert(1)</script>新建卫生室4所。\n")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"paste-text": " \n "}, "请粘贴正文"),
        ({"paste-text": "x", "paste-date": "morgen"}, "paste-date-faults"),
        ({"paste-text": "x", "paste-pairing": "nowhere"}, "paste-pairing-faults"),
        ({"paste-text": "x", "paste-title": "长" * 201}, "paste-title-faults"),
    ],
)
def test_faults_of_a_pasted_text_stand_beside_the_field(
    db: None, signed_in: Enter, told: dict[str, str], said: str
) -> None:
    answer = signed_in(Role.REPORTER).post("/sources/upload/text", {"paste-pairing": "-", **told})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Source.objects.exists()


def test_it_speaks_english(db: None, signed_in: Enter) -> None:
    client = signed_in(Role.REPORTER, language="en")
    (row,) = send(client, [("图.png", b"\x89PNG\r\n\x1a\n" + bytes(40))])

    assert "could not be read" in row
    assert "未能" not in row
    assert "Drop files here" in client.get("/sources/upload/").content.decode()
