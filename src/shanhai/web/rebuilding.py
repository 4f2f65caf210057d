"""Facts and findings are rebuilt in a process of their own, one at a time, while pages go on answering.

How the process is begun, and how every process of the server can tell how far it is: ``background``.
"""

import sys
from pathlib import Path
from typing import Any, Final

import msgspec

from shanhai.web import background

_ROUNDS: Final = 3
"""So often it begins again where sources came in meanwhile; the button stays for what comes after."""


class Order(msgspec.Struct, frozen=True):
    """What the process is told: which database, and for whom it rebuilds what is behind."""

    database: dict[str, Any]
    user: int
    file: str


class State(msgspec.Struct, frozen=True):
    """How far a rebuilding is.

    Attributes:
        pairing_zh, pairing_en: the pairing's name; "" for what is filed under none.
        done, reports: reports taken in, of how many.
        fault: why it stopped; "" where it goes on or is done.
    """

    pairing_zh: str = ""
    pairing_en: str = ""
    done: int = 0
    reports: int = 0
    fault: str = ""


def start(user: int) -> bool:
    """Begin to rebuild what is behind, as far as an account may; False where a rebuilding goes on already.

    Raises:
        LedgerUnusable: the file beside the ledger cannot be written, or no process can be begun.
    """
    from shanhai.ledger.errors import LedgerUnusable

    try:
        return _start(user, _file())
    except OSError as error:
        raise LedgerUnusable(
            f"无法开始重建：{error.strerror or error}。请管理员检查账本所在文件夹的权限与空间。",
            f"Rebuilding cannot begin: {error.strerror or error}. Ask an administrator to check the ledger's folder.",
        ) from error


def _start(user: int, file: Path) -> bool:
    order = Order(background.database(), user, str(file))
    module = "shanhai.web.rebuilding"
    return background.begin(module, msgspec.json.encode(order), file, msgspec.json.encode(State()))


def state() -> State | None:
    """How far the rebuilding is that goes on; where the last one failed, its fault; else None."""
    file = _file()
    if not file.exists():
        return None
    try:
        with background.locked(file) as held:
            goes_on = held is None
        told = msgspec.json.decode(file.read_bytes(), type=State)
    except msgspec.DecodeError:  # it is being written
        told = State()
    except OSError:
        return None
    return told if goes_on or told.fault else None


def goes_on() -> bool:
    """Whether a rebuilding goes on."""
    found = state()
    return found is not None and not found.fault


def main() -> None:
    """Rebuild what is behind; runs in the process apart."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    background.set_up(order.database)
    file = Path(order.file)
    try:
        _rebuild(order.user, file)
    except Exception as error:  # told on the page, and the log has all of it
        _write(file, State(fault=f"{type(error).__name__}: {error}"[:500]))
        raise
    _write(file, State())


def _rebuild(user: int, file: Path) -> None:
    from django.contrib.auth.models import User

    from shanhai.ledger.actions.rebuild import rebuild
    from shanhai.ledger.actors import Actor
    from shanhai.ledger.queries.freshness import behind, reports_of
    from shanhai.ledger.rights import Right
    from shanhai.programme.actions.matching import rebuild_matches
    from shanhai.programme.queries.matches import behind as behind_register

    actor = Actor.of(User.objects.get(pk=user))
    for _ in range(_ROUNDS):
        late = [one.pairing for one in behind(actor, Right.REBUILD)]
        if not late:
            break
        for pairing in late:
            names = (pairing.name_zh, pairing.name_en or pairing.name_zh) if pairing else ("", "")
            progress = _Progress(file, State(*names, 0, reports_of(pairing)))
            rebuild(pairing, actor=actor, advance=progress)
            if pairing:
                rebuild_matches(pairing, actor=actor)
    for held in behind_register(actor, Right.REBUILD):
        rebuild_matches(held, actor=actor)


class _Progress:
    """Writes how far it is, not oftener than it takes in a hundredth of the reports."""

    def __init__(self, file: Path, state: State) -> None:
        self.file, self.state = file, state
        self.done, self.step = 0, max(1, state.reports // 100)
        _write(file, state)

    def __call__(self) -> None:
        self.done += 1
        if self.done % self.step == 0:
            _write(self.file, msgspec.structs.replace(self.state, done=self.done))


def _file() -> Path:
    """The file beside the ledger; for a database elsewhere, beside where a ledger's file would be."""
    from django.conf import settings
    from django.db import connection

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return Path(f"{name}.rebuilding")
    ledger: Path = settings.LEDGER_FILE
    return ledger.with_name(f"{name}.rebuilding")


def _write(file: Path, state: State) -> None:
    """Write the state into the file in place: the lock belongs to this very file."""
    file.write_bytes(msgspec.json.encode(state))


if __name__ == "__main__":
    main()
