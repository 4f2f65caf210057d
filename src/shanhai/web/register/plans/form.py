"""What is asked for: the plan's fields as they stand in the versions that are followed, the reason, money that enters the plan."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shanhai.programme.actions.plans import Asked
from shanhai.programme.models import MoneyEvent, Plan, PlanVersion, Project
from shanhai.programme.plans.checks import EVENTS, PROJECT, context_for
from shanhai.programme.plans.graph import Graph, fields_of, restored
from shanhai.web.register.forms import ToldField, ToldForm, typed, widget_of
from shanhai.web.register.plans.told import STATES
from shanhai.web.register.shown import plain_told

OTHER = "other"
_MOST_MONEY = 50


class PlanForm(ToldForm):
    """The form of a request.

    Args:
        data: what was sent; None to show it first.
        project, graph: whose plan.
        follows: the numbers of the versions that the request is made from.
    """

    def __init__(self, data: Any, project: Project, graph: Graph, follows: Sequence[int]) -> None:
        super().__init__(data)
        self.graph, self.follows = graph, tuple(follows)
        self._context = context_for(project)
        base, torn = graph.base(project, follows)
        self.torn = tuple(torn)
        values = restored(base, self._context)
        for field in fields_of():
            widget = widget_of(PROJECT, field, project.pairing)
            initial = "" if field.name in torn else typed(field, values[field.name])
            self.fields[field.name] = ToldField(field, self._context, widget, initial)
            if field.name in torn:
                self.fields[f"{field.name}_of"] = self._side(field.name)
        self.fields["reason"] = forms.CharField(
            required=bool(follows),
            label=_("变更的原因") if follows else _("说明"),
            max_length=1000,
            help_text=_("批准的人据此判断，请写明为什么、依据什么。"),
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": _("请填写。")},
        )
        if money := _out_of_plan(project, graph):
            self.fields["taken_in"] = forms.MultipleChoiceField(
                required=False,
                label=_("纳入计划的计划外资金"),
                choices=money,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": _("该笔资金已不能纳入，请重新勾选。")},
            )

    def asked(self, seen: str = "") -> Asked:
        """What was filled in; only what was changed is told, as all else stays."""
        told = {
            f.name: self.cleaned_data[f.name]
            for f in fields_of()
            if f.name in self.changed_data and f.name not in self.torn
        }
        for name in self.torn:
            side = self.cleaned_data[f"{name}_of"]
            if side == OTHER:
                told[name] = self.cleaned_data[name]
            else:
                content = self.graph.versions[int(side)].content
                told[name] = restored({name: content.get(name)}, self._context)[name]
        money = self.cleaned_data.get("taken_in", ())
        return Asked(told, self.cleaned_data["reason"], self.follows, money, seen)

    def _side(self, name: str) -> forms.ChoiceField:
        """The choice between what the versions say; where one of them alone changed it, that one is suggested."""
        field = next(f for f in fields_of() if f.name == name)
        stands = {n: self.graph.versions[n].content.get(name) for n in self.follows}
        common = _common(self.graph, self.follows)
        before = common.content.get(name) if common is not None else None
        changed = [n for n, value in stands.items() if common is not None and value != before]
        choices = [
            (
                str(n),
                _("第%(n)d版（%(state)s）：%(value)s")
                % {
                    "n": n,
                    "state": STATES[self.graph.versions[n].state],
                    "value": plain_told(field, value),
                },
            )
            for n, value in stands.items()
        ]
        told = ""
        if common is not None:
            told = _("两版之前（第%(n)d版）：%(value)s。") % {
                "n": common.number,
                "value": plain_told(field, before),
            }
            if len(changed) == 1:
                told += _("只有第%d版改了这一项。") % changed[0]
        return forms.ChoiceField(
            choices=[*choices, (OTHER, _("另写"))],
            initial=str(changed[0]) if len(changed) == 1 else "",
            help_text=told,
            widget=forms.RadioSelect,
            error_messages={
                "required": _("两个版本说法不同，请选一个，或选“另写”。"),
                "invalid_choice": _("两个版本说法不同，请选一个，或选“另写”。"),
            },
        )


def _common(graph: Graph, follows: Sequence[int]) -> PlanVersion | None:
    """The latest version that all of those come from."""
    behind: list[set[int]] = [{n, *graph.ancestors(n)} for n in follows]
    shared = set.intersection(*behind) if behind else set()
    return graph.versions[max(shared)] if shared else None


def _out_of_plan(project: Project, graph: Graph) -> list[tuple[str, str]]:
    """Money of the project out of plan that no approved version has taken in."""
    entered = {
        event["money"]
        for v in graph.versions.values()
        if v.state == PlanVersion.State.APPROVED
        for event in v.content.get(EVENTS, ())
    }
    found = MoneyEvent.objects.filter(project=project, plan=Plan.OUT, withdrawn=False).exclude(
        key__in=entered
    )
    return [
        (one.key, f"{one.key} · {one.day.isoformat()} · {one.amount:,.2f} {one.currency} {one.counterparty}")
        for one in found.order_by("day", "key")[:_MOST_MONEY]
    ]
