"""Failed sign-ins, kept where all processes see them."""

from django.db import models


class Failure(models.Model):
    """How often signing in failed of late, for one account or from one address.

    ``key`` is a hash of which it is; names that were tried, and addresses, are not kept.
    """

    key = models.CharField(max_length=64, primary_key=True)
    times = models.IntegerField(default=0)
    last = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.times}"
