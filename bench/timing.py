"""Timing on one core: jobs by turns, so that their ratios hold on a busy machine."""

import math
import os
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Job = Callable[[], object]

LEAST = 0.05
"""Seconds that one sample takes at least: short jobs are repeated within it."""


@dataclass(frozen=True)
class Timed:
    """Seconds of processor time for one run of a job, one entry a round.

    Processor time, not time on the clock: what other programs take of the core is not the job's.
    """

    seconds: tuple[float, ...]

    @property
    def best(self) -> float:
        """The shortest."""
        return min(self.seconds)

    @property
    def median(self) -> float:
        """The median."""
        return statistics.median(self.seconds)

    def times_faster_than(self, other: "Timed") -> float:
        """How many times faster than ``other``: the median over the rounds, in each of which both ran."""
        return statistics.median(
            theirs / ours for ours, theirs in zip(self.seconds, other.seconds, strict=True)
        )


def pin() -> int | None:
    """Keep this process and its children on one core; None where the system does not allow it.

    Returns:
        The number of the core.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    try:
        os.sched_setaffinity(0, {core})
    except OSError:
        return None
    return core


def by_turns(jobs: Mapping[str, Job], rounds: int, least: float = LEAST) -> dict[str, Timed]:
    """The times of all jobs; each round runs each job once, after one run of each that is not counted.

    Garbage is collected as in normal use.
    """
    runs = {name: _runs(job, least) for name, job in jobs.items()}
    samples: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            samples[name].append(_sample(job, runs[name]))
    return {name: Timed(tuple(seconds)) for name, seconds in samples.items()}


def _runs(job: Job, least: float) -> int:
    """How often to run a job in one sample; this first run also loads what is loaded once."""
    job()
    return max(1, math.ceil(least / max(_sample(job, 1), 1e-6)))


def _sample(job: Job, runs: int) -> float:
    begun = time.process_time()
    for _ in range(runs):
        job()
    return (time.process_time() - begun) / runs
