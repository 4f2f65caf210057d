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
        Claim,
        Damage,
        Definition,
        Kind,
        Passage,
        Quantity,
        Report,
        Role,
        ShanhaiError,
        Sides,
        Source,
        Span,
        Status,
        UnreadableInput,
    )
    from shanhai.reading.read import read

__version__ = "0.1.0"

_HOME = {
    "Claims": "shanhai.claims.collection",
    "find_claims": "shanhai.claims.find",
    "find_quantities": "shanhai.claims.texts",
    "find_sides": "shanhai.claims.find",
    "read": "shanhai.reading.read",
}
__all__ = [
    "Approx",
    "Bounds",
    "Claim",
    "Claims",
    "Damage",
    "Definition",
    "Kind",
    "Passage",
    "Quantity",
    "Report",
    "Role",
    "ShanhaiError",
    "Sides",
    "Source",
    "Span",
    "Status",
    "UnreadableInput",
    "find_claims",
    "find_quantities",
    "find_sides",
    "read",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'shanhai' has no attribute {name!r}")
    return getattr(import_module(_HOME.get(name, "shanhai.model")), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
