"""What was done to a record, in words: who, when, from what to what, why."""

import datetime
from typing import Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.ledger.actors import Actor
from shanhai.ledger.rights import Right
from shanhai.programme.actions.plans import PLAN_ACTIONS, RIGHT_FOR
from shanhai.programme.actions.records import state_of
from shanhai.programme.actions.undo import RECORD_ACTIONS
from shanhai.programme.kinds import Kind
from shanhai.programme.models import PlanVersion, Record
from shanhai.programme.queries.histories import Done, History
from shanhai.web.links import plan_path, undo_path
from shanhai.web.register.shown import label, plain_told

_ACTIONS: "dict[str, str | Promise]" = {
    "enter": gettext_lazy("登记或修改"),
    "enter many": gettext_lazy("批量登记"),
    "withdraw": gettext_lazy("撤下"),
    "bring back": gettext_lazy("恢复"),
    "undo": gettext_lazy("撤销"),
    "attach": gettext_lazy("添加附件"),
    "take out attachment": gettext_lazy("撤下附件"),
    "put back attachment": gettext_lazy("恢复附件"),
    "ask for plan": gettext_lazy("申请计划"),
    "approve plan": gettext_lazy("批准计划"),
    "refuse plan": gettext_lazy("不批准计划"),
    "take back plan": gettext_lazy("撤回计划申请"),
}
_BESIDE: "dict[str, str | Promise]" = {
    "evidence": gettext_lazy("依据"),
    "withdrawn": gettext_lazy("已撤下"),
    "attachment": gettext_lazy("附件"),
    "sha256": gettext_lazy("校验值"),
    "size": gettext_lazy("字节"),
    "located": gettext_lazy("保留拍摄地点"),
}


class Line(msgspec.Struct, frozen=True):
    """One field that changed; ``old`` is None where the record was new."""

    label: "str | Promise"
    old: str | None
    new: str


class Step(msgspec.Struct, frozen=True):
    """One thing that was done.

    Attributes:
        at, by, action, why: as the audit tells.
        lines: what changed.
        version, plan: the plan's version that it is about, and its page; 0 where it is about the record alone.
        undo: the page that takes it back; "" where the reader may not, or it does not stand any more.
    """

    at: datetime.datetime
    by: str
    action: "str | Promise"
    why: str
    lines: tuple[Line, ...]
    version: int = 0
    plan: str = ""
    undo: str = ""


def steps(kind: Kind, record: Record, history: History, actor: Actor) -> list[Step]:
    """A history in words, for someone: who did it is told to readers with an account.

    Args:
        kind, record: whose.
        history: the last first.
        actor: who reads.
    """
    state = state_of(kind, record)
    decided = _decided(record, history)
    in_force = max((n for n, one in decided.items() if one == PlanVersion.State.APPROVED), default=0)
    found, decided_last = [], set[int]()
    for one in history.done:
        right = RIGHT_FOR.get(one.action, Right.RECORD)
        may = (
            one.action in RECORD_ACTIONS | PLAN_ACTIONS
            and not (one.version and (one.action == "undo" or one.version in decided_last))
            and actor.may(right, record.pairing_id)
            and all(state.get(name) == value for name, value in one.new.items())
            and (not one.version or decided.get(one.version) == one.state)
            and (one.action != "approve plan" or one.version == in_force)
        )
        decided_last.add(one.version)
        found.append(_step(kind, record, one, bool(actor.name), undo_path(one.number) if may else ""))
    return found


def _decided(record: Record, history: History) -> dict[int, str]:
    """What became of the versions of a project's plan that the history tells of."""
    numbers = {one.version for one in history.done} - {0}
    if not numbers:
        return {}
    found = PlanVersion.objects.filter(project=record.pk, number__in=numbers)
    return dict(found.values_list("number", "state"))


def action_word(action: str, *, is_new: bool) -> "str | Promise":
    """What was done, in words."""
    return _("新登记") if is_new else _ACTIONS.get(action, action)


def _step(kind: Kind, record: Record, one: Done, with_names: bool, undo: str) -> Step:
    is_new = one.action in ("enter", "enter many") and one.old is None
    action = action_word(one.action, is_new=is_new)
    lines = []
    for name in one.new or one.old or {}:
        old, new = (one.old or {}).get(name), one.new.get(name)
        if is_new and new in (None, "", [], {}, False):
            continue
        was = None if one.old is None else field_value(kind, name, old)
        lines.append(Line(field_label(kind, name), was, field_value(kind, name, new) if one.new else "—"))
    plan = plan_path(record.pairing.key, record.key, one.version) if one.version else ""
    by = one.by if with_names else ""
    return Step(one.at, by, action, one.why, tuple(lines), one.version, plan, undo)


def field_label(kind: Kind, name: str) -> "str | Promise":
    """What a field is called, or what stands beside a record's fields."""
    field = next((f for f in kind.fields if f.name == name), None)
    return label(field) if field else _BESIDE.get(name, name)


def field_value(kind: Kind, name: str, value: Any) -> str:
    """A value as the audit keeps it, in words."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name == "sha256":
        return f"{str(value)[:12]}…"
    return plain_told(next((f for f in kind.fields if f.name == name), None), value)
