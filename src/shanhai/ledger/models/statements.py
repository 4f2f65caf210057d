"""Statements: every figure with its evidence. What a statement says never changes; how it stands does."""

from django.db import models

from shanhai.ledger.models.pairings import Pairing
from shanhai.ledger.models.reports import Report


class Origin(models.TextChoices):
    """Who stated it so."""

    READING = "reading"
    REVIEW = "review"


class State(models.TextChoices):
    """How a statement stands.

    OPEN waits for a decision, ACCEPTED was found right (or was written by a reviewer), REJECTED is no figure of the
    report, REPLACED gave way to what a reviewer wrote, GONE is not told any more by the newest reading.
    """

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REPLACED = "replaced"
    GONE = "gone"


STANDING = (State.OPEN, State.ACCEPTED)
"""The states in which a statement counts."""


class Statement(models.Model):
    """One figure of one report.

    ``key`` is the hash of the source and of ``content``, the claim as JSON (``ledger.contents``), exact. The columns
    after it repeat parts of it so that they can be searched; ``value``, ``low`` and ``high`` are rounded there and
    serve for sorting only. ``year`` is that of the period's end, else of the report's date.

    How it stands: ``state``; ``review``, the decision that put it so; ``superseded_by``, what stands in its place;
    ``reopened``, whether a new reading took a decision back. ``first_seen`` and ``last_seen`` are times of readings.
    """

    key = models.CharField(max_length=32, unique=True)
    report = models.ForeignKey(Report, models.PROTECT, related_name="figures")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.READING)
    content = models.TextField()

    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()
    area = models.CharField(max_length=32, blank=True)
    indicator = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=8)
    status = models.CharField(max_length=8, blank=True)
    unit = models.CharField(max_length=32, blank=True)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    measure = models.TextField(blank=True)
    place = models.CharField(max_length=100, blank=True)
    place_code = models.CharField(max_length=9, blank=True)
    party = models.CharField(max_length=200, blank=True)
    period = models.CharField(max_length=24, blank=True)
    year = models.SmallIntegerField(null=True)
    minor = models.BooleanField(default=False)
    pairing = models.ForeignKey(Pairing, models.PROTECT, null=True, blank=True, related_name="statements")

    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    review = models.ForeignKey("Review", models.PROTECT, null=True, blank=True, related_name="+")
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    reopened = models.BooleanField(default=False)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index("report", "start", "end", name="statement_by_place"),
            models.Index(
                "pairing", "state", "minor", "area", "year", "place_code", name="statement_by_pairing"
            ),  # holds all that ledger.queries.counts counts
            models.Index("area", "year", "state", name="statement_by_area"),
            models.Index("indicator", "place_code", "year", "state", name="statement_by_indicator"),
            models.Index("place_code", "year", "state", name="statement_by_code"),
        )

    def __str__(self) -> str:
        return f"{self.quote} ({self.report_id}, {self.start}–{self.end})"
