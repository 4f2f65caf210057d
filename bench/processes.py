"""Commands in processes of their own, timed on the clock, since that is what a person waits."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from bench.corpus import ROOT

BARE = "python, nothing done"
"""The reference: an interpreter that starts and ends."""


def shanhai() -> list[str]:
    """The installed command, or the same from the sources."""
    script = Path(sys.executable).parent / "shanhai"
    return (
        [str(script)] if script.exists() else [sys.executable, "-c", "from shanhai.cli import main; main()"]
    )


def seconds(command: Sequence[str], given: bytes = b"", fine: Collection[int] = (0,)) -> float:
    """How long a command takes from start to end.

    Args:
        command: with its arguments.
        given: its standard input.
        fine: the exit statuses that are no failure.

    Raises:
        subprocess.CalledProcessError: when it ends with another.
    """
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, input=given, check=False, capture_output=True)
    taken = time.perf_counter() - begun
    if done.returncode not in fine:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return taken


def asked_apart(module: str, ledger: Path, *, quick: bool, database: str = "") -> dict[str, Any]:
    """What a module of the benchmark prints when it runs in a process that has Django to itself, on a new ledger.

    Args:
        module: run as ``python -m MODULE LEDGER quick|full``; prints JSON.
        ledger: the file that it fills and asks.
        quick: only show that it runs.
        database: the URL of an empty database that it fills and asks instead; "" for the file.
    """
    command = [sys.executable, "-m", module, str(ledger), "quick" if quick else "full"]
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"SHANHAI_LEDGER": str(ledger), "DJANGO_SETTINGS_MODULE": "shanhai.web.settings"}
    environment |= {"DATABASE_URL": database} if database else {}
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
