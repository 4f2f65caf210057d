"""Parquet with typed columns."""

from collections.abc import Iterable
from pathlib import Path

from shanhai.claims.batch import Outcome
from shanhai.claims.collection import Claims
from shanhai.cli.writers.streams import opened
from shanhai.model import UnreadableInput

_BATCH = 20_000


def write(found: Iterable[Outcome], output: Path | None, unreadable: list[UnreadableInput]) -> None:
    """One row a claim.

    Raises:
        MissingDependency: when pyarrow is not installed.
    """
    schema = Claims().to_arrow().schema
    from pyarrow import parquet

    with opened(output) as stream, parquet.ParquetWriter(stream, schema) as table:
        waiting = Claims()
        for outcome in found:
            waiting += outcome.claims
            if len(waiting) >= _BATCH:
                table.write_table(waiting.to_arrow())
                waiting = Claims()
        table.write_table(waiting.to_arrow())
