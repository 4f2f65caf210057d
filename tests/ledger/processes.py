"""The command in a process of its own, as a person calls it."""

import os
import subprocess
import sys

from conftest import ROOT


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "SHANHAI_LEDGER")}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8", **more}


def shanhai(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from shanhai.cli import main; main()", *map(str, arguments)],
        env=environment(**more),
        capture_output=True,
        text=True,
    )
