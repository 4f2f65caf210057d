"""``make bench``: every measurement in one run on one core, as a table and as ``out/bench.json``.

Speeds are those of a second of processor time; each is the median of several rounds, in which all that is compared ran
by turns. Ratios hold on a busy machine; bare figures less so.

A target that is not reached is told, and is no failure: the exit status says only whether the run got through.
"""

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

from bench import (
    check_speed,
    html_speed,
    ledger_speed,
    memory,
    peer_speed,
    reasoning,
    register_speed,
    scaling,
    startup,
    table,
    text_speed,
)
from bench.corpus import ROOT
from bench.results import Measure, Measurement, Options
from bench.timing import pin

MEASURES: tuple[Measure, ...] = (
    text_speed.measure,
    scaling.measure,
    startup.measure,
    memory.measure,
    check_speed.measure,
    reasoning.measure,
    ledger_speed.measure,
    register_speed.measure,
    *((register_speed.measure_on_postgresql,) if os.environ.get(register_speed.POSTGRESQL) else ()),
    html_speed.measure,
    peer_speed.measure,
)
"""In the order shown. The peers come last: what they load would weigh on ours."""


def main() -> None:
    """Measure speed, scaling, memory and start-up beside references in the same run."""
    options = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    options.add_argument(
        "--quick", action="store_true", help="only show that everything runs; the figures mean nothing"
    )
    options.add_argument(
        "--output", type=Path, default=ROOT / "out" / "bench.json", help="where to write the JSON"
    )
    given = options.parse_args()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    core = pin()
    clock, processor = time.perf_counter(), time.process_time()
    found: list[Measurement] = []
    for measure in MEASURES:
        found.append(measure(Options(quick=given.quick)))
        print(table.of_figures(found[-1]), flush=True)
    print(table.of_targets(t for m in found for t in m.targets))
    machine = _machine(core, time.perf_counter() - clock, time.process_time() - processor)
    print(
        f"\nPython {machine['python']}, {machine['processor']}, {_pinned(core)}, load {machine['load']:.1f};"
    )
    print(f"speeds are per second of processor time; the run took {machine['seconds']:.0f} s")
    _write(given.output, {"quick": given.quick, "machine": machine, **{m.name: m.as_object() for m in found}})
    print(f"Written to {given.output}")


def _machine(core: int | None, clock: float, processor: float) -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "core": core,
        "load": os.getloadavg()[0],
        "seconds": clock,
        "processor_seconds": processor,
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = (
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line
        )
        return next(names, platform.machine())
    return platform.processor() or platform.machine()


def _pinned(core: int | None) -> str:
    return "not pinned to a core: the system does not allow it" if core is None else f"pinned to core {core}"


def _write(path: Path, found: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
