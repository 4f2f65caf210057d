"""The public contract of findings: a finding as a JSON object, version 1 (docs/findings.md)."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from shanhai.model import Cited, Finding, Message, Verdict
from shanhai.reasoning.checked import Checked

VERSION = 1
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def as_object(finding: Finding, verdicts: Mapping[Cited, Verdict]) -> dict[str, Any]:
    """The finding as a JSON object; numbers stay exact (``int`` or ``Decimal``).

    Args:
        finding: what was found.
        verdicts: those of the draft's numbers, by their places; a cited stretch that is none of them has null.
    """
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "message": _message(finding.message),
        "claims": [
            {
                "doc": cited.doc,
                "start": cited.start,
                "end": cited.end,
                "quote": cited.quote,
                "verdict": (verdict := verdicts.get(cited)) and verdict.value,
            }
            for cited in finding.claims
        ],
        "detail": finding.detail,
        "settles": _message(finding.settles),
    }


def _message(message: Message) -> dict[str, str]:
    return {"zh": message.zh, "en": message.en}


def as_lines(checked: Checked) -> Iterator[bytes]:
    """All findings as lines of JSON, each with its line feed, in the order of reasoning."""
    verdicts = verdicts_of(checked)
    for finding in checked.reasoned.findings:
        yield _ENCODER.encode(as_object(finding, verdicts)) + b"\n"


def verdicts_of(checked: Checked) -> dict[Cited, Verdict]:
    """The verdict of each number of the draft, by its place."""
    return {Cited.of(judged.claim): judged.verdict for judged in checked.judged}
