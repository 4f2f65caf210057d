"""Long work in a process of its own while pages go on answering.

The process holds the lock of a file and writes there how far it is, so that every process of the server can tell; the
lock ends with the process, however it ends.
"""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

if sys.platform != "win32":
    import fcntl

_own: dict[Path, "subprocess.Popen[bytes]"] = {}


def begin(module: str, order: bytes, file: Path, state: bytes) -> bool:
    """Run a module apart; False where the work of this file goes on already.

    Args:
        module: its name; it reads the order from standard input.
        order: what it is told.
        file: whose lock it holds.
        state: what stands in the file until it writes there itself.

    Raises:
        OSError: the file cannot be written, or no process can be begun.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with locked(file) as held:
        if held is None:
            return False
        file.write_bytes(state)  # in place: the lock belongs to this very file
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=() if sys.platform == "win32" else (held.fileno(),),
        )
        _own[file] = process
        assert process.stdin is not None
        with process.stdin as told:
            told.write(order)
        threading.Thread(target=process.wait, daemon=True).start()
    return True


@contextlib.contextmanager
def locked(file: Path) -> Iterator[IO[bytes] | None]:
    """The file with its lock; None where another process has it. A process that is handed the file keeps the lock."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with os.fdopen(handle, "r+b") as opened:
        if sys.platform == "win32":  # one web process there: it knows its own
            process = _own.get(file)
            yield opened if process is None or process.poll() is not None else None
            return
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield None
            return
        yield opened


def database() -> dict[str, Any]:
    """Which database the process apart opens: this one's."""
    from django.db import connection

    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    told = {n: v for n in names if (v := connection.settings_dict.get(n))}
    return {**told, "NAME": str(told["NAME"])}


def set_up(database: dict[str, Any]) -> None:
    """Begin Django in the process apart, on the database that it was told."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanhai.web.settings")
    if hasattr(os, "nice"):
        os.nice(5)  # pages go first
    import django
    from django.conf import settings

    settings.DATABASES["default"] = database
    django.setup()
