"""Lists of one kind of records of a pairing: narrowed, sorted, in pages that begin after the last row of the one before."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db.models import CharField, DateField, F, Field, PositiveIntegerField, Q, QuerySet, TextField

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing
from shanhai.ledger.queries.paging import SIZE, Page, Total, total
from shanhai.programme import access
from shanhai.programme.kinds import KINDS, Kind
from shanhai.programme.models import Activity, MoneyEvent, Record
from shanhai.programme.models.fields import ExactField, MoneyField
from shanhai.programme.values import AreaKey, Choice, Reference, Text

MOST_SORTED = 100_000
"""A list with more rows is sorted by its indexed columns only."""
_FEW = 1_000
_INDEXED = {MoneyEvent: ("day", "-day"), Activity: ("day", "-day")}
_SORTED = (DateField, MoneyField, PositiveIntegerField, CharField)


class Wanted(msgspec.Struct, frozen=True):
    """What of a list is wanted.

    Attributes:
        words: all of them stand in the number or in a field of text.
        values: what a field holds, as it is stored; of a reference the record's number.
        since, until: the first and last day, of kinds that have a day.
        withdrawn: those that were withdrawn instead of those that stand.
    """

    words: tuple[str, ...] = ()
    values: Mapping[str, Any] = {}
    since: Any = None
    until: Any = None
    withdrawn: bool = False

    @property
    def narrow(self) -> bool:
        """Whether not all is wanted."""
        return bool(self.words or self.values or self.since or self.until)


class Listed(msgspec.Struct, frozen=True):
    """A part of a list, how many rows it has in all, and the order in which it stands."""

    page: Page[Any]
    total: Total
    order: str


def orders(kind: Kind, number: Total | None = None) -> tuple[str, ...]:
    """The columns by which a list can be sorted: all that are exact and of one line, or the indexed where it is long."""
    if number is not None and number.more:
        return tuple(n for n in _INDEXED.get(kind.model, ()) if not n.startswith("-"))
    return ("key", *(f.name for f in kind.fields if f.listed and _sorts(kind, f.name)))


def _sorts(kind: Kind, name: str) -> bool:
    column = _column(kind, name)
    is_text = isinstance(column, CharField)
    return (
        isinstance(column, _SORTED)
        and not isinstance(column, ExactField)
        and (not is_text or isinstance(kind.field(name).value, Text))
    )


def _column(kind: Kind, name: str) -> "Field[Any, Any]":
    column = kind.model._meta.get_field(name)
    assert isinstance(column, Field)
    return column


def first_order(kind: Kind) -> str:
    """The order of a list of which none is asked for: by day, the last first, else by number."""
    return "-day" if any(f.name == "day" and f.listed for f in kind.fields) else "key"


def narrowed(actor: Actor, kind: Kind, pairing: Pairing, wanted: Wanted) -> QuerySet[Any]:
    """The records that are wanted."""
    rows = access.records(actor, kind, withdrawn=wanted.withdrawn).filter(pairing=pairing)
    for word in wanted.words:
        rows = rows.filter(_holds(kind, word))
    for name, value in wanted.values.items():
        rows = rows.filter(**{name: _meant(kind, name, pairing, value)})
    if wanted.since is not None:
        rows = rows.filter(day__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(day__lte=wanted.until)
    return rows


def _meant(kind: Kind, name: str, pairing: Pairing, value: Any) -> Any:
    """What a filter's value stands for: of a reference the record's id, so that its index is used; -1 where there is none."""
    reference = kind.field(name).value
    if not isinstance(reference, Reference):
        return value
    if reference.kind == "pairing":
        of: Any = Pairing.objects.filter(key=value)
    else:
        of = KINDS[reference.kind].model._default_manager.filter(pairing=pairing, key=value)
    return of.values_list("pk", flat=True).first() or -1


def _holds(kind: Kind, word: str) -> Q:
    found = Q(key__icontains=word) | Q(evidence__icontains=word)
    for field in kind.fields:
        if isinstance(field.value, Text) and isinstance(_column(kind, field.name), CharField | TextField):
            found |= Q(**{f"{field.name}__icontains": word})
    return found


def listed(
    actor: Actor,
    kind: Kind,
    pairing: Pairing,
    wanted: Wanted,
    order: str = "",
    after: str = "",
    size: int = SIZE,
) -> Listed:
    """One page of a list, in three queries at most.

    Raises:
        NotPossible: the cursor is none of this list.
    """
    rows = narrowed(actor, kind, pairing, wanted)
    few = list(rows.order_by().values_list("pk", flat=True)[: _FEW + 1]) if wanted.narrow else None
    if few is not None and len(few) <= _FEW:  # found once, they need not be looked for in the list's order
        number = Total(len(few))
        rows = kind.model._default_manager.filter(pk__in=few)
    else:
        number = total(rows, MOST_SORTED)
    known = orders(kind, number)
    order = order if order.removeprefix("-") in known else first_order(kind)
    if order.removeprefix("-") not in known:
        order = "-pk"
    references = [
        f.name
        for f in kind.fields
        if f.listed and isinstance(f.value, Reference) and _column(kind, f.name).is_relation
    ]
    found = list(_after(kind, rows, order, after).select_related(*references)[: size + 1])
    cursor = _cursor(kind, found[size - 1], order) if len(found) > size else ""
    return Listed(Page(found[:size], cursor), number, order)


def _after(kind: Kind, rows: QuerySet[Any], order: str, after: str) -> QuerySet[Any]:
    name, down = order.removeprefix("-"), order.startswith("-")
    beyond = "lt" if down else "gt"
    if name != "pk":
        column = F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True)
        nullable = _column(kind, name).null
        plain = f"-{name}" if down else name
        rows = rows.order_by(column if nullable else plain, "-pk" if down else "pk")
    else:
        rows = rows.order_by("-pk")
    if not after:
        return rows
    value, number = _of_cursor(kind, name, after)
    later = Q(**{f"pk__{beyond}": number})
    if name == "pk":
        return rows.filter(later)
    if value is None:
        return rows.filter(later, **{f"{name}__isnull": True})
    bound = Q(**{f"{name}__{beyond}": value}) | (Q(**{name: value}) & later)
    if _column(kind, name).null:
        return rows.filter(bound | Q(**{f"{name}__isnull": True}))
    return rows.filter(bound, **{f"{name}__{beyond}e": value})  # for the index


def _cursor(kind: Kind, record: Record, order: str) -> str:
    name = order.removeprefix("-")
    value = None if name == "pk" else getattr(record, name)
    return json.dumps([None if value is None else str(value), record.pk], ensure_ascii=False)


def _of_cursor(kind: Kind, name: str, after: str) -> tuple[Any, int]:
    try:
        value, number = json.loads(after)
        if not isinstance(value, str | None) or type(number) is not int or not 0 <= number < 2**62:
            raise ValueError(after)
        if name == "pk" or value is None:
            return None, number
        return _column(kind, name).to_python(value), number
    except (ValueError, ArithmeticError, TypeError, RecursionError, ValidationError) as e:
        raise NotPossible(
            "页码无效。请从列表第一页重新开始。",
            "This is no place in this list. Begin at its first page again.",
        ) from e


def filters(kind: Kind) -> tuple[str, ...]:
    """The fields by which a list can be narrowed: those with few words, and those that name other records."""
    return tuple(
        f.name
        for f in kind.fields
        if isinstance(f.value, Choice | AreaKey | Reference) or hasattr(f.value, "options")
    )
