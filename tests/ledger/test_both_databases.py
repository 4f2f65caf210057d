"""The suite runs on SQLite, and once more on PostgreSQL where one is named."""

import os

import pytest
from django.db import connection

from ..conftest import needs

OFFICE = "SHANHAI_TEST_POSTGRESQL"


def test_postgresql_is_tested_too() -> None:
    needs(
        OFFICE in os.environ,
        f"PostgreSQL is not tested: name one whose role may create databases by {OFFICE}=postgres://user:password@host/name",
    )


@pytest.mark.django_db
def test_the_database_named_is_the_one_tested() -> None:
    assert connection.vendor == ("postgresql" if os.environ.get("DATABASE_URL") else "sqlite")


@pytest.mark.sqlite_only
@pytest.mark.django_db
def test_sqlite_is_tested_as_a_file_with_a_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
