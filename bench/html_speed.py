"""HTML: pages a second from bytes to report, beside the peers on the same pages."""

from collections.abc import Callable

from bench.pages import Page, pages
from bench.peers import PAGES, TRAFILATURA, installed
from bench.reference import NAME, digits_only
from bench.results import Figure, Measurement, Options, Target
from bench.timing import Job, Timed, by_turns
from shanhai.claims.find import find_claims
from shanhai.reading.read import read

TIMES_TRAFILATURA = 10
_READ, _CLAIMS = "shanhai, to report", "shanhai, to full claims"


def measure(options: Options) -> Measurement:
    """Ours with and without claims, theirs, and the reference."""
    given = pages(4 if options.quick else 40)
    theirs, missing = installed(PAGES)
    jobs: dict[str, Job] = {
        NAME: digits_only((p.data, p.charset) for p in given),
        _READ: _over(given, read),
        _CLAIMS: _over(given, lambda data: find_claims(read(data))),
        **{name: _over(given, job) for name, job in theirs.items()},
    }
    times = by_turns(jobs, rounds=2 if options.quick else 7)
    figures = tuple(_figure(name, times, len(given)) for name in times)
    targets: tuple[Target, ...] = ()
    if TRAFILATURA in times:
        ratio = times[_READ].times_faster_than(times[TRAFILATURA])
        targets = (Target("HTML bytes to report, beside trafilatura", TIMES_TRAFILATURA, ratio, "times"),)
    return Measurement("html_speed", "HTML pages", figures, targets, (_told(given), *missing))


def _over(given: list[Page], job: Callable[[bytes], object]) -> Job:
    return lambda: [job(p.data) for p in given]


def _figure(name: str, times: dict[str, Timed], count: int) -> Figure:
    time = times[name]
    beside = ""
    if TRAFILATURA in times and name != TRAFILATURA:
        beside = f"{time.times_faster_than(times[TRAFILATURA]):.1f} × {TRAFILATURA}"
    return Figure(
        what=name,
        value=count / time.median,
        unit="pages/s",
        best=count / time.best,
        ratio=time.times_faster_than(times[NAME]),
        of=NAME,
        note=beside,
    )


def _told(given: list[Page]) -> str:
    size = sum(len(p.data) for p in given) / len(given)
    other = sum(p.charset != "utf-8" for p in given)
    return f"{len(given)} pages of {size / 1000:.1f} kB, {other} of them in GB18030"
