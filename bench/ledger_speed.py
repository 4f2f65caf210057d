"""The ledger on SQLite: claims written a second, the queries of the pages and the pages on a million statements.

Run as ``python -m bench.ledger_speed FILE quick|full`` it is the process that fills FILE and asks it.
"""

import json
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.processes import asked_apart
from bench.results import Figure, Measurement, Options, Target

STATEMENTS, QUICK_STATEMENTS = 1_000_000, 1_500
REPORTS, QUICK_REPORTS = 200, 4
ASKED, QUICK_ASKED = 40, 2
"""How often each query is asked, each time for something else."""
PAGES_ASKED = 20
"""How often each page."""
LEAST_CLAIMS = 3_000
MOST_MS = 300
_READING = "reading the same reports to claims"
_ONE = "one statement by its key"
_PLAIN = "the page that asks for a draft"


def measure(options: Options) -> Measurement:
    """One process that fills a ledger and asks it, so that Django weighs on nothing else."""
    with TemporaryDirectory() as folder:
        found = asked_apart("bench.ledger_speed", Path(folder) / "bench.ledger", quick=options.quick)
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
    one = found["one"]
    writing = Figure(
        "writing found claims", found["written"], "claims/s", ratio=found["ratio"], of=_READING,
        note=f"each report one transaction, synced to disk; {found['on_clock']:,.0f} on the clock",
    )  # fmt: skip
    asked = [
        Figure(name, p50, "ms", best, p50 / one, _ONE, note=f"p95 {p95:.3g} ms")
        for name, (p50, p95, best) in found["asked"].items()
    ]
    slowest = max(p95 for _, p95, _ in found["asked"].values())
    pages = [
        Figure(f"page: {name}", p50, "ms", best, p50 / found["plain"], _PLAIN, note=f"p95 {p95:.3g} ms")
        for name, (p50, p95, best) in found["pages"].items()
    ]
    last = max(found["pages"], key=lambda name: found["pages"][name][1])
    targets = (
        Target("claims written into a ledger", LEAST_CLAIMS, found["written"], "claims/s"),
        Target(f"slowest page's queries over {found['statements']:,} statements, p95", MOST_MS, slowest, "ms", most=True),
        Target(f"slowest page over {found['statements']:,} statements, p95: {last}", MOST_MS, found["pages"][last][1], "ms", most=True),
    )  # fmt: skip
    notes = (
        f"{found['statements']:,} statements, {found['facts']:,} facts, {found['findings']:,} findings: "
        f"{size:,.0f} MB, made in {found['filled']:.0f} s; SQLite",
        f"processor time; counting for the home page's pictures, once after start: {found['counted']:,.0f} ms",
    )
    return Measurement("ledger_speed", "Ledger", (writing, *asked, *pages), targets, notes)


def _child(quick: bool) -> None:
    """Print what was measured as JSON."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    told = _written(QUICK_REPORTS if quick else REPORTS)
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_search")
    from bench.many_statements import fill
    from shanhai.ledger.models import Fact, Finding

    begun = time.perf_counter()
    told["statements"] = fill(QUICK_STATEMENTS if quick else STATEMENTS, quick)
    told["filled"] = time.perf_counter() - begun
    told |= {"facts": Fact.objects.count(), "findings": Finding.objects.count()}
    from bench.web_pages import measured

    times = QUICK_ASKED if quick else ASKED
    print(json.dumps(told | _asked(times) | measured(QUICK_ASKED if quick else PAGES_ASKED)))


def _written(number: int) -> dict[str, Any]:
    """Claims a second of storing reports that were read before, and how much quicker that is than reading them."""
    from bench.assistance import reports
    from shanhai import find_claims, read
    from shanhai.ledger.actions.receive import Arrival, receive
    from shanhai.ledger.actors import Actor

    actor = Actor.command_line("bench")
    arrivals, claims = [], 0
    reading = writing = on_clock = 0.0
    for text in reports(number + 1):
        begun = time.process_time()
        report = read(text.data, name=text.name)
        found = find_claims(report)
        reading += time.process_time() - begun
        arrivals.append(Arrival(text.data, text.name, "", report, found))
    receive(arrivals[0], actor=actor)
    for arrival in arrivals[1:]:
        begun, clock = time.process_time(), time.perf_counter()
        claims += receive(arrival, actor=actor).new
        writing += time.process_time() - begun
        on_clock += time.perf_counter() - clock
    return {"written": claims / writing, "on_clock": claims / on_clock, "ratio": reading / writing}


def _asked(times: int) -> dict[str, Any]:
    """Milliseconds of each query: median, 95th percentile, best; each asked once before."""
    from bench.page_queries import queries
    from shanhai.ledger.models import Statement
    from shanhai.ledger.queries.counts import counts_by_pairing

    counted = _milliseconds(counts_by_pairing)
    keys = list(Statement.objects.values_list("key", flat=True)[: times * 100 : 100])
    one = statistics.median(_milliseconds(lambda k=key: Statement.objects.get(key=k)) for key in keys)
    asked = {}
    for name, askings in queries().items():
        next(askings)()
        taken = sorted(_milliseconds(next(askings)) for _ in range(times))
        asked[name] = (statistics.median(taken), taken[int(0.95 * (times - 1) + 0.5)], taken[0])
    return {"one": one, "counted": counted, "asked": asked}


def _milliseconds(ask: Any) -> float:
    begun = time.process_time()
    ask()
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    _child(sys.argv[2] == "quick")
