"""Backups: a copy of the whole ledger, passwords included, taken while it is in use; and its way back.

From SQLite the copy is a database again, made by SQLite's own online backup. From PostgreSQL it is what ``pg_dump``
writes, as only that holds all that PostgreSQL holds. An archive (``ledger.archive``) can be restored too, into either
database; it is no full backup, since it leaves passwords out.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

from django.db import connection

from shanhai.ledger.errors import LedgerDamaged, LedgerUnusable, NotPossible

_PAGES = 4096
_HEADS = {b"SQLite format 3\0": "sqlite", b"PGDMP": "dump", b"PK\x03\x04": "archive"}


class Kind(Enum):
    """What a backup is."""

    SQLITE = "sqlite"
    DUMP = "dump"
    ARCHIVE = "archive"


def kind_of(file: Path) -> Kind:
    """What a file is, by its first bytes.

    Raises:
        NotPossible: it is no backup of a ledger.
    """
    with file.open("rb") as stream:
        head = stream.read(16)
    for sign, kind in _HEADS.items():
        if head.startswith(sign):
            return Kind(kind)
    raise NotPossible(
        f"{file} 不是账本的备份。请另选一个文件。", f"{file} is no backup of a ledger. Choose another file."
    )


def back_up(target: Path) -> Kind:
    """Copy the ledger in use to a file, which appears whole or not at all and is never written over another.

    Raises:
        NotPossible: the file is there already, or ``pg_dump`` is not installed or fails.
        LedgerDamaged: the copy is no sound database.
        OSError, sqlite3.Error: it cannot be written.
    """
    if target.exists():
        raise NotPossible(
            f"{target} 已经存在，没有覆盖。请另取文件名。",
            f"{target} is there already. Give the backup another name.",
        )
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        partial.touch(mode=0o600, exist_ok=False)  # it holds the hashes of passwords
        if connection.vendor == "sqlite":
            _copy_sqlite(Path(connection.settings_dict["NAME"]), partial)
        else:
            _dump(partial)
        with partial.open("rb") as stream:
            os.fsync(stream.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return Kind.SQLITE if connection.vendor == "sqlite" else Kind.DUMP


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other, pages=_PAGES)
        other.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        check_sqlite(other)


def check_sqlite(database: sqlite3.Connection) -> None:
    """Refuse a database whose pages or indexes are damaged.

    Raises:
        LedgerDamaged: they are.
    """
    try:
        found = [str(row[0]) for row in database.execute("PRAGMA quick_check(5)")]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        told = "; ".join(found)
        raise LedgerDamaged(f"数据库文件已损坏：{told}", f"The database file is damaged: {told}")


def _dump(target: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def restore_dump(file: Path) -> None:
    """Restore what ``pg_dump`` wrote into the empty PostgreSQL database in use, in one transaction."""
    _run(
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        f"--dbname={connection.settings_dict['NAME']}",
        str(file),
    )


def _run(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise NotPossible(
            f"找不到 {program}。请安装 PostgreSQL 客户端，或用 shanhai ledger export 导出归档(不含密码)。",
            f"{program} is not installed. Install PostgreSQL's client, or write an archive with shanhai ledger export "
            f"(it leaves passwords out).",
        )
    done = subprocess.run(
        [program, *arguments],
        env={**os.environ, **_environment(connection.settings_dict)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        told = (done.stderr.strip().splitlines() or [str(done.returncode)])[0]
        raise LedgerUnusable(f"{program} 失败：{told}", f"{program} failed: {told}")


def _environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """What the client programs need to know of the database; the password stands in no list of processes."""
    names = {
        "PGDATABASE": "NAME",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGHOST": "HOST",
        "PGPORT": "PORT",
    }
    return {name: str(settings[key]) for name, key in names.items() if settings.get(key)}


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A place beside a ledger's file where its successor is made; what is left there is taken away."""
    stage = target.with_name(f".{target.name}.{os.getpid()}.restoring")
    try:
        yield stage
    finally:
        for suffix in _SUFFIXES:
            stage.with_name(stage.name + suffix).unlink(missing_ok=True)


_SUFFIXES = ("", "-wal", "-shm", "-journal")


def swap_in(stage: Path, target: Path, aside: Path | None) -> None:
    """Put a ledger's file where another was or none is.

    Args:
        stage: the new file, closed.
        target: where it goes.
        aside: where the file that is there goes; None where there must be none.

    Raises:
        NotPossible: a file is there and has no place to go, or that place is taken.
        LedgerUnusable: the file that is there is in use.
    """
    settle(stage)
    if target.exists():
        if aside is None or aside.exists():
            raise NotPossible(
                f"{target} 已经存在，没有改动。要替换它，请用 --replace(原文件会留在旁边)。",
                f"{target} is there already and was left as it is. --replace puts it aside and restores.",
            )
        settle(target)
        target.rename(aside)
    try:
        os.link(stage, target)  # unlike a rename it never replaces a file that came in between
    except FileExistsError:
        raise NotPossible(
            f"{target} 刚刚被别的程序建立，没有改动。",
            f"{target} was just made by another program; it was left as it is.",
        ) from None
    except OSError:  # a file system without links
        stage.rename(target)
    stage.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def settle(file: Path) -> None:
    """Bring a ledger's file together, so that nothing of it lies in files beside it.

    Raises:
        LedgerUnusable: another program has it open.
    """
    try:
        with closing(sqlite3.connect(file, timeout=2)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        raise LedgerUnusable(
            f"{file} 正被使用。请先停止 shanhai serve 等程序，再恢复。",
            f"{file} is in use. Stop shanhai serve and whatever else has it open, and restore again.",
        ) from error
