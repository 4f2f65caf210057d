"""Uploads: files sent together, each with what became of it, so that a crash leaves no doubt which are missing."""

from django.db import models

from shanhai.ledger.models.pairings import Pairing
from shanhai.ledger.models.sources import Source


class Upload(models.Model):
    """Files announced together by one sender."""

    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    pairing = models.ForeignKey(Pairing, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"


class Progress(models.TextChoices):
    """What became of a file. One that stays WAITING after its upload broke off is not in the ledger."""

    WAITING = "waiting"
    READ = "read"
    KNOWN = "known"
    REFUSED = "refused"


class UploadedFile(models.Model):
    """One file of an upload. ``message`` says why it was refused."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    position = models.IntegerField()
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    progress = models.CharField(max_length=8, choices=Progress.choices, default=Progress.WAITING)
    message = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint("upload", "position", name="one_file_a_position"),)

    def __str__(self) -> str:
        return self.name
