"""Work: all that is done beside projects, in one table; what sorts of it there are, is the catalogue's to say."""

from django.db import models

from shanhai.programme.models.fields import ExactField, MoneyField
from shanhai.programme.models.people import Member
from shanhai.programme.models.projects import Project
from shanhai.programme.models.record import Record
from shanhai.programme.models.terms import Team


class Activity(Record):
    """One activity: a training, a clinic, a fair, an agreement, a firm brought, an institution paired, …

    ``sort`` is the key of its file in ``catalogue/data/activities``, which says which ``counts`` and stages it may have.
    ``partner`` is an institution or a firm, never a beneficiary. ``amount`` is money, in ``currency``.
    """

    sort = models.CharField(max_length=32)
    name = models.CharField(max_length=100)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField()
    ends = models.DateField(null=True, blank=True)
    places = models.JSONField(default=list, blank=True)
    partner = models.CharField(max_length=100, blank=True)
    stage = models.CharField(max_length=32, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    amount = MoneyField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY", blank=True)

    class Meta(Record.Meta):
        indexes = (
            models.Index("pairing", "sort", "day", name="activity_by_sort"),
            models.Index("pairing", "day", name="activity_by_day"),
        )


class Need(Record):
    """What the receiving side asks for, or what the sending side can give (昌都所需、重庆所能)."""

    class Side(models.TextChoices):
        """Who speaks."""

        ASKED = "asked", "受援方所需"
        OFFERED = "offered", "支援方所能"

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "待对接"
        MATCHED = "matched", "已对接"
        MET = "met", "已落实"
        DROPPED = "dropped", "不再需要"

    side = models.CharField(max_length=8, choices=Side)
    summary = models.CharField(max_length=200)
    area = models.CharField(max_length=16)
    said_by = models.CharField(max_length=60)
    places = models.JSONField(default=list, blank=True)
    quantity = ExactField(null=True, blank=True)
    unit = models.CharField(max_length=16, blank=True)
    day = models.DateField()
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)


class Match(Record):
    """A need and an offer brought together, and what came of it."""

    class State(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed", "拟对接"
        AGREED = "agreed", "已商定"
        UNDER_WAY = "under_way", "实施中"
        DONE = "done", "已落实"
        FAILED = "failed", "未成"

    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    offer = models.ForeignKey(Need, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField()
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    note = models.CharField(max_length=300, blank=True)
