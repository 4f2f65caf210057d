"""JSON lines: the public contract."""

from collections.abc import Iterable
from pathlib import Path

from shanhai.claims.batch import Outcome
from shanhai.claims.contract import as_line
from shanhai.cli.writers.streams import opened
from shanhai.model import UnreadableInput


def write(found: Iterable[Outcome], output: Path | None, unreadable: list[UnreadableInput]) -> None:
    """One JSON object a claim."""
    with opened(output) as stream:
        for outcome in found:
            for claim in outcome.claims:
                stream.write(as_line(claim) + b"\n")
