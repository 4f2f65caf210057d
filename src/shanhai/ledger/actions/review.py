"""Reviewing: a person accepts, corrects, splits, merges, rejects or adds statements, or takes a decision back.

What a reviewer writes is a statement of its own beside the machine's; both are kept. Each decision names, for every
statement that it is about, the decision that the reviewer saw last on it: where another came in between, the second
reviewer is told and nothing is lost.
"""

import datetime
from collections.abc import Mapping, Sequence

import msgspec
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shanhai.claims.contract import fault_of
from shanhai.ledger.actions.receive import count
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.contents import columns_of, content_of, key_of
from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.models import (
    STANDING,
    Decision,
    Origin,
    Review,
    ReviewPart,
    Side,
    State,
    Statement,
)
from shanhai.ledger.models import Report as ReportRow
from shanhai.ledger.packing import report_of
from shanhai.ledger.rights import Right
from shanhai.model import Claim

Seen = Mapping[str, int | None]
"""By a statement's key the id of the decision that the reviewer saw on it; None where there was none."""

_NEEDS_REASON = frozenset({Decision.REJECT, Decision.SPLIT, Decision.MERGE, Decision.CORRECT})


@transaction.atomic
def decide(
    report: ReportRow,
    decision: Decision,
    seen: Seen,
    *,
    actor: Actor,
    claims: Sequence[Claim] = (),
    reason: str = "",
    at: datetime.datetime | None = None,
) -> Review:
    """Decide about statements of one report.

    Args:
        report: the report.
        decision: what is decided; an undo has ``undo`` of its own.
        seen: the statements that it is about: one to accept, correct, split or reject, several to merge, none to add.
        actor: who decides.
        claims: the reviewer's version: one to correct, merge or add, several to split, none to accept or reject.
        reason: why; needed unless a statement is accepted or added.
        at: when.

    Raises:
        NotAllowed: the actor may not review the report.
        Conflict: someone else decided about one of the statements in between.
        NotPossible: the decision does not fit its statements or claims, or a claim does not fit the report.
    """
    at = at or timezone.now()
    report = _locked(report.pk)
    actor.require(Right.REVIEW, report.source.pairing_id)
    _check_form(decision, len(seen), claims, reason)
    before = [_current(report, key, last) for key, last in sorted(seen.items())]
    review = Review.objects.create(
        report=report, decision=decision, reason=reason.strip(), by=actor.name, at=at
    )
    for statement in before:
        ReviewPart.objects.create(
            review=review,
            statement=statement,
            side=Side.BEFORE,
            state_before=statement.state,
            review_before_id=statement.review_id,
        )
    after = [_written(report, claim, review, at) for claim in claims]
    for statement in before:
        statement.review = review
        statement.reopened = False
        statement.state = _STATES[decision]
        statement.superseded_by = after[0] if after else None
        statement.save(update_fields=("review", "reopened", "state", "superseded_by"))
    count(report)
    record(
        actor,
        decision.value,
        f"report:{report.source.sha256}",
        at=at,
        old=[s.key for s in before],
        new={"review": review.pk, "statements": [s.key for s in after]},
        why=review.reason,
    )
    return review


_STATES = {
    Decision.ACCEPT: State.ACCEPTED,
    Decision.REJECT: State.REJECTED,
    Decision.CORRECT: State.REPLACED,
    Decision.SPLIT: State.REPLACED,
    Decision.MERGE: State.REPLACED,
}


@transaction.atomic
def undo(review: Review, *, actor: Actor, at: datetime.datetime | None = None) -> Review:
    """Take a decision back: its statements stand as they stood before it, and what was written for it is withdrawn.

    Raises:
        NotAllowed: the actor may not review the report.
        NotPossible: it is an undo, or was taken back already.
        Conflict: something was decided since about one of its statements, or a new reading changed one.
    """
    report = _locked(review.report_id)
    actor.require(Right.REVIEW, report.source.pairing_id)
    at = at or timezone.now()
    if review.decision == Decision.UNDO or Review.objects.filter(undoes=review).exists():
        raise NotPossible(
            "这一决定已经撤销，不能再撤销。",
            "This decision has been taken back; it cannot be taken back again.",
        )
    parts = list(review.parts.select_related("statement__review").select_for_update(of=("self",)))
    for part in parts:
        if part.statement.review_id != review.pk or part.statement.state == State.GONE:
            raise _conflict(part.statement)
    back = Review.objects.create(report=report, decision=Decision.UNDO, by=actor.name, at=at, undoes=review)
    for part in parts:
        statement = part.statement
        ReviewPart.objects.create(
            review=back,
            statement=statement,
            side=Side.AFTER if part.side == Side.BEFORE else Side.BEFORE,
            state_before=statement.state,
            review_before=review,
        )
        if part.state_before:
            _restore(statement, part)
        else:
            statement.state, statement.review, statement.superseded_by = State.REJECTED, back, None
        statement.save(update_fields=("state", "review", "superseded_by", "reopened"))
    count(report)
    record(
        actor,
        Decision.UNDO.value,
        f"report:{report.source.sha256}",
        at=at,
        old={"review": review.pk, "decision": review.decision},
        new={"review": back.pk},
    )
    return back


def _restore(statement: Statement, part: ReviewPart) -> None:
    """Put a statement as it stood before a decision."""
    statement.state, statement.review_id = part.state_before, part.review_before_id
    statement.superseded_by = None
    if part.state_before == State.REPLACED:
        written = ReviewPart.objects.filter(review=part.review_before_id, side=Side.AFTER).order_by("pk")
        statement.superseded_by = next((p.statement for p in written.select_related("statement")), None)
    statement.reopened = part.state_before == State.OPEN and _reopened(part)


def _reopened(part: ReviewPart) -> bool:
    """Whether a statement that waited before a decision did so because a new reading took one back."""
    # The report, in which it must be, keeps the database from walking all statements.
    gone = Statement.objects.filter(
        report=part.statement.report_id, superseded_by=part.statement, state=State.GONE
    )
    decided = gone.filter(Q(review__isnull=False) | Q(reopened=True))
    return part.review_before_id is not None or decided.exists()


def _locked(report: int) -> ReportRow:
    """A report that no other decision, reading or filing changes until the transaction ends."""
    return ReportRow.objects.select_for_update(of=("self",)).select_related("source__pairing").get(pk=report)


def _check_form(decision: Decision, statements: int, claims: Sequence[Claim], reason: str) -> None:
    """Whether a decision has as many statements and claims as it is about, and a reason where it needs one."""
    fits = {
        Decision.ACCEPT: statements == 1 and not claims,
        Decision.REJECT: statements == 1 and not claims,
        Decision.CORRECT: statements == 1 and len(claims) == 1,
        Decision.SPLIT: statements == 1 and len(claims) > 1,
        Decision.MERGE: statements > 1 and len(claims) == 1,
        Decision.ADD: statements == 0 and len(claims) == 1,
    }
    if not fits.get(decision, False):
        raise NotPossible(
            f"“{decision}”与所选数字的个数不符：拆分要得出至少两个数，合并要选至少两个数。",
            f"“{decision}” does not fit the number of figures: a split gives at least two, a merge takes at least two.",
        )
    if decision in _NEEDS_REASON and not reason.strip():
        raise NotPossible("请写明理由。", "Give a reason.")


def _current(report: ReportRow, key: str, last: int | None) -> Statement:
    """The statement with a key, if it stands and nobody has decided about it since."""
    statement = (
        Statement.objects.select_for_update(of=("self",))
        .select_related("review")
        .filter(report=report, key=key)
        .first()
    )
    if statement is None:
        raise NotPossible(
            "该数字不在这份报告中。请刷新页面。", "This figure is not in the report. Load the page again."
        )
    if statement.review_id != last or statement.state not in STANDING:
        raise _conflict(statement)
    return statement


def _conflict(statement: Statement) -> Conflict:
    review = statement.review
    if review is None or statement.state == State.GONE:
        return Conflict(
            f"重新读取后，“{statement.quote}”已经改变。请刷新页面后再决定。",
            f"“{statement.quote}” was changed by a new reading. Load the page again before you decide.",
            by="",
            decision="",
        )
    when = timezone.localtime(review.at).strftime("%Y-%m-%d %H:%M")
    return Conflict(
        f"{review.by} 已于 {when} 对“{statement.quote}”作出决定。您的决定没有保存；请查看后再定。",
        f"{review.by} decided about “{statement.quote}” on {when}. Your decision was not stored; look at it and decide again.",
        by=review.by,
        decision=review.decision,
    )


def _written(report: ReportRow, claim: Claim, review: Review, at: datetime.datetime) -> Statement:
    """Store a reviewer's version; one that was withdrawn before stands again."""
    read = report_of(report)
    claim = msgspec.structs.replace(claim, doc=report.doc)
    if read.source_text[claim.start : claim.end] != claim.quote:
        raise NotPossible(
            f"“{claim.quote}”不在原文第{claim.start}字处。请在原文中重新划选。",
            f"“{claim.quote}” does not stand at character {claim.start} of the source. Mark it in the text again.",
        )
    if fault := fault_of(claim):
        raise NotPossible(f"该数字不成立：{fault}。", f"This is no figure: {fault}.")
    source = report.source
    content = content_of(claim)
    key = key_of(source.sha256, content)
    statement = Statement.objects.select_for_update(of=("self",)).filter(key=key).first()
    if statement is not None and statement.state in STANDING:
        raise NotPossible(
            f"“{claim.quote}”已经是这样，没有什么可改。",
            f"“{claim.quote}” stands like this already; nothing to change.",
        )
    if statement is None:
        within = source.pairing.receiving_code if source.pairing else ""
        statement = Statement(
            key=key,
            report=report,
            origin=Origin.REVIEW,
            content=content,
            pairing_id=source.pairing_id,
            first_seen=at,
            last_seen=at,
            **columns_of(claim, read, within),
        )
        state_before, review_before = "", None
    else:
        state_before, review_before = statement.state, statement.review_id
    statement.state, statement.review, statement.superseded_by = State.ACCEPTED, review, None
    statement.save()
    ReviewPart.objects.create(
        review=review,
        statement=statement,
        side=Side.AFTER,
        state_before=state_before,
        review_before_id=review_before,
    )
    return statement
