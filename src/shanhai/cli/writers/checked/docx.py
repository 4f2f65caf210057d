"""The draft's own Word document, with a comment at each number that needs one."""

from pathlib import Path

from shanhai.cli.writers.checked import Result
from shanhai.cli.writers.streams import opened
from shanhai.publishing.commented_docx import write_commented


def write(result: Result, output: Path | None) -> None:
    """The commented document; the draft must be one."""
    document = write_commented(result.source, result.checked)
    with opened(output) as stream:
        stream.write(document)
