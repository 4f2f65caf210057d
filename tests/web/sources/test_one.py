"""One source: its page, its bytes, its filing; for whom, and what hostile sources cannot do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.models import Collection, Pairing, Role, Source

from .conftest import NOON, arrival, clerk

Enter = Callable[..., Client]


def test_the_page_tells_how_it_came_and_what_was_read(received: dict[str, Source], signed_in: Enter) -> None:
    sha256 = received["brief"].sha256

    page = signed_in(Role.READER).get(f"/sources/{sha256}/").content.decode()

    for told in (
        "简报(副本).txt",
        "邮件",
        "cli:clerk",
        sha256,
        "纯文本",
        "东川援青山",
        f'href="/room/{sha256}/"',
    ):
        assert told in page
    assert 'name="pairing"' not in page


def test_what_could_not_be_read_says_why(received: dict[str, Source], signed_in: Enter) -> None:
    address = f"/sources/{received['scan'].sha256}/"

    assert "没有文字" in signed_in(Role.READER).get(address).content.decode()
    english = signed_in(Role.REPORTER, language="en").get(address).content.decode()
    assert "no text" in english
    assert "没有文字" not in english


@pytest.mark.parametrize("part", ["", "bytes"])
def test_others_sources_are_not_there(
    received: dict[str, Source], pairings: dict[str, Pairing], signed_in: Enter, part: str
) -> None:
    client = signed_in(Role.OFFICE, pairings["luo"])

    assert client.get(f"/sources/{received['brief'].sha256}/{part}").status_code == 404
    assert client.get(f"/sources/{'0' * 64}/{part}").status_code == 404
    assert client.get(f"/sources/{received['news'].sha256}/{part}").status_code == 200


def test_bytes_come_as_they_were_and_are_never_shown(db: None, signed_in: Enter) -> None:
    hostile = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(2)</script></svg>"
    name = 'a"; filename="x.html\r\nSet-Cookie: y=1 山.svg'
    source = receive(Arrival(hostile, name, fault="x"), actor=clerk, at=NOON).source

    answer = signed_in(Role.READER).get(f"/sources/{source.sha256}/bytes")

    assert answer.content == hostile
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers or "y=1" not in answer["Set-Cookie"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_public_reads_but_takes_no_bytes(received: dict[str, Source], settings: Any) -> None:
    settings.SHANHAI_PUBLIC = True
    address = f"/sources/{received['brief'].sha256}/"

    page = Client().get(address)

    assert page.status_code == 200
    assert "下载原文件" not in page.content.decode()
    assert Client().get(f"{address}bytes").status_code == 403


def test_hostile_words_are_only_words(db: None, signed_in: Enter) -> None:
    text = "<script>alert('山')</script>2023年简报\n\n培训教师120名，<img src=x onerror=alert(1)>投入资金30万元。\n"
    source = receive(arrival(text, "<b>x</b>.txt", "javascript:alert(1)"), actor=clerk, at=NOON).source
    client = signed_in(Role.OFFICE)

    for address in ("/sources/", f"/sources/{source.sha256}/", "/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>x</b>" not in page
        assert 'href="javascript' not in page


def test_the_office_files_a_source(
    received: dict[str, Source], pairings: dict[str, Pairing], signed_in: Enter
) -> None:
    client = signed_in(Role.OFFICE)
    address = f"/sources/{received['scan'].sha256}/"

    page = client.post(f"{address}file", {"pairing": "luo"}, follow=True)
    again = client.post(f"{address}file", {"pairing": "luo"}, follow=True)
    out = client.post(f"{address}file", {"pairing": "-"}, follow=True)

    assert "已归入" in page.content.decode()
    assert "该来源已归在这里" in again.content.decode()
    assert Source.objects.get(pk=received["scan"].pk).pairing is None
    assert out.status_code == 200


@pytest.mark.parametrize("role", [Role.READER, Role.REPORTER, Role.REVIEWER])
@pytest.mark.parametrize(("part", "told"), [("file", {"pairing": "luo"}), ("collections", {"name": "审计"})])
def test_nobody_else_files(
    received: dict[str, Source], signed_in: Enter, role: Role, part: str, told: dict[str, str]
) -> None:
    answer = signed_in(role).post(f"/sources/{received['brief'].sha256}/{part}", told)

    assert answer.status_code == 403
    assert Source.objects.get(pk=received["brief"].pk).pairing.key == "qing"  # type: ignore[union-attr]
    assert not Collection.objects.exists()


def test_an_office_of_one_pairing_files_nowhere_else(
    received: dict[str, Source], pairings: dict[str, Pairing], signed_in: Enter
) -> None:
    client = signed_in(Role.OFFICE, pairings["luo"])
    address = f"/sources/{received['news'].sha256}/"

    assert client.post(f"{address}file", {"pairing": "qing"}).status_code == 404
    assert client.post(f"{address}file", {"pairing": "-"}).status_code == 403
    assert client.post(f"{address}file", {}).status_code == 422
    assert 'value="qing"' not in client.get(address).content.decode()


def test_collections_are_made_filled_and_emptied(received: dict[str, Source], signed_in: Enter) -> None:
    client = signed_in(Role.OFFICE)
    brief, news = (f"/sources/{received[n].sha256}/collections" for n in ("brief", "news"))

    made = client.post(brief, {"name": " 2024年  审计 "}, follow=True).content.decode()
    client.post(news, {"name": "2024年 审计"})
    collection = Collection.objects.get()

    assert "已放入专题" in made
    assert f"?collection={collection.key}" in made
    assert collection.name == "2024年 审计"
    assert collection.sources.count() == 2
    client.post(brief, {"out": collection.key})
    assert [s.pk for s in collection.sources.all()] == [received["news"].pk]
    assert client.post(brief, {"into": "no-such"}).status_code == 404
    assert "请选择一个专题" in client.post(brief, {}, follow=True).content.decode()
    assert client.post(brief, {"name": "长" * 101}).status_code == 422


def test_forged_forms_change_nothing(received: dict[str, Source], account: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account(Role.OFFICE))

    answer = client.post(f"/sources/{received['brief'].sha256}/file", {"pairing": "luo"})

    assert answer.status_code == 403
    assert client.get(f"/sources/{received['brief'].sha256}/file").status_code == 405
    assert Source.objects.get(pk=received["brief"].pk).pairing.key == "qing"  # type: ignore[union-attr]
