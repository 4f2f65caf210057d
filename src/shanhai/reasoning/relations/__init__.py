"""What the text itself ties together: one module a form, listed in the order in which they look."""

from collections.abc import Callable, Iterator, Sequence

from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations import (
    accounts,
    averages,
    changes,
    parts,
    rates,
    remainders,
    running,
    shares,
    tables,
    totals,
)
from shanhai.reasoning.relations.relation import Relation

FORMS: Sequence[Callable[[Sheet], Iterator[Relation]]] = (
    parts.find,
    totals.find,
    remainders.find,
    rates.find,
    changes.find,
    averages.find,
    accounts.find,
    running.find,
    shares.find,
    tables.find,
)


def relations_of(sheet: Sheet) -> list[Relation]:
    """The relations of a report, each told once."""
    found: dict[frozenset[object], Relation] = {}
    for form in FORMS:
        for relation in form(sheet):
            found.setdefault(frozenset(slot.key for slot in relation.slots), relation)
    return list(found.values())
