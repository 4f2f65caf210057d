"""Requests that no browser makes: other encodings, broken bodies, endless addresses, headers that lie. None is a fault of ours."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from shanhai.ledger.actions.tokens import make
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry, Role, Statement
from shanhai.web.wsgi import application

PAGES = ("/facts/", "/pairings/new", "/sources/upload/", "/check/", "/accounts/sign-in", "/frame/language")
API = ("/api/v1/facts", "/api/v1/sources")
BODY = (
    b'--B\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800\r\n--B\r\nContent-Disposition: form-data; '
    b'name="file"; filename="\\ud800.txt"\r\n\r\n2023\xe5\xb9\xb4\r\n--B--\r\n'
)
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=B"
NO_TEXT = ("hex", "rot13", "idna", "undefined", "utf-16", "unicode_escape", "no-such")
KINDS = (
    "multipart/form-data",
    "multipart/form-data; boundary=",
    f"multipart/form-data; boundary={'x' * 300}",
    "multipart/form-data; boundary=\xe9",
    "multipart/mixed; boundary=B",
    "application/json",
    "text/xml",
    "x",
)
BROKEN = (
    (BODY[:-9], MULTIPART),
    (BODY.replace(b'"name"', b'"name"\r\nContent-Transfer-Encoding: base64'), MULTIPART),
    (b"&".join([b"a=1"] * 1001), FORM),
    (
        b"".join(
            b'--B\r\nContent-Disposition: form-data; name="f"; filename="%d"\r\n\r\nx\r\n' % n
            for n in range(201)
        )
        + b"--B--\r\n",
        MULTIPART,
    ),
)
"""Cut off, wrongly packed, more fields than are taken, more files."""
DEEP = "[" * 100_000 + "]" * 100_000
BODIES = (
    b"", b"null", b"[]", b'"x"', b"{", b"\xff", b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b'{"a":1,"a":2}',
    DEEP.encode(), b'{"\\ud800": 1}', b'{"days": 1e400}', b'{"days": NaN}',
    b'{"days": ' + b"9" * 400 + b"}", b'{"days": ' + b"9" * 5000 + b"}",
    json.dumps(dict.fromkeys(("seen", "reason", "label", "name", "because", "to", "key"), "\ud800")).encode(),
    json.dumps(dict.fromkeys(("seen", "reason", "label", "name", "because", "to", "key"), "a\0b")).encode(),
)  # fmt: skip
PATHS = (
    f"/register/-/undo/{'9' * 400}/", f"/register/-/undo/{'9' * 5000}/", f"/register/one/project/x/plan/{'9' * 30}/",
    "/%ff%fe/", "/%ed%a0%80/", "/facts/%ff/%fe/", "/facts/%ed%a0%80/x/", "/pairings/of/%ff/", "//evil.example/",
    f"/accounts/{'9' * 400}/", f"/accounts/{'9' * 5000}/", f"/sources/upload/{'9' * 30}/", f"/sources/upload/1/{'9' * 400}",
    "/accounts/%D9%A3/", f"/facts/-/{'a' * 5000}/", f"/facts/list.{'x' * 5000}", "/%2e%2e/%2e%2e/etc/passwd",
    "/static/%2e%2e/settings.py", "/static/..%2fsettings.py", "/facts/?%ff=%fe", "/find/?q=%ed%a0%80",
    "/api/v1/sources/%ff", f"/api/v1/tokens/{'9' * 400}", "/api/v1/facts?party=%ed%a0%80",
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    {"hx-request": "true", "hx-current-url": "http://["},
    {"referer": "http://[", "origin": "http://["},
    {"cookie": 'shanhai_session="\\000aaaaaaaaaaaaaaa"'},
    {
        "cookie": "shanhai_session=\xe9\xff; shanhai_theme=<script>; shanhai_language=../../x; shanhai_known=a:b:c"
    },
    {"accept-language": "x" * 5000},
    {"host": "a b"},
    {"if-modified-since": "9e999", "if-none-match": '"' + "a" * 5000, "range": "bytes=99999999999999999999-"},
)
EVERYWHERE = (*PAGES, *API, "/static/frame/frame.css")


class Sender:
    """An administrator, in the browser and by token, whose requests lead to no fault."""

    def __init__(self, user: User) -> None:
        self.headers = {"authorization": f"Bearer {make(user, 't', actor=Actor.of(user)).secret}"}
        self.client = Client(raise_request_exception=False)
        self.client.force_login(user)
        self.faults: list[str] = []

    def send(self, method: str, path: str, body: bytes = b"", kind: str = "", **more: Any) -> Any:
        before = Entry.objects.count()
        answer = self.client.generic(
            method, path, body, headers=self.headers, content_type=kind, **{"CONTENT_TYPE": kind, **more}
        )
        told = f"{answer.status_code} {method} {path[:60]} {kind} {body[:60]!r} {more}"
        if answer.status_code >= 500:
            self.faults.append(told)
        if answer.status_code >= 400 and Entry.objects.count() != before:
            self.faults.append(f"refused, but something was stored: {told}")
        return answer


@pytest.fixture
def sender(ledger: None, account: Callable[..., User], settings: Any) -> Iterator[Sender]:
    settings.SHANHAI_API_RATE = 1_000_000
    sending = Sender(account(Role.ADMINISTRATOR))
    yield sending
    assert sending.faults == []


def test_other_encodings_are_refused_in_words(sender: Sender) -> None:
    for path in (*PAGES[:3], *API):
        for charset in NO_TEXT:
            answer = sender.send("POST", path, BODY, f"{MULTIPART}; charset={charset}")

            assert answer.status_code in (405, 422)
            assert answer.status_code == 405 or "UTF-8" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/facts/", "/accounts/sign-in", "/api/v1/facts"])
def test_no_encoding_breaks_the_request_itself(path: str) -> None:
    """Asked of the application as a server has it: Django's client makes requests of its own."""
    for charset in NO_TEXT:
        environ = RequestFactory().get(f"{path}?q=x").environ | {
            "CONTENT_TYPE": f"text/plain; charset={charset}"
        }
        started: list[str] = []

        body = b"".join(application(environ, lambda status, headers, told=started: told.append(status)))

        assert started[0].startswith("422")
        assert "UTF-8" in body.decode()


def test_bodies_that_are_not_what_they_seem(sender: Sender) -> None:
    for path in (*PAGES[1:-1], *API):
        for kind in KINDS:
            sender.send("POST", path, BODY, kind)
        for body, kind in BROKEN:
            sender.send("POST", path, body, kind)
        for length in ("abc", "-5", "\u0663"):
            sender.send("POST", path, BODY, MULTIPART, CONTENT_LENGTH=length)


def test_endless_addresses(sender: Sender) -> None:
    for path in (*PAGES, *API):
        many = sender.send("GET", f"{path}?{'&'.join(['a=1'] * 1001)}")
        long = sender.send("GET", f"{path}?q={'%E5%B1%B1' * 3000}")

        assert many.status_code in (413, 422)
        assert long.status_code in (405, 422)
        assert long.status_code == 405 or "太长" in long.content.decode()
        assert len(long.content) < 50_000


def test_addresses_that_are_none(sender: Sender) -> None:
    for path in PATHS:
        for method in ("GET", "POST", "DELETE", "FOO"):
            sender.send(method, path)


def test_headers_that_lie(ledger: None, account: Callable[..., User]) -> None:
    account(Role.READER)
    for path in EVERYWHERE:
        for headers in HEADERS:
            for ask in (Client().get, Client(enforce_csrf_checks=True).post):
                assert ask(path, headers=headers).status_code < 500


def test_bodies_for_the_api(sender: Sender) -> None:
    """Whatever the body is, the answer is a problem that says where."""
    statement = Statement.objects.select_related("report__source").earliest("pk")
    there = {"sha256": statement.report.source.sha256, "key": statement.key, "pairing": "two"}
    described = sender.send("GET", "/api/v1/openapi.json").json()["paths"]
    writing = [(m, path) for path, methods in described.items() for m in methods if m != "get"]
    assert len(writing) > 5
    for method, path in writing:
        for body in BODIES:
            filled = re.sub(r"\{(\w+)\}", lambda m: there.get(m[1], "1"), path)
            told = sender.send(
                method.upper(), f"/api/v1{filled.removeprefix('/api/v1')}", body, "application/json"
            )

            assert told.status_code >= 400 or told.status_code == 204 or body in (b"", b"[]", b"null"), (
                path,
                body[:50],
            )
            assert len(told.content) < 20_000
