"""Shanhai (山海): every number of a partner-assistance programme, traced to its evidence.

The public names; each is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shanhai.claims.collection import Claims
    from shanhai.claims.find import find_claims, find_sides
    from shanhai.claims.texts import find_quantities
    from shanhai.model import (
        Approx,
        Bounds,
        Cited,
        Claim,
        Code,
        Damage,
        Definition,
        Fact,
        Finding,
        Grade,
        Kind,
        Message,
        Passage,
        Promise,
        PromiseState,
        Quantity,
        Report,
        Role,
        Severity,
        ShanhaiError,
        Sides,
        Source,
        Span,
        Status,
        UnreadableInput,
        Verdict,
    )
    from shanhai.reading.read import read
    from shanhai.reasoning.check import check
    from shanhai.reasoning.checked import Checked, Judged, Reasoned
    from shanhai.reasoning.evidence import Evidence
    from shanhai.reasoning.evidence_file import read_evidence, write_evidence
    from shanhai.reasoning.reason import reason

__version__ = "0.1.0"

_HOME = {
    "Checked": "shanhai.reasoning.checked",
    "Claims": "shanhai.claims.collection",
    "Evidence": "shanhai.reasoning.evidence",
    "Judged": "shanhai.reasoning.checked",
    "Reasoned": "shanhai.reasoning.checked",
    "check": "shanhai.reasoning.check",
    "find_claims": "shanhai.claims.find",
    "find_quantities": "shanhai.claims.texts",
    "find_sides": "shanhai.claims.find",
    "read": "shanhai.reading.read",
    "read_evidence": "shanhai.reasoning.evidence_file",
    "reason": "shanhai.reasoning.reason",
    "write_evidence": "shanhai.reasoning.evidence_file",
}
__all__ = [
    "Approx",
    "Bounds",
    "Checked",
    "Cited",
    "Claim",
    "Claims",
    "Code",
    "Damage",
    "Definition",
    "Evidence",
    "Fact",
    "Finding",
    "Grade",
    "Judged",
    "Kind",
    "Message",
    "Passage",
    "Promise",
    "PromiseState",
    "Quantity",
    "Reasoned",
    "Report",
    "Role",
    "Severity",
    "ShanhaiError",
    "Sides",
    "Source",
    "Span",
    "Status",
    "UnreadableInput",
    "Verdict",
    "check",
    "find_claims",
    "find_quantities",
    "find_sides",
    "read",
    "read_evidence",
    "reason",
    "write_evidence",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'shanhai' has no attribute {name!r}")
    return getattr(import_module(_HOME.get(name, "shanhai.model")), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
