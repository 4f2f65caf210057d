"""Briefs: what a member or a group reports for a month, from the text that was sent to the records it became."""

from django.db import models

from shanhai.ledger.models import Source, Statement
from shanhai.programme.models.people import Member
from shanhai.programme.models.record import Record
from shanhai.programme.models.terms import Team
from shanhai.programme.models.work import Activity


class Brief(Record):
    """One brief. ``source`` is its text in the ledger; without one it was filled in by hand. ``month`` is its first day."""

    class State(models.TextChoices):
        """How far it is."""

        SENT = "sent", "待本人确认"
        CONFIRMED = "confirmed", "待办公室合并"
        MERGED = "merged", "已并入台账"
        RETURNED = "returned", "退回修改"

    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    month = models.DateField()
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.SENT)
    sent_by = models.CharField(max_length=150)

    class Meta(Record.Meta):
        indexes = (models.Index("pairing", "month", name="brief_by_month"),)


class BriefItem(models.Model):
    """One event that a brief tells of, as an activity proposed; ``activity`` is the record that it became part of."""

    class State(models.TextChoices):
        """What was decided of it."""

        PROPOSED = "proposed", "待确认"
        CONFIRMED = "confirmed", "已确认"
        DROPPED = "dropped", "不登记"
        MERGED = "merged", "已并入"

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    statements = models.ManyToManyField(Statement, related_name="+", blank=True)
    proposed = models.JSONField()
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("brief", "number")
        constraints = (models.UniqueConstraint("brief", "number", name="one_item_a_number"),)

    def __str__(self) -> str:
        return f"{self.brief_id} {self.number}"
