"""Drafts that were sent to the checker, on a shelf of their own.

Only the account that sent one opens it, and only as long as it may still read all that the draft was held against.
"""

import datetime
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from django.conf import settings

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible, NotThere
from shanhai.ledger.rights import Right
from shanhai.web.check import checking
from shanhai.web.shelves import Deposit, Shelf, now, write

MOST_AT_ONCE = 2
"""Drafts of one account that are checked at the same time."""
MOST_KEPT = 20
"""Drafts of one account that are kept; the oldest give way."""
_REQUEST, _STATE = "request.json", "state.json"
_WORKING = (checking.SOURCE, checking.DRAFT, checking.EVIDENCE, checking.ROOMS, checking.REGISTER)


class Sent(Deposit, frozen=True):
    """What was asked.

    Attributes:
        name: the file's name, "" for pasted text.
        pairings: ids of the pairings that it is held against; None stands for what is filed under none.
    """

    name: str
    pairings: tuple[int | None, ...]


_SHELF = Shelf(lambda: settings.SHANHAI_DRAFTS, _REQUEST, Sent)


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
        if state.step not in ("done", "failed") and self.sent.at + longest < now():
            return State(
                "failed", "核对中断了，没有结果。请重新发送。", "The check was cut off. Send the draft again."
            )
        return state

    def say(self, state: State) -> None:
        """Keep how far it is."""
        write(self.folder / _STATE, state)

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
    _SHELF.clean()
    own = drafts(actor)
    if sum(d.state.step not in ("done", "failed") for d in own) >= MOST_AT_ONCE:
        raise NotPossible(
            f"您已有{MOST_AT_ONCE}份初稿正在核对。请等其中一份完成后再发送。",
            f"{MOST_AT_ONCE} drafts of yours are being checked. Wait until one of them is done.",
        )
    for old in own[MOST_KEPT - 1 :]:
        old.delete()
    token, folder = _SHELF.make()
    (folder / checking.SOURCE).write_bytes(data)
    draft = Draft(Sent(token, actor.user_id, now(), name, tuple(pairings)), folder)
    draft.say(State())
    _SHELF.tell(folder, draft.sent)
    return draft


def access_draft(actor: Actor, token: str) -> Draft:
    """The draft with a token, for the account that sent it.

    Raises:
        NotThere: there is none, it is older than a day, someone else sent it, or its evidence may not be read any more.
    """
    folder = _SHELF.folder(token)
    sent = _SHELF.read(folder)
    if sent is None or not _may_open(actor, sent):
        raise NotThere(
            "没有这份核对结果：它已满一天被删除，或不是您的账号发送的。请重新发送初稿。",
            "There is no such result: it was deleted after a day, or another account sent it. Send the draft again.",
        )
    return Draft(sent, folder)


def drafts(actor: Actor) -> list[Draft]:
    """The account's drafts, the last sent first."""
    found = [Draft(sent, folder) for sent, folder in _SHELF.all() if _may_open(actor, sent)]
    return sorted(found, key=lambda d: d.sent.at, reverse=True)


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
