"""Whether statements stand as the decisions about them say.

A newer reading may take away, replace or reopen what was decided; where a source was read again, what that may have
done is allowed, and the seals tell the rest.
"""

from collections.abc import Iterator

from shanhai.ledger.models import Decision, Entry, Report, Review, ReviewPart, Side, State, Statement
from shanhai.ledger.verify.faults import Fault, Trouble

STATES: dict[str, str] = {
    Decision.ACCEPT: State.ACCEPTED,
    Decision.REJECT: State.REJECTED,
    Decision.CORRECT: State.REPLACED,
    Decision.SPLIT: State.REPLACED,
    Decision.MERGE: State.REPLACED,
}
_BY_READING = frozenset({State.GONE, State.OPEN, State.REPLACED})
"""The states into which a newer reading may put a statement."""


def faults() -> Iterator[Fault]:
    """Statements that stand otherwise than was decided, report by report."""
    for row in (
        Report.objects.order_by("pk").select_related("source").only("pk", "source__sha256").iterator(200)
    ):
        subject = f"source:{row.source.sha256}"
        again = Entry.objects.filter(subject=subject, action="read again").exists()
        last = _Parts(row)
        for statement in Statement.objects.filter(report=row).order_by("pk").defer("content").iterator(500):
            yield from _statement(statement, last, again)


class _Parts:
    """The decisions about one report: by statement the last part, by decision its parts."""

    def __init__(self, row: Report) -> None:
        self.last: dict[int, ReviewPart] = {}
        self.of: dict[tuple[int, int], ReviewPart] = {}
        self.written: dict[int, int] = {}
        parts = (
            ReviewPart.objects.filter(review__report=row).select_related("review").order_by("review_id", "pk")
        )
        for part in parts:
            self.last[part.statement_id] = part
            self.of[part.review_id, part.statement_id] = part
            if part.side == Side.AFTER:
                self.written.setdefault(part.review_id, part.statement_id)

    def expected(self, statement: int) -> tuple[str, int | None, int | None]:
        """The state, decision and successor that a statement has after the last decision about it."""
        part = self.last.get(statement)
        if part is None:
            return State.OPEN, None, None
        review: Review = part.review
        if review.decision == Decision.UNDO:
            taken_back = self.of.get((review.undoes_id or 0, statement))
            if taken_back is None or not taken_back.state_before:
                return State.REJECTED, review.pk, None
            replaced = taken_back.state_before == State.REPLACED
            successor = self.written.get(taken_back.review_before_id or 0) if replaced else None
            return taken_back.state_before, taken_back.review_before_id, successor
        if part.side == Side.AFTER:
            return State.ACCEPTED, review.pk, None
        return STATES.get(review.decision, "?"), review.pk, self.written.get(review.pk)


def _statement(statement: Statement, parts: _Parts, again: bool) -> Iterator[Fault]:
    state, review, successor = parts.expected(statement.pk)
    if statement.review_id != review:
        yield _fault(statement, "review_id", statement.review_id, review)
    moved = again and statement.state in _BY_READING
    if statement.state != state and not moved:
        yield _fault(statement, "state", statement.state, state)
    if statement.superseded_by_id != successor and not moved:
        yield _fault(statement, "superseded_by_id", statement.superseded_by_id, successor)
    if statement.reopened and not again:
        yield _fault(statement, "reopened", True, False)


def _fault(statement: Statement, column: str, stands: object, follows: object) -> Fault:
    return Fault(
        Trouble.DECISION,
        "statement",
        str(statement.pk),
        column,
        f"记为“{stands}”，按审核决定应为“{follows}”。",
        f"It stands as “{stands}”; from the decisions follows “{follows}”.",
    )
