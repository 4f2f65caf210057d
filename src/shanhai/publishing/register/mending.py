"""The rows of a file that could not be taken in, as they came, with what to mend: to be mended and sent again as they are.

Its headings are the file's own with their units; the columns that are added are passed over when it is read. What a cell
held as text stays text, whatever it begins with.
"""

import datetime
from collections.abc import Iterator, Sequence

from shanhai.programme.kinds import Kind as RecordKind
from shanhai.programme.sheets.columns import OURS, REASON, ROW, plain_heading
from shanhai.programme.sheets.preview import Outcome, Preview, State
from shanhai.programme.values import Told
from shanhai.publishing.sheets import Column, Kind, Sheet, Value

_OURS = {plain_heading(name) for names in OURS.values() for name in names}


def rows_to_mend(seen: Preview, kind: RecordKind, *, made: datetime.datetime, english: bool = False) -> Sheet:
    """The sheet of the bad rows."""
    bad = [outcome for outcome in seen.having(State.BAD) if not outcome.row.is_total]
    headings = [h for h in seen.headings if plain_heading(h) not in _OURS]
    columns = [
        *(Column(f"c{at}", heading) for at, heading in enumerate(headings)),
        Column(ROW, OURS[ROW][english]),
        Column(REASON, OURS[REASON][english], Kind.TEXT, 80),
    ]
    told = [(note.place, note.en if english else note.zh) for note in seen.notes]
    return Sheet(
        kind.many_en.capitalize() if english else kind.zh,
        columns,
        _rows(bad, headings, english),
        told,
        "Notes" if english else "附注",
        made,
    )


def _rows(bad: Sequence[Outcome], headings: Sequence[str], english: bool) -> Iterator[Sequence[Value]]:
    for outcome in bad:
        row = outcome.row
        reasons = " ".join(fault.en if english else fault.zh for fault in outcome.faults)
        place = f"{row.sheet}!{row.number}" if row.sheet else str(row.number)
        yield [*(_cell(row.cells.get(heading)) for heading in headings), place, reasons]


def _cell(told: Told) -> Value:
    """What a cell held; true and false as 是 and 否."""
    if isinstance(told, bool):
        return "是" if told else "否"
    return str(told) if isinstance(told, float) else told
