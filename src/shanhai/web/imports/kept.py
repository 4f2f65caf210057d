"""Files between preview and confirmation: kept for a day in a folder beside the ledger that only its owner reads, never in it.

Each has a folder under a name that nobody can guess, bound to the account that sent it and to one pairing's register.
"""

import contextlib
import datetime
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
from django.conf import settings

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotThere
from shanhai.ledger.rights import Right
from shanhai.reading.grids import Grid

KEPT = datetime.timedelta(days=1)
"""So long a file is kept."""
MOST_KEPT = 10
"""Files of one account that are kept; the oldest give way."""
BAD = "mend.xlsx"
"""The rows to mend."""
A_PAGE = 50
"""So many rows of a preview are shown together."""
_SENT, _GRIDS, _SHOWN, _TAKEN, _TOKEN = "sent.json", "grids.json", "shown.json", "taken.json", 24
_UPLOAD, _STATE = "upload", "working.json"


class Sent(msgspec.Struct, frozen=True):
    """What was sent.

    Attributes:
        token: the name in addresses.
        user: the account's id.
        name: the file's.
        kind: of the records.
        pairing: the id of the pairing whose register it is for.
        at: when.
        large: it is read, tried and taken in by a process of its own.
    """

    token: str
    user: int
    name: str
    kind: str
    pairing: int
    at: datetime.datetime
    large: bool = False


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
        self._write(_GRIDS, grids)
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
        self._write(_SHOWN, msgspec.structs.replace(shown, counts=counts, pages=pages))

    def take(self, taken: Taken) -> None:
        """Keep what was taken in; the sheets are needed no more."""
        self._write(_TAKEN, taken)
        (self.folder / _GRIDS).unlink(missing_ok=True)

    def delete(self) -> None:
        """Throw away everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self, name: str, value: object) -> None:
        made = self.folder / f".{name}"
        made.write_bytes(msgspec.json.encode(value))
        os.replace(made, self.folder / name)


def keep(actor: Actor, name: str, kind: str, pairing: int, sent: tuple[Grid, ...] | bytes) -> File:
    """Keep the sheets of a file that was sent; its bytes, where it is large and not read yet."""
    assert actor.user_id is not None
    _clean()
    for old in files(actor)[MOST_KEPT - 1 :]:
        old.delete()
    now = datetime.datetime.now(datetime.UTC)
    token, large = secrets.token_urlsafe(_TOKEN), isinstance(sent, bytes)
    root = Path(settings.SHANHAI_IMPORTS)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = _folder(token)
    folder.mkdir(mode=0o700)
    file = File(Sent(token, actor.user_id, name, kind, pairing, now, large), folder)
    if isinstance(sent, bytes):
        (folder / _UPLOAD).write_bytes(sent)
    else:
        file.keep_grids(sent)
    file._write(_SENT, file.sent)
    return file


def file_in(folder: Path) -> File:
    """The file that is kept in a folder, for the process that works on it."""
    file = _file(folder)
    assert file is not None
    return file


def access_file(actor: Actor, token: str) -> File:
    """The file with a token, for the account that sent it, as long as it keeps that register.

    Raises:
        NotThere: there is none, it is older than a day, or someone else sent it.
    """
    file = _file(_folder(token))
    if file is None or not _may_open(actor, file.sent):
        raise NotThere(
            "没有这份待导入的文件：它已满一天被删除，或不是您的账号发送的。请重新发送。",
            "There is no such file: it was deleted after a day, or another account sent it. Send it again.",
        )
    return file


def files(actor: Actor) -> list[File]:
    """The account's files, the last sent first."""
    found = [file for file in _all() if _may_open(actor, file.sent)]
    return sorted(found, key=lambda file: file.sent.at, reverse=True)


def _may_open(actor: Actor, sent: Sent) -> bool:
    return actor.user_id == sent.user and actor.may(Right.RECORD, sent.pairing)


def _clean() -> None:
    """Delete what is older than a day, and what was left behind."""
    oldest = datetime.datetime.now(datetime.UTC) - KEPT
    for folder in _folders():
        try:
            if folder.stat().st_mtime < oldest.timestamp():
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def _all() -> Iterator[File]:
    for folder in _folders():
        if file := _file(folder):
            yield file


def _folders() -> list[Path]:
    root = Path(settings.SHANHAI_IMPORTS)
    return [entry for entry in root.iterdir() if entry.is_dir()] if root.is_dir() else []


def _folder(token: str) -> Path:
    """Where a file is kept: the token itself stands in no name of a file."""
    return Path(settings.SHANHAI_IMPORTS) / hashlib.sha256(token.encode()).hexdigest()


def _file(folder: Path) -> File | None:
    try:
        sent = msgspec.json.decode((folder / _SENT).read_bytes(), type=Sent)
    except (OSError, msgspec.MsgspecError):
        return None
    is_fresh = sent.at + KEPT >= datetime.datetime.now(datetime.UTC)
    return File(sent, folder) if is_fresh else None
