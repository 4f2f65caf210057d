"""An evidence file: the reports with their claims, for ``shanhai check`` to read back."""

from collections.abc import Iterable
from pathlib import Path

from shanhai.claims.batch import Outcome
from shanhai.cli.writers.streams import opened
from shanhai.model import UnreadableInput
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.evidence_file import write_evidence


def write(found: Iterable[Outcome], output: Path | None, unreadable: list[UnreadableInput]) -> None:
    """One record a report."""
    read = (Evidence(o.report.doc, tuple(o.claims), o.report) for o in found if o.report is not None)
    with opened(output) as stream:
        for line in write_evidence(read):
            stream.write(line)
