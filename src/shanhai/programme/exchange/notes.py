"""What the two sides say of a comparison's rows after they have talked; each side's last file of notes is what it says."""

from collections.abc import Iterable, Mapping

import msgspec

from shanhai.programme.exchange.compare import Comparison
from shanhai.programme.exchange.file import BadFile, ExchangeFile
from shanhai.programme.exchange.lines import Note, Side

LONGEST = 300


class Said(msgspec.Struct, frozen=True):
    """What one side says: its notes by row, and the hash of the file that says it."""

    notes: Mapping[str, str]
    sha256: str


def said(files: Iterable[ExchangeFile], comparison: Comparison) -> dict[Side, Said]:
    """What each side says of a comparison, by the last of its files about it."""
    about = [f for f in files if f.header.about == comparison.key]
    last = {f.header.side: f for f in sorted(about, key=lambda f: (f.header.at, f.sha256))}
    return {side: Said({n.row: n.text for n in f.notes}, f.sha256) for side, f in last.items()}


def require_about(file: ExchangeFile, comparison: Comparison) -> None:
    """Refuse notes about rows that a comparison does not have.

    Raises:
        BadFile: there is such a note.
    """
    rows = {row.key for row in comparison.rows}
    strange = [note for note in file.notes if note.row not in rows or len(note.text) > LONGEST]
    if strange:
        raise BadFile(
            f"说明文件中有{len(strange)}条不对应这次对账的任何一行。请核对两方用的是不是同一对台账文件。",
            f"{len(strange)} notes of the file belong to no row of this comparison. Check that both sides compared the same "
            "two files.",
        )


def changed(notes: Mapping[str, str], row: str, text: str) -> list[Note]:
    """A side's notes after one was written, or taken back where the text is empty."""
    told = {**notes, row: " ".join(text.split())}
    return [Note(key, value) for key, value in told.items() if value]
