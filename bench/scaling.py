"""Scaling: time against the number of reports, files to claims in one process, all results kept."""

from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corpus import Text, prose
from bench.results import Figure, Measurement, Options, Target
from bench.timing import Job, by_turns
from shanhai.claims.batch import outcomes
from shanhai.reading.inputs import gather

COUNTS = (1, 10, 100, 1_000)
QUICK_COUNTS = (1, 2, 4, 8)
STRAIGHT = 1.1
"""How much longer a report may take among the most than among a few, noise allowed for."""


def measure(options: Options) -> Measurement:
    """The same few texts over and over, so that all counts but the first read the same mixture."""
    counts = QUICK_COUNTS if options.quick else COUNTS
    few, most = counts[1], counts[-1]
    with TemporaryDirectory() as folder:
        files = written(prose().texts[:few], most, Path(folder))
        jobs = {f"{count:,} reports": _reading(files[:count]) for count in counts}
        times = by_turns(jobs, rounds=2 if options.quick else 3, least=0.3)
    per_report = {count: time.median / count for count, time in zip(counts, times.values(), strict=True)}
    bests = (time.best / count for count, time in zip(counts, times.values(), strict=True))
    figures = tuple(
        Figure(
            what=f"{count:,} reports" if count > 1 else "1 report",
            value=seconds * 1000,
            unit="ms/report",
            best=best * 1000,
            ratio=seconds / per_report[few],
            of=f"{few} reports",
        )
        for (count, seconds), best in zip(per_report.items(), bests, strict=True)
    )
    straight = Target(
        f"time a report, {most:,} beside {few}",
        STRAIGHT,
        per_report[most] / per_report[few],
        "times",
        most=True,
    )
    characters = sum(len(t.text) for t in prose().texts[:few]) // few
    return Measurement("scaling", "Scaling", figures, (straight,), (f"reports of {characters:,} characters",))


def written(texts: tuple[Text, ...], count: int, folder: Path) -> list[Path]:
    """So many files with the texts over and over."""
    paths = []
    for number, text in enumerate(islice(cycle(texts), count)):
        paths.append(folder / f"{number:04}.txt")
        paths[-1].write_bytes(text.data)
    return paths


def _reading(files: list[Path]) -> Job:
    names = [str(path) for path in files]
    return lambda: list(outcomes(gather(names), jobs=1))
