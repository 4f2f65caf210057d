"""Targets, and the results that are held against them."""

from django.db import models

from shanhai.programme.models.fields import ExactField
from shanhai.programme.models.projects import Project
from shanhai.programme.models.record import Record
from shanhai.programme.models.terms import Team


class Target(Record):
    """What an indicator of the catalogue shall reach in a period, for a project, a team or the whole pairing.

    ``definition`` is the card (口径) of what is counted, in the words of a claim's definition. Baseline and target are
    in ``unit``, in base units (元, not 万元).
    """

    indicator = models.CharField(max_length=64)
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.CharField(max_length=16)
    starts = models.DateField()
    ends = models.DateField()
    baseline = ExactField(null=True, blank=True)
    target = ExactField()
    definition = models.CharField(max_length=200, blank=True)

    class Meta(Record.Meta):
        indexes = (models.Index("pairing", "indicator", name="target_by_indicator"),)


class Result(Record):
    """What was reached in a period. A ratio has numerator and denominator, and no value of its own.

    ``cumulative`` tells that ``value`` counts from the target's begin, not from ``starts``; such figures are never
    added. ``breakdown`` holds counts by the catalogue's dimensions: ``{"女": 12}``.
    """

    target = models.ForeignKey(Target, models.PROTECT, related_name="results")
    starts = models.DateField()
    ends = models.DateField()
    cumulative = models.BooleanField(default=False)
    value = ExactField(null=True, blank=True)
    numerator = ExactField(null=True, blank=True)
    denominator = ExactField(null=True, blank=True)
    breakdown = models.JSONField(default=dict, blank=True)

    class Meta(Record.Meta):
        indexes = (models.Index("target", "ends", name="result_by_target"),)
