"""The boards on 50,000 projects and 2 million money events, each as a browser asks it, and claims held against them; the
reference is one record's query in the same run.

Run as ``python -m bench.register_speed FILE quick|full`` it is the process that fills FILE and asks it; with
``DATABASE_URL`` set it fills and asks that database, which must be empty, instead.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from bench.processes import asked_apart
from bench.results import Figure, Measurement, Options, Target

PROJECTS, QUICK_PROJECTS = 50_000, 400
ASKED, QUICK_ASKED = 20, 2
MOST_EACH_MS = 5
MOST_MS = {"sqlite": 1_000, "postgresql": 500}
POSTGRESQL = "SHANHAI_TEST_POSTGRESQL"
"""Where this names a server whose role may make databases, it is measured, too."""
_ONE = "one project by its number"


def measure(options: Options) -> Measurement:
    """One process that fills a ledger and asks it, so that Django weighs on nothing else."""
    with TemporaryDirectory() as folder:
        found = asked_apart("bench.register_speed", Path(folder) / "bench.ledger", quick=options.quick)
    return told(found, "register_speed", "Register")


def measure_on_postgresql(options: Options) -> Measurement:
    """The same on the server that ``SHANHAI_TEST_POSTGRESQL`` names, in a database made for it and dropped again."""
    with TemporaryDirectory() as folder, _database(os.environ[POSTGRESQL]) as database:
        ledger = Path(folder) / "bench.ledger"
        found = asked_apart("bench.register_speed", ledger, quick=options.quick, database=database)
    return told(found, "register_speed_on_postgresql", "Register on PostgreSQL")


@contextmanager
def _database(server: str) -> Iterator[str]:
    import psycopg

    name = f"shanhai_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def told(found: dict[str, Any], name: str, title: str) -> Measurement:
    """What was measured, as the others tell it."""
    figures = [
        Figure(_label(page), p50, "ms", best, p50 / found["one"], _ONE, note=f"p95 {p95:.3g} ms, {on_clock:.3g} ms by the clock; {queries} queries")
        for page, (p50, p95, best, queries, on_clock) in found["boards"].items()
    ]  # fmt: skip
    claims = found["matching"]
    figures += [
        Figure(
            f"a draft of {claims['figures']:.0f} figures held against the largest pairing's register",
            claims["seconds"],
            "s",
            note=f"{claims['decided']:.0f} of them decided; tables read anew",
        ),
        Figure("a claim held against it, its tables read", claims["each"], "ms"),
    ]
    target, by_clock = _slowest(found, 1, "of processor time"), _slowest(found, 4, "by the clock")
    each = Target(
        "a claim held against the largest pairing's register", MOST_EACH_MS, claims["each"], "ms", most=True
    )
    notes = (
        f"made in {found['filled']:.0f} s; {found['vendor']}; processor time, on PostgreSQL with the server's",
    )
    return Measurement(name, title, tuple(figures), (target, by_clock, each), notes)


def _slowest(found: dict[str, Any], column: int, how: str) -> Target:
    """The 95th percentile of the page that takes longest."""
    page = max(found["boards"], key=lambda name: found["boards"][name][column])
    return Target(
        f"{found['vendor']}: slowest page over {found['projects']:,} projects and {found['events']:,} money events, p95 {how}: {page}",
        MOST_MS[found["vendor"]],
        found["boards"][page][column],
        "ms",
        most=True,
    )


def _label(name: str) -> str:
    """What a page is called among the figures."""
    return f"{'page' if name.startswith('register') else 'board'}: {name}"


def _child(quick: bool) -> None:
    """Print what was measured as JSON."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.many_records import fill
    from bench.register_claims import matching
    from shanhai.programme.models import MoneyEvent, Project

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    if not Project.objects.exists():  # else it is asked again
        fill(QUICK_PROJECTS if quick else PROJECTS)
    filled = time.perf_counter() - begun
    clock = _clock()
    keys = list(Project.objects.values_list("pairing", "key")[:1000:25])
    one = statistics.median(
        _milliseconds(partial(Project.objects.get, pairing=pairing, key=key), clock) for pairing, key in keys
    )
    boards = _boards(QUICK_ASKED if quick else ASKED, clock)
    told = {
        "one": one,
        "boards": boards,
        "matching": matching(clock, quick),
        "projects": Project.objects.count(),
        "events": MoneyEvent.objects.count(),
    }
    print(json.dumps(told | {"filled": filled, "vendor": connection.vendor}))


def _clock() -> Callable[[], float]:
    """Processor time of this process; with that of the server's process for us, where PostgreSQL runs on this machine."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not server.exists():
        return time.perf_counter
    ticks = os.sysconf("SC_CLK_TCK")

    def both() -> float:
        told = server.read_text().rpartition(")")[2].split()
        return time.process_time() + (int(told[11]) + int(told[12])) / ticks

    return both


def _boards(times: int, clock: Callable[[], float]) -> dict[str, Any]:
    """Milliseconds of each board: median, 95th percentile, best; its queries; the 95th percentile by the clock on the wall.

    Each is asked once before.
    """
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench.many_records import DAY
    from shanhai.ledger.models import Membership, Role
    from shanhai.web.warming import hold_catalogue

    settings.ALLOWED_HOSTS = ["testserver"]
    hold_catalogue()
    user, _ = User.objects.get_or_create(username="bench")
    Membership.objects.get_or_create(user=user, role=Role.OFFICE, pairing=None)
    client = Client()
    client.force_login(user)
    found: dict[str, Any] = {}
    for name, path in addresses().items():
        address = f"{path}{'&' if '?' in path else '?'}day={DAY}"
        with CaptureQueriesContext(connection) as queries:
            _page(client, address)
            number = len(queries)
        asked = [_by_both(partial(_page, client, address), clock) for _ in range(times)]
        taken, by_clock = (sorted(column) for column in zip(*asked, strict=True))
        late = int(0.95 * (times - 1) + 0.5)
        found[name] = (taken[times // 2], taken[late], taken[0], number, by_clock[late])
    return found


def addresses() -> dict[str, str]:
    """Every board, and the pages of the register; the largest pairing has a quarter of all projects."""
    return {
        "leader's, largest pairing": "/boards/r000/",
        "leader's, another pairing": "/boards/r001/",
        "projects against plan": "/boards/r000/progress/",
        "projects that are late, last page": "/boards/r000/progress/?pace=late&page=9999",
        "idle money and assets": "/boards/r000/idle/",
        "both shares, by plan": "/boards/r000/shares/",
        "both shares, by spending, what if": "/boards/r000/shares/?basis=spent&drop=X0&add=1200000:below:whole:",
        "what totals refused, in full": "/boards/r000/shares/?refused=parent",
        "sending office's": "/boards/",
        "like with like": "/boards/targets/?year=2026",
        "one project's page": "/register/r000/project/X0/",
        "register": "/register/r000/",
        "register, projects": "/register/r000/project/",
        "register, money": "/register/r000/money/",
    }


def _page(client: Any, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")


def _by_both(ask: Callable[[], object], clock: Callable[[], float]) -> tuple[float, float]:
    """Milliseconds by a clock, and by the one on the wall."""
    begun = time.perf_counter()
    return _milliseconds(ask, clock), (time.perf_counter() - begun) * 1000


def _milliseconds(ask: Callable[[], object], clock: Callable[[], float]) -> float:
    begun = clock()
    ask()
    return (clock() - begun) * 1000


if __name__ == "__main__":
    _child(sys.argv[2] == "quick")
