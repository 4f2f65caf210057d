"""Reading again: what a newer version tells takes the place of what an older one told.

What is told the same stays, with what was decided about it. What a reviewer wrote stays too; it waits for a new decision
where the reading beneath it changed, unless the reading now tells the very same.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from shanhai.ledger.models import STANDING, Decision, ReviewPart, Side, State, Statement
from shanhai.ledger.models import Report as ReportRow

_REPLACING = frozenset({Decision.CORRECT, Decision.SPLIT, Decision.MERGE})


def read_again(
    row: ReportRow, text: str, figures: Sequence[Mapping[str, Any]], at: datetime.datetime
) -> tuple[int, int, int]:
    """Exchange the statements of a report.

    Args:
        row: the report, locked.
        text: the source's text, as it is read now.
        figures: the columns of the statements that are told now.
        at: when.

    Returns:
        how many came, how many went, and how many lost the decision about them.
    """
    stored = list(Statement.objects.filter(report=row).select_related("review").order_by("pk"))
    known = {s.key: s for s in stored}
    fresh = [Statement(report=row, **figure) for figure in figures if figure["key"] not in known]
    Statement.objects.bulk_create(fresh, batch_size=500)
    same = [known[figure["key"]] for figure in figures if figure["key"] in known]
    Statement.objects.filter(pk__in=[s.pk for s in same]).update(last_seen=at)
    exchange = _Exchange(row, text, stored, {figure["key"] for figure in figures})
    exchange.come([*fresh, *same])
    gone = exchange.go()
    exchange.settle()
    changed = exchange.changed.values()
    Statement.objects.bulk_update(changed, ("state", "superseded_by", "reopened"), batch_size=500)
    return len(fresh), gone, len(exchange.reopened)


class _Exchange:
    """One exchange: ``now`` is what the reading tells that nobody has decided about as it is told."""

    def __init__(self, row: ReportRow, text: str, stored: list[Statement], told: set[str]) -> None:
        self.text, self.stored, self.told = text, stored, told
        parts = ReviewPart.objects.filter(statement__report=row, side=Side.AFTER, review__undone_by=None)
        wrote = set(parts.exclude(review__decision=Decision.UNDO).values_list("statement_id", flat=True))
        self.known = {s.pk for s in stored}
        self.written = wrote
        self.versions = [s for s in stored if s.pk in wrote and s.state in STANDING]
        self.now: list[Statement] = []
        self.changed: dict[int, Statement] = {}
        self.reopened: set[int] = set()

    def come(self, told: list[Statement]) -> None:
        """Take what is told anew; what had gone, or was withdrawn and never rejected, waits again."""
        for statement in told:
            withdrawn = statement.state == State.REJECTED and _withdrawn(statement)
            if statement.state == State.GONE or withdrawn:
                decided = statement.review_id is not None and not withdrawn
                statement.state, statement.superseded_by = State.OPEN, None
                self._change(statement)
                if decided:
                    self._reopen(statement)
            elif statement.pk in self.known:
                continue
            self.now.append(statement)

    def go(self) -> int:
        """Take away the readings that are not told any more, and reopen what was decided about them."""
        gone = [s for s in self.stored if self._goes(s)]
        for statement in gone:
            successor = next((n for n in self.now if _meet(n, statement)), None)
            replaced = statement.state == State.REPLACED
            versions = [v for v in self.versions if replaced and _meet(v, statement)]
            for version in versions:
                self._reopen(version)
            if successor is not None and versions:
                self._replace(successor, versions[0])
            elif successor is not None and (statement.review_id is not None or statement.reopened):
                self._reopen(successor)
            statement.state = State.GONE
            statement.superseded_by = successor or next(iter(versions), None)
            self._change(statement)
        return len(gone)

    def settle(self) -> None:
        """Let a reviewer's version go before what is told now of the same figure; ask again where its text moved."""
        for statement in self.now:
            taken = statement.review is not None and statement.review.decision in _REPLACING
            for version in self.versions:
                if version is statement or statement.state != State.OPEN:
                    continue
                if _same(version, statement) or (taken and _meet(version, statement)):
                    self._reopen(version)
                    self._replace(statement, version)
        for version in self.versions:
            if self.text[version.start : version.end] != version.quote:
                self._reopen(version)

    def _goes(self, statement: Statement) -> bool:
        withdrawn = statement.state == State.REJECTED and _withdrawn(statement)
        kept = statement.key in self.told or statement.pk in self.written or withdrawn
        return not kept and statement.state != State.GONE

    def _reopen(self, statement: Statement) -> None:
        """Let a statement wait for a new decision; not a reviewer's version that the reading confirms."""
        if statement in self.versions and statement.key in self.told:
            return
        if statement.state != State.OPEN or not statement.reopened:
            self.reopened.add(statement.pk)
        statement.state, statement.reopened = State.OPEN, True
        self._change(statement)

    def _replace(self, statement: Statement, version: Statement) -> None:
        statement.state, statement.superseded_by, statement.reopened = State.REPLACED, version, False
        self.reopened.discard(statement.pk)
        self._change(statement)

    def _change(self, statement: Statement) -> None:
        self.changed[statement.pk] = statement


def _withdrawn(statement: Statement) -> bool:
    """Whether a reviewer's version was taken back by an undo."""
    return statement.review is not None and statement.review.decision == Decision.UNDO


def _meet(one: Statement, other: Statement) -> bool:
    return one.start < other.end and other.start < one.end


def _same(one: Statement, other: Statement) -> bool:
    return one.start == other.start and one.end == other.end
