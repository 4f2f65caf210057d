"""Attachments of records: who may put and see them, what is kept, how they are served."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shanhai.ledger.models import Entry, Pairing, Role
from shanhai.programme.models import Attachment

from ...programme.photos.pictures import jpeg
from .made import registered

AT = "/register/one/visit/V1/files/"
SignedIn = Callable[..., Client]


@pytest.fixture
def one(db: None) -> Pairing:
    return registered()


def send(client: Client, data: bytes, name: str, at: str = AT) -> str:
    answer = client.post(at, {"file": SimpleUploadedFile(name, data)}, follow=True)
    return answer.content.decode()


def test_a_photo_is_put_shown_taken_out_and_put_back(one: Pairing, signed_in: SignedIn) -> None:
    office, reader = signed_in(Role.OFFICE, one), signed_in(Role.READER, one)

    page = send(office, jpeg(), "现场 <1>.exe")
    kept = Attachment.objects.get()
    path = f"{AT}{kept.sha256}/"
    photo, small = reader.get(path), reader.get(f"{path}thumbnail")

    assert "已添加附件" in page
    assert kept.name == "现场 <1>.jpg"
    assert b"GPS" not in photo.content
    assert photo["Content-Type"] == small["Content-Type"] == "image/jpeg"
    assert photo["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in photo["Content-Security-Policy"]
    assert "inline" in photo["Content-Disposition"]
    assert f"{path}thumbnail" in reader.get("/register/one/project/QS-01/").content.decode()
    send(office, jpeg(), "再来一次.jpg")
    assert Attachment.objects.count() == 1
    office.post(f"{path}take-out", {"why": ""})
    assert not Attachment.objects.get().withdrawn
    office.post(f"{path}take-out", {"why": "拍到了人脸"})
    assert reader.get(path).status_code == reader.get(f"{path}thumbnail").status_code == 404
    assert office.get(path).status_code == 200
    office.post(f"{path}put-back")
    assert reader.get(path).status_code == 200
    actions = list(
        Entry.objects.filter(subject="visit:one/V1").order_by("number").values_list("action", flat=True)
    )
    assert actions == ["enter", "attach", "take out attachment", "put back attachment"]
    assert "拍到了人脸" in office.get("/register/one/visit/V1/").content.decode()


def test_a_document_is_downloaded_not_shown(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE, one)
    send(client, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "验收单.pdf")
    path = f"{AT}{Attachment.objects.get().sha256}/"

    assert client.get(path)["Content-Disposition"].startswith("attachment")
    assert client.get(f"{path}thumbnail").status_code == 404


def test_what_is_refused_is_told_and_nothing_kept(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE, one)

    assert "不能用作附件" in send(client, b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.jpg")
    assert "损坏" in send(client, jpeg()[:200], "a.jpg")
    assert "请先选择" in client.post(AT, {}, follow=True).content.decode()
    assert not Attachment.objects.exists()


def test_too_large(one: Pairing, signed_in: SignedIn, settings: object) -> None:
    settings.SHANHAI_UPLOAD_BYTES = 100  # type: ignore[attr-defined]
    assert not Attachment.objects.exists()
    assert "MB" in send(signed_in(Role.OFFICE, one), jpeg(), "a.jpg")
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("role", [Role.READER, Role.REPORTER, Role.REVIEWER])
def test_only_the_office_puts_them(one: Pairing, signed_in: SignedIn, role: Role) -> None:
    assert signed_in(role, one).post(AT, {"file": SimpleUploadedFile("a.jpg", jpeg())}).status_code == 403


def test_a_members_files_are_for_who_may_see_members(one: Pairing, signed_in: SignedIn) -> None:
    at = "/register/one/member/Y1/files/"
    send(signed_in(Role.OFFICE, one), jpeg(), "a.jpg", at)
    path = f"{at}{Attachment.objects.get().sha256}/"

    assert signed_in(Role.READER, one).get(path).status_code == 404
    assert signed_in(Role.REPORTER, one).get(path).status_code == 200
    assert signed_in(Role.REVIEWER, Pairing.objects.get(key="two")).get(path).status_code == 404


def test_a_file_is_reached_through_its_own_record_only(one: Pairing, signed_in: SignedIn) -> None:
    client = signed_in(Role.OFFICE, one)
    send(client, jpeg(), "a.jpg")
    sha256 = Attachment.objects.get().sha256

    assert client.get(f"/register/one/asset/Z1/files/{sha256}/").status_code == 404
