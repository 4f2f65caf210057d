"""Sources: bytes as received, never changed and never thrown away; how they came; collections of them."""

from django.db import models

from shanhai.ledger.models.pairings import Pairing


class Source(models.Model):
    """Bytes as received, known by their sha256.

    ``name`` is the file's name at its first receipt; ``media_type`` is recognised from the content, "" where nothing
    recognised it. ``fault`` says why no report could be taken from it, "" where one could.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100, blank=True)
    fault = models.TextField(blank=True)
    pairing = models.ForeignKey(Pairing, models.PROTECT, null=True, blank=True, related_name="sources")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Content(models.Model):
    """The bytes of a source, compressed by zlib; apart from it, so that lists do not carry them."""

    source = models.OneToOneField(Source, models.PROTECT, primary_key=True, related_name="content")
    compressed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.source_id}"


class Receipt(models.Model):
    """One way in which a source came: under which name, from where, when and by whom.

    The same bytes under another name or from another place are another receipt of the same source.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="receipts")
    name = models.CharField(max_length=255)
    origin = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint("source", "name", "origin", name="one_receipt_a_way"),)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"


class Collection(models.Model):
    """A named set of sources, such as the material of one audit."""

    key = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    sources = models.ManyToManyField(Source, related_name="collections", blank=True)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name
