"""The ledger's file goes away, or another stands in its place, while the application answers."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connections
from django.test import Client

from shanhai.web.settings import sqlite

pytestmark = [pytest.mark.sqlite_only, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A ledger in a file of its own, which the application uses."""
    file = tmp_path / "office.ledger"
    before = connections["default"]
    connections.settings = connections.configure_settings({**configured.DATABASES, "default": sqlite(file)})
    del connections["default"]
    call_command("migrate", verbosity=0)
    User.objects.create_user("clerk")
    connections["default"].close()
    yield file
    connections["default"].close()
    connections.settings = connections.configure_settings(configured.DATABASES)
    connections["default"] = before


ADDRESSES = ("/", "/accounts/sign-in", "/facts/?area=x", "/api/v1/facts")


def answers(said: str) -> bool:
    """Whether each address says so, signed in or not, with 503."""
    told = [
        Client(headers={"cookie": cookie}).get(a)
        for a in ADDRESSES
        for cookie in ("", "shanhai_session=abcdefghij")
    ]
    connections["default"].close()
    return all(answer.status_code == 503 and said in answer.content.decode() for answer in told)


def test_a_ledger_that_vanishes_is_not_made_anew(file: Path) -> None:
    assert Client().get("/accounts/sign-in").status_code == 200
    connections["default"].close()

    file.rename(file.with_name("elsewhere"))

    assert answers("不见了")
    assert not file.exists()

    file.with_name("elsewhere").rename(file)

    assert Client().get("/accounts/sign-in").status_code == 200


def test_a_ledger_that_was_emptied_stays_so(file: Path) -> None:
    file.write_bytes(b"")

    assert answers("清空")
    assert file.read_bytes() == b""


def test_an_older_ledger_in_its_place_is_noticed(file: Path) -> None:
    assert Client().get("/accounts/sign-in").status_code == 200
    connections["default"].close()
    older = file.with_name("older")
    with sqlite3.connect(file) as now, sqlite3.connect(older) as copy:
        now.backup(copy)
        copy.execute("delete from django_migrations where app = 'ledger'")
    now.close()
    copy.close()
    before = older.read_bytes()

    older.rename(file)

    assert answers("较旧的版本")
    assert len(file.read_bytes()) == len(before)


def test_what_is_no_database_is_told_as_such(file: Path) -> None:
    file.write_bytes(b"no database at all, " * 1000)

    assert answers("账本打不开")
    assert file.read_bytes().startswith(b"no database")
