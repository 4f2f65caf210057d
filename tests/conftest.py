"""What all tests share: the files beside the project, and the rule that CI skips nothing."""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import settings

settings.register_profile(
    "shanhai", deadline=None
)  # how long an example takes says more of the machine than of us
settings.load_profile("shanhai")

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
