"""Projects, how they belong together, the versions of their plans, and what they leave behind."""

from django.conf import settings
from django.db import models

from shanhai.ledger.models import Pairing
from shanhai.programme.models.fields import ExactField, MoneyField
from shanhai.programme.models.record import Record
from shanhai.programme.models.terms import Team, Term


class Level(models.TextChoices):
    """To whom a project's benefit goes; county and below are the grassroots of the rule of 80 %."""

    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "地市级"
    COUNTY = "county", "县级"
    BELOW = "below", "乡村级"
    UNCLASSIFIED = "unclassified", "未分类"


class Livelihood(models.TextChoices):
    """How much of a project is for people's livelihood."""

    WHOLE = "whole", "全部民生"
    PART = "part", "部分民生"
    NONE = "none", "非民生"
    UNCLASSIFIED = "unclassified", "未分类"


class Delivery(models.TextChoices):
    """Who builds: the sender (turnkey) or the receiver (cheque)."""

    TURNKEY = "turnkey", "交钥匙"
    CHEQUE = "cheque", "交支票"


class Status(models.TextChoices):
    """The six states of IATI 2.03 (code list ActivityStatus)."""

    PIPELINE = "1", "未开工"
    IMPLEMENTATION = "2", "实施中"
    FINALISATION = "3", "已完工未决算"
    CLOSED = "4", "已关闭"
    CANCELLED = "5", "已取消"
    SUSPENDED = "6", "已暂停"


class Project(Record):
    """A project.

    ``planned``, ``level``, ``livelihood``, ``livelihood_share``, ``places`` and the planned dates are those of the plan
    in force; once a plan is approved they change by change requests only. ``umbrella`` marks a record that only gathers
    others: its own money is never added to theirs. ``places`` are pairs of a county's code and what lies within it.
    """

    name = models.CharField(max_length=100)
    area = models.CharField(max_length=16)
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    umbrella = models.BooleanField(default=False)
    level = models.CharField(max_length=12, choices=Level, default=Level.UNCLASSIFIED)
    livelihood = models.CharField(max_length=12, choices=Livelihood, default=Livelihood.UNCLASSIFIED)
    livelihood_share = ExactField(null=True, blank=True)
    delivery = models.CharField(max_length=8, choices=Delivery, blank=True)
    status = models.CharField(max_length=1, choices=Status, default=Status.PIPELINE)
    planned_start = models.DateField(null=True, blank=True)
    planned_end = models.DateField(null=True, blank=True)
    started = models.DateField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)
    planned = MoneyField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    places = models.JSONField(default=list, blank=True)
    builder = models.CharField(max_length=60, blank=True)
    receiver = models.CharField(max_length=60, blank=True)

    class Meta(Record.Meta):
        indexes = (
            models.Index("pairing", "withdrawn", "status", name="project_by_status"),
            models.Index("pairing", "planned_end", name="project_by_end"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


class CoFunding(Record):
    """Another funder's share of a project. Together with the pairing's own share they may not pass one.

    ``share`` is empty where it is not known; then the project's money is in no total that would count it twice.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    funder = models.CharField(max_length=60)
    pairing_of_funder = models.ForeignKey(Pairing, models.PROTECT, null=True, blank=True, related_name="+")
    share = ExactField(null=True, blank=True)


class PlanVersion(models.Model):
    """One version of a project's plan: a node of a graph.

    ``content`` holds the plan's fields as JSON; ``follows`` the versions that it was made from. ``effect`` is what the
    request showed before it was decided: both shares, targets and neighbours, before and after.
    """

    class State(models.TextChoices):
        """What became of it."""

        ASKED = "asked", "待批"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"
        TAKEN_BACK = "taken_back", "已撤回"

    project = models.ForeignKey(Project, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    follows = models.ManyToManyField("self", symmetrical=False, related_name="followed_by", blank=True)
    content = models.JSONField()
    effect = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    document = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=12, choices=State)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    said = models.TextField(blank=True)

    class Meta:
        ordering = ("project", "number")
        constraints = (models.UniqueConstraint("project", "number", name="one_version_a_number"),)

    def __str__(self) -> str:
        return f"{self.project_id} v{self.number}"


class Use(models.TextChoices):
    """Whether an asset is used."""

    IN_USE = "in_use", "在用"
    PARTLY = "partly", "部分使用"
    IDLE = "idle", "闲置"
    GONE = "gone", "报废或灭失"


class Asset(Record):
    """What a project leaves behind; ``use`` and ``since`` are as at the hand-over, later use is what visits found."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    value = MoneyField(null=True, blank=True)
    handed_over = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=60, blank=True)
    use = models.CharField(max_length=8, choices=Use, default=Use.IN_USE)
    since = models.DateField(null=True, blank=True)


class Visit(Record):
    """A dated visit to an asset: what was found, by whom."""

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="+")
    day = models.DateField()
    use = models.CharField(max_length=8, choices=Use)
    by = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        indexes = (models.Index("asset", "day", name="visit_by_asset"),)


class Attachment(models.Model):
    """A photo or a document that belongs to a record, known by its sha256.

    ``located`` tells that a photo keeps where it was taken, on purpose.
    """

    sha256 = models.CharField(max_length=64)
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    located = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        indexes = (models.Index("subject", name="attachment_by_subject"),)
        constraints = (models.UniqueConstraint("subject", "sha256", name="one_attachment_a_subject"),)

    def __str__(self) -> str:
        return self.name


class AttachmentContent(models.Model):
    """The bytes of an attachment and of a photo's thumbnail, apart from it, so that lists do not carry them."""

    attachment = models.OneToOneField(Attachment, models.PROTECT, primary_key=True, related_name="content")
    data = models.BinaryField()
    thumbnail = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"{self.attachment_id}"
