"""Files between preview and confirmation: kept for a day in a folder beside the ledger that only its owner reads, never in it.

Each has a folder under a name that nobody can guess, bound to the account that sent it and to one pairing's register.
"""

import datetime
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

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
_SENT, _GRIDS, _SHOWN, _TAKEN, _TOKEN = "sent.json", "grids.json", "shown.json", "taken.json", 24


class Sent(msgspec.Struct, frozen=True):
    """What was sent.

    Attributes:
        token: the name in addresses.
        user: the account's id.
        name: the file's.
        kind: of the records.
        pairing: the id of the pairing whose register it is for.
        at: when.
    """

    token: str
    user: int
    name: str
    kind: str
    pairing: int
    at: datetime.datetime


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
        rows: all rows.
    """

    digest: str
    hidden: bool
    notes: tuple[tuple[str, str, str, bool], ...]
    rows: tuple[ShownRow, ...]


class Taken(msgspec.Struct, frozen=True):
    """What was taken in."""

    new: int
    changed: int
    at: datetime.datetime


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

    def show(self, shown: Shown) -> None:
        """Keep a preview."""
        self._write(_SHOWN, shown)

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


def keep(actor: Actor, name: str, kind: str, pairing: int, grids: tuple[Grid, ...]) -> File:
    """Keep the sheets of a file that was sent."""
    assert actor.user_id is not None
    _clean()
    for old in files(actor)[MOST_KEPT - 1 :]:
        old.delete()
    now = datetime.datetime.now(datetime.UTC)
    sent = Sent(secrets.token_urlsafe(_TOKEN), actor.user_id, name, kind, pairing, now)
    root = Path(settings.SHANHAI_IMPORTS)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = _folder(sent.token)
    folder.mkdir(mode=0o700)
    file = File(sent, folder)
    file._write(_GRIDS, grids)
    file._write(_SENT, sent)
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
