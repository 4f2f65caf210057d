"""JSON lines: one finding a line, the public contract (docs/findings.md)."""

from pathlib import Path

from shanhai.cli.writers.checked import Result
from shanhai.cli.writers.streams import opened
from shanhai.reasoning.contract import as_lines


def write(result: Result, output: Path | None) -> None:
    """One JSON object a finding."""
    with opened(output) as stream:
        for line in as_lines(result.checked):
            stream.write(line)
