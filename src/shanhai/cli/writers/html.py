"""One self-contained page."""

from collections.abc import Iterable
from pathlib import Path

from shanhai.claims.batch import Outcome
from shanhai.cli.writers.streams import opened
from shanhai.model import UnreadableInput
from shanhai.publishing.page import write_page


def write(found: Iterable[Outcome], output: Path | None, unreadable: list[UnreadableInput]) -> None:
    """The reports with their claims, to be looked at without a network."""
    read = [(o.report, o.claims) for o in found if o.report is not None]
    with opened(output) as stream:
        for chunk in write_page(read, unreadable=unreadable):
            stream.write(chunk.encode("utf-8"))
