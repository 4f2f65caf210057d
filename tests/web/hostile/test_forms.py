"""Every form of every page, sent with what no one should send; pages that are added are walked as well."""

import os
import random
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote_from_bytes

from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import resolve

from shanhai.ledger.models import Entry, Pairing, Role, Source, Statement
from shanhai.web.areas import AREAS

from ..register.planned import PLAN
from .forms import Form, walked
from .values import VALUES

SENT_BY_SCRIPT = (
    Form("/sources/upload/announce", "post", (("pairing", "-"), ("files", '[{"name": "a.txt", "size": 3}]'))),
    Form("/sources/upload/1/0", "post", (("origin", ""), ("publisher", ""))),
)
"""What no form of a page sends."""
EACH = None if os.environ.get("SHANHAI_THOROUGH") else 1
"""One value goes into each field, others into others; all into each where someone has the time."""
LARGEST, NOT_SENT = 700_000, frozenset({"csrfmiddlewaretoken"})


def test_no_field_of_any_form_breaks_anything(plans: None, account: Callable[..., User]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(account(Role.ADMINISTRATOR))
    account(Role.READER, Pairing.objects.get(key="one"), name="someone")
    forms = list(all_forms(client))
    faults: list[str] = []

    for name, form, field in forms:
        for what, value in chosen(name, field):
            faults += fault(client, form, field, what, value)

    assert faults == []
    views = {name for name, _, _ in forms}
    assert len(forms) > 100
    assert views >= {"register:ask_plan", "register:approve_plan", "register:refuse_plan", "register:undo"}
    assert {name.partition(":")[0] for name in views} >= {a.name for a in AREAS if not a.speaks_http} - {
        "home"
    }


def all_forms(client: Client) -> Iterator[tuple[str, Form, str]]:
    """The view's name, the form and the field, each once."""
    source = Source.objects.get(name="one-2021.txt")
    key = Statement.objects.filter(report__source=source).earliest("pk").key
    room = f"/room/{source.sha256}/"
    begin = [
        "/", f"{PLAN}4/", f"{PLAN}ask/", f"{PLAN}ask/?follows=2&follows=3", undone(), "/register/one/money/",
         "/register/one/money/new/", "/exchange/one/", "/accounts/password", f"{room}add/?words=12",
        "/findings/promises/", "/find/?q=青山县", "/facts/series/", "/facts/compare/", "/room/indicators/?q=x",
        "/facts/places/?place=x", "/facts/parties/?party=x",
        *(f"{room}{key}/{what}" for what in ("", "split/", "correct/", "reject/", "why/")),
    ]  # fmt: skip
    asked = [
        Form(path.partition("?")[0], "get", ((path.partition("?")[2].partition("=")[0], "x"),))
        for path in begin
        if "?" in path
    ]
    seen: set[tuple[str, str, str]] = set()
    for forms in (SENT_BY_SCRIPT, asked, *(forms for _, forms, _ in walked(client, begin, 60))):
        for form in forms:
            name = resolve(form.path).view_name
            for field in dict.fromkeys(n for n, _ in form.fields):
                if field not in NOT_SENT and (name, form.method, field) not in seen:
                    seen.add((name, form.method, field))
                    yield name, form, field


def undone() -> str:
    """The page of undoing the last decision about a plan."""
    return f"/register/-/undo/{Entry.objects.filter(action='approve plan').latest('number').number}/"


def chosen(name: str, field: str) -> Iterable[tuple[str, bytes]]:
    """The values for a field, the same in each run."""
    if (name, field) == (
        "check:index",
        "text",
    ):  # what can be checked is checked by a process of its own, which takes long
        return [(what, VALUES[what]) for what in ("NUL", "blanks")]
    told = sorted(VALUES.items())
    return told if EACH is None else random.Random(f"{name} {field}").sample(told, EACH)


def fault(client: Client, form: Form, field: str, what: str, value: bytes) -> list[str]:
    """What is wrong with the answer to a form with a value in one field; nothing of it stays stored."""
    pairs = [(n, v.encode()) for n, v in form.fields if n != field] + [(field, value), (field, value)]
    body = b"&".join(
        quote_from_bytes(n.encode()).encode() + b"=" + quote_from_bytes(v).encode() for n, v in pairs
    )
    before = Entry.objects.count()
    with transaction.atomic():
        place = transaction.savepoint()
        if form.method == "get":
            answer: Any = client.get(form.path, QUERY_STRING=body.decode())
        else:
            answer = client.post(form.path, body, content_type="application/x-www-form-urlencoded")
        text = b"".join(answer)
        stored = Entry.objects.count() - before
        transaction.savepoint_rollback(place)
    where = f"{answer.status_code} {form.method} {form.path[:40]}… {field} = {what}"
    told = re.sub(rb"<[^>]*>|\s", b"", text)
    wrong = {
        "a fault": answer.status_code >= 500,
        "a page without end": len(text) > LARGEST,
        "refused, but something was stored": answer.status_code >= 400 and stored,
        "refused without a word": 400 <= answer.status_code < 500 and len(told) < 10,
        "a header of the sender's": "Set-Cookie" in answer.headers or "x" in client.cookies,
    }
    return [f"{name}: {where}" for name, is_so in wrong.items() if is_so]
