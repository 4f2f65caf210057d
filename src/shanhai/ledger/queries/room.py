"""What the reading room asks beside ``reports``: a report by its source, a figure's history, what is made of it."""

from collections.abc import Iterable, Sequence

import msgspec
from django.db.models import Prefetch, QuerySet

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotThere
from shanhai.ledger.models import (
    STANDING,
    Decision,
    Fact,
    FactStatement,
    Finding,
    Report,
    Review,
    ReviewPart,
    State,
    Statement,
)
from shanhai.ledger.queries.paging import Page, page_of
from shanhai.ledger.rights import Right

_MOST = 20


class Bearing(msgspec.Struct, frozen=True):
    """A fact that a figure is for or against."""

    fact: Fact
    supports: bool


def report_of_source(actor: Actor, sha256: str, right: Right = Right.READ) -> Report:
    """The report of a source, with its source and pairing.

    Raises:
        NotThere: no such source, none that the actor may see, or no report could be taken from it.
        NotAllowed: the actor has not the right.
    """
    source = access.access_source(actor, sha256, right)
    found = access.reports(actor).filter(source=source).select_related("source__pairing").first()
    if found is None:
        raise NotThere(
            "这份来源没有读出文字，没有可审核的内容。请在“来源”中查看原因。",
            "No text could be read from this source, so there is nothing to review. Its page tells why.",
        )
    return found


def marked(actor: Actor, report: Report) -> list[Statement]:
    """The figures that the text shows: those that stand, and those that were rejected; in text order.

    What a reviewer wrote and took back is not among them.
    """
    rows = _shown(actor, report).only(
        "key", "start", "end", "content", "state", "minor", "reopened", "origin"
    )
    return list(rows.order_by("start", "end", "pk"))


def asked(actor: Actor, report: Report) -> int:
    """How many of the figures that the text shows someone has to decide about: all but background."""
    return _shown(actor, report).filter(minor=False).count()


def _shown(actor: Actor, report: Report) -> QuerySet[Statement]:
    rows = access.statements(actor).filter(report=report, state__in=(*STANDING, State.REJECTED))
    return rows.exclude(state=State.REJECTED, review__decision=Decision.UNDO)


def statement_of(actor: Actor, report: Report, key: str) -> Statement:
    """A figure of a report, in whatever state.

    Raises:
        NotThere: the report has none with the key.
    """
    row = access.statements(actor).filter(report=report, key=key)
    found = row.select_related("review", "superseded_by").first()
    if found is None:
        raise NotThere(
            "这份报告里没有这个数字。请从文中重新选择。",
            "The report has no such figure. Choose one in its text.",
        )
    return found


def standing_in_place_of(actor: Actor, statement: Statement) -> Statement:
    """What stands in the place of a figure that gave way: the end of its line; itself where nothing replaced it."""
    by_key = {s.pk: s for s in touching(actor, statement)}
    found = statement
    for _ in by_key:
        if found.superseded_by_id is None or found.superseded_by_id not in by_key:
            break
        found = by_key[found.superseded_by_id]
    return found


def touching(actor: Actor, statement: Statement) -> list[Statement]:
    """The figures that share a character with one, itself among them, in whatever state; the first stored first."""
    rows = access.statements(actor).filter(
        report_id=statement.report_id, start__lt=statement.end, end__gt=statement.start
    )
    return list(rows.select_related("review").order_by("pk")[: _MOST * 5])


def standing_within(actor: Actor, report: Report, start: int, end: int) -> list[Statement]:
    """The figures of a report that stand and share a character with a stretch of its source text."""
    rows = access.statements(actor).filter(report=report, state__in=STANDING, start__lt=end, end__gt=start)
    return list(rows.order_by("start", "end", "pk")[:_MOST])


def decisions_about(actor: Actor, statements: Iterable[Statement]) -> list[Review]:
    """What was decided about figures, the first first, each with its statements and what undid it."""
    rows = access.reviews(actor).filter(parts__statement__in=list(statements)).distinct()
    return list(_with_parts(rows).order_by("pk")[: _MOST * 5])


def history(actor: Actor, report: Report, before: str = "", size: int = 50) -> Page[Review]:
    """What was decided about a report, the last first.

    Raises:
        NotPossible: the cursor is none.
    """
    rows = _with_parts(access.reviews(actor).filter(report=report))
    return page_of(rows, before, size, newest=True)


def last_of(actor: Actor, report: Report) -> Review | None:
    """The actor's last decision about a report that was not taken back."""
    rows = access.reviews(actor).filter(report=report, by=actor.name, undone_by=None)
    return rows.exclude(decision=Decision.UNDO).order_by("-pk").first()


def can_be_taken_back(review: Review) -> bool:
    """Whether a decision given by ``history`` or ``decisions_about`` still holds for all that it is about."""
    if review.decision == Decision.UNDO or hasattr(review, "undone_by"):
        return False
    statements = [part.statement for part in review.parts.all()]
    return all(s.review_id == review.pk and s.state != State.GONE for s in statements)


def sides(review: Review) -> tuple[Sequence[Statement], Sequence[Statement]]:
    """What stood before a decision, and what came of it."""
    parts = list(review.parts.all())
    before, after = (
        [p.statement for p in parts if p.side == "before"],
        [p.statement for p in parts if p.side == "after"],
    )
    return before, after


def facts_of(actor: Actor, statement: Statement) -> list[Bearing]:
    """The facts that a figure is for or against."""
    seen = access.facts(actor).select_related("pairing")
    rows = FactStatement.objects.filter(statement=statement, fact__in=access.facts(actor))
    told = rows.prefetch_related(Prefetch("fact", queryset=seen)).order_by("pk")[:_MOST]
    return [Bearing(row.fact, row.supports) for row in told]


def findings_of(actor: Actor, statement: Statement) -> list[Finding]:
    """The findings that name a figure."""
    rows = access.findings(actor).filter(cited__statement=statement).distinct()
    return list(rows.order_by("pk")[:_MOST])


def waiting(actor: Actor, after: str = "") -> Page[Report]:
    """The reports that hold figures to decide about, the last received first (without contents).

    Raises:
        NotPossible: the cursor is none.
    """
    rows = access.reports(actor).filter(waiting__gt=0).select_related("source__pairing")
    return page_of(rows.defer("content"), after, newest=True)


def _with_parts(rows: QuerySet[Review]) -> QuerySet[Review]:
    parts = ReviewPart.objects.select_related("statement").order_by("pk")
    return rows.select_related("undone_by", "undoes").prefetch_related(Prefetch("parts", queryset=parts))
