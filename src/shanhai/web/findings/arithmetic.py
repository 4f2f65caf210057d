"""The arithmetic of a stored finding, as the page of a checked draft shows it."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from shanhai.ledger.models import Finding as Row
from shanhai.model import Code, Finding, Message, Severity
from shanhai.publishing.checked_page.detail import RULES, worked
from shanhai.publishing.checked_page.rules import meter
from shanhai.publishing.page.words import spoken
from shanhai.web.findings.words import language

_NUMBERS = frozenset(
    {
        "told",
        "difference",
        "expected_low",
        "expected_high",
        "low",
        "high",
        "range",
        "values",
        "value",
        "count",
    }
    | {"threshold", "certain", "possible", "stated", "margin", "opening", "amount"}
    | {"median", "factor", "score", "correction"}
)
"""Keys of a detail whose texts are numbers: the ledger keeps those with decimals as text."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?")


def worked_out(row: Row) -> SafeString:
    """The arithmetic and what else the detail holds, in the reader's language; "" where it says nothing more."""
    finding = Finding(
        Code(row.code),
        Severity(row.severity),
        Message(row.message_zh, row.message_en),
        (),
        {key: exact(value, key) for key, value in row.detail.items()},
        Message(row.settles_zh, row.settles_en),
    )
    with spoken(language()):
        bar = meter(finding) if finding.code in RULES else ""
        return mark_safe(bar + worked(finding))


def exact(value: Any, key: str) -> Any:
    """A part of a detail with its numbers as numbers again."""
    if isinstance(value, str):
        return Decimal(value) if key in _NUMBERS and _NUMBER.fullmatch(value) else value
    if isinstance(value, Mapping):
        return {k: v if key == "values" else exact(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [exact(one, key) for one in value]
    return value
