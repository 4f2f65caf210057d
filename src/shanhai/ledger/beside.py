"""Small secrets that lie in files beside the ledger and not in it: made at first use, readable by their owner only."""

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def made_once(file: Path, make: Callable[[], str]) -> str:
    """What stands in a file; where there is none, what ``make`` gives is written into it first.

    Raises:
        OSError: the file can be neither read nor written.
    """
    with contextlib.suppress(FileNotFoundError):
        if kept := file.read_text("ascii").strip():
            return kept
    _write(file, make())
    return file.read_text("ascii").strip()


def _write(file: Path, text: str) -> None:
    """Make the file whole or not at all; the first of several processes wins."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(f"{text}\n")
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(made, file)
    finally:
        os.unlink(made)
