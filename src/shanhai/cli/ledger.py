"""``shanhai ledger``: what a ledger holds, whole: counted, exported, imported, verified, brought up to date."""

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from shanhai.cli import ledgers, rebuilding
from shanhai.cli.inputs import progress

ATTENTION = 3
"""Exit status when verifying found a fault."""

_NAMES = {
    "sources": "来源 sources",
    "bytes": "字节 bytes",
    "refused": "无法读取 refused",
    "receipts": "收到次数 receipts",
    "collections": "专题 collections",
    "pairings": "结对关系 pairings",
    "reports": "报告 reports",
    "first_report": "最早 first report",
    "last_report": "最近 last report",
    "statements": "数字 statements",
    "waiting": "待审核 waiting",
    "by_state": "按状态 by state",
    "by_area": "按领域 by area",
    "reviews": "审核决定 reviews",
    "facts": "事实 facts",
    "findings": "问题 findings",
    "promises": "承诺 promises",
    "accounts": "账号 accounts",
    "entries": "审计记录 audit entries",
    "head": "审计链末 head of the audit",
}

_format = click.option(
    "--format", "-f", "kind", type=click.Choice(("table", "json")), default="table", show_default=True
)


@click.group("ledger")
def command() -> None:
    """Count, export, import and verify a ledger, or bring it up to date.

    Exit status: 0 done, 2 nothing done (wrong usage, or the ledger cannot be used), 3 verifying found a fault.
    """


command.add_command(rebuilding.command)


@command.command("stats")
@_format
@ledgers.option
def stats(kind: str, ledger: Path | None) -> None:
    """Count what the ledger holds."""
    with ledgers.opened(ledger):
        from shanhai.ledger.statistics import statistics

        found = statistics()
    if kind == "json":
        click.echo(msgspec.json.encode(found))
        return
    for key, value in found.items():
        click.echo(f"{_wide(_NAMES[key])} {_shown(value)}")


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@ledgers.option
def export(file: Path, ledger: Path | None) -> None:
    """Write the whole ledger to FILE, an archive: the same ledger gives the same bytes.

    Passwords are left out. A file that is there is never written over.
    """
    with ledgers.opened(ledger):
        if file.exists():
            raise ledgers.NothingDone(
                f"{file} 已经存在，没有覆盖。请另取文件名。",
                f"{file} is there already. Give the archive another name.",
            )
        from shanhai.ledger import archive
        from shanhai.ledger.models import Source

        with progress(Source.objects.count()) as advance:
            written = archive.write(file.absolute(), actor=ledgers.actor(), advance=advance)
    click.echo(f"已导出 exported: {file}  ({written.members} 个成员 members, {written.size:,} B)")
    click.echo(f"{_NAMES['head']}: {written.audit.hash or '-'}")


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--even-damaged", is_flag=True, help="Take even what was changed behind Shanhai's back.")
@ledgers.option
def import_(file: Path, even_damaged: bool, ledger: Path | None) -> None:
    """Read an archive into an empty ledger, made where there is none.

    All of it comes or nothing; it is verified, and facts, findings and promises are built anew. Accounts come without
    passwords: an administrator gives new ones.
    """
    made = (target := ledgers.file_of(ledger)) is not None and not target.exists()
    try:
        with ledgers.opened(ledger, create=True):
            from shanhai.ledger import archive

            loaded = archive.load(file, actor=ledgers.actor(), damaged=even_damaged)
    except BaseException:
        if made and target is not None:  # no empty ledger is left behind
            for suffix in ("", "-wal", "-shm"):
                target.with_name(target.name + suffix).unlink(missing_ok=True)
        raise
    told = ", ".join(f"{number} {table}" for table, number in loaded.rows.items() if number)
    click.echo(f"已导入 imported: {told or '-'}")


@command.command("verify")
@click.option(
    "--rebuild", is_flag=True, help="Build facts, findings and promises anew too, and compare them."
)
@_format
@ledgers.option
def verify(rebuild: bool, kind: str, ledger: Path | None) -> None:
    """Verify that the ledger holds what was done through Shanhai, and nothing else.

    Prints one line a fault: table, row, column, what is wrong. As json, one object a line.
    """
    faults = 0
    with ledgers.opened(ledger):
        from shanhai.ledger.models import Entry, Report
        from shanhai.ledger.verify import verify as found

        with progress(Report.objects.count()) as advance:
            for fault in found(rebuild=rebuild, advance=advance):
                faults += 1
                click.echo(msgspec.json.encode(fault) if kind == "json" else str(fault))
        entries = Entry.objects.count()
    if kind == "table":
        click.echo(f"{entries} 条审计记录 audit entries, {faults} 处不符 faults")
    if faults:
        sys.exit(ATTENTION)


@command.command("upgrade")
@ledgers.option
def upgrade(ledger: Path | None) -> None:
    """Bring a ledger of an older version up to date. Save it first: shanhai backup FILE."""
    with ledgers.opened(ledger, migrate=True):
        click.echo("账本已是最新 the ledger is up to date")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {number:,}" for key, number in value.items()) or "-"
    return f"{value:,}" if isinstance(value, int) else str(value or "-")


def _wide(name: str) -> str:
    """The name, filled up to one width; a Chinese character takes two columns."""
    return name + " " * (28 - len(name) - sum(ord(c) > 0x2E80 for c in name))
