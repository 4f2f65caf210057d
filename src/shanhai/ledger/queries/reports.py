"""What the reading room asks: a report's figures and decisions, and where to go on."""

from django.db.models import Q, QuerySet

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import STANDING, Report, Review, State, Statement


def figures(actor: Actor, report: Report, *, all_states: bool = False) -> QuerySet[Statement]:
    """A report's figures in text order, each with the decision that put it so.

    Args:
        actor: who reads.
        report: through ``access.access_report``.
        all_states: also what was rejected, replaced or is gone.
    """
    rows = access.statements(actor).filter(report=report)
    if not all_states:
        rows = rows.filter(state__in=STANDING)
    return rows.select_related("review").order_by("start", "end", "pk")


def decisions(actor: Actor, report: Report) -> QuerySet[Review]:
    """What was decided about a report, the first first, each with its statements (``parts``)."""
    return access.reviews(actor).filter(report=report).prefetch_related("parts__statement").order_by("pk")


def next_waiting(actor: Actor, report: Report, after: Statement | None = None) -> Statement | None:
    """The next figure of a report that waits for a decision; from its begin again when none follows ``after``."""
    waiting = access.statements(actor).filter(report=report, state=State.OPEN, minor=False)
    waiting = waiting.order_by("start", "end", "pk")
    if after is None:
        return waiting.first()
    later = waiting.filter(start__gte=after.start).exclude(_not_after(after)).first()
    return later or waiting.exclude(pk=after.pk).first()


def next_report(actor: Actor, report: Report | None = None) -> Report | None:
    """The next report, received after the given one, that holds figures to decide about; from the first again."""
    waiting = access.reports(actor).filter(waiting__gt=0).select_related("source").order_by("pk")
    if report is None:
        return waiting.first()
    return waiting.filter(pk__gt=report.pk).first() or waiting.exclude(pk=report.pk).first()


def _not_after(statement: Statement) -> Q:
    same = Q(start=statement.start)
    return (same & Q(end__lt=statement.end)) | (same & Q(end=statement.end, pk__lte=statement.pk))
