"""The words that all other packages use: frozen, typed, without behaviour beyond themselves."""

from shanhai.model.claims import Claim, Definition, Sides, Status, numerals
from shanhai.model.errors import (
    BrokenInput,
    CatalogueError,
    EmptyInput,
    EncryptedInput,
    InvariantBroken,
    NotAccessible,
    NoTextLayer,
    ShanhaiError,
    TooLarge,
    UnknownFormat,
    UnreadableInput,
)
from shanhai.model.facts import Fact, Grade, GradePart, Promise, PromiseState, Verdict
from shanhai.model.findings import Cited, Code, Finding, Message, Severity
from shanhai.model.numbers import Number, exact
from shanhai.model.quantities import Approx, Bounds, Kind, Quantity
from shanhai.model.reports import CONTENT, Damage, DamageKind, Passage, Report, Role, Source
from shanhai.model.spans import Span, TextMap

__all__ = [
    "CONTENT",
    "Approx",
    "Bounds",
    "BrokenInput",
    "CatalogueError",
    "Cited",
    "Claim",
    "Code",
    "Damage",
    "DamageKind",
    "Definition",
    "EmptyInput",
    "EncryptedInput",
    "Fact",
    "Finding",
    "Grade",
    "GradePart",
    "InvariantBroken",
    "Kind",
    "Message",
    "NoTextLayer",
    "NotAccessible",
    "Number",
    "Passage",
    "Promise",
    "PromiseState",
    "Quantity",
    "Report",
    "Role",
    "Severity",
    "ShanhaiError",
    "Sides",
    "Source",
    "Span",
    "Status",
    "TextMap",
    "TooLarge",
    "UnknownFormat",
    "UnreadableInput",
    "Verdict",
    "exact",
    "numerals",
]
