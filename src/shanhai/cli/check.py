"""``shanhai check``: a draft held against itself and its evidence, number by number."""

import io
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import click
import msgspec

from shanhai.cli import inputs
from shanhai.cli.evidence import evidence_of, gathered, in_ledger, in_registers
from shanhai.cli.writers.checked import FORMATS, Result, needs_attention, writer
from shanhai.model import ShanhaiError, UnreadableInput
from shanhai.reading.inputs import STANDARD_INPUT, Input, gather
from shanhai.reasoning.checked import Checked
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.register import Answer
from shanhai.reasoning.sources.naming import told_apart

NOTHING_DONE = 2
"""Exit status when nothing was checked or written, for wrong usage as for a draft that cannot be read."""
ATTENTION = 3
"""Exit status when a number of the draft needs attention, or a finding is more than a note."""

_MOST_RENAMED = 5


class NothingDone(click.ClickException):
    """Why nothing was checked or written."""

    exit_code = NOTHING_DONE


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--against",
    multiple=True,
    metavar="PATH",
    help="Hold the draft against this too: a file, a folder or a glob; may be given again.",
)
@click.option(
    "--ledger",
    metavar="FILE",
    help="Hold the draft against this ledger: its register first, then what stands there; - for the one of DATABASE_URL or SHANHAI_LEDGER.",
)
@click.option(
    "--pairing", metavar="KEY", help="Of the ledger only this pairing; - for what is filed under none."
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day on which promises count as due; the latest date that the inputs state by default.",
)
@click.option("--format", "-f", "kind", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@inputs.jobs
@inputs.max_size
def command(
    files: tuple[str, ...],
    against: tuple[str, ...],
    ledger: str | None,
    pairing: str | None,
    on: datetime | None,
    kind: str,
    output: Path | None,
    jobs: int | None,
    max_size: int,
) -> None:
    """Check a draft number by number, against itself and against other reports.

    The first FILE is the draft. It is held against itself, the other FILEs, which are looked at too, and all that
    --against names, which is taken as it is: reports of any kind that is read, claim files (.jsonl) and evidence
    files, as shanhai claims writes them; and against a ledger: its register, which goes before all reports, and what
    stands there with what was decided. Exit status: 0 nothing needs attention, 1 the same but some inputs unreadable, 2 nothing done (wrong usage, or the
    draft cannot be read), 3 something needs attention.
    """
    _refuse_terminal(kind, output)
    if pairing is not None and ledger is None:
        raise click.UsageError("--pairing narrows a ledger; name one with --ledger")
    given, named = _draft_first(files, against, max_size)
    _refuse_overwriting(output, given, ledger)
    draft, source = _draft(given[0], max_size)
    _refuse_format(kind, draft, source)
    unreadable: list[UnreadableInput] = []
    beside = list(_readable(given[1:named], unreadable, jobs, max_size))
    others = [*beside, *_readable(given[named:], unreadable, jobs, max_size)]
    register: list[Answer] = []
    if ledger is not None:
        others += in_ledger(ledger, pairing, draft)
        register = in_registers(ledger, pairing, draft)
    draft, *rest = told_apart([draft, *others])
    _tell_renamed([draft, *others], [draft, *rest])
    checked = _checked(draft, rest, on, files=len(beside), register=register)
    result = Result(checked, tuple(unreadable), source)
    _write(kind, result, output)
    inputs.tell(unreadable)
    sys.exit(ATTENTION if needs_attention(result.checked) else inputs.SOME_UNREADABLE if unreadable else 0)


def _draft_first(
    files: tuple[str, ...], against: tuple[str, ...], max_size: int
) -> tuple[list[Input | UnreadableInput], int]:
    """All inputs, the draft at their head, and how many of them the FILEs name.

    The draft is one file. What is named twice comes once, so that no draft is evidence for itself.
    """
    first = files[0]
    if os.path.isdir(first) or (first != STANDARD_INPUT and len(gathered([first], max_size)) > 1):
        raise click.UsageError(
            f"{first}: the first FILE is the draft, which is one file; name the others after it or with --against"
        )
    given = gathered([*files, *against], max_size)
    return given, sum(1 for _ in gather(files)) if against else len(given)


def _draft(one: Input | UnreadableInput, max_size: int) -> tuple[Evidence, bytes]:
    """The draft and its bytes."""
    if isinstance(one, UnreadableInput):
        raise NothingDone(f"the draft cannot be read: {one}")
    try:
        source = one.load()
    except UnreadableInput as fault:
        raise NothingDone(f"the draft cannot be read: {fault}") from None
    again = msgspec.structs.replace(one, stream=io.BytesIO(source))
    found = list(evidence_of([again], jobs=1, max_size=max_size))
    for read in found:
        if isinstance(read, UnreadableInput):
            raise NothingDone(f"the draft cannot be read: {read}")
    if len(found) != 1:
        raise NothingDone(
            f"{one.name}: it holds {len(found)} reports; the draft is one, so name a file with one report first"
        )
    draft = found[0]
    assert isinstance(draft, Evidence)  # the faults were told
    return draft, source


def _readable(
    given: Sequence[Input | UnreadableInput],
    unreadable: list[UnreadableInput],
    jobs: int | None,
    max_size: int,
) -> Iterable[Evidence]:
    """The evidence that can be read; the faults of the rest are put into ``unreadable``."""
    with inputs.progress(len(given)) as advance:
        for found in evidence_of(given, jobs=jobs, max_size=max_size, advance=advance):
            if isinstance(found, UnreadableInput):
                unreadable.append(found)
            else:
                yield found


def _checked(
    draft: Evidence,
    others: Sequence[Evidence],
    on: datetime | None,
    *,
    files: int,
    register: Sequence[Answer],
) -> Checked:
    from shanhai.reasoning.check import check

    day = on.date() if on else _latest([draft, *others])
    return check(draft, others, on=day, files=files, register=register)


def _latest(given: Iterable[Evidence]) -> date | None:
    """The latest date that a report states; None where none states one."""
    return max((evidence.date for evidence in given if evidence.date), default=None)


def _write(kind: str, result: Result, output: Path | None) -> None:
    try:
        writer(kind)(result, output)
    except ShanhaiError as e:
        raise NothingDone(str(e)) from None
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as e:
        below_file = isinstance(e, FileExistsError | NotADirectoryError)
        why = "it lies below a file, which is no folder" if below_file else e.strerror
        raise NothingDone(f"{output}: {why}; choose another place with --output") from None


def _refuse_terminal(kind: str, output: Path | None) -> None:
    if kind == "docx" and output is None and sys.stdout.isatty():
        raise click.UsageError("a Word document cannot be shown here; name a file with --output")


def _refuse_overwriting(
    output: Path | None, given: Sequence[Input | UnreadableInput], ledger: str | None
) -> None:
    """Refuse an output that is one of the inputs, or the ledger: both must outlive the check."""
    if output is None or not output.exists():
        return
    if ledger and os.path.exists(ledger) and os.path.samefile(ledger, output):
        raise click.UsageError(f"{output} is the ledger; choose another place with --output")
    for one in given:
        if isinstance(one, Input) and one.name != STANDARD_INPUT and os.path.samefile(one.name, output):
            raise click.UsageError(f"{output} is one of the inputs; choose another place with --output")


def _refuse_format(kind: str, draft: Evidence, source: bytes) -> None:
    """Refuse comments in what is no Word document, a Word report inside an evidence file included."""
    if kind != "docx":
        return
    from shanhai.reading.formats.docx import DOCX

    told = draft.report.source if draft.report else None
    if told is None or told.media_type != DOCX or told.sha256 != sha256(source).hexdigest():
        raise click.UsageError(
            f"{told.name if told else draft.doc} is no Word document, and comments can only be put into one; "
            f"save the draft as .docx, or choose --format html"
        )


def _tell_renamed(before: Sequence[Evidence], after: Sequence[Evidence]) -> None:
    """Say which reports of one name are called otherwise here."""
    renamed = [(old, new) for old, new in zip(before, after, strict=True) if old.doc != new.doc]
    for old, new in renamed[:_MOST_RENAMED]:
        name = old.report.source.name if old.report else old.doc
        click.echo(
            f"shanhai: {name}: another input is named {old.doc} too; this one is {new.doc} here", err=True
        )
    if len(renamed) > _MOST_RENAMED:
        names = Counter(old.doc for old, _ in renamed)
        click.echo(
            f"shanhai: and {len(renamed) - _MOST_RENAMED} more, of {len(names)} names in all", err=True
        )
