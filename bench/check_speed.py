"""The draft checker as a person starts it: one draft against an evidence file, and against the raw reports."""

import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.assistance import draft, reports
from bench.processes import BARE, seconds, shanhai
from bench.results import Figure, Measurement, Options, Target

REPORTS, QUICK_REPORTS = 1_000, 8
CHARACTERS = 3_000
MOST_SECONDS = 2
_CHECKED = (0, 3)
"""Exit statuses of a check that was done: nothing needs attention, or something does."""


def measure(options: Options) -> Measurement:
    """By turns with an interpreter that does nothing; the raw reports once, as they take long."""
    number = QUICK_REPORTS if options.quick else REPORTS
    with TemporaryDirectory() as made:
        folder = Path(made)
        earlier, evidence, new = folder / "earlier", folder / "earlier.evidence", folder / "draft.txt"
        earlier.mkdir()
        for report in reports(number):
            (earlier / report.name).write_bytes(report.data)
        new.write_bytes(draft(CHARACTERS).data)
        written = seconds([*shanhai(), "claims", str(earlier), "-f", "evidence", "-o", str(evidence)])
        check = [*shanhai(), "check", str(new), "-f", "jsonl", "-o", str(folder / "found.jsonl")]
        told = f"draft against an evidence file of {number:,} reports"
        commands = {
            BARE: [sys.executable, "-c", "pass"],
            "draft against itself": check,
            told: [*check, "--against", str(evidence)],
        }
        samples = _by_turns(commands, rounds=1 if options.quick else 5)
        raw = seconds([*check, "--against", str(earlier)], fine=_CHECKED)
        size = evidence.stat().st_size / 1e6
    bare = statistics.median(samples[BARE])
    figures = (
        *(_figure(name, samples) for name in samples),
        Figure(f"draft against {number:,} raw reports", raw, "s", ratio=raw / bare, of=BARE),
        Figure(
            f"writing the evidence file of {number:,} reports", written, "s", ratio=written / bare, of=BARE
        ),
    )
    target = Target(f"check of a {told}", MOST_SECONDS, statistics.median(samples[told]), "s", most=True)
    notes = (
        "time on the clock of the whole command, byte code compiled",
        f"a draft of {len(draft(CHARACTERS).text):,} characters; the evidence file has {size:.1f} MB",
    )
    return Measurement("check_speed", "Draft checker", figures, (target,), notes)


def _by_turns(commands: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """The times of all commands, after one run of each that is not counted."""
    for command in commands.values():
        seconds(command, fine=_CHECKED)
    samples: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            samples[name].append(seconds(command, fine=_CHECKED))
    return samples


def _figure(name: str, samples: dict[str, list[float]]) -> Figure:
    ours, bare = samples[name], samples[BARE]
    ratio = statistics.median(s / b for s, b in zip(ours, bare, strict=True))
    return Figure(name, statistics.median(ours), "s", min(ours), ratio, BARE)
