"""The records that others refer to, found by their numbers: each asked for once, many together where they are known before."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from shanhai.ledger.models import Pairing
from shanhai.programme.kinds import KINDS, Kind
from shanhai.programme.models import Record
from shanhai.programme.values import Context, Reference

PORTION = 500
"""So many numbers or ids go into one question."""
_PAIRING = "pairing"


class Finder:
    """Finds records of a pairing that stand, by kind and number, and pairings by key; what it found it keeps."""

    def __init__(self, pairing: Pairing) -> None:
        self._pairing = pairing
        self._known: dict[tuple[str, str], Model | None] = {}

    def __call__(self, kind: str, key: str) -> Model | None:
        """The record of a number; None where there is none that stands."""
        if (kind, key) not in self._known:
            if kind == _PAIRING:
                self._known[kind, key] = Pairing.objects.filter(key=key).first()
            else:
                standing = KINDS[kind].model._default_manager.filter(withdrawn=False)
                self._known[kind, key] = standing.filter(pairing=self._pairing, key=key).first()
        return self._known[kind, key]

    def ask(self, kind: str, keys: Iterable[str]) -> None:
        """Find many together; it is only quicker."""
        wanted = [] if kind == _PAIRING else [k for k in dict.fromkeys(keys) if (kind, k) not in self._known]
        for begin in range(0, len(wanted), PORTION):
            portion = wanted[begin : begin + PORTION]
            standing = KINDS[kind].model._default_manager.filter(withdrawn=False)
            found = {r.key: r for r in standing.filter(pairing=self._pairing, key__in=portion)}
            self._known.update(((kind, key), found.get(key)) for key in portion)


def context_of(pairing: Pairing) -> Context:
    """What reading a record's values needs: the records of its pairing, each asked for once."""
    return Context(pairing.receiving_code, Finder(pairing))


def finder(pairing: Pairing) -> Finder:
    """Finds records of a pairing."""
    return Finder(pairing)


def with_references(kind: Kind, records: Iterable[Record]) -> None:
    """Give records what they refer to: what several share is asked for once and is one object."""
    told = list(records)
    for field in kind.fields:
        if not isinstance(field.value, Reference):
            continue
        column: Any = kind.model._meta.get_field(field.name)
        named = {getattr(r, column.attname) for r in told} - {None}
        found = _by_id(column.related_model, sorted(named))
        for record in told:
            number = getattr(record, column.attname)
            if number is not None:
                record._state.fields_cache[field.name] = found[number]


def _by_id(model: type[Model], numbers: list[int]) -> dict[int, Model]:
    found: dict[int, Model] = {}
    for begin in range(0, len(numbers), PORTION):
        found.update(model._default_manager.in_bulk(numbers[begin : begin + PORTION]))
    return found
