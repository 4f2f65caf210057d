"""Pairings: a sending place and a receiving place. Rights are given, and reports are filed, by pairing."""

from django.db import models


class Pairing(models.Model):
    """One pairing. ``key`` is its name in addresses and files and never changes.

    ``sending`` and ``receiving`` are places' names; their codes are of GB/T 2260, "" where a name has none.
    """

    key = models.SlugField(max_length=64, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    sending = models.CharField(max_length=64)
    receiving = models.CharField(max_length=64)
    sending_code = models.CharField(max_length=9, blank=True)
    receiving_code = models.CharField(max_length=9, blank=True)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name_zh
