"""Reports: what the newest reading made of each source."""

from django.db import models

from shanhai.ledger.models.sources import Source


class Report(models.Model):
    """The report of a source, as it was read last.

    ``doc`` is its name in findings and files, unique in the ledger. ``content`` is the model's ``Report`` as JSON,
    compressed by zlib. ``reader`` is the version of the reading (``ledger.versions``). ``statements`` counts those that
    stand, ``waiting`` those of them that no one has decided about; background figures (``minor``) wait for no one.
    """

    source = models.OneToOneField(Source, models.PROTECT, related_name="report")
    doc = models.CharField(max_length=300, unique=True)
    title = models.TextField(blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    publisher_kind = models.CharField(max_length=32, blank=True)
    author = models.CharField(max_length=300, blank=True)
    date = models.DateField(null=True, blank=True)
    reader = models.CharField(max_length=64)
    read_at = models.DateTimeField()
    content = models.BinaryField()
    statements = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index("date", "id", name="report_by_date"),
            models.Index("waiting", "id", name="report_by_waiting"),
        )

    def __str__(self) -> str:
        return self.title or self.doc
