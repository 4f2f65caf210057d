"""Memory: the peak of a process of its own that reads many reports, or one very long text.

Run as ``python -m bench.memory FOLDER keep|stream`` it is that process.
"""

import resource
import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corpus import ROOT, prose
from bench.results import Figure, Measurement, Options, Target
from bench.scaling import written
from shanhai.claims.batch import Outcome, outcomes
from shanhai.reading.inputs import gather

REPORTS, LONG = 1_000, 5_000_000
QUICK_REPORTS, QUICK_LONG = 4, 20_000
MOST_MB = 1_000
"""Memory that bad input may take, a very long text among it."""


def measure(options: Options) -> Measurement:
    """One process each, so that no peak hides another."""
    reports = QUICK_REPORTS if options.quick else REPORTS
    size = QUICK_LONG if options.quick else LONG
    with TemporaryDirectory() as folder:
        one, many, long = (Path(folder) / name for name in ("one", "many", "long"))
        for path in (one, many, long):
            path.mkdir()
        written(prose().texts, 1, one)
        written(prose().texts, reports, many)
        (long / "long.txt").write_bytes(_long(size))
        told = f"{size / 1e6:g} MB text"
        figures = (
            _figure("1 report", one, "stream"),
            _figure(f"{reports:,} reports, one by one", many, "stream"),
            _figure(f"{reports:,} reports, all results kept", many, "keep"),
            _figure(told, long, "stream"),
        )
    targets = tuple(Target(f"memory, {f.what}", MOST_MB, f.value, "MB", most=True) for f in figures[1:])
    return Measurement("memory", "Peak memory", figures, targets)


def _long(size: int) -> bytes:
    """The texts one after the other up to the size; every line numbered, as repeated lines are set apart unread."""
    data = bytearray()
    for number, line in enumerate(cycle(line for text in prose().texts for line in text.text.splitlines())):
        if len(data) >= size:
            break
        data += f"{line}（材料第{number}号）\n".encode() if line.strip() else b"\n"
    return bytes(data)


def _figure(what: str, folder: Path, how: str) -> Figure:
    command = [sys.executable, "-m", "bench.memory", str(folder), how]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    peak, seconds, claims = told.split()
    return Figure(what, float(peak), "MB", note=f"{float(seconds):.2f} s, {int(claims):,} claims")


def peak_mb() -> float:
    """Of this process alone; ``getrusage`` may count the parent's memory from before the start."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _child(folder: str, how: str) -> None:
    begun = time.process_time()
    kept: list[Outcome] = []
    claims = 0
    for outcome in outcomes(gather([folder]), jobs=1):
        claims += len(outcome.claims)
        if how == "keep":
            kept.append(outcome)
    print(peak_mb(), time.process_time() - begun, claims)


if __name__ == "__main__":
    _child(*sys.argv[1:])
