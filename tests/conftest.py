"""What all tests share: the files beside the project, and the rule that CI skips nothing."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile(
    "shanhai", deadline=None
)  # how long an example takes says more of the machine than of us
settings.load_profile("shanhai")

PATIENCE = 120_000
"""Milliseconds that tests wait for a page: long enough for a busy machine; what never comes fails all the same."""
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def needs(there: bool, reason: str) -> None:
    """Skip a test that this machine cannot run; where everything is required, fail instead."""
    if there:
        return
    if os.environ.get("SHANHAI_REQUIRE_ALL") == "1":
        pytest.fail(f"required here, but {reason}")
    pytest.skip(reason)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what can be true of the other database alone; its own run has it."""
    on_sqlite = django_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    other = "postgresql_only" if on_sqlite else "sqlite_only"
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite is tested as it is used, as a file in WAL mode and not in memory."""
    default = django_settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("ledger") / "test.ledger")


@pytest.fixture
def seeds() -> list[Path]:
    """The five real reports."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    needs(bool(found), "the seed reports do not lie beside the project")
    return found


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One browser for all tests of a run, as Playwright starts once in a thread."""
    chromium = shutil.which("chromium")
    needs(importlib.util.find_spec("playwright") is not None, "playwright is not installed")
    needs(chromium is not None, "chromium is not installed")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        # Its loop runs in this thread, where Django then refuses to ask the database.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        yield started
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        started.close()
