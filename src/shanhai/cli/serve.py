"""``shanhai serve``: the web application, with its ledger made or brought up to date first."""

import os
import secrets
from datetime import datetime
from pathlib import Path

import click

from shanhai.cli import ledgers

_CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letters and digits that look alike."""


@click.command("serve")
@ledgers.option
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen at this address.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Listen at this port; by default the first free from 8000."
)
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True, help="Requests at once.")
@click.option("--workers", type=click.IntRange(1, 32), default=1, show_default=True, help="Processes.")
@click.option(
    "--backups",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    metavar="FOLDER",
    help="Where a copy goes before an older ledger is upgraded; beside the ledger's file by default.",
)
@click.option("--demo", is_flag=True, help="First fill a ledger without pairings with an invented programme.")
def command(
    ledger: Path | None,
    host: str,
    port: int | None,
    threads: int,
    workers: int,
    backups: Path | None,
    demo: bool,
) -> None:
    """Serve the web application until Ctrl-C.

    A ledger is made where there is none. One of an older version is copied first, then upgraded; one of a newer version is
    refused. Without --host only this machine can reach it. Exit status: 0 ended, 2 nothing done.
    """
    os.umask(0o077)  # the ledger holds sessions and the hashes of passwords
    with ledgers.opened(ledger, create=True, any_version=True):
        _bring_up_to_date(backups)
        is_empty = _fill_or_tell(demo)
        from shanhai.web.serving import Serving, address_of, listening, serve

        _allow(host)
        opened = listening(host, port)
        address = address_of(opened)
        code = _setup_code()
    here = ledgers.where()
    if port is None and not address.endswith(":8000/"):
        click.echo("8000 端口已被占用，另选了空闲端口。  Port 8000 is taken; a free one was found.")

    def ready() -> None:
        click.echo(f"山海已启动 Shanhai runs: {address}")
        click.echo(f"账本 ledger: {here}")
        if code:
            click.echo(f"还没有账号：打开上面的地址，建立管理员。从别的电脑打开时要填初始码：{code}")
            click.echo(
                f"No account yet: open the address to make the administrator; another machine needs the setup code: {code}"
            )
        if is_empty:
            click.echo(
                "账本是空的。要先看一套虚构的项目和看板：停止后加 --demo 再启动（make serve DEMO=1），或在初次使用页上勾选。"
            )
            click.echo(
                "The ledger is empty. For an invented programme with its boards: end, and start again with --demo "
                "(make serve DEMO=1), or tick it on the first-run page."
            )
        click.echo("按 Ctrl-C 停止  Ctrl-C ends it")

    def ended() -> None:
        click.echo("已停止 ended")

    serve(opened, Serving(threads=threads, workers=workers), ready=ready, ended=ended)


def _bring_up_to_date(backups: Path | None) -> None:
    """Upgrade a ledger of an older version, after a copy of it."""
    from shanhai.ledger.backup import back_up
    from shanhai.ledger.opening import Standing, require, standing

    if standing() is Standing.OLDER:
        file = ledgers.file_in_use()
        folder = backups or (file.parent if file else Path.cwd())
        stem = file.name if file else "shanhai"
        target = folder / f"{stem}.before-upgrade-{datetime.now():%Y%m%dT%H%M%S}"
        back_up(target)
        click.echo(f"账本由旧版本写成，升级前已备份 upgrading; a copy is kept: {target}")
    require(migrate=True)


def _fill_or_tell(demo: bool) -> bool:
    """Fill a ledger without pairings with the demonstration, where asked for; whether it stays empty."""
    from shanhai.ledger.models import Pairing

    if Pairing.objects.exists():
        if demo:
            click.echo(
                "账本里已有结对，没有写入演示数据。 The ledger has pairings; the demonstration is left out."
            )
        return False
    if not demo:
        return True
    from shanhai.programme.demonstration import make

    click.echo("正在写入演示数据，全部虚构… Filling in the demonstration; all of it is invented…")
    _, entered = make(actor=ledgers.actor())
    click.echo(f"已写入 {sum(entered.values()):,} 条 records entered")
    return False


def _allow(host: str) -> None:
    """Let browsers name the address that is listened at."""
    from django.conf import settings

    from shanhai.web.loopback import is_loopback

    if is_loopback(host) or os.environ.get("SHANHAI_ALLOWED_HOSTS"):
        return
    if host in ("0.0.0.0", "::", "[::]"):
        raise ledgers.NothingDone(
            f"监听 {host} 时，请先用 SHANHAI_ALLOWED_HOSTS 写明用户使用的主机名或地址（逗号分隔）。",
            f"To listen at {host}, name in SHANHAI_ALLOWED_HOSTS the names or addresses that people will use.",
        )
    settings.ALLOWED_HOSTS.append(host)


def _setup_code() -> str:
    """The code that proves, from another machine, who may make the first administrator; "" where one is there already."""
    from django.conf import settings
    from django.contrib.auth.models import User

    if User.objects.exists():
        return ""
    if not settings.SHANHAI_SETUP_CODE:
        settings.SHANHAI_SETUP_CODE = "-".join(
            "".join(secrets.choice(_CODE_LETTERS) for _ in range(4)) for _ in range(4)
        )
    return str(settings.SHANHAI_SETUP_CODE)
