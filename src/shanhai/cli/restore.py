"""``shanhai restore``: a ledger brought back from a backup or an archive."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shanhai.cli import ledgers

if TYPE_CHECKING:
    from shanhai.ledger.backup import Kind

_MOST_FAULTS = 5


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--replace", is_flag=True, help="Put the ledger that is there aside, with the time in its name."
)
@click.option("--even-damaged", is_flag=True, help="Restore even what was changed behind Shanhai's back.")
@ledgers.option
def command(file: Path, replace: bool, even_damaged: bool, ledger: Path | None) -> None:
    """Bring a ledger back from FILE, made by shanhai backup or shanhai ledger export.

    It is checked before it takes its place, and brought up to date if an older version wrote it. A ledger that is there is
    never written over: --replace keeps it beside the new one. Exit status: 0 done, 2 nothing done.
    """
    target = ledgers.file_of(ledger)
    if target is None:
        _to_server(file, replace, even_damaged)
        return
    if target.exists() and not replace:
        raise ledgers.NothingDone(
            f"{target} 已经存在，没有改动。要替换它，请用 --replace(原文件会留在旁边)。",
            f"{target} is there already and was left as it is. --replace puts it aside and restores.",
        )
    ledgers.check_file(target, create=True)
    aside = target.with_name(f"{target.name}.{datetime.now():%Y%m%dT%H%M%S}") if target.exists() else None
    ledgers.point(None)
    from shanhai.ledger.backup import kind_of, staged, swap_in

    with ledgers.told(), staged(target) as stage:
        _fill(stage, file, kind_of(file), even_damaged)
        swap_in(stage, target, aside)
    click.echo(f"已恢复 restored: {target}")
    if aside:
        click.echo(f"原账本 the ledger before: {aside}")


def _fill(stage: Path, file: Path, kind: "Kind", even_damaged: bool) -> None:
    from shanhai.ledger import archive
    from shanhai.ledger.backup import Kind, check_sqlite

    if kind is Kind.DUMP:
        raise ledgers.NothingDone(
            "这是 PostgreSQL 的备份，只能恢复到 PostgreSQL。请用 DATABASE_URL 指定数据库。",
            "This is a backup of PostgreSQL, and goes back into PostgreSQL only. Name a database with DATABASE_URL.",
        )
    if kind is Kind.ARCHIVE:
        with ledgers.opened(stage, create=True):
            archive.load(file, actor=ledgers.actor(), damaged=even_damaged)
        return
    shutil.copyfile(file, stage)
    with closing(sqlite3.connect(stage)) as database:
        check_sqlite(database)
    with ledgers.opened(stage, migrate=True):
        _check(even_damaged)


def _check(even_damaged: bool) -> None:
    from shanhai.ledger.verify import verify

    if not even_damaged and (found := list(islice(verify(), _MOST_FAULTS))):
        told = "\n".join(map(str, found))
        raise ledgers.NothingDone(
            f"备份中的账本曾在本软件之外被改动，没有恢复(--even-damaged 可强制恢复)：\n{told}",
            f"The ledger in the backup was changed behind Shanhai's back, and was not restored (--even-damaged does):\n{told}",
        )


def _to_server(file: Path, replace: bool, even_damaged: bool) -> None:
    """Restore into an empty PostgreSQL database; the one that is there stays as it is."""
    if replace:
        raise ledgers.NothingDone(
            "PostgreSQL 上不替换：请新建一个空数据库，让 DATABASE_URL 指向它；原数据库原样保留。",
            "Nothing is replaced on PostgreSQL: create an empty database and name it in DATABASE_URL; the old one stays.",
        )
    with ledgers.opened(None, empty=True):
        from shanhai.ledger import archive
        from shanhai.ledger.backup import Kind, kind_of, restore_dump
        from shanhai.ledger.opening import require

        kind = kind_of(file)
        if kind is Kind.SQLITE:
            raise ledgers.NothingDone(
                "这是 SQLite 的备份。要转到 PostgreSQL，请先恢复成文件，再用 shanhai ledger export 与 import。",
                "This is a backup of SQLite. To move to PostgreSQL, restore it to a file, then export and import it.",
            )
        if kind is Kind.ARCHIVE:
            require(migrate=True)
            archive.load(file, actor=ledgers.actor(), damaged=even_damaged)
        else:
            restore_dump(file)
            require(migrate=True)
            _tell_faults()
    click.echo("已恢复 restored")


def _tell_faults() -> None:
    from shanhai.ledger.verify import verify

    if found := list(islice(verify(), _MOST_FAULTS)):
        told = "\n".join(map(str, found))
        click.echo(f"shanhai: 账本曾在本软件之外被改动 changed behind Shanhai's back:\n{told}", err=True)
