"""Quantities beside the peers: characters a second on the same texts in the same run."""

from collections.abc import Callable

from bench.corpus import Text, prose, seeds
from bench.peers import QUANTITIES, installed
from bench.reference import NAME, digits_only
from bench.results import Figure, Measurement, Options
from bench.timing import Job, by_turns
from shanhai.claims.find import find_claims
from shanhai.claims.texts import find_quantities
from shanhai.reading.read import read


def measure(options: Options) -> Measurement:
    """Ours and theirs. Speed only: what each finds is compared in ``make score``."""
    texts = (seeds().texts or prose().texts)[: 1 if options.quick else 2]
    theirs, missing = installed(QUANTITIES)
    jobs: dict[str, Job] = {
        NAME: digits_only((t.data, "utf-8") for t in texts),
        "shanhai, to quantities": _over(texts, find_quantities),
        "shanhai, to full claims": _over(texts, _claims),
        **{name: _over(texts, job) for name, job in theirs.items()},
    }
    times = by_turns(jobs, rounds=2 if options.quick else 5)
    characters = sum(len(t.text) for t in texts)
    figures = tuple(
        Figure(
            what=name,
            value=characters / time.median,
            unit="characters/s",
            best=characters / time.best,
            ratio=time.times_faster_than(times[NAME]),
            of=NAME,
        )
        for name, time in times.items()
    )
    used = f"{characters:,} characters: {', '.join(t.name for t in texts)}"
    return Measurement("peer_speed", "Quantities beside the peers", figures, (), (used, *missing))


def _over(texts: tuple[Text, ...], job: Callable[[str], object]) -> Job:
    return lambda: [job(t.text) for t in texts]


def _claims(text: str) -> object:
    return find_claims(read(text.encode(), name="report.txt"))
