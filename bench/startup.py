"""Start-up: ``shanhai --help`` in a process of its own, beside an interpreter that does nothing."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.corpus import ROOT, longest_under
from bench.results import Figure, Measurement, Options, Target

MOST_SECONDS = 0.3
_BARE = "python, nothing done"
_HELP = "shanhai --help"
_FIRST = "first report, from start to claims"
_READ_ONE = (
    "import sys; from pathlib import Path; import shanhai;"
    "shanhai.find_claims(shanhai.read(sys.stdin.buffer.read(), name='report.txt'))"
)


def measure(options: Options) -> Measurement:
    """By turns; time on the clock, since that is what a person waits."""
    commands = {
        _BARE: [sys.executable, "-c", "pass"],
        _HELP: [*_shanhai(), "--help"],
        _FIRST: [sys.executable, "-c", _READ_ONE],
    }
    report = longest_under(3_500).data
    for command in commands.values():
        _seconds(command, report)
    samples: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(2 if options.quick else 10):
        for name, command in commands.items():
            samples[name].append(_seconds(command, report))
    figures = tuple(_figure(name, samples) for name in samples)
    target = Target(f"start-up of {_HELP}", MOST_SECONDS, statistics.median(samples[_HELP]), "s", most=True)
    return Measurement("startup", "Start-up", figures, (target,), ("time on the clock, byte code compiled",))


def _figure(name: str, samples: dict[str, list[float]]) -> Figure:
    seconds, bare = samples[name], samples[_BARE]
    ratio = statistics.median(s / b for s, b in zip(seconds, bare, strict=True))
    return Figure(name, statistics.median(seconds), "s", min(seconds), ratio, _BARE)


def _shanhai() -> list[str]:
    """The installed command, or the same from the sources."""
    script = Path(sys.executable).parent / "shanhai"
    return (
        [str(script)] if script.exists() else [sys.executable, "-c", "from shanhai.cli import main; main()"]
    )


def _seconds(command: list[str], given: bytes) -> float:
    begun = time.perf_counter()
    subprocess.run(command, cwd=ROOT, input=given, check=True, capture_output=True)
    return time.perf_counter() - begun
