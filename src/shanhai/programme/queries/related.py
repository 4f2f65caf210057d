"""What refers to a record: the records of other kinds that name it, the first of each."""

import msgspec

from shanhai.ledger.actors import Actor
from shanhai.ledger.queries.paging import Total, total
from shanhai.programme import access
from shanhai.programme.kinds import Field, Kind
from shanhai.programme.models import Record
from shanhai.programme.queries.lists import first_order
from shanhai.programme.values import Reference

MOST = 10
_FEW = 1_000


class Related(msgspec.Struct, frozen=True):
    """Records of one kind that name a record by one of their fields.

    Attributes:
        kind, field: of those records.
        records: the first of them.
        total: how many there are.
    """

    kind: Kind
    field: Field
    records: list[Record]
    total: Total


def related(actor: Actor, kind: Kind, record: Record) -> list[Related]:
    """What stands in the register and names a record; one query for each kind that can, two more where it does."""
    found = []
    for other in access.kinds(actor, record.pairing):
        for field in other.fields:
            if not isinstance(field.value, Reference) or field.value.kind != kind.name:
                continue
            rows = access.records(actor, other).filter(**{field.name: record})
            few = list(rows.order_by().values_list("pk", flat=True)[: _FEW + 1])
            if len(few) <= _FEW:  # put in order by themselves, not looked for in the order of all
                rows = other.model._default_manager.filter(pk__in=few)
            records = list(rows.order_by(first_order(other), "-pk")[: MOST + 1]) if few else []
            if records:
                number = Total(len(records)) if len(records) <= MOST else total(rows)
                found.append(Related(other, field, records[:MOST], number))
    return found
