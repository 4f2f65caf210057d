"""Reasoning: time and memory against the number of claims, each number in a process of its own.

Run as ``python -m bench.reasoning EVIDENCE CLAIMS`` it is that process.
"""

import math
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.assistance import reports
from bench.corpus import ROOT, Text
from bench.memory import peak_mb
from bench.results import Figure, Measurement, Options, Target
from shanhai.claims.find import find_claims
from shanhai.reading.read import read
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.evidence_file import read_evidence, write_evidence

CLAIMS = (10_000, 30_000, 100_000)
QUICK_CLAIMS = (100, 200, 400)
PER_REPORT = 65
"""Claims that a report has at least."""
MOST_SECONDS, MOST_MB = 60, 2_000
STRAIGHT = 1.3
"""How much longer a claim may take among the most than among the fewest."""
_READING = "reading the same reports to claims"


def measure(options: Options) -> Measurement:
    """Programmes of more and more pairs, each over the same ten years."""
    counts = QUICK_CLAIMS if options.quick else CLAIMS
    most = counts[-1]
    runs, reading = {}, {}
    with TemporaryDirectory() as folder:
        for count in counts:
            path = Path(folder) / f"{count}.evidence"
            claims, seconds = _written(reports(count // PER_REPORT + 1), path)
            reading[count] = seconds * count / claims
            runs[count] = _run(path, count)
    figures = tuple(_figure(count, runs[count], reading[count]) for count in counts)
    per_claim = {count: run[0] / count for count, run in runs.items()}
    slope = math.log(runs[most][0] / runs[counts[0]][0]) / math.log(most / counts[0])
    targets = (
        Target(f"reasoning over {most:,} claims", MOST_SECONDS, runs[most][0], "s", most=True),
        Target(f"memory, reasoning over {most:,} claims", MOST_MB, runs[most][1], "MB", most=True),
        Target(
            f"time a claim, {most:,} beside {counts[0]:,}",
            STRAIGHT,
            per_claim[most] / per_claim[counts[0]],
            "times",
            most=True,
        ),
    )
    notes = (
        f"time grows with the number of claims to the power of {slope:.2f}",
        "processor time; reports of many pairs over ten years, one in twenty a copy",
    )
    return Measurement("reasoning", "Reasoning", figures, targets, notes)


def _figure(count: int, run: tuple[float, ...], reading: float) -> Figure:
    seconds, peak, before, facts, findings = run
    return Figure(
        what=f"reasoning over {count:,} claims",
        value=seconds,
        unit="s",
        ratio=seconds / reading,
        of=_READING,
        note=f"peak {peak:,.0f} MB, {before:,.0f} MB of it before; {facts:,.0f} facts, {findings:,.0f} findings",
    )


def _written(given: list[Text], path: Path) -> tuple[int, float]:
    """Write the evidence file; how many claims it holds, and the seconds that reading the reports took."""
    found: list[Evidence] = []
    begun = time.process_time()
    for text in given:
        report = read(text.data, name=text.name)
        found.append(Evidence(report.doc, tuple(find_claims(report)), report))
    reading = time.process_time() - begun
    with path.open("wb") as file:
        file.writelines(write_evidence(found))
    return sum(len(evidence.claims) for evidence in found), reading


def _run(path: Path, count: int) -> tuple[float, ...]:
    command = [sys.executable, "-m", "bench.reasoning", str(path), str(count)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(map(float, told.split()))


def _child(path: str, count: str) -> None:
    """Print the seconds, the peak of memory with and without reasoning, the facts and the findings."""
    from shanhai.reasoning.reason import reason

    given = _first(read_evidence(Path(path).read_bytes(), name=path), int(count))
    before = peak_mb()
    begun = time.process_time()
    reasoned = reason(given)
    seconds = time.process_time() - begun
    print(seconds, peak_mb(), before, len(reasoned.facts), len(reasoned.findings))


def _first(given: tuple[Evidence, ...], count: int) -> list[Evidence]:
    """The reports up to so many claims; the last one is cut."""
    found = []
    for evidence in given:
        found.append(Evidence(evidence.doc, evidence.claims[:count], evidence.report))
        count -= len(evidence.claims)
        if count <= 0:
            break
    return found


if __name__ == "__main__":
    _child(*sys.argv[1:])
