"""What reasoning made of the statements: facts, findings and promises. They are rebuilt, never edited.

What people do about a finding outlives the rebuilding: it is kept by the finding's key.
"""

from django.conf import settings
from django.db import models

from shanhai.ledger.models.pairings import Pairing
from shanhai.ledger.models.reports import Report
from shanhai.ledger.models.statements import Statement


class Fact(models.Model):
    """What all comparable statements about one thing allow (the model's ``Fact``).

    ``low`` and ``high`` are exact, as text, "" where open; ``closed`` tells which ends belong: both, low, high, none,
    or "clash" where no value satisfies all statements. ``middle`` serves for sorting and drawing only. ``parts`` explains the
    grade; ``releases`` names the independent sources.
    """

    key = models.CharField(max_length=64)
    pairing = models.ForeignKey(Pairing, models.CASCADE, null=True, blank=True, related_name="facts")
    area = models.CharField(max_length=32, blank=True)
    indicator = models.CharField(max_length=64, blank=True)
    unit = models.CharField(max_length=32, blank=True)
    kind = models.CharField(max_length=8)
    measure = models.TextField(blank=True)
    place = models.CharField(max_length=100, blank=True)
    place_code = models.CharField(max_length=9, blank=True)
    party = models.CharField(max_length=200, blank=True)
    period = models.CharField(max_length=24, blank=True)
    year = models.SmallIntegerField(null=True)
    definition = models.JSONField(default=dict)
    low = models.CharField(max_length=64, blank=True)
    high = models.CharField(max_length=64, blank=True)
    closed = models.CharField(max_length=5)
    middle = models.FloatField(null=True)
    sources = models.IntegerField()
    grade = models.CharField(max_length=1)
    points = models.IntegerField()
    out_of = models.IntegerField()
    parts = models.JSONField(default=list)
    releases = models.JSONField(default=list)
    statements = models.ManyToManyField(Statement, through="FactStatement", related_name="facts")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint("key", "pairing", name="one_fact_a_pairing"),
            models.UniqueConstraint("key", condition=models.Q(pairing=None), name="one_fact_unfiled"),
        )
        indexes = (
            models.Index("pairing", "area", "year", name="fact_by_area"),
            models.Index("indicator", "place_code", "year", name="fact_by_indicator"),
            models.Index("place_code", "year", name="fact_by_code"),
            models.Index("area", "id", name="fact_by_area_alone"),
            models.Index("party", "id", name="fact_by_party"),
            models.Index("closed", "id", name="fact_by_clash"),
            models.Index("grade", "id", name="fact_by_grade"),
            models.Index("grade", models.F("sources").desc(), models.F("id").desc(), name="fact_by_weight"),
        )

    def __str__(self) -> str:
        return self.key


class FactStatement(models.Model):
    """A statement for a fact, or against it."""

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="tellings")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="fact_tellings")
    supports = models.BooleanField()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index("fact", condition=models.Q(supports=False), name="telling_against"),)

    def __str__(self) -> str:
        return f"{self.fact_id} {self.statement_id}"


class Finding(models.Model):
    """A fault or a question (the model's ``Finding``). ``key`` is the hash of code, check and the places it names."""

    key = models.CharField(max_length=32)
    pairing = models.ForeignKey(Pairing, models.CASCADE, null=True, blank=True, related_name="findings")
    code = models.CharField(max_length=20)
    severity = models.CharField(max_length=8)
    check_name = models.CharField(max_length=32)
    message_zh = models.TextField()
    message_en = models.TextField()
    settles_zh = models.TextField()
    settles_en = models.TextField()
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint("key", "pairing", name="one_finding_a_pairing"),
            models.UniqueConstraint("key", condition=models.Q(pairing=None), name="one_finding_unfiled"),
        )
        indexes = (
            models.Index("pairing", "severity", "code", name="finding_by_severity"),
            models.Index("severity", "id", name="finding_in_queue"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.key}"


class FindingStatement(models.Model):
    """A stretch of a report that a finding names; ``statement`` is empty where no figure stands there (a date)."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="cited")
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, models.CASCADE, null=True, related_name="finding_tellings")
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.quote


class FindingWork(models.Model):
    """Who sees to a finding, and why it is settled; kept by the finding's key."""

    key = models.CharField(max_length=32, unique=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="findings"
    )
    settled = models.BooleanField(default=False)
    because = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Promise(models.Model):
    """A figure or a date that a report tells as yet to come, and what has become of it (the model's ``Promise``).

    ``due`` is as told (a day, month or year), ``due_by`` its last day. ``answers`` lists the places that answer it:
    objects with report (its id), start, end and quote.
    """

    pairing = models.ForeignKey(Pairing, models.CASCADE, null=True, blank=True, related_name="promises")
    report = models.ForeignKey(Report, models.CASCADE, related_name="promises")
    what = models.TextField()
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()
    due = models.CharField(max_length=10, blank=True)
    due_by = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12)
    answers = models.JSONField(default=list)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index("state", "due_by", name="promise_by_due"),)

    def __str__(self) -> str:
        return self.what


class Rebuild(models.Model):
    """When facts and findings of a pairing were last built, and up to which entry of the audit."""

    pairing = models.OneToOneField(Pairing, models.CASCADE, null=True, blank=True, related_name="rebuilt")
    entry = models.BigIntegerField()
    at = models.DateTimeField()
    on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.pairing_id or '*'} {self.entry}"
