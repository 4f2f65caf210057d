"""The page for programs: a token is made, shown once, used and revoked; the page is accessible in both widths."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from shanhai.ledger.actions.tokens import actor_of
from shanhai.ledger.models import Role, Token

from ..browsing import DESK, PHONE, Visit, barriers, is_too_wide

SECRET = re.compile(r"shanhai_[-_A-Za-z0-9]{43}")


def test_a_token_is_shown_once(signed_in: Callable[..., Client]) -> None:
    client = signed_in(Role.REPORTER)
    answer = client.post("/programs/", {"label": "每月报送", "days": 30})
    (secret,) = SECRET.findall(answer.content.decode())
    assert answer.headers["Cache-Control"] == "no-store"
    assert actor_of(secret).name == "reporter"
    again = client.get("/programs/").content.decode()
    assert secret not in again
    assert f"…{secret[-4:]}" in again

    token = Token.objects.get()
    assert client.post(f"/programs/tokens/{token.pk}/revoke").status_code == 302
    assert "已吊销" in client.get("/programs/").content.decode()
    assert client.post(f"/programs/tokens/{token.pk}/revoke").status_code == 422


@pytest.mark.parametrize(
    "told", [{"label": "", "days": 30}, {"label": "x", "days": 0}, {"label": "x", "days": "y"}]
)
def test_forms_that_are_none(told: dict[str, object], signed_in: Callable[..., Client]) -> None:
    assert signed_in(Role.REPORTER).post("/programs/", told).status_code == 200
    assert not Token.objects.exists()


def test_the_tokens_of_others(signed_in: Callable[..., Client]) -> None:
    signed_in(Role.REPORTER).post("/programs/", {"label": "每月报送", "days": 30})
    other = signed_in(Role.REVIEWER)
    assert "每月报送" not in other.get("/programs/").content.decode()
    assert other.post(f"/programs/tokens/{Token.objects.get().pk}/revoke").status_code == 404
    assert Token.objects.get().revoked is None


def test_the_public_sees_the_addresses_and_makes_no_token(settings: Any, db: None) -> None:
    assert Client().get("/programs/").status_code == 302
    settings.SHANHAI_PUBLIC = True
    page = Client().get("/programs/").content.decode()
    assert "/api/v1" in page
    assert "/statements/{key}" in page
    assert "创建令牌" not in page
    Client().post("/programs/", {"label": "x", "days": 30})
    assert not Token.objects.exists()


@pytest.mark.parametrize("viewport", [DESK, PHONE])
@pytest.mark.parametrize(("dark", "language"), [(False, "zh-CN"), (True, "en")])
def test_in_the_browser(visit: Visit, viewport: Any, dark: bool, language: str) -> None:
    page = visit("/programs/", Role.REPORTER, viewport=viewport, dark=dark, language=language)
    page.fill("input[name=label]", "report")
    page.click("form.card button.primary")
    assert SECRET.fullmatch(page.inner_text("#secret"))
    assert barriers(page) == []
    assert not is_too_wide(page)
