"""``shanhai backup``: a copy of the whole ledger, while it is in use."""

from pathlib import Path

import click

from shanhai.cli import ledgers


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@ledgers.option
def command(file: Path, ledger: Path | None) -> None:
    """Copy the whole ledger to FILE, while it is in use.

    From SQLite, FILE is a database; from PostgreSQL, it is what pg_dump writes. It holds the hashes of passwords: keep it
    where only you can read it. A file that is there is never written over. Exit status: 0 done, 2 nothing done.
    """
    with ledgers.opened(ledger, any_version=True):
        from shanhai.ledger.backup import back_up

        back_up(file.absolute())
        size = file.stat().st_size
    click.echo(f"已备份 saved: {file}  ({size:,} B)")
