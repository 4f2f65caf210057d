"""Drafts that were sent to the checker: kept for a day in a folder beside the ledger, never in it.

Each has a folder under a name that nobody can guess, bound to the account that sent it. Only that account opens it, and only
as long as it may still read all that the draft was held against.
"""

import datetime
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from django.conf import settings

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible, NotThere
from shanhai.ledger.rights import Right
from shanhai.web.check import checking

KEPT = datetime.timedelta(days=1)
"""So long a draft and its result are kept."""
MOST_AT_ONCE = 2
"""Drafts of one account that are checked at the same time."""
MOST_KEPT = 20
"""Drafts of one account that are kept; the oldest give way."""
_REQUEST, _STATE, _TOKEN = "request.json", "state.json", 24
_WORKING = (checking.SOURCE, checking.DRAFT, checking.EVIDENCE, checking.ROOMS, checking.REGISTER)


class Sent(msgspec.Struct, frozen=True):
    """What was asked.

    Attributes:
        token: the name in addresses.
        user: the account's id.
        name: the file's name, "" for pasted text.
        pairings: ids of the pairings that it is held against; None stands for what is filed under none.
        at: when.
    """

    token: str
    user: int
    name: str
    pairings: tuple[int | None, ...]
    at: datetime.datetime


class State(msgspec.Struct, frozen=True):
    """How far it is: ``step`` is waiting, reading, checking, done or failed; then ``zh`` and ``en`` say why."""

    step: str = "waiting"
    zh: str = ""
    en: str = ""
    outcome: checking.Outcome = checking.Outcome()


class Draft(msgspec.Struct, frozen=True):
    """A draft that was sent, and where it is kept."""

    sent: Sent
    folder: Path

    @property
    def state(self) -> State:
        """How far it is; a check that was cut off (the server stopped) counts as failed."""
        try:
            state = msgspec.json.decode((self.folder / _STATE).read_bytes(), type=State)
        except (OSError, msgspec.MsgspecError):
            state = State()
        longest = datetime.timedelta(seconds=settings.SHANHAI_CHECK_SECONDS * 3 + 600)
        if state.step not in ("done", "failed") and self.sent.at + longest < _now():
            return State(
                "failed", "核对中断了，没有结果。请重新发送。", "The check was cut off. Send the draft again."
            )
        return state

    def say(self, state: State) -> None:
        """Keep how far it is."""
        made = self.folder / f".{_STATE}"
        made.write_bytes(msgspec.json.encode(state))
        os.replace(made, self.folder / _STATE)

    def clear(self) -> None:
        """Throw away what was needed for the check only, the draft's bytes among it."""
        for name in _WORKING:
            (self.folder / name).unlink(missing_ok=True)

    def delete(self) -> None:
        """Throw away everything."""
        shutil.rmtree(self.folder, ignore_errors=True)


def keep(actor: Actor, name: str, data: bytes, pairings: Sequence[int | None]) -> Draft:
    """Keep a draft that was sent; the evidence is put beside it by the caller.

    Raises:
        NotPossible: as many drafts of the account are being checked as may be.
    """
    assert actor.user_id is not None
    clean()
    own = drafts(actor)
    if sum(d.state.step not in ("done", "failed") for d in own) >= MOST_AT_ONCE:
        raise NotPossible(
            f"您已有{MOST_AT_ONCE}份初稿正在核对。请等其中一份完成后再发送。",
            f"{MOST_AT_ONCE} drafts of yours are being checked. Wait until one of them is done.",
        )
    for old in own[MOST_KEPT - 1 :]:
        old.delete()
    sent = Sent(secrets.token_urlsafe(_TOKEN), actor.user_id, name, tuple(pairings), _now())
    folder = _folder(sent.token)
    folder.mkdir(mode=0o700, parents=True)
    (folder / checking.SOURCE).write_bytes(data)
    draft = Draft(sent, folder)
    draft.say(State())
    (folder / _REQUEST).write_bytes(msgspec.json.encode(sent))
    return draft


def access_draft(actor: Actor, token: str) -> Draft:
    """The draft with a token, for the account that sent it.

    Raises:
        NotThere: there is none, it is older than a day, someone else sent it, or its evidence may not be read any more.
    """
    draft = _read(_folder(token))
    if draft is None or not _may_open(actor, draft.sent):
        raise NotThere(
            "没有这份核对结果：它已满一天被删除，或不是您的账号发送的。请重新发送初稿。",
            "There is no such result: it was deleted after a day, or another account sent it. Send the draft again.",
        )
    return draft


def drafts(actor: Actor) -> list[Draft]:
    """The account's drafts, the last sent first."""
    found = [d for d in _all() if _may_open(actor, d.sent)]
    return sorted(found, key=lambda d: d.sent.at, reverse=True)


def clean() -> None:
    """Delete what is older than a day."""
    root: Path = settings.SHANHAI_DRAFTS
    for folder in _folders(root):
        draft = _read(folder, expired=True)
        if _is_old(folder) if draft is None else draft.sent.at + KEPT < _now():
            shutil.rmtree(folder, ignore_errors=True)


def write_lines(file: Path, values: Iterable[object]) -> None:
    """Write values as lines of JSON."""
    with file.open("wb") as stream:
        for value in values:
            stream.write(checking.ENCODER.encode(value) + b"\n")


def _may_open(actor: Actor, sent: Sent) -> bool:
    return (
        actor.user_id == sent.user
        and actor.may_somewhere(Right.SEND)
        and all(actor.may(Right.READ, pairing) for pairing in sent.pairings)
    )


def _all() -> Iterator[Draft]:
    for folder in _folders(settings.SHANHAI_DRAFTS):
        if draft := _read(folder):
            yield draft


def _folders(root: Path) -> list[Path]:
    return [entry for entry in root.iterdir() if entry.is_dir()] if root.is_dir() else []


def _folder(token: str) -> Path:
    """Where a draft is kept: the token itself stands in no name of a file."""
    return Path(settings.SHANHAI_DRAFTS) / hashlib.sha256(token.encode()).hexdigest()


def _read(folder: Path, *, expired: bool = False) -> Draft | None:
    try:
        sent = msgspec.json.decode((folder / _REQUEST).read_bytes(), type=Sent)
    except (OSError, msgspec.MsgspecError):
        return None
    return Draft(sent, folder) if expired or sent.at + KEPT >= _now() else None


def _is_old(folder: Path) -> bool:
    """Whether a folder without a request was left behind."""
    try:
        return folder.stat().st_mtime < (_now() - KEPT).timestamp()
    except OSError:
        return False


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
