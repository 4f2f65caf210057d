"""A ledger that is open to the public: strangers read and export, and do nothing else, at any address of any area."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from shanhai.ledger.models import Role

SIGN_IN = "/accounts/sign-in"
CLOSED = ("accounts/", "audit/", "pairings/")
"""Areas of which strangers see nothing but how to sign in."""
OPEN = frozenset(
    {"accounts:sign_in", "accounts:sign_out", "accounts:first_run", "frame:language", "frame:theme"}
)
"""What strangers may send forms to: it changes nothing in the ledger."""
VALUES = {"number": "1", "key": "k" * 8, "sha256": "0" * 64, "slug": "s", "page": "1"}


def addresses(resolver: URLResolver, prefix: str = "", name: str = "") -> Iterator[tuple[str, str]]:
    """Every address with its name, whatever stands for its variable parts."""
    for part in resolver.url_patterns:
        route = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from addresses(part, route, str(part.namespace or name))
        else:
            assert isinstance(part, URLPattern)
            converters = part.pattern.converters  # type: ignore[attr-defined]
            for variable, converter in converters.items():
                kind = type(converter).__name__
                value = "1" if kind == "IntConverter" else VALUES.get(variable, "x")
                for spelt in (f"<{_spelt(kind)}:{variable}>", f"<{variable}>"):
                    route = route.replace(spelt, value)
            yield f"{name}:{part.name}", f"/{route}"


def _spelt(kind: str) -> str:
    return kind.removesuffix("Converter").lower().replace("string", "str")


ALL = sorted(set(addresses(get_resolver())))


NOTED = frozenset({"sessions.Session", "accounts.Failure"})
"""Tables in which it is noted that someone knocked."""


def rows() -> dict[str, int]:
    tables = [model for model in apps.get_models() if model._meta.label not in NOTED]
    return {model._meta.label: model._default_manager.count() for model in tables}


def test_every_area_was_walked() -> None:
    assert {"home:index", "audit:index", "accounts:make", "pairings:index"} <= {name for name, _ in ALL}
    assert not [address for _, address in ALL if "<" in address]


@pytest.fixture
def stranger(settings: Any, account: Any) -> Client:
    settings.SHANHAI_PUBLIC = True
    account(Role.ADMINISTRATOR)
    return Client()


@pytest.mark.parametrize(("name", "address"), ALL)
def test_strangers_change_nothing_anywhere(stranger: Client, name: str, address: str) -> None:
    before = rows()
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(stranger, method)(address, {})
        if name in OPEN:
            continue
        refused = answer.status_code in (400, 401, 403, 404, 405, 409, 413, 415, 422, 429)
        sent_away = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
        shown = answer.status_code == 200  # a page; what counts is below
        assert refused or sent_away or shown, (method, answer.status_code)
    assert rows() == before


@pytest.mark.parametrize(("name", "address"), [one for one in ALL if one[1].lstrip("/").startswith(CLOSED)])
def test_strangers_see_no_accounts_no_audit_no_filing(stranger: Client, name: str, address: str) -> None:
    answer = stranger.get(address)
    if name in ("accounts:sign_in", "accounts:first_run"):
        assert answer.status_code in (200, 302)
        return
    assert answer.status_code in (302, 403, 404, 405)
    if answer.status_code == 302:
        assert answer["Location"].startswith(SIGN_IN)
    assert "administrator" not in answer.content.decode()


@pytest.mark.parametrize(("name", "address"), ALL)
def test_nothing_breaks_for_strangers(stranger: Client, name: str, address: str) -> None:
    assert stranger.get(address).status_code < 500


@pytest.mark.parametrize(("name", "address"), ALL)
def test_a_closed_ledger_shows_strangers_the_door_only(
    client: Client, account: Any, name: str, address: str
) -> None:
    account(Role.ADMINISTRATOR)
    answer = client.get(address)
    if name.startswith("api:"):
        assert answer.status_code in (200, 401, 404, 405), answer.status_code
        assert answer.status_code != 200 or name == "api:openapi"
        return
    if name in OPEN:
        return
    assert answer.status_code == 302
    assert answer["Location"].startswith(SIGN_IN)
