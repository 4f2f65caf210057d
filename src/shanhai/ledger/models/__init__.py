"""The ledger's tables. They hold what is; every change goes through ``ledger.actions``."""

from shanhai.ledger.models.accounts import Membership, Role, Token
from shanhai.ledger.models.audit import Entry
from shanhai.ledger.models.outcomes import (
    Fact,
    FactStatement,
    Finding,
    FindingStatement,
    FindingWork,
    Promise,
    Rebuild,
)
from shanhai.ledger.models.pairings import Pairing
from shanhai.ledger.models.reports import Report
from shanhai.ledger.models.reviews import Decision, Review, ReviewPart, Side
from shanhai.ledger.models.sources import Collection, Content, Receipt, Source
from shanhai.ledger.models.statements import STANDING, Origin, State, Statement
from shanhai.ledger.models.uploads import Progress, Upload, UploadedFile

__all__ = [
    "STANDING",
    "Collection",
    "Content",
    "Decision",
    "Entry",
    "Fact",
    "FactStatement",
    "Finding",
    "FindingStatement",
    "FindingWork",
    "Membership",
    "Origin",
    "Pairing",
    "Progress",
    "Promise",
    "Rebuild",
    "Receipt",
    "Report",
    "Review",
    "ReviewPart",
    "Role",
    "Side",
    "Source",
    "State",
    "Statement",
    "Token",
    "Upload",
    "UploadedFile",
]
