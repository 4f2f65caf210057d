"""Shelves beside the ledger, never in it: what an account sent lies there for a day and is then thrown away.

Each thing has a folder of its own under a name that nobody can guess. What it is, is written last: a folder without that
was left behind half-made and shows nowhere.
"""

import datetime
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

KEPT = datetime.timedelta(days=1)
"""So long a thing lies on its shelf."""
_TOKEN = 24


class Deposit(msgspec.Struct, frozen=True):
    """What every thing on a shelf tells of itself.

    Attributes:
        token: the name in addresses.
        user: the id of the account that sent it.
        at: when.
    """

    token: str
    user: int
    at: datetime.datetime


D = TypeVar("D", bound=Deposit)


class Shelf(Generic[D]):
    """One shelf.

    Args:
        root: where its folders are, asked for each time.
        told: the file in each folder that tells what it is.
        of: what that file holds.
    """

    def __init__(self, root: Callable[[], Path], told: str, of: type[D]) -> None:
        self._root, self._told, self._of = root, told, of

    def make(self) -> tuple[str, Path]:
        """A new token and its folder, empty; it shows when ``tell`` has said what it is."""
        token = secrets.token_urlsafe(_TOKEN)
        folder = self.folder(token)
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        return token, folder

    def tell(self, folder: Path, deposit: D) -> None:
        """Say what is in a folder."""
        write(folder / self._told, deposit)

    def folder(self, token: str) -> Path:
        """Where a thing lies: the token itself stands in no name of a file."""
        return Path(self._root()) / hashlib.sha256(token.encode()).hexdigest()

    def read(self, folder: Path, *, expired: bool = False) -> D | None:
        """What is in a folder; None where that is not told, or its day is over and it is not asked for all the same."""
        try:
            deposit = msgspec.json.decode((folder / self._told).read_bytes(), type=self._of)
        except (OSError, msgspec.MsgspecError):
            return None
        return deposit if expired or deposit.at + KEPT >= now() else None

    def all(self) -> Iterator[tuple[D, Path]]:
        """All that lies there, in no order."""
        for folder in self._folders():
            if deposit := self.read(folder):
                yield deposit, folder

    def clean(self) -> None:
        """Throw away whatever has lain there for a day."""
        for folder in self._folders():
            deposit = self.read(folder, expired=True)
            if _is_old(folder) if deposit is None else deposit.at + KEPT < now():
                shutil.rmtree(folder, ignore_errors=True)

    def _folders(self) -> list[Path]:
        root = Path(self._root())
        return [entry for entry in root.iterdir() if entry.is_dir()] if root.is_dir() else []


def write(file: Path, value: object) -> None:
    """Write a value as JSON; the file is there whole or not at all."""
    made = file.with_name(f".{file.name}")
    made.write_bytes(msgspec.json.encode(value))
    os.replace(made, file)


def now() -> datetime.datetime:
    """The time by which a day is over."""
    return datetime.datetime.now(datetime.UTC)


def _is_old(folder: Path) -> bool:
    """Whether a folder that nothing is told of was left behind."""
    try:
        return folder.stat().st_mtime < (now() - KEPT).timestamp()
    except OSError:
        return False
