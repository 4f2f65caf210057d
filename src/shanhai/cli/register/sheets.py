"""``shanhai register kinds|template|import|export``: the register as sheets: to fill in, taken in, taken away."""

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shanhai.cli import ledgers
from shanhai.cli.bars import bar
from shanhai.cli.register.files import ATTENTION, fresh, pairing_of, pairing_option, require_ending

if TYPE_CHECKING:
    from shanhai.programme.kinds import Kind
    from shanhai.programme.sheets.preview import Outcome, Preview
    from shanhai.programme.sheets.rows import Read

_STATES = {
    "new": "新增 new",
    "changed": "改动 changed",
    "same": "无变化 the same",
    "bad": "有问题 bad",
    "hidden": "隐藏未取 hidden",
}
_FORMATS = (".xlsx", ".csv")
_SHOWN = 200


@click.command("kinds")
@ledgers.option
def kinds(ledger: Path | None) -> None:
    """List the kinds of records."""
    ledgers.point(ledger)
    from shanhai.programme.kinds import KINDS

    for name, kind in KINDS.items():
        click.echo(f"{name:12} {kind.zh}  {kind.many_en}")


@click.command("template")
@click.argument("kind")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@ledgers.option
def template(kind: str, file: Path, ledger: Path | None) -> None:
    """Write a workbook (.xlsx) to fill in for KIND to FILE: the same bytes each time."""
    ledgers.point(ledger)
    wanted = _kind(kind)
    require_ending(file, (".xlsx",))
    from shanhai.publishing.register import write_template

    with fresh(file) as stream:
        write_template(wanted, stream)
    click.echo(f"已写模板 template written: {file}")


@click.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pairing_option
@click.option(
    "--apply",
    "wanted",
    is_flag=True,
    help="Take the good rows in, all together. Without it nothing is stored.",
)
@click.option("--hidden", is_flag=True, help="Take hidden rows, columns and sheets, too.")
@click.option(
    "--bad", type=click.Path(dir_okay=False, path_type=Path), help="Write the bad rows to mend (.xlsx, .csv)."
)
@click.option("--why", default="", help="For the audit; by default the file's name.")
@ledgers.option
def import_(
    kind: str,
    file: Path,
    pairing: str,
    wanted: bool,
    hidden: bool,
    bad: Path | None,
    why: str,
    ledger: Path | None,
) -> None:
    """Show what the rows of FILE (.xlsx, .csv) would change in the register; with --apply, take the good ones in.

    A row is new, changed, the same, or bad; a file that is sent again changes nothing.
    """
    if bad is not None:
        require_ending(bad, _FORMATS)
    with ledgers.opened(ledger):
        from shanhai.programme.sheets.preview import State, apply, preview

        of, one, actor = _kind(kind), pairing_of(pairing), ledgers.actor()
        read = _read(file, of, hidden)
        with bar("试行 trying", 2 * len(read.rows)) as advance:
            seen = preview(read, of, one, actor=actor, advance=advance)
        _show(seen)
        if bad is not None and seen.having(State.BAD):
            _write_bad(seen, of, bad)
        if wanted:
            if seen.good and sys.stderr.isatty():
                click.echo("正在写入 writing…", err=True)
            taken = apply(seen, of, one, actor=actor, why=why or f"导入 {file.name}")
            click.echo(f"已导入 taken in: {len(taken)}")
        elif seen.good:
            click.echo("没有写入。要导入，请加 --apply。 Nothing is stored; add --apply to take it in.")
    if seen.having(State.BAD) or any(note.refused for note in seen.notes):
        sys.exit(ATTENTION)


@click.command("export")
@click.argument("kind")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pairing_option
@click.option("--english", is_flag=True, help="Headings and words in English.")
@click.option(
    "--address", default="", metavar="URL", help="Where the web application is, for links to its pages."
)
@ledgers.option
def export(kind: str, file: Path, pairing: str, english: bool, address: str, ledger: Path | None) -> None:
    """Write the records of KIND to FILE (.xlsx, .csv): with the template's columns, so that it can be imported again."""
    require_ending(file, _FORMATS)
    with ledgers.opened(ledger):
        from shanhai.ledger.audit import head
        from shanhai.ledger.moment import one_moment
        from shanhai.programme import access
        from shanhai.programme.actions.records import context_of
        from shanhai.publishing.register import table_of
        from shanhai.publishing.sheets import Format, write
        from shanhai.web.links import record_path

        of, one = _kind(kind), pairing_of(pairing)
        root = address.rstrip("/")
        with one_moment(), fresh(file) as stream:
            last = head()
            records = access.records(ledgers.actor(), of).filter(pairing=one).order_by("key")
            sheet = table_of(
                of,
                records.iterator(),
                context_of(one),
                lambda record: root + record_path(one.key, of.name, record.key),
                made=last.at if last else datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC),
                english=english,
            )
            write(sheet, Format(file.suffix.lower()[1:]), stream)
            number = records.count()
    click.echo(f"已导出 exported: {file}  ({number} 条 records)")


def _kind(name: str) -> "Kind":
    from shanhai.programme.kinds import KINDS

    if name not in KINDS:
        raise ledgers.NothingDone(
            f"没有“{name}”这类记录。可选：{'、'.join(KINDS)}。",
            f"There is no kind of record “{name}”; there are {', '.join(KINDS)}.",
        )
    return KINDS[name]


def _read(file: Path, kind: "Kind", hidden: bool) -> "Read":
    from shanhai.model import UnreadableInput
    from shanhai.programme.sheets.rows import read_rows
    from shanhai.reading.grids import read_grids

    try:
        return read_rows(read_grids(file.read_bytes(), file.name), kind, hidden=hidden)
    except UnreadableInput as error:
        raise ledgers.NothingDone(f"“{file.name}”未能读取，什么也没有导入。", str(error)) from error


def _show(seen: "Preview") -> None:
    """The preview as a table on standard output; what is told of sheets before it."""
    for note in seen.notes:
        click.echo(f"{'!' if note.refused else '·'} {note.place}  {note.zh}\n    {note.en}")
    counts = {state: sum(o.state == state for o in seen.outcomes) for state in _STATES}
    click.echo("  ".join(f"{name} {counts[state]}" for state, name in _STATES.items()))
    shown = [outcome for outcome in seen.outcomes if outcome.state != "same"]
    for outcome in shown[:_SHOWN]:
        place = f"{outcome.row.sheet}!{outcome.row.number}" if outcome.row.sheet else str(outcome.row.number)
        click.echo(f"{place}  {_STATES[outcome.state]}  {outcome.key}")
        for line in _lines(outcome):
            click.echo(f"    {line}")
    if counts["hidden"]:
        click.echo("要导入隐藏的行，请加 --hidden。 Add --hidden to take hidden rows.")
    if len(shown) > _SHOWN:
        click.echo(f"… 还有 {len(shown) - _SHOWN} 行 more rows")


def _lines(outcome: "Outcome") -> list[str]:
    changes = [f"{c.zh} {c.en}: {c.old[0] or '—'} → {c.new[0] or '—'}" for c in outcome.changes]
    if outcome.state == "new":
        changes = [", ".join(f"{c.zh} {c.new[0]}" for c in outcome.changes)]
    return changes + [
        line for f in outcome.faults for line in (f"{f.place} {f.heading}  {f.value[:40]}", f.zh, f.en)
    ]


def _write_bad(seen: "Preview", kind: "Kind", file: Path) -> None:
    from shanhai.publishing.register import rows_to_mend
    from shanhai.publishing.sheets import Format, write

    made = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    with fresh(file) as stream:
        write(rows_to_mend(seen, kind, made=made), Format(file.suffix.lower()[1:]), stream)
    click.echo(f"有问题的行 bad rows: {file}")


COMMANDS = (kinds, template, import_, export)
