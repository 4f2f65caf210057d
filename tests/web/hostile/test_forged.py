"""Forged forms, rights that are taken away in the middle of a session, secrets that stay secret."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from shanhai.ledger.actions.tokens import make
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry, Membership, Pairing, Role, Source, Statement

from ..conftest import PASSWORD
from ..test_other_peoples import addresses

FILLED = {
    "number": "1", "pairing": "one", "ending": "csv", "position": "0", "token": "a" * 32, "what": "html",
    "kind": "money", "matter": "M1", "sending": "a" * 64, "receiving": "b" * 64,
}  # fmt: skip
KEYS = {"briefs": {"key": "J1"}, "needs": {"key": "L1"}}


def everywhere() -> list[str]:
    """The addresses for people of every area, filled with what is there, and those that are about no object."""
    source = Source.objects.get(name="one-2021.txt")
    key = Statement.objects.filter(report__source=source).earliest("pk").key
    filled = FILLED | {"sha256": source.sha256, "key": key}
    found = []
    for area, pattern in addresses():
        told = filled | (
            {"key": "mixed" if "collections" in pattern else "one"}
            if area == "pairings"
            else KEYS.get(area, {})
        )
        for name, value in told.items():
            pattern = pattern.replace(f"<{name}>", value)
        found.append(pattern)
    also = ("accounts/sign-out", "accounts/password", "frame/language", "frame/theme", "sources/rebuild",
            "sources/upload/text", "sources/upload/announce", "accounts/sign-in")  # fmt: skip
    return [*found, *(f"/{path}" for path in also)]


def test_no_form_is_taken_from_elsewhere(ledger: None, account: Callable[..., User]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account(Role.ADMINISTRATOR))
    before = Entry.objects.count()

    taken = {path for path in everywhere() if client.post(path, {"reason": "x"}).status_code != 403}
    forged = Client(enforce_csrf_checks=True, headers={"origin": "https://evil.example"})
    forged.force_login(User.objects.get(username="administrator"))
    taken |= {path for path in everywhere() if forged.post(path).status_code != 403}

    assert taken == set()
    assert Entry.objects.count() == before
    assert len(everywhere()) > 60


def status(answer: Any) -> int:
    """The status of an answer that is taken whole."""
    b"".join(answer)
    return int(answer.status_code)


@pytest.mark.parametrize("how", ["role", "account"])
def test_what_is_taken_away_is_gone_at_the_next_request(
    ledger: None, account: Callable[..., User], how: str
) -> None:
    user = account(Role.OFFICE)
    client = Client()
    client.force_login(user)
    token = {"authorization": f"Bearer {make(user, 't', actor=Actor.of(user)).secret}"}
    sha256 = Source.objects.get(name="one-2021.txt").sha256
    pages = ("/facts/list.csv", f"/sources/{sha256}/", f"/sources/{sha256}/bytes", f"/room/{sha256}/")
    api = ("/api/v1/facts", f"/api/v1/sources/{sha256}", f"/api/v1/sources/{sha256}/content")
    assert {status(client.get(path)) for path in pages} == {200}
    assert {client.get(path, headers=token).status_code for path in api} == {200}

    if how == "role":
        Membership.objects.filter(user=user).delete()
    else:
        User.objects.update(is_active=False)

    assert {status(client.get(path)) for path in pages} <= {302, 403, 404}
    told = [client.get(path, headers=token) for path in api]
    assert all(a.status_code in (401, 403, 404) or a.json()["items"] == [] for a in told)
    assert {client.post(f"/sources/{sha256}/file", {"pairing": "two"}).status_code} <= {302, 403, 404}
    assert Source.objects.get(sha256=sha256).pairing == Pairing.objects.get(key="one")


def test_no_secret_stands_in_a_log_or_on_a_page(
    ledger: None,
    account: Callable[..., User],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = account(Role.ADMINISTRATOR)
    secret = make(user, "t", actor=Actor.of(user)).secret
    caplog.set_level(logging.DEBUG)
    said = ""
    client = Client(raise_request_exception=False)
    sent: dict[str, Any] = {"username": "administrator", "password": f"{PASSWORD}x"}
    said += client.post("/accounts/sign-in", sent).content.decode()
    client.post("/accounts/sign-in", sent | {"password": PASSWORD})
    new = {
        "old_password": PASSWORD,
        "new_password1": "geheim-und-lang-7",
        "new_password2": "geheim-und-lang-8",
    }
    said += client.post("/accounts/password", new).content.decode()
    said += client.get(
        "/api/v1/facts?nothing=1", headers={"authorization": f"Bearer {secret}"}
    ).content.decode()
    said += client.get("/api/v1/facts", headers={"authorization": f"Bearer {secret}x"}).content.decode()

    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("shanhai.web.accounts.views.entering.set_password", breaks)
    new["new_password2"] = new["new_password1"]
    failed = client.post("/accounts/password", new)
    said += failed.content.decode()

    assert failed.status_code == 500
    told = caplog.text + said
    assert "ZeroDivisionError" in caplog.text
    assert [
        word for word in (PASSWORD, "geheim-und-lang", secret.removeprefix("shanhai_")) if word in told
    ] == []
