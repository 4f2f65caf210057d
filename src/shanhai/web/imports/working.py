"""Large files are read, tried and taken in by a process of their own; pages go on, and tell how far it is."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from shanhai.web import background

if TYPE_CHECKING:
    from shanhai.web.imports.kept import File

READ, TRY, WRITE, DONE = "read", "try", "write", "done"
"""What goes on: the file is read, its rows are tried, good rows are written; nothing any more."""
LARGE: Final = 250_000
"""A file with more bytes is worked on apart: it may have more rows than are tried while a page is awaited."""
_ENDING: Final = 50
_MODULE: Final = "shanhai.web.imports.working"


class Order(msgspec.Struct, frozen=True):
    """What the process is told.

    Attributes:
        database: which one.
        user: who acts.
        folder: where the file is kept.
        english: the language of the sheet of rows to mend.
        hidden: take hidden rows and columns, too.
        seen: the digest of the preview whose good rows are taken in; "" where it is to be made.
    """

    database: dict[str, Any]
    user: int
    folder: str
    english: bool
    hidden: bool = False
    seen: str = ""


class State(msgspec.Struct, frozen=True):
    """How far it is.

    Attributes:
        stage: what goes on.
        done, steps: how far rows are tried: each is looked for in the register, then tried.
        zh, en: why it could not be done; "" where it could.
        changed: the register changed after the preview, so that it was made anew and nothing was taken in.
    """

    stage: str = READ
    done: int = 0
    steps: int = 0
    zh: str = ""
    en: str = ""
    changed: bool = False

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return min(100, self.done * 100 // self.steps) if self.steps else 0


_BROKEN_OFF = State(
    DONE,
    zh="处理中途停止，什么也没有导入。请重新发送；再次停止时，把文件按年度分成几个，或交给管理员。",
    en="The work broke off and nothing was taken in. Send the file again; if it breaks off again, split it by year, or "
    "give it to an administrator.",
)


def start(file: "File", order: Order) -> bool:
    """Begin; False where the work on this file goes on already."""
    begun = msgspec.json.encode(State(WRITE if order.seen else READ))
    for _ in range(_ENDING):
        if background.begin(_MODULE, msgspec.json.encode(order), file.state_file, begun):
            return True
        if state(file).stage != DONE:
            return False
        time.sleep(0.1)  # the process before has done its work and is about to end
    return False


def state(file: "File") -> State:
    """How far the work on a file is; done where none goes on."""
    if not file.state_file.exists():
        return State(DONE)
    with background.locked(file.state_file) as held:
        goes_on = held is None
    try:
        told = msgspec.json.decode(file.state_file.read_bytes(), type=State)
    except msgspec.DecodeError:  # it is being written
        told = State()
    return told if goes_on or told.stage == DONE else _BROKEN_OFF


def main() -> None:
    """Do what is ordered; runs in the process apart."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    background.set_up(order.database)
    from shanhai.model import ShanhaiError
    from shanhai.web import apart
    from shanhai.web.imports.kept import file_in

    file = file_in(Path(order.folder))
    try:
        last = _work(file, order)
    except ShanhaiError as error:
        last = State(DONE, zh=getattr(error, "zh", str(error)), en=getattr(error, "en", str(error)))
    except Exception as error:  # told on the page, and the log has all of it
        told = f"{type(error).__name__}: {error}"[:300]
        _write(file, State(DONE, zh=f"{_BROKEN_OFF.zh}（{told}）", en=f"{_BROKEN_OFF.en} ({told})"))
        raise
    finally:
        apart.stop()
    _write(file, last)


def _work(file: "File", order: Order) -> State:
    from django.contrib.auth.models import User

    from shanhai.ledger.actors import Actor
    from shanhai.ledger.models import Pairing
    from shanhai.programme import access
    from shanhai.web.imports.trying import take_in, tried

    actor = Actor.of(User.objects.get(pk=order.user))
    if (refused := _read(file)) is not None:
        return refused
    kind = access.access_kind(actor, file.sent.kind)
    pairing = Pairing.objects.get(pk=file.sent.pairing)
    seen = tried(
        file,
        kind,
        pairing,
        hidden=order.hidden,
        english=order.english,
        actor=actor,
        begun=lambda steps: _Progress(file, steps),
    )
    if not order.seen:
        return State(DONE)
    if order.seen != seen.digest:
        return State(DONE, changed=True)
    _write(file, State(WRITE))
    take_in(file, seen, kind, pairing, actor=actor)
    return State(DONE)


def _read(file: "File") -> State | None:
    """Read what was sent, within limits; what is told where it cannot be read."""
    from shanhai.ledger.actions.uploads import Refusal
    from shanhai.web import apart

    data = file.upload
    if data is None:
        return None
    _write(file, State(READ))
    answer = apart.tables(data, file.sent.name)
    if isinstance(answer, Refusal):
        return State(DONE, zh=answer.zh, en=answer.en)
    file.keep_grids(answer.grids)
    return None


class _Progress:
    """Writes how far it is, not oftener than once in a hundredth of the steps."""

    def __init__(self, file: "File", steps: int) -> None:
        self._file, self._steps = file, steps
        self._done, self._part = 0, max(1, steps // 100)
        _write(file, State(TRY, 0, steps))

    def __call__(self) -> None:
        self._done += 1
        if self._done % self._part == 0:
            _write(self._file, State(TRY, self._done, self._steps))


def _write(file: "File", told: State) -> None:
    """Write the state in place: the lock belongs to this very file."""
    file.state_file.write_bytes(msgspec.json.encode(told))


if __name__ == "__main__":
    main()
