"""What the ledger refuses, told so that a person knows what to do. The web shows these as pages, the command line as lines.

LedgerError
├── NotKnown         no account stands behind the request, or its token does not hold
├── NotAllowed       the account has not the right
├── NotThere         no such thing, or none that this account may see
├── Conflict         someone else decided in the meantime
├── NotPossible      what was asked for contradicts what is stored
│   └── UnclearPlace a place's name means no place, or several
├── LedgerUnusable   locked, full, or written by another version
└── LedgerDamaged    changed behind the application's back
"""

from shanhai.model import ShanhaiError


class LedgerError(ShanhaiError):
    """One refusal, in Chinese and English.

    Args:
        zh, en: what is wrong, with what, and what to do; a sentence or two.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh = zh
        self.en = en

    def __str__(self) -> str:
        return self.en


class NotKnown(LedgerError):
    """No account stands behind the request, or the token that it shows does not hold (any more)."""


class NotAllowed(LedgerError):
    """The account has not the right."""


class NotThere(LedgerError):
    """No such thing, or none that this account may see; which of the two is not told."""


class Conflict(LedgerError):
    """Someone else decided in the meantime.

    Args:
        by: who decided.
        decision: what was decided, or "" where a new reading changed the statement.
    """

    def __init__(self, zh: str, en: str, *, by: str, decision: str) -> None:
        super().__init__(zh, en)
        self.by = by
        self.decision = decision


class NotPossible(LedgerError):
    """What was asked for contradicts what is stored, or lacks something."""


class UnclearPlace(NotPossible):
    """A place's name means no place, or several.

    Args:
        candidates: the places that it may mean, each with its code and its name in full.
        name: the name that was given.
    """

    def __init__(self, zh: str, en: str, candidates: tuple[tuple[str, str], ...], name: str) -> None:
        super().__init__(zh, en)
        self.name = name
        self.candidates = candidates


class LedgerUnusable(LedgerError):
    """Locked, full, or written by another version."""


class LedgerDamaged(LedgerError):
    """Changed behind the application's back."""
