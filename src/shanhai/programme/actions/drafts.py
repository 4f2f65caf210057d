"""A record as it is told, held against what must be so: all that is wrong with it, together."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.models import Pairing
from shanhai.ledger.unseen import is_unseen
from shanhai.programme.kinds import Draft, Kind, Problem
from shanhai.programme.kinds.plan import plan_problems
from shanhai.programme.models import LONGEST_KEY, Record

EVIDENCE = "evidence"
_LONGEST_EVIDENCE = 300
RESERVED = frozenset({"new", "pick", ".", ".."})
"""Numbers that no record can have, since addresses of the register use them."""


class Refused(NotPossible):
    """A record cannot be as it was told.

    Args:
        problems: all that is wrong with it.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("；".join(p.zh for p in problems), " ".join(p.en for p in problems))
        self.problems = tuple(problems)


class Told(msgspec.Struct, frozen=True):
    """What is told of one record.

    Attributes:
        key: its number; "" for a new one that gets its number here.
        values: by field; what is left out stays as it is.
        evidence: where it is on file; None leaves it as it is.
        revision: which revision was seen; None where none needs to have been.
    """

    key: str
    values: Mapping[str, Any]
    evidence: str | None = None
    revision: int | None = None


def require_seen(kind: Kind, record: Record | None, revision: int | None) -> None:
    """Refuse to change a record that someone else changed after it was seen."""
    if revision is None or (record.revision if record else 0) == revision:
        return
    raise Conflict(
        f"{kind.zh}{record.key if record else ''}在您打开之后已被改动。请核对现在的内容，再改一次。",
        f"The {kind.en} {record.key if record else ''} was changed after you opened it. Look at it as it is now, and "
        "change it again.",
        by="",
        decision="",
    )


def draft_of(kind: Kind, pairing: Pairing, told: Told, before: Record | None) -> Draft:
    """A record as it would be."""
    values = kind.values_of(before) if before else {f.name: kind.empty(f.name) for f in kind.fields}
    for name, value in told.values.items():
        values[name] = kind.empty(name) if value is None else value
    return Draft(pairing.pk, told.key, values, before)


def found_in(kind: Kind, draft: Draft, told: Told) -> Iterable[Problem]:
    """What is wrong with a record."""
    if told.key and (len(told.key) > LONGEST_KEY or "/" in told.key or any(map(is_unseen, told.key))):
        yield Problem(
            "key",
            f"编号“{told.key[:LONGEST_KEY]}”最多{LONGEST_KEY}个字，不含斜线。",
            f"The number “{told.key[:LONGEST_KEY]}” may have {LONGEST_KEY} characters at most, and no slash.",
        )
    if told.key.casefold() in RESERVED:
        yield Problem(
            "key", f"编号不能用“{told.key}”。请换一个。", f"“{told.key}” cannot be a number. Choose another."
        )
    if told.evidence is not None and len(told.evidence) > _LONGEST_EVIDENCE:
        yield Problem(
            EVIDENCE,
            f"依据最多{_LONGEST_EVIDENCE}个字。",
            f"The evidence may have {_LONGEST_EVIDENCE} characters at most.",
        )
    missing = [f for f in kind.fields if f.required and draft.values[f.name] in (None, "")]
    for field in missing:
        yield Problem(field.name, f"请填写“{field.zh}”。", f"Fill in “{field.en}”.")
    if draft.before is not None and draft.before.withdrawn and told.values:
        yield Problem(
            "",
            f"{kind.zh}{draft.key}已撤下。请先恢复它再改。",
            f"The {kind.en} {draft.key} is withdrawn. Bring it back before changing it.",
        )
    yield from _withdrawn(kind, draft)
    if not missing:
        yield from plan_problems(kind, draft)
        for check in kind.checks:
            yield from check(draft)


def _withdrawn(kind: Kind, draft: Draft) -> Iterable[Problem]:
    """Records that it refers to, but that were withdrawn: it may be that it was withdrawn itself when they were."""
    for field in kind.fields:
        value = draft.values[field.name]
        if isinstance(value, Record) and value.withdrawn:
            yield Problem(
                field.name,
                f"“{field.zh}”{value.key}已撤下。请先恢复它。",
                f"“{field.en}”: {value.key} is withdrawn. Bring it back first.",
            )
