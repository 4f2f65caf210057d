"""What the tests of the web application share: accounts of each role, clients, a running server and a browser."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation

from shanhai.ledger.models import Membership, Pairing, Role

from ..conftest import PATIENCE
from .browsing import DESK, Visit, settle
from .findings.made import made

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

PASSWORD = "shan-hai-2024"
Account = Callable[..., User]


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECRET_KEY = "of the tests only"


@pytest.fixture(autouse=True)
def _no_language_left() -> Iterator[None]:
    """A request leaves its language behind in the thread, which what comes next would speak."""
    yield
    translation.deactivate()


@pytest.fixture
def account(db: None) -> Account:
    """Makes an account with a role: ``account(Role.REVIEWER)``, ``account(Role.READER, pairing)``, ``account(None)``."""

    def make(role: Role | None, pairing: Pairing | None = None, name: str = "") -> User:
        user = User.objects.create_user(name or (role.value if role else "nobody"), password=PASSWORD)
        if role:
            Membership.objects.create(user=user, role=role, pairing=pairing)
        return user

    return make


@pytest.fixture
def signed_in(account: Account) -> Callable[..., Client]:
    """A client that is signed in with a role, in Chinese unless told: ``signed_in(Role.OFFICE)``."""

    def enter(role: Role | None, pairing: Pairing | None = None, *, language: str = "zh-hans") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(account(role, pairing))
        return client

    return enter


@pytest.fixture
def chief(signed_in: Callable[..., Client]) -> Client:
    """A client of an administrator."""
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def office(signed_in: Callable[..., Client]) -> Client:
    """A client of an office that sees everything."""
    return signed_in(Role.OFFICE)


@pytest.fixture
def pairings(db: None) -> dict[str, Pairing]:
    """The pairings of a small ledger with findings and promises, by short names; areas may have their own instead."""
    return made()


@pytest.fixture
def visit(
    browser: "Browser", live_server: "LiveServer", account: Account, request: pytest.FixtureRequest
) -> Iterator[Visit]:
    """Opens an address of the running application, signed in with a role or not.

    ``visit("/sources/", Role.REVIEWER, viewport=PHONE, dark=True, language="en")``; without ``first_run`` there is an
    account in any case. Afterwards nothing was asked of any
    other machine, and nothing went wrong in the browser; ``but`` is a part of the messages that may be. With
    ``SHANHAI_PICTURES=FOLDER`` each page that is open at the end is kept as a picture.
    """
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []
    wrong: list[str] = []

    def visit(
        address: str,
        role: Role | None = None,
        *,
        user: User | None = None,
        viewport: Any = DESK,
        dark: bool = False,
        language: str = "zh-CN",
        first_run: bool = False,
        but: str = "\n",
        **context: Any,
    ) -> "Page":
        contexts.append(
            browser.new_context(
                viewport=viewport,
                color_scheme="dark" if dark else "light",
                locale=language,
                reduced_motion="reduce",
                bypass_csp=False,
                **context,
            )
        )
        contexts[-1].set_default_timeout(PATIENCE)
        user = user or (account(role) if role else None)
        if user is None and not first_run and not User.objects.exists():
            account(Role.ADMINISTRATOR, name="someone else")
        if user:
            client = Client()
            client.force_login(user)
            name = configured.SESSION_COOKIE_NAME
            contexts[-1].add_cookies(
                [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
            )
        page = contexts[-1].new_page()
        page.on("request", lambda asked: _note(asked.url, live_server.url, elsewhere))
        page.on("console", lambda said: _complain(said.type, said.text, but, wrong))
        page.on("pageerror", lambda error: wrong.append(error.stack or str(error)))
        _wait_before_keys(page)
        page.goto(live_server.url + address)
        return page

    yield visit
    if folder := os.environ.get("SHANHAI_PICTURES"):
        for n, page in enumerate(page for context in contexts for page in context.pages):
            name = re.sub(r"\W+", "-", request.node.name)
            page.screenshot(path=Path(folder) / f"{name}-{n}.png", full_page=True)
    for context in contexts:
        context.close()
    assert elsewhere == [], "asked of other machines"
    assert wrong == []


def _wait_before_keys(page: "Page") -> None:
    """Keys are pressed when a page's scripts are there and its parts stand, as a person would; its text comes earlier."""
    press = page.keyboard.press

    def press_when_loaded(key: str, **options: Any) -> None:
        settle(page)
        press(key, **options)

    page.keyboard.press = press_when_loaded  # type: ignore[method-assign]


def _note(url: str, home: str, elsewhere: list[str]) -> None:
    if not url.startswith((f"{home}/", "data:", "blob:", "about:")):
        elsewhere.append(url)


def _complain(kind: str, text: str, but: str, wrong: list[str]) -> None:
    if kind in ("error", "warning") and but not in text:
        wrong.append(text)
