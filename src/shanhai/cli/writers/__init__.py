"""Writers: one module a format. A writer takes outcomes, where to write (None: standard output), and the faults."""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from shanhai.claims.batch import Outcome
from shanhai.model import UnreadableInput

FORMATS = ("table", "jsonl", "csv", "parquet", "html", "evidence")

Writer = Callable[[Iterable[Outcome], Path | None, list[UnreadableInput]], None]


def writer(kind: str) -> Writer:
    """The writer of a format, loaded when it is asked for."""
    write: Writer = import_module(f"shanhai.cli.writers.{kind}").write
    return write
