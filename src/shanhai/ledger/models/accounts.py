"""Memberships: which role an account has, and for which pairing. Tokens: by which programs act for an account."""

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


class Token(models.Model):
    """A secret by which a program acts with an account's rights. It is shown once; only its hash is kept.

    ``hash`` is the sha256 of the secret, ``hint`` its last characters, by which its owner knows it again.
    ``last_used`` is kept to the day.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    created = models.DateTimeField()
    expires = models.DateTimeField()
    last_used = models.DateField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.label} …{self.hint}"
