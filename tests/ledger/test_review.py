"""Decisions about statements, their undoing, and two reviewers at once."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import msgspec
import pytest
from django.db import connection

from ledger.conftest import NOON
from ledger.standing import by_quote, first_reading, next_reading, other, seen, states, told
from shanhai.ledger.actions.review import decide, undo
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import Conflict, NotAllowed, NotPossible
from shanhai.ledger.models import Decision, Entry, Report, Review, State, Statement
from shanhai.ledger.verify import verify
from shanhai.model import Claim

pytestmark = pytest.mark.django_db


def waiting(report: Report) -> tuple[int, int]:
    row = Report.objects.get(pk=report.pk)
    return row.statements, row.waiting


def make(report: Report, decision: Decision, clerk: Actor) -> Review:
    """A decision of each kind about the first figures of the report."""
    projects, doctors = by_quote(report, "12"), by_quote(report, "86")
    about = {
        Decision.ADD: (),
        Decision.MERGE: (projects, doctors),
    }.get(decision, (doctors,))
    versions: list[Claim] = {
        Decision.CORRECT: [other(doctors, "甲")],
        Decision.SPLIT: [other(doctors, "甲"), other(doctors, "乙")],
        Decision.MERGE: [other(doctors, "甲")],
        Decision.ADD: [other(doctors, "甲")],
    }.get(decision, [])
    return decide(report, decision, seen(*about), actor=clerk, claims=versions, reason="核对", at=NOON)


OUTCOMES = {
    Decision.ACCEPT: ({"12个": ["open"], "86名": ["accepted"], "24名": ["open"]}, (3, 2)),
    Decision.REJECT: ({"12个": ["open"], "86名": ["rejected"], "24名": ["open"]}, (2, 2)),
    Decision.CORRECT: ({"12个": ["open"], "86名": ["replaced", "accepted"], "24名": ["open"]}, (3, 2)),
    Decision.SPLIT: ({"12个": ["open"], "86名": ["replaced", "accepted", "accepted"], "24名": ["open"]}, (4, 2)),
    Decision.MERGE: ({"12个": ["replaced"], "86名": ["replaced", "accepted"], "24名": ["open"]}, (2, 1)),
    Decision.ADD: ({"12个": ["open"], "86名": ["open", "accepted"], "24名": ["open"]}, (4, 3)),
}  # fmt: skip


class TestDecisions:
    @pytest.mark.parametrize("decision", OUTCOMES)
    def test_each_puts_its_statements_so(self, decision: Decision, clerk: Actor) -> None:
        report = first_reading(clerk)
        make(report, decision, clerk)
        assert (states(report), waiting(report)) == OUTCOMES[decision]
        assert list(verify()) == []

    @pytest.mark.parametrize("decision", OUTCOMES)
    def test_its_undo_puts_them_back(self, decision: Decision, clerk: Actor) -> None:
        report = first_reading(clerk)
        review = make(report, decision, clerk)
        back = undo(review, actor=clerk, at=NOON)
        stands = {q: [s for s in all_ if s != "rejected"] for q, all_ in states(report).items()}
        assert stands == {"12个": ["open"], "86名": ["open"], "24名": ["open"]}
        assert waiting(report) == (3, 3)
        assert not Statement.objects.filter(state=State.OPEN, review__isnull=False).exists()
        for refused in (review, back):
            with pytest.raises(NotPossible, match="cannot be taken back again"):
                undo(refused, actor=clerk)
        assert list(verify()) == []

    @pytest.mark.parametrize("decision", OUTCOMES)
    def test_each_and_its_undo_add_one_entry(self, decision: Decision, clerk: Actor) -> None:
        report = first_reading(clerk)
        review = make(report, decision, clerk)
        undo(review, actor=clerk, at=NOON)
        told_of, back = Entry.objects.order_by("number")[1:]
        subject = f"report:{report.source.sha256}"
        assert (told_of.action, told_of.subject, told_of.by) == (decision.value, subject, clerk.name)
        assert told_of.why == "核对"
        parts = review.parts.order_by("pk")
        assert told_of.old == sorted(p.statement.key for p in parts if p.side == "before")
        assert told_of.new == {
            "review": review.pk,
            "statements": [p.statement.key for p in parts if p.side == "after"],
        }
        assert (back.action, back.old) == ("undo", {"review": review.pk, "decision": decision.value})

    def test_a_version_that_was_withdrawn_stands_again(self, clerk: Actor) -> None:
        report = first_reading(clerk)
        undo(make(report, Decision.CORRECT, clerk), actor=clerk)
        again = make(report, Decision.CORRECT, clerk)
        assert states(report)["86名"] == ["replaced", "accepted"]
        undo(again, actor=clerk)
        assert states(report)["86名"] == ["open", "rejected"]
        assert list(verify()) == []

    def test_split_and_merge_follow_each_other_and_are_undone_in_turn(self, clerk: Actor) -> None:
        report = first_reading(clerk)
        split = make(report, Decision.SPLIT, clerk)
        parts = [p.statement for p in split.parts.filter(side="after")]
        merged = decide(
            report, Decision.MERGE, seen(*parts), actor=clerk, claims=[other(parts[0], "丙")], reason="合"
        )
        with pytest.raises(Conflict):
            undo(split, actor=clerk)
        assert states(report)["86名"] == ["replaced", "replaced", "replaced", "accepted"]
        undo(merged, actor=clerk)
        assert states(report)["86名"] == ["replaced", "accepted", "accepted", "rejected"]
        undo(split, actor=clerk)
        assert states(report)["86名"] == ["open", "rejected", "rejected", "rejected"]
        assert list(verify()) == []

    def test_a_correction_back_to_the_reading_and_its_undo(self, clerk: Actor) -> None:
        report = first_reading(clerk)
        reading = by_quote(report, "86")
        make(report, Decision.CORRECT, clerk)
        version = by_quote(report, "86")
        back = decide(
            report,
            Decision.CORRECT,
            seen(version),
            actor=clerk,
            claims=[other(reading, reading.measure)],
            reason="原来对",
        )
        assert by_quote(report, "86") == reading
        undo(back, actor=clerk)
        reading.refresh_from_db()
        assert (reading.state, reading.superseded_by) == (State.REPLACED, version)
        assert by_quote(report, "86") == version
        assert list(verify()) == []

    def test_an_undo_after_a_new_reading_gives_the_mark_back(
        self, clerk: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = first_reading(clerk)
        make(report, Decision.ACCEPT, clerk)
        next_reading(
            clerk,
            "2",
            [msgspec.structs.replace(c, measure="新") if c.quote == "86名" else c for c in told()],
            monkeypatch,
        )
        now = by_quote(report, "86")
        review = decide(report, Decision.ACCEPT, seen(now), actor=clerk)
        undo(review, actor=clerk)
        now.refresh_from_db()
        assert (now.state, now.reopened) == (State.OPEN, True)


class TestRefusals:
    @pytest.mark.parametrize(
        ("decision", "statements", "claims", "reason"),
        [
            (Decision.ACCEPT, 0, 0, ""),
            (Decision.ACCEPT, 2, 0, ""),
            (Decision.ACCEPT, 1, 1, ""),
            (Decision.REJECT, 1, 0, " "),
            (Decision.REJECT, 1, 1, "是"),
            (Decision.CORRECT, 1, 2, "是"),
            (Decision.CORRECT, 1, 1, ""),
            (Decision.SPLIT, 1, 1, "是"),
            (Decision.SPLIT, 1, 2, ""),
            (Decision.MERGE, 1, 1, "是"),
            (Decision.MERGE, 2, 1, ""),
            (Decision.ADD, 1, 1, ""),
            (Decision.ADD, 0, 0, ""),
            (Decision.UNDO, 1, 0, "是"),
        ],
    )
    def test_what_does_not_fit(
        self, decision: Decision, statements: int, claims: int, reason: str, clerk: Actor
    ) -> None:
        report = first_reading(clerk)
        doctors = by_quote(report, "86")
        about = seen(*(by_quote(report, q) for q in ("12", "86")[:statements]))
        versions = [other(doctors, m) for m in "甲乙"[:claims]]
        with pytest.raises(NotPossible):
            decide(report, decision, about, actor=clerk, claims=versions, reason=reason)
        assert not Review.objects.exists()

    def test_a_quote_that_does_not_stand_there(self, clerk: Actor) -> None:
        report = first_reading(clerk)
        doctors = by_quote(report, "86")
        moved = msgspec.structs.replace(other(doctors, "甲"), start=doctors.start - 1, end=doctors.end - 1)
        with pytest.raises(NotPossible, match="does not stand at character"):
            decide(report, Decision.ADD, {}, actor=clerk, claims=[moved])
        assert not Review.objects.exists()

    def test_the_same_again(self, clerk: Actor) -> None:
        report = first_reading(clerk)
        doctors = by_quote(report, "86")
        with pytest.raises(NotPossible, match="nothing to change"):
            decide(
                report,
                Decision.CORRECT,
                seen(doctors),
                actor=clerk,
                claims=[other(doctors, doctors.measure)],
                reason="改",
            )
        assert states(report)["86名"] == ["open"]

    def test_a_statement_of_another_report(self, clerk: Actor) -> None:
        report, another = first_reading(clerk), first_reading(clerk, "2022年实施项目7个。\n")
        with pytest.raises(NotPossible, match="not in the report"):
            decide(report, Decision.ACCEPT, seen(by_quote(another, "7")), actor=clerk)

    def test_who_may_not(self, clerk: Actor) -> None:
        report = first_reading(clerk)
        review = make(report, Decision.ACCEPT, clerk)
        reader = Actor("reader")
        with pytest.raises(NotAllowed):
            decide(report, Decision.ACCEPT, seen(by_quote(report, "12")), actor=reader)
        with pytest.raises(NotAllowed):
            undo(review, actor=reader)


class TestTwoReviewers:
    def test_the_second_is_told_who_decided_what(self, clerk: Actor) -> None:
        report = first_reading(clerk)
        as_seen = seen(by_quote(report, "86"))
        at = datetime.datetime(2024, 3, 1, 4, tzinfo=datetime.UTC)
        first = Actor("李", clerk.general)
        decide(report, Decision.REJECT, as_seen, actor=first, reason="错", at=at)
        with pytest.raises(Conflict, match="李 decided about “86名” on 2024-03-01 12:00") as told_of:
            decide(report, Decision.ACCEPT, as_seen, actor=clerk)
        assert (told_of.value.by, told_of.value.decision) == ("李", "reject")
        assert Review.objects.count() == 1

    def test_the_same_decision_is_a_conflict_too(self, clerk: Actor) -> None:
        report = first_reading(clerk)
        as_seen = seen(by_quote(report, "86"))
        decide(report, Decision.ACCEPT, as_seen, actor=clerk)
        with pytest.raises(Conflict):
            decide(report, Decision.ACCEPT, as_seen, actor=clerk)

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("together", ["decide", "undo", "merge"])
    def test_at_the_same_moment_one_wins_and_nothing_is_lost(self, together: str, clerk: Actor) -> None:
        report = first_reading(clerk)
        doctors, projects = by_quote(report, "86"), by_quote(report, "12")
        both, one = seen(doctors, projects), seen(doctors)
        made = make(report, Decision.ACCEPT, clerk) if together == "undo" else None
        start = Barrier(2)

        def act(name: str) -> str:
            actor = Actor(name, clerk.general)
            try:
                start.wait(20)
                if made is not None:
                    undo(made, actor=actor)
                elif together == "merge" and name == "乙":
                    decide(
                        report,
                        Decision.MERGE,
                        both,
                        actor=actor,
                        claims=[other(doctors, "合")],
                        reason="合",
                    )
                else:
                    decide(report, Decision.REJECT, one, actor=actor, reason="错")
            except (Conflict, NotPossible):
                return "told"
            finally:
                connection.close()
            return "done"

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(act, ("甲", "乙"))) == ["done", "told"]
        assert Review.objects.count() == (2 if made else 1)
        assert list(verify()) == []
