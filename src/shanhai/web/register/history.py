"""What was done to a record, in words: who, when, from what to what, why."""

import datetime
from typing import Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.programme.kinds import Kind
from shanhai.programme.queries.histories import Done, History
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
    """One thing that was done."""

    at: datetime.datetime
    by: str
    action: "str | Promise"
    why: str
    lines: tuple[Line, ...]


def steps(kind: Kind, history: History, *, with_names: bool) -> list[Step]:
    """A history in words.

    Args:
        kind: of the record.
        history: the last first.
        with_names: whether it is told who did it: to readers with an account.
    """
    return [_step(kind, one, with_names) for one in history.done]


def _step(kind: Kind, one: Done, with_names: bool) -> Step:
    is_new = one.action in ("enter", "enter many") and one.old is None
    action = _("新登记") if is_new else _ACTIONS.get(one.action, one.action)
    lines = []
    for name in one.new or one.old or {}:
        old, new = (one.old or {}).get(name), one.new.get(name)
        if is_new and new in (None, "", [], {}, False):
            continue
        was = None if one.old is None else _value(kind, name, old)
        lines.append(Line(_label(kind, name), was, _value(kind, name, new) if one.new else "—"))
    return Step(one.at, one.by if with_names else "", action, one.why, tuple(lines))


def _label(kind: Kind, name: str) -> "str | Promise":
    field = next((f for f in kind.fields if f.name == name), None)
    return label(field) if field else _BESIDE.get(name, name)


def _value(kind: Kind, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name == "sha256":
        return f"{str(value)[:12]}…"
    return plain_told(next((f for f in kind.fields if f.name == name), None), value)
