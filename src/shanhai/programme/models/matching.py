"""What the register says to each statement; rebuilt from both."""

from django.db import models

from shanhai.ledger.models import Pairing, Statement
from shanhai.programme.models.fields import ExactField
from shanhai.programme.models.record import LONGEST_KEY


class RecordMatch(models.Model):
    """One statement held against the register of its pairing.

    ``figure`` is the register's, in the statement's base unit; ``difference`` the figure less the value
    told. ``count`` is of how many records the figure is made; not all of many are kept as rows.
    """

    class Verdict(models.TextChoices):
        """What the register says."""

        BACKED = "backed", "台账相符"
        DIFFERS = "differs", "与台账不同"
        ABSENT = "absent", "台账中没有"
        UNLIKE = "unlike", "不可相比"

    statement = models.OneToOneField(Statement, models.CASCADE, related_name="+")
    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason_zh = models.TextField()
    reason_en = models.TextField()
    figure = ExactField(null=True)
    difference = ExactField(null=True)
    unit = models.CharField(max_length=32, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index("pairing", "verdict", name="match_by_verdict"),)

    def __str__(self) -> str:
        return f"{self.statement_id} {self.verdict}"


class MatchedRecord(models.Model):
    """A record of which a statement's figure in the register is made, or (``explains``) that makes up the difference.

    ``project`` is the key of the project that it belongs to, its own where it is one.
    """

    match = models.ForeignKey(RecordMatch, models.CASCADE, related_name="records")
    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=LONGEST_KEY)
    project = models.CharField(max_length=LONGEST_KEY, blank=True)
    explains = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index("pairing", "kind", "key", name="matched_by_record"),
            models.Index("pairing", "project", name="matched_by_project"),
        )

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class MatchBuild(models.Model):
    """When the statements of a pairing were last held against its register, and the audit's last entry then."""

    pairing = models.OneToOneField(Pairing, models.CASCADE, related_name="+")
    entry = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pairing_id} {self.entry}"
