"""The audit: one entry an action, chained by hash, so that a change behind the application's back shows."""

from django.db import models


class Entry(models.Model):
    """What was done, by whom, when and why.

    ``old`` and ``new`` hold what the action changed; ``seals`` are the digests of the rows that the action left behind
    (``ledger.seals``). ``hash`` is the sha256 of the entry's fields with ``previous``, the hash of the entry before it
    (``ledger.audit``).
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    action = models.CharField(max_length=32)
    subject = models.CharField(max_length=100)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    why = models.TextField(blank=True)
    seals = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        indexes = (models.Index("subject", "number", name="entry_by_subject"),)

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"
