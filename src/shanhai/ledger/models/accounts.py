"""Memberships: which role an account has, and for which pairing."""

from django.conf import settings
from django.db import models

from shanhai.ledger.models.pairings import Pairing


class Role(models.TextChoices):
    """What an account may do (``ledger.rights``), least first."""

    READER = "reader"
    REPORTER = "reporter"
    REVIEWER = "reviewer"
    OFFICE = "office"
    ADMINISTRATOR = "administrator"


class Membership(models.Model):
    """One role of one account; for all pairings where ``pairing`` is empty."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    pairing = models.ForeignKey(Pairing, models.CASCADE, null=True, blank=True, related_name="memberships")

    class Meta:
        constraints = (
            models.UniqueConstraint("user", "pairing", name="one_role_a_pairing"),
            models.UniqueConstraint("user", condition=models.Q(pairing=None), name="one_role_unfiled"),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.pairing or '*'}"
