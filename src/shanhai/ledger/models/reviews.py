"""Reviews: what people decided about statements, with the reason. Nothing of them is ever changed."""

from django.db import models

from shanhai.ledger.models.reports import Report
from shanhai.ledger.models.statements import State, Statement


class Decision(models.TextChoices):
    """What was decided."""

    ACCEPT = "accept"
    CORRECT = "correct"
    SPLIT = "split"
    MERGE = "merge"
    REJECT = "reject"
    ADD = "add"
    UNDO = "undo"


class Review(models.Model):
    """One decision; an undo names the decision that it takes back, which can be taken back once."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=8, choices=Decision.choices)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.decision} {self.by} {self.at:%Y-%m-%d %H:%M}"


class Side(models.TextChoices):
    """Whether a statement stood before the decision or came of it."""

    BEFORE = "before"
    AFTER = "after"


class ReviewPart(models.Model):
    """One statement of a decision: machine reading and reviewer's version are both kept.

    ``state_before`` and ``review_before`` are how it stood, which an undo restores; empty for what came of it.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="parts")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="review_parts")
    side = models.CharField(max_length=6, choices=Side.choices)
    state_before = models.CharField(max_length=8, choices=State.choices, blank=True)
    review_before = models.ForeignKey(Review, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.review_id} {self.side} {self.statement_id}"
