"""What the commands that work on a ledger have in common: which ledger, opening it, saying why it cannot be opened.

Django is loaded when a ledger is opened, not before: import what needs it within the command, after ``opened``.
"""

import getpass
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from shanhai.ledger.actors import Actor

NOTHING_DONE = 2
"""Exit status when nothing was done: wrong usage, or a ledger that cannot be used."""

LEDGER_VARIABLE, DATABASE_VARIABLE = "SHANHAI_LEDGER", "DATABASE_URL"
_SETTINGS = "shanhai.web.settings"
_DEFAULT = "shanhai.ledger"

option = click.option(
    "--ledger",
    "ledger",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The ledger's file. By default DATABASE_URL, else SHANHAI_LEDGER, else shanhai.ledger here.",
)
"""``--ledger FILE``, handed to the command as ``ledger``."""


class NothingDone(click.ClickException):
    """Why nothing was done, in Chinese and English."""

    exit_code = NOTHING_DONE

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")


def file_of(ledger: Path | None) -> Path | None:
    """The file that a ledger lies in; None where ``DATABASE_URL`` names another database."""
    if ledger is not None:
        return ledger.absolute()
    if os.environ.get(DATABASE_VARIABLE):
        return None
    return Path(os.environ.get(LEDGER_VARIABLE) or _DEFAULT).absolute()


@contextmanager
def opened(
    ledger: Path | None,
    *,
    create: bool = False,
    migrate: bool = False,
    any_version: bool = False,
    empty: bool = False,
) -> Iterator[None]:
    """Open a ledger for a command, and turn what goes wrong with it into one clear message.

    Args:
        ledger: its file, as ``--ledger`` gave it.
        create: make it where there is none; its tables are made with it.
        migrate: bring a ledger of an older version up to date.
        any_version: take it of whatever version it is.
        empty: the database must be there without anything in it.

    Raises:
        NothingDone: the ledger is missing, older, newer, locked, no ledger, or lies where nothing can be written; or
            what the command did with it was refused.
    """
    point(ledger)
    from django.db import connections

    from shanhai.ledger.opening import Standing, require, require_empty, standing

    try:
        with told():
            if file := file_in_use():
                check_file(file, create=create)
            if empty:
                require_empty()
            elif not any_version or standing() in (Standing.EMPTY, Standing.FOREIGN):
                require(migrate=migrate or (create and standing() is Standing.EMPTY))
            yield
    finally:
        if not connections["default"].in_atomic_block:
            connections["default"].close()


@contextmanager
def told() -> Iterator[None]:
    """Turn what the ledger refuses, and what goes wrong with its database or the disk, into one clear message."""
    from django.db import DatabaseError

    from shanhai.ledger.errors import LedgerError
    from shanhai.ledger.opening import unusable

    try:
        yield
    except LedgerError as error:
        raise NothingDone(error.zh, error.en) from error
    except (DatabaseError, OSError, sqlite3.Error) as error:
        meant = unusable(error)
        raise NothingDone(meant.zh, meant.en) from error


def point(ledger: Path | None) -> None:
    """Load Django with a ledger as its database, without opening it.

    Raises:
        NothingDone: Django is not installed.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    if ledger is not None:
        os.environ[LEDGER_VARIABLE] = str(ledger.absolute())
        os.environ.pop(DATABASE_VARIABLE, None)
    try:
        django = import_module("django")
    except ImportError:
        raise NothingDone(
            "账本需要另外的软件包：pip install 'shanhai[ledger]'",
            "A ledger needs more packages: pip install 'shanhai[ledger]'",
        ) from None
    django.setup()
    if ledger is not None:
        _turn_to(ledger.absolute())


def _turn_to(file: Path) -> None:
    """Use a file where Django had been loaded with another database before."""
    from django.conf import settings
    from django.db import connections

    from shanhai.web.settings import sqlite

    if connections["default"].settings_dict["NAME"] == file:
        return
    connections["default"].close()
    del connections["default"]
    settings.DATABASES["default"] = sqlite(file)
    connections.settings = connections.configure_settings(settings.DATABASES)


def actor() -> "Actor":
    """Who acts: whoever runs the command."""
    from shanhai.ledger.actors import Actor

    try:
        return Actor.command_line(getpass.getuser())
    except (KeyError, OSError):
        return Actor.command_line(str(os.getuid()))


def check_file(file: Path, *, create: bool = False) -> None:
    """Refuse a file that can be no ledger, before the database touches it.

    Raises:
        NothingDone: it is missing, a folder, no database, or lies where nothing can be written.
    """
    if file.is_dir():
        raise NothingDone(f"{file} 是文件夹，不是账本文件。", f"{file} is a folder, not a ledger's file.")
    if not file.parent.is_dir():
        raise NothingDone(
            f"文件夹 {file.parent} 不存在。请先建立。", f"There is no folder {file.parent}. Make it first."
        )
    if not file.exists() and not create:
        raise NothingDone(
            f"找不到账本 {file}。shanhai read 可以建立，--ledger 可以另指一个。",
            f"There is no ledger {file}. shanhai read makes one; --ledger names another.",
        )
    if not os.access(file if file.exists() else file.parent, os.R_OK) or not os.access(file.parent, os.W_OK):
        raise NothingDone(
            f"无法写入文件夹 {file.parent}，而账本在使用中要在那里写入。请检查权限。",
            f"Nothing can be written into {file.parent}, and a ledger in use writes there. Check who may.",
        )
    if file.exists() and not _is_database(file):
        raise NothingDone(
            f"{file} 不是账本(不是 SQLite 数据库)。请另选一个。",
            f"{file} is no ledger: it is no SQLite database. Choose another with --ledger.",
        )


def _is_database(file: Path) -> bool:
    """Whether SQLite can read it; an empty file it can.

    SQLite is asked, as reading the bytes here would let go of the locks that this process holds on an open ledger:
    POSIX takes all of a process's locks on a file when any handle of it is closed.
    """
    with closing(sqlite3.connect(file)) as database:
        try:
            database.execute("PRAGMA schema_version")
        except sqlite3.DatabaseError as error:
            return error.sqlite_errorcode != sqlite3.SQLITE_NOTADB
    return True


def file_in_use() -> Path | None:
    """The file of the database that Django uses; None for a server, or one in memory."""
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name.partition("?")[2] or name == ":memory:":
        return None
    return Path(name)


def where() -> str:
    """Where the ledger in use lies, for a person; no password is told."""
    if file := file_in_use():
        return str(file)
    from django.db import connection

    told = connection.settings_dict
    return f"{told['NAME']} ({connection.display_name} {told['HOST'] or 'localhost'})"
