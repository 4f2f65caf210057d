"""What all records of the register have."""

from django.db import models

from shanhai.ledger.models import Pairing

LONGEST_KEY = 24


class Record(models.Model):
    """One record of a pairing's register.

    ``key`` is the number that the office gave it, unique among the pairing's records of its kind. ``revision`` counts
    its changes; who changes it names the revision that they saw. A record is never deleted: ``withdrawn`` takes it out
    of all lists and totals. ``evidence`` says where it is on file: a document's number, or the address of a source.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    revision = models.PositiveIntegerField(default=1)
    withdrawn = models.BooleanField(default=False)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ("pairing", "key")
        constraints = (models.UniqueConstraint("pairing", "key", name="one_%(class)s_a_key"),)

    def __str__(self) -> str:
        return self.key
