"""Start-up: ``shanhai --help`` in a process of its own, beside an interpreter that does nothing."""

import statistics
import sys

from bench.corpus import longest_under
from bench.processes import BARE, seconds, shanhai
from bench.results import Figure, Measurement, Options, Target

MOST_SECONDS = 0.3
_HELP = "shanhai --help"
_FIRST = "first report, from start to claims"
_READ_ONE = (
    "import sys; from pathlib import Path; import shanhai;"
    "shanhai.find_claims(shanhai.read(sys.stdin.buffer.read(), name='report.txt'))"
)


def measure(options: Options) -> Measurement:
    """By turns; time on the clock, since that is what a person waits."""
    commands = {
        BARE: [sys.executable, "-c", "pass"],
        _HELP: [*shanhai(), "--help"],
        _FIRST: [sys.executable, "-c", _READ_ONE],
    }
    report = longest_under(3_500).data
    for command in commands.values():
        seconds(command, report)
    samples: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(2 if options.quick else 10):
        for name, command in commands.items():
            samples[name].append(seconds(command, report))
    figures = tuple(_figure(name, samples) for name in samples)
    target = Target(f"start-up of {_HELP}", MOST_SECONDS, statistics.median(samples[_HELP]), "s", most=True)
    return Measurement("startup", "Start-up", figures, (target,), ("time on the clock, byte code compiled",))


def _figure(name: str, samples: dict[str, list[float]]) -> Figure:
    ours, bare = samples[name], samples[BARE]
    ratio = statistics.median(s / b for s, b in zip(ours, bare, strict=True))
    return Figure(name, statistics.median(ours), "s", min(ours), ratio, BARE)
