"""What a kept file would change, made anew and kept with it to be shown."""

from collections.abc import Callable

from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.kinds import Kind
from shanhai.programme.queries.histories import last_entry
from shanhai.programme.sheets.preview import Outcome, Preview, State, apply, preview
from shanhai.programme.sheets.rows import read_rows
from shanhai.publishing.register import rows_to_mend
from shanhai.publishing.sheets import Format, write
from shanhai.web.imports.kept import BAD, File, Shown, ShownRow, Taken


def tried(
    file: File,
    kind: Kind,
    pairing: Pairing,
    *,
    hidden: bool,
    english: bool,
    actor: Actor,
    begun: Callable[[int], Callable[[], None]] = lambda steps: lambda: None,
) -> Preview:
    """Try a kept file; the preview and the rows to mend are kept with it.

    Args:
        file: it.
        kind, pairing: of the records.
        hidden: take hidden rows and columns, too.
        english: the sheet of rows to mend is in English.
        actor: who acts.
        begun: told how many steps there are at most; gives what is called after each.
    """
    read = read_rows(file.grids, kind, hidden=hidden)
    seen = preview(read, kind, pairing, actor=actor, advance=begun(2 * len(read.rows)))
    notes = tuple((note.place, note.zh, note.en, note.refused) for note in seen.notes)
    file.show(Shown(seen.digest, hidden, notes), map(_shown, seen.outcomes))
    if any(not outcome.row.is_total for outcome in seen.having(State.BAD)):
        with (file.folder / BAD).open("wb") as stream:
            write(rows_to_mend(seen, kind, made=timezone.now(), english=english), Format.XLSX, stream)
    else:
        (file.folder / BAD).unlink(missing_ok=True)
    return seen


def _shown(outcome: Outcome) -> ShownRow:
    row = outcome.row
    return ShownRow(
        f"{row.sheet}!{row.number}" if row.sheet else str(row.number),
        outcome.state.value,
        outcome.key,
        tuple(((c.zh, c.en), c.old, c.new) for c in outcome.changes),
        tuple((f.place, f.heading, f.value[:80], f.zh, f.en) for f in outcome.faults),
    )


def take_in(file: File, seen: Preview, kind: Kind, pairing: Pairing, *, actor: Actor) -> None:
    """Take the good rows of a preview in, all together, and keep with the file that it was done."""
    made = apply(seen, kind, pairing, actor=actor, why=f"导入 {file.sent.name}")
    states = [outcome.state for outcome in seen.good]
    entry = last_entry(actor, kind, pairing, (record.key for record in made))
    file.take(Taken(states.count(State.NEW), states.count(State.CHANGED), timezone.now(), entry))
