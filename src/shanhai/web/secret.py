"""The secret that signs sessions and forms: from the environment, else from a file beside the ledger, made at first use."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def secret_of(ledger: Path) -> str:
    """The secret of a ledger's web application.

    Raises:
        OSError: the file beside the ledger can be neither read nor written.
    """
    if told := os.environ.get("SHANHAI_SECRET_KEY"):
        return told
    file = ledger.with_name(f"{ledger.name}.key")
    with contextlib.suppress(FileNotFoundError):
        if kept := file.read_text("ascii").strip():
            return kept
    _make(file)
    return file.read_text("ascii").strip()


def _make(file: Path) -> None:
    """Make the file whole or not at all, readable by its owner only; the first of several processes wins."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(f"{secrets.token_urlsafe(64)}\n")
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(made, file)
    finally:
        os.unlink(made)
