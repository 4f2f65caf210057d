"""Files between preview and confirmation, on a shelf of their own: bound to the account that sent them and to one register."""

import contextlib
import datetime
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
from django.conf import settings

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotThere
from shanhai.ledger.rights import Right
from shanhai.reading.grids import Grid
from shanhai.web.shelves import Deposit, Shelf, now, write

MOST_KEPT = 10
"""Files of one account that are kept; the oldest give way."""
BAD = "mend.xlsx"
"""The rows to mend."""
A_PAGE = 50
"""So many rows of a preview are shown together."""
_SENT, _GRIDS, _SHOWN, _TAKEN = "sent.json", "grids.json", "shown.json", "taken.json"
_UPLOAD, _STATE = "upload", "working.json"


class Sent(Deposit, frozen=True):
    """What was sent.

    Attributes:
        name: the file's.
        kind: of the records.
        pairing: the id of the pairing whose register it is for.
        large: it is read, tried and taken in by a process of its own.
    """

    name: str
    kind: str
    pairing: int
    large: bool = False


_SHELF = Shelf(lambda: settings.SHANHAI_IMPORTS, _SENT, Sent)


class ShownRow(msgspec.Struct, frozen=True):
    """A row of the preview, ready to be shown: texts in Chinese and English."""

    place: str
    state: str
    key: str
    changes: tuple[tuple[tuple[str, str], tuple[str, str], tuple[str, str]], ...] = ()
    faults: tuple[tuple[str, str, str, str, str], ...] = ()


class Shown(msgspec.Struct, frozen=True):
    """The preview that the account saw last.

    Attributes:
        digest: of the preview.
        hidden: hidden rows and columns are taken, too.
        notes: place, Chinese, English, and whether a sheet is refused because of it.
        counts: how many rows are in each state.
        pages: by state, where each page of its rows begins in the file that holds them.
    """

    digest: str
    hidden: bool
    notes: tuple[tuple[str, str, str, bool], ...]
    counts: Mapping[str, int] = msgspec.field(default_factory=dict)
    pages: Mapping[str, Sequence[int]] = msgspec.field(default_factory=dict)


class Taken(msgspec.Struct, frozen=True):
    """What was taken in; ``entry`` is the number of the audit's entry of it."""

    new: int
    changed: int
    at: datetime.datetime
    entry: int


class File(msgspec.Struct, frozen=True):
    """A file that was sent, and where it is kept."""

    sent: Sent
    folder: Path

    @property
    def grids(self) -> list[Grid]:
        """Its sheets."""
        return msgspec.json.decode((self.folder / _GRIDS).read_bytes(), type=list[Grid])

    @property
    def shown(self) -> Shown:
        """The preview."""
        return msgspec.json.decode((self.folder / _SHOWN).read_bytes(), type=Shown)

    @property
    def taken(self) -> Taken | None:
        """What was taken in; None as long as nothing was."""
        try:
            return msgspec.json.decode((self.folder / _TAKEN).read_bytes(), type=Taken)
        except (OSError, msgspec.MsgspecError):
            return None

    @property
    def has_preview(self) -> bool:
        """Whether there is one."""
        return (self.folder / _SHOWN).is_file()

    @property
    def state_file(self) -> Path:
        """Where the process that works on it tells how far it is."""
        return self.folder / _STATE

    @property
    def upload(self) -> bytes | None:
        """What was sent, as long as it is not read."""
        try:
            return (self.folder / _UPLOAD).read_bytes()
        except FileNotFoundError:
            return None

    def keep_grids(self, grids: Sequence[Grid]) -> None:
        """Keep the sheets; what was sent is needed no more."""
        write(self.folder / _GRIDS, grids)
        (self.folder / _UPLOAD).unlink(missing_ok=True)

    def rows(self, state: str, page: int) -> list[ShownRow]:
        """The rows of a state that stand on a page of the preview, the first being 1."""
        starts = self.shown.pages.get(state, ())
        if not 0 < page <= len(starts):
            return []
        with (self.folder / f"{state}.jsonl").open("rb") as file:
            file.seek(starts[page - 1])
            lines = [line for _, line in zip(range(A_PAGE), file, strict=False)]
        return [msgspec.json.decode(line, type=ShownRow) for line in lines]

    def show(self, shown: Shown, rows: Iterable[ShownRow]) -> None:
        """Keep a preview: its rows by their state, so that a page of them is read alone."""
        by_state: dict[str, tuple[BinaryIO, list[int]]] = {}
        counts: dict[str, int] = {}
        with contextlib.ExitStack() as opened:
            for row in rows:
                if row.state not in by_state:
                    made = opened.enter_context((self.folder / f".{row.state}").open("wb"))
                    by_state[row.state] = (made, [])
                file, starts = by_state[row.state]
                if counts.setdefault(row.state, 0) % A_PAGE == 0:
                    starts.append(file.tell())
                counts[row.state] += 1
                file.write(msgspec.json.encode(row) + b"\n")
        for state in by_state:
            os.replace(self.folder / f".{state}", self.folder / f"{state}.jsonl")
        pages = {state: starts for state, (_, starts) in by_state.items()}
        write(self.folder / _SHOWN, msgspec.structs.replace(shown, counts=counts, pages=pages))

    def take(self, taken: Taken) -> None:
        """Keep what was taken in; the sheets are needed no more."""
        write(self.folder / _TAKEN, taken)
        (self.folder / _GRIDS).unlink(missing_ok=True)

    def delete(self) -> None:
        """Throw away everything."""
        shutil.rmtree(self.folder, ignore_errors=True)


def keep(actor: Actor, name: str, kind: str, pairing: int, sent: tuple[Grid, ...] | bytes) -> File:
    """Keep the sheets of a file that was sent; its bytes, where it is large and not read yet."""
    assert actor.user_id is not None
    _SHELF.clean()
    for old in files(actor)[MOST_KEPT - 1 :]:
        old.delete()
    token, folder = _SHELF.make()
    file = File(Sent(token, actor.user_id, now(), name, kind, pairing, isinstance(sent, bytes)), folder)
    if isinstance(sent, bytes):
        (folder / _UPLOAD).write_bytes(sent)
    else:
        file.keep_grids(sent)
    _SHELF.tell(folder, file.sent)
    return file


def file_in(folder: Path) -> File:
    """The file that is kept in a folder, for the process that works on it."""
    sent = _SHELF.read(folder)
    assert sent is not None
    return File(sent, folder)


def access_file(actor: Actor, token: str) -> File:
    """The file with a token, for the account that sent it, as long as it keeps that register.

    Raises:
        NotThere: there is none, it is older than a day, or someone else sent it.
    """
    folder = _SHELF.folder(token)
    sent = _SHELF.read(folder)
    if sent is None or not _may_open(actor, sent):
        raise NotThere(
            "没有这份待导入的文件：它已满一天被删除，或不是您的账号发送的。请重新发送。",
            "There is no such file: it was deleted after a day, or another account sent it. Send it again.",
        )
    return File(sent, folder)


def files(actor: Actor) -> list[File]:
    """The account's files, the last sent first."""
    found = [File(sent, folder) for sent, folder in _SHELF.all() if _may_open(actor, sent)]
    return sorted(found, key=lambda file: file.sent.at, reverse=True)


def _may_open(actor: Actor, sent: Sent) -> bool:
    return actor.user_id == sent.user and actor.may(Right.RECORD, sent.pairing)
