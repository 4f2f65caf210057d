"""How a pairing is arranged, its terms, and the teams of each."""

from django.db import models

from shanhai.ledger.models import Pairing
from shanhai.programme.models.record import Record


class Mode(models.TextChoices):
    """The forms of partner assistance."""

    PAIRED = "paired", "对口支援"
    EAST_WEST = "east_west", "东西部协作"
    DESIGNATED = "designated", "定点帮扶"
    OTHER = "other", "其他"


class Arrangement(Record):
    """The pairing's terms of reference: its mode, since when, and the pairing that it belongs to as a part."""

    mode = models.CharField(max_length=16, choices=Mode)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    umbrella = models.ForeignKey(Pairing, models.PROTECT, null=True, blank=True, related_name="+")


class Term(Record):
    """A term (批次): its number, its phase, its dates."""

    batch = models.PositiveIntegerField()
    phase = models.CharField(max_length=30, blank=True)
    starts = models.DateField()
    ends = models.DateField()


class Team(Record):
    """A team (工作队), or a group of specialists, of one term."""

    name = models.CharField(max_length=60)
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")


class Handover(Record):
    """What one term passes to the next: a list of open matters, signed by both.

    ``signed`` is the hash of the list as it was signed, "" before; from then on the list stays as it is.
    """

    from_term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    to_term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    day = models.DateField(null=True, blank=True)
    given_by = models.CharField(max_length=60, blank=True)
    taken_by = models.CharField(max_length=60, blank=True)
    signed = models.CharField(max_length=64, blank=True)


class OpenMatter(Record):
    """One matter that is passed on: what it is about, what is left to do, who takes it."""

    class State(models.TextChoices):
        """Whether it is done."""

        OPEN = "open", "未了"
        TAKEN = "taken", "已接手"
        DONE = "done", "已办结"

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="+")
    about = models.CharField(max_length=100, blank=True)
    summary = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    due = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("Member", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
