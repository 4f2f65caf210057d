"""Money as typed events. Balances are derived from them and never typed."""

from django.db import models

from shanhai.ledger.models import Pairing
from shanhai.programme.models.fields import ExactField, MoneyField
from shanhai.programme.models.projects import Project
from shanhai.programme.models.record import Record
from shanhai.programme.models.terms import Team, Term


class Stage(models.TextChoices):
    """What happened to the money. IATI 2.03 transaction types: 12, 2, 1, 3, 4, and 1 or 13 back."""

    PROMISED = "promised", "承诺"
    COMMITTED = "committed", "下达（签约）"
    ARRIVED = "arrived", "到位"
    PAID_ON = "paid_on", "转拨"
    SPENT = "spent", "支出"
    RETURNED = "returned", "退回"


class Plan(models.TextChoices):
    """Whether the money stands in the plan, or was raised on top."""

    IN = "in", "计划内"
    OUT = "out", "计划外"


class Form(models.TextChoices):
    """Cash, or goods with their value."""

    CASH = "cash", "资金"
    GOODS = "goods", "物资折款"


class MoneyEvent(Record):
    """One event: an amount, never negative, that was promised, committed, came in, was passed on, spent or given back."""

    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage)
    plan = models.CharField(max_length=3, choices=Plan)
    form = models.CharField(max_length=5, choices=Form, default=Form.CASH)
    amount = MoneyField()
    currency = models.CharField(max_length=3, default="CNY")
    day = models.DateField()
    counterparty = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=100, blank=True)

    class Meta(Record.Meta):
        indexes = (
            models.Index("project", "day", name="money_by_project"),
            models.Index("pairing", "stage", "day", name="money_by_stage"),
            models.Index("pairing", "day", name="money_by_day"),
        )


class Balance(models.Model):
    """What a project's events come to in one currency; rebuilt from them. Money of no project has a row of its own.

    ``idle`` is cash that arrived and was neither spent nor returned; ``idle_since`` the day on which the oldest of it
    arrived, where what goes out is taken from what came in first, ``idle_until`` that on which the newest did;
    ``idle_lots`` that money by its day of arrival.
    Sums are of cash and goods, in plan and out of it, by stage: ``{"arrived": {"in": {"cash": "1.00"}}}``.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="balances")
    currency = models.CharField(max_length=3)
    promised = MoneyField()
    committed = MoneyField()
    arrived = MoneyField()
    paid_on = MoneyField()
    spent = MoneyField()
    returned = MoneyField()
    idle = MoneyField()
    idle_since = models.DateField(null=True)
    idle_until = models.DateField(null=True)
    idle_lots = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint("project", "currency", name="one_balance_a_project"),
            models.UniqueConstraint(
                "pairing", "currency", condition=models.Q(project=None), name="one_balance_unassigned"
            ),
        )
        indexes = (models.Index("pairing", "idle_since", name="balance_by_age"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.currency}"


class Flow(models.Model):
    """The sum of a pairing's events of one month, stage, plan, form and currency; rebuilt from them."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="+")
    month = models.DateField()
    stage = models.CharField(max_length=10)
    plan = models.CharField(max_length=3)
    form = models.CharField(max_length=5)
    currency = models.CharField(max_length=3)
    amount = MoneyField()
    events = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "pairing", "month", "stage", "plan", "form", "currency", name="one_flow_a_month"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.stage}"


class Countable(models.Model):
    """What of a project's money totals may add; rebuilt from it, from those above and below it, their other funders and
    balances. Projects that were withdrawn have none.

    The sums are in the project's currency, empty where there is no money. ``…_why`` is the reason why such a sum is not
    added at all, "" where it is. ``own`` is the part of it that is the pairing's own at most; where ``unsure``, a funder's
    share is not known, and none of it is the pairing's own for certain.
    """

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="countable")
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, null=True, db_index=False, related_name="+")
    currency = models.CharField(max_length=3)
    level = models.CharField(max_length=12)
    livelihood = models.CharField(max_length=12)
    livelihood_share = ExactField(null=True)
    planned = MoneyField(null=True)
    arrived = MoneyField(null=True)
    spent = MoneyField(null=True)
    planned_why = models.CharField(max_length=16, blank=True)
    arrived_why = models.CharField(max_length=16, blank=True)
    spent_why = models.CharField(max_length=16, blank=True)
    own = ExactField(default=1)
    unsure = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.project_id}"
