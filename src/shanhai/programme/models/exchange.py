"""Exchange files that were made and received, and the keys by which the other side signs."""

from django.db import models

from shanhai.ledger.models import Pairing


class ExchangeKey(models.Model):
    """A key of the other side's, accepted once on purpose; ``replaced`` tells that another was accepted after it."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="+")
    public = models.CharField(max_length=64)
    replaced = models.BooleanField(default=False)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                "pairing", condition=models.Q(replaced=False), name="one_exchange_key_a_pairing"
            ),
        )

    def __str__(self) -> str:
        return self.public


class ExchangeFile(models.Model):
    """A file made here (``own``) or received from the other side; ``about`` is the comparison that notes are about."""

    class Holds(models.TextChoices):
        """What its lines are."""

        REGISTER = "register", "台账"
        NOTES = "notes", "说明"

    class Side(models.TextChoices):
        """Which side made it."""

        SENDING = "sending", "支援方"
        RECEIVING = "receiving", "受援方"

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    own = models.BooleanField()
    holds = models.CharField(max_length=8, choices=Holds)
    side = models.CharField(max_length=9, choices=Side)
    starts = models.DateField()
    ends = models.DateField()
    office = models.CharField(max_length=60)
    made = models.DateTimeField()
    lines = models.PositiveIntegerField()
    about = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index("pairing", "about", name="exchange_by_about"),)
        constraints = (models.UniqueConstraint("pairing", "sha256", name="one_exchange_file_a_pairing"),)

    def __str__(self) -> str:
        return self.sha256


class ExchangeContent(models.Model):
    """The bytes of an exchange file, apart from it, so that lists do not carry them."""

    file = models.OneToOneField(ExchangeFile, models.PROTECT, primary_key=True, related_name="content")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.file_id}"
