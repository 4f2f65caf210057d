"""CSV for spreadsheets: UTF-8 with mark, and nothing that a spreadsheet would take for a formula."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shanhai.claims.batch import Outcome
from shanhai.claims.collection import COLUMNS
from shanhai.cli.writers.streams import opened
from shanhai.model import UnreadableInput

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(found: Iterable[Outcome], output: Path | None, unreadable: list[UnreadableInput]) -> None:
    """One row a claim under a row of column names."""
    with opened(output) as stream:
        text = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True)
        if output is not None:
            text.write("\ufeff")
        rows = csv.writer(text, lineterminator="\r\n")
        rows.writerow(COLUMNS)
        for outcome in found:
            for row in outcome.claims.rows():
                rows.writerow([_safe(row[name]) for name in COLUMNS])
        text.detach()


def _safe(value: Any) -> Any:
    """Text that begins like a formula gets an apostrophe in front; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
