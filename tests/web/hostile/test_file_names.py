"""Names of files that are made to deceive: stored without what cannot be seen, given back in a header that holds."""

from collections.abc import Callable
from email.message import Message

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shanhai.ledger.models import Role, Source

TEXT = "东川市2023年工作简报\n2023年，东川市引进企业12家。\n"
NAMES = {
    "../../x.txt": "x.txt",
    "..\\..\\y.txt": "y.txt",
    "a\0b.txt": "ab.txt",
    "a\r\nSet-Cookie: x=1.txt": "aSet-Cookie: x=1.txt",
    f"{'山' * 300}.txt": f"{'山' * 251}.txt",
    "\u202etxt.exe.txt": "txt.exe.txt",
    "con.txt": "con.txt",
    'he said "no"; filename=x.txt': 'he said "no"; filename=x.txt',
    "简报（终稿）.txt": "简报（终稿）.txt",
    "<img src=x onerror=alert(1)>.txt": "<img src=x onerror=alert(1)>.txt",
    "Readme.TXT": "Readme.TXT",
    "README.txt": "README.txt",
}


def given_name(header: str) -> str | None:
    """The name of a file that a header tells, as an independent reader of RFC 6266 and 5987 finds it."""
    message = Message()
    message["Content-Disposition"] = header
    return message.get_filename()


def test_uploaded_files_keep_no_more_of_a_name_than_can_be_seen(
    db: None, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(Role.OFFICE)
    for number, name in enumerate(NAMES):
        sent = SimpleUploadedFile("x.txt", f"{TEXT}第{number}份。\n".encode())
        sent._name = name  # type: ignore[attr-defined]  # Django's own class takes the folders off
        answer = client.post("/sources/upload/", {"pairing": "-", "files": sent})
        assert answer.status_code == 302, name

    stored = Source.objects.order_by("pk").values_list("name", flat=True)
    assert all(len(name) <= 255 and "/" not in name and "\\" not in name for name in stored)
    assert len(stored) == len(NAMES)
    assert {"x.txt", "con.txt", "简报（终稿）.txt", "Readme.TXT", "README.txt"} <= set(stored)


def test_what_is_downloaded_bears_the_name_in_one_header(db: None, signed_in: Callable[..., Client]) -> None:
    """Also where a name came into the ledger before names were cleaned."""
    client = signed_in(Role.OFFICE)
    sent = SimpleUploadedFile("x.txt", TEXT.encode())
    client.post("/sources/upload/", {"pairing": "-", "files": sent})
    source = Source.objects.get()
    for name, shown in NAMES.items():
        Source.objects.update(name=name.replace("\0", "")[-255:])

        answer = client.get(f"/sources/{source.sha256}/bytes")

        assert answer.status_code == 200
        assert given_name(answer.headers["Content-Disposition"]) == shown
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Type"] == "application/octet-stream"
