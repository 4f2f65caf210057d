"""One self-contained page: the draft with a note beside each number."""

from pathlib import Path

from shanhai.cli.writers.checked import Result
from shanhai.cli.writers.streams import opened
from shanhai.publishing.checked_page import write_checked_page


def write(result: Result, output: Path | None) -> None:
    """The checked draft, to be looked at without a network."""
    with opened(output) as stream:
        for chunk in write_checked_page(result.checked, unreadable=result.unreadable):
            stream.write(chunk.encode("utf-8"))
