"""Writers of a checked draft: one module a format. A writer takes the result and where to write it (None: standard output)."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import msgspec

from shanhai.model import Severity, UnreadableInput, Verdict
from shanhai.reasoning.checked import Checked

FORMATS = ("table", "jsonl", "html", "docx")

ATTENTION = frozenset({Verdict.DOES_NOT_ADD_UP, Verdict.DIFFERS, Verdict.REPEATS})
"""Verdicts that no draft should go out with; the others are for its writer to weigh."""


class Result(msgspec.Struct, frozen=True):
    """What is written.

    Attributes:
        checked: the draft with its verdicts.
        unreadable: the inputs that it could not be held against.
        source: the bytes of the draft.
    """

    checked: Checked
    unreadable: tuple[UnreadableInput, ...]
    source: bytes


Writer = Callable[[Result, Path | None], None]


def writer(kind: str) -> Writer:
    """The writer of a format, loaded when it is asked for."""
    write: Writer = import_module(f"shanhai.cli.writers.checked.{kind}").write
    return write


def needs_attention(checked: Checked) -> bool:
    """Whether a number of the draft has a verdict in ``ATTENTION``, or a finding is an error or a warning."""
    return any(judged.verdict in ATTENTION for judged in checked.judged) or any(
        finding.severity is not Severity.INFO for finding in checked.reasoned.findings
    )
