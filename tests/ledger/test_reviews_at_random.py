"""Random decisions and undos: however they follow each other, the ledger stays what they say, and nothing is deleted."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.standing import first_reading, other, seen
from shanhai.ledger.actions.review import decide, undo
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import Conflict, LedgerError
from shanhai.ledger.models import (
    STANDING,
    Decision,
    Entry,
    Report,
    Review,
    Side,
    State,
    Statement,
)
from shanhai.ledger.verify import verify

STEPS = st.lists(
    st.tuples(st.sampled_from(Decision), st.integers(0, 9), st.integers(0, 9), st.sampled_from("甲乙丙")),
    max_size=12,
)
Step = tuple[Decision, int, int, str]


def act(report: Report, clerk: Actor, step: Step) -> bool:
    """Do one step about some of what stands; whether it was done and not refused."""
    decision, first, second, measure = step
    before = Entry.objects.count()
    try:
        if decision == Decision.UNDO:
            reviews = list(Review.objects.order_by("pk"))
            if not reviews:
                return False
            undo(reviews[first % len(reviews)], actor=clerk)
        else:
            stands = list(Statement.objects.filter(report=report, state__in=STANDING).order_by("pk"))
            if not stands:
                return False
            one, two = stands[first % len(stands)], stands[second % len(stands)]
            about = {Decision.ADD: [], Decision.MERGE: [one, two]}.get(decision, [one])
            versions = {
                Decision.CORRECT: [measure],
                Decision.MERGE: [measure],
                Decision.ADD: [measure],
                Decision.SPLIT: [measure, measure + "分"],
            }.get(decision, [])
            claims = [other(one, version) for version in versions]
            decide(report, decision, seen(*about), actor=clerk, claims=claims, reason="核对")
    except LedgerError:
        assert Entry.objects.count() == before
        return False
    assert Entry.objects.count() == before + 1
    return True


def expected(statement: Statement) -> tuple[str, int | None]:
    """How a statement must stand: by the newest decision about it that nobody took back, told from the parts alone."""
    parts = statement.review_parts.select_related("review").exclude(review__decision=Decision.UNDO)
    part = parts.filter(review__undone_by=None).order_by("-review_id").first()
    if part is None:
        return ("open", None) if statement.origin == "reading" else ("rejected", -1)
    if part.side == Side.AFTER:
        return "accepted", part.review_id
    outcomes = {"accept": "accepted", "reject": "rejected"}
    return outcomes.get(part.review.decision, "replaced"), part.review_id


@pytest.mark.django_db
@settings(max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_ledger_stays_what_was_decided(steps: list[Step], clerk: Actor) -> None:
    with transaction.atomic():
        report = first_reading(clerk)
        kept: set[tuple[str, str]] = set()
        for step in steps:
            act(report, clerk, step)
            now = set(Statement.objects.values_list("key", "content"))
            assert kept <= now
            kept = now
            for statement in Statement.objects.all():
                state, review = expected(statement)
                assert statement.state == state
                assert review == -1 or statement.review_id == review
                if state == "replaced":
                    assert statement.superseded_by is not None
            row = Report.objects.get(pk=report.pk)
            stands = Statement.objects.filter(state__in=STANDING)
            assert row.statements == stands.count()
            assert row.waiting == stands.filter(state=State.OPEN, minor=False).count()
        assert list(verify()) == []
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_one_sees_decides_and_not_what_stands(clerk: Actor) -> None:
    report = first_reading(clerk)
    one = Statement.objects.filter(report=report)[0]
    as_seen = seen(one)
    undo(decide(report, Decision.ACCEPT, as_seen, actor=clerk), actor=clerk)
    decide(report, Decision.ACCEPT, as_seen, actor=clerk)
    with pytest.raises(Conflict):
        decide(report, Decision.ACCEPT, as_seen, actor=clerk)
