"""Backups of a ledger in PostgreSQL, by its own programs."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from conftest import needs
from ledger.filled import fill
from ledger.processes import shanhai
from shanhai.ledger import archive
from shanhai.ledger.actors import Actor
from shanhai.ledger.backup import Kind, back_up
from shanhai.web.settings import INSTALLED_APPS

pytestmark = [
    pytest.mark.postgresql_only,
    pytest.mark.django_db(
        transaction=True, available_apps=INSTALLED_APPS
    ),  # named, so that all is emptied, search too
]
_NAME = "shanhai_restored"


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of an empty database beside the one under test."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {_NAME}")
        cursor.execute(f"CREATE DATABASE {_NAME}")
    yield f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{_NAME}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {_NAME}")


def test_there_and_back(empty: str, tmp_path: Path, clerk: Actor) -> None:
    needs(shutil.which("pg_dump") is not None, "pg_dump is not installed")
    fill(clerk)
    archive.write(tmp_path / "before.zip", actor=clerk)
    assert back_up(tmp_path / "backup") is Kind.DUMP

    done = shanhai("restore", tmp_path / "backup", DATABASE_URL=empty)

    assert done.returncode == 0, done.stderr
    assert shanhai("ledger", "verify", "--rebuild", DATABASE_URL=empty).returncode == 0
    assert shanhai("ledger", "export", tmp_path / "after.zip", DATABASE_URL=empty).returncode == 0
    assert (tmp_path / "after.zip").read_bytes() == (tmp_path / "before.zip").read_bytes()
    again = shanhai("restore", tmp_path / "backup", DATABASE_URL=empty)
    assert (again.returncode, "not empty" in again.stderr) == (2, True)


def test_an_archive_into_it(empty: str, tmp_path: Path, clerk: Actor) -> None:
    fill(clerk)
    archive.write(tmp_path / "before.zip", actor=clerk)
    done = shanhai("restore", tmp_path / "before.zip", DATABASE_URL=empty)
    assert done.returncode == 0, done.stderr
    assert shanhai("ledger", "export", tmp_path / "after.zip", DATABASE_URL=empty).returncode == 0
    assert (tmp_path / "after.zip").read_bytes() == (tmp_path / "before.zip").read_bytes()


def test_nothing_is_replaced(empty: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"PGDMP")
    done = shanhai("restore", tmp_path / "x", "--replace", DATABASE_URL=empty)
    assert (done.returncode, "create an empty database" in done.stderr) == (2, True)


def test_a_server_that_is_not_there() -> None:
    done = shanhai("ledger", "stats", DATABASE_URL="postgres://nobody:x@127.0.0.1:1/none")
    assert (done.returncode, "cannot be reached" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
