"""What an entry changed, as lines a person reads: a column, what stood there, what stands there now."""

import json
import re
from functools import partial
from typing import Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.ledger.models import Entry
from shanhai.programme.kinds import KINDS
from shanhai.web.accounts.words import ROLES
from shanhai.web.audit.words import ACTIONS, COLUMNS, PROGRESS, SUBJECTS
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.links import finding_path, record_path, source_path

_LONGEST = 160
_MOST = 20
"""So many of an entry's changes are shown: an import may have a hundred thousand."""
_HASH = re.compile(r"[0-9a-f]{64}")
_WHOLE = gettext_lazy("内容")


class Change(msgspec.Struct, frozen=True):
    """One column: ``old`` and ``new`` as text, None where there was, or is, nothing."""

    label: "str | Promise"
    old: str | None
    new: str | None


class Told(msgspec.Struct, frozen=True):
    """An entry as the page shows it.

    Attributes:
        entry: the entry.
        action: the word for its action.
        kind: the word for what its subject is.
        subject: which one.
        address: the subject's page, "" where it has none.
        changes: what changed.
    """

    entry: Entry
    action: "str | Promise"
    kind: "str | Promise"
    subject: str
    address: str
    changes: list[Change]


def told(entry: Entry) -> Told:
    """An entry in words."""
    kind, _colon, key = entry.subject.partition(":")
    address = {"source": source_path, "finding": finding_path}.get(kind)
    if kind in KINDS:
        address = partial(_record_path, kind)
    return Told(
        entry,
        ACTIONS.get(entry.action, entry.action),
        both(KINDS[kind].zh, KINDS[kind].en) if kind in KINDS else SUBJECTS.get(kind, kind),
        key if len(key) <= 24 or kind in KINDS else f"{key[:12]}…",
        address(key) if address else "",
        changes(entry.old, entry.new),
    )


def _record_path(kind: str, key: str) -> str:
    pairing, _slash, number = key.partition("/")
    return record_path(pairing, kind, number)


def changes(old: Any, new: Any) -> list[Change]:
    """The columns that differ, in the order in which they were noted."""
    before, after = _columns(old), _columns(new)
    names = list(
        after if before and after else before or after
    )  # what stands in the old alone tells of what it is
    differ = [name for name in names if before.get(name) != after.get(name)]
    shown = [
        Change(COLUMNS.get(name, name) if name else _WHOLE, _text(name, before), _text(name, after))
        for name in differ[:_MOST]
    ]
    if len(differ) > _MOST:
        shown.append(Change("…", None, _("还有%(number)d处，归档中有全部") % {"number": len(differ) - _MOST}))
    return shown


def _columns(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    return value if isinstance(value, dict) else {"": value}


def _text(name: str, columns: dict[str, Any]) -> str | None:
    """A value in words; None where there is none. What is long is cut: the archive holds all of it."""
    if name not in columns:
        return None
    value = columns[name]
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name == "role":
        return str(ROLES.get(value, value))
    if name == "progress":
        return str(PROGRESS.get(value, value))
    if name == "files" and isinstance(value, list):
        value = [f"{file} ({size:,})" for file, size in value]
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        shown = "、".join(one if len(one) < 40 else f"{one[:12]}…" for one in value[:5])
        return (
            shown
            if len(value) <= 5
            else _("%(shown)s 等%(number)d项") % {"shown": shown, "number": len(value)}
        )
    told_as = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if _HASH.fullmatch(told_as):
        return f"{told_as[:12]}…"
    return told_as if len(told_as) <= _LONGEST else f"{told_as[:_LONGEST]}…"
