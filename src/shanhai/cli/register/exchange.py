"""``shanhai register exchange`` and ``handover``: two offices' registers compared by files; the signed list to be printed."""

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shanhai.cli import ledgers
from shanhai.cli.register.files import (
    ATTENTION,
    fresh,
    pairing_of,
    pairing_option,
    require_ending,
    require_new,
)

if TYPE_CHECKING:
    from shanhai.ledger.models import Pairing
    from shanhai.programme.exchange.compare import Comparison
    from shanhai.programme.exchange.keys import SigningKey

_SIDES = ("sending", "receiving")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("exchange")
def command() -> None:
    """Compare two offices' registers: each writes a signed file, takes the other's, and finds the same result."""


@command.command("fingerprint")
@ledgers.option
def fingerprint(ledger: Path | None) -> None:
    """Show the 24 digits of this ledger's signing key, to be read aloud to the other side."""
    with ledgers.opened(ledger):
        from shanhai.programme.exchange.keys import fingerprint as digits_of

        click.echo(digits_of(_key().public))


@command.command("write")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pairing_option
@click.option("--side", type=click.Choice(_SIDES), required=True, help="Which side this office is.")
@click.option("--from", "starts", type=_DAY, required=True, help="The first day of the period.")
@click.option("--to", "ends", type=_DAY, required=True, help="Its last day.")
@click.option("--office", required=True, metavar="NAME", help="Which office writes it.")
@ledgers.option
def write(
    file: Path,
    pairing: str,
    side: str,
    starts: datetime.datetime,
    ends: datetime.datetime,
    office: str,
    ledger: Path | None,
) -> None:
    """Write this side's signed FILE (.jsonl) for a period; no member's name is in it."""
    require_ending(file, (".jsonl",))
    require_new(file)
    with ledgers.opened(ledger):
        from django.utils import timezone

        from shanhai.programme.actions.exchange import export
        from shanhai.programme.exchange.lines import Side
        from shanhai.programme.queries.exchange import data_of

        period = starts.date(), ends.date()
        made = export(
            pairing_of(pairing),
            Side(side),
            *period,
            office,
            key=_key(),
            actor=ledgers.actor(),
            at=timezone.now(),
        )
        with fresh(file) as stream:
            stream.write(data_of(made))
    click.echo(f"已导出 written: {file}  ({made.lines} 行 lines)")


@command.command("take")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pairing_option
@click.option(
    "--fingerprint", "digits", default="", help="The 24 digits that the other side reads aloud; needed once."
)
@click.option("--replace", is_flag=True, help="The other side has a new key; give its fingerprint, too.")
@ledgers.option
def take(file: Path, pairing: str, digits: str, replace: bool, ledger: Path | None) -> None:
    """Take the other side's signed FILE: its register, or its notes on a comparison."""
    with ledgers.opened(ledger):
        from django.utils import timezone

        from shanhai.programme.actions.exchange import Trust, receive
        from shanhai.programme.exchange.file import require_size

        require_size(file.stat().st_size)
        taken = receive(
            pairing_of(pairing),
            file.read_bytes(),
            Trust(digits, replace),
            own=_key().public,
            actor=ledgers.actor(),
            at=timezone.now(),
        )
    click.echo(f"已导入 taken: {file}  ({taken.lines} 行 lines)")


@command.command("compare")
@pairing_option
@click.option(
    "--memo",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the memo to be printed (.html): the same bytes on both sides.",
)
@click.option(
    "--sheet", type=click.Path(dir_okay=False, path_type=Path), help="Write all lines as a sheet (.xlsx)."
)
@ledgers.option
def compare(pairing: str, memo: Path | None, sheet: Path | None, ledger: Path | None) -> None:
    """Hold the last files of both sides against each other: how many lines agree, and what sets the others apart.

    Exit status: 0 all lines agree, 3 some do not.
    """
    for file, ending in ((memo, ".html"), (sheet, ".xlsx")):
        if file is not None:
            require_ending(file, (ending,))
    with ledgers.opened(ledger):
        from shanhai.programme.exchange.differing import OUTCOMES, Outcome
        from shanhai.programme.queries.exchange import said
        from shanhai.publishing.printed import memo_page, memo_sheet
        from shanhai.publishing.sheets import Format
        from shanhai.publishing.sheets import write as write_sheet

        of = pairing_of(pairing)
        found = _last(of)
        click.echo(f"{found.starts} – {found.ends}  对账号 {found.key[:16]}")
        for outcome in Outcome:
            zh, en = OUTCOMES[outcome]
            click.echo(f"{sum(row.outcome is outcome for row in found.rows):>6,}  {zh} {en}")
        for line in _apart(found):
            click.echo(line)
        if memo is not None:
            with fresh(memo) as stream:
                stream.write(memo_page(found, said(of, found)))
            click.echo(f"备忘录 memo: {memo}")
        if sheet is not None:
            with fresh(sheet) as stream:
                write_sheet(memo_sheet(found, said(of, found)), Format.XLSX, stream)
            click.echo(f"对账表 sheet: {sheet}")
    if any(row.outcome is not Outcome.AGREED for row in found.rows):
        sys.exit(ATTENTION)


@click.command("handover")
@click.argument("handover")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pairing_option
@ledgers.option
def handover(handover: str, file: Path, pairing: str, ledger: Path | None) -> None:
    """Write the list of the hand-over with the number HANDOVER to FILE (.html), to be printed and signed."""
    require_ending(file, (".html",))
    with ledgers.opened(ledger):
        from shanhai.ledger.rights import Right
        from shanhai.programme.access import access_record
        from shanhai.programme.kinds import KINDS
        from shanhai.programme.models import Handover
        from shanhai.publishing.printed import handover_page

        record = access_record(
            ledgers.actor(), KINDS["handover"], pairing_of(pairing), handover, Right.PEOPLE
        )
        assert isinstance(record, Handover)
        with fresh(file) as stream:
            stream.write(handover_page(record))
    click.echo(f"交接清单 hand-over list: {file}")


def _key() -> "SigningKey":
    """The key beside the ledger."""
    from django.conf import settings

    from shanhai.programme.exchange.keys import SigningKey

    return SigningKey.beside(ledgers.file_in_use() or settings.LEDGER_FILE)


def _last(pairing: "Pairing") -> "Comparison":
    from shanhai.programme.queries.exchange import comparison_of, pairs, registers

    found = pairs(registers(ledgers.actor(), pairing))
    if not found:
        raise ledgers.NothingDone(
            "还没有可以对账的两个文件。请先 exchange write 我方的，再 exchange take 对方同一时段的。",
            "There are no two files to compare yet. Write this side's (exchange write), then take the other side's of the "
            "same period (exchange take).",
        )
    return comparison_of(found[0].sending, found[0].receiving)


def _apart(found: "Comparison") -> list[str]:
    """What sets lines apart, one after another."""
    from shanhai.programme.exchange.differing import OUTCOMES, Outcome
    from shanhai.programme.exchange.wording import told

    lines: list[str] = []
    for row in found.rows:
        if row.outcome is Outcome.AGREED:
            continue
        lines.append("  ".join(OUTCOMES[row.outcome]))
        for name, line in (("支援方 sending", row.sending), ("受援方 receiving", row.receiving)):
            lines.append(f"    {name}: {told(line)[0] if line else '—'}")
        for difference in row.differences:
            lines += [f"    {difference.zh}", f"    {difference.en}"]
    return lines


COMMANDS = (command, handover)
