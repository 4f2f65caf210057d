"""What the text itself ties together: one module a form, listed in the order in which they look."""

from collections.abc import Callable, Iterator, Sequence

from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations import (
    accounts,
    averages,
    changes,
    conversions,
    orders,
    parts,
    rates,
    remainders,
    running,
    series,
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
    orders.find,
    series.find,
    conversions.find,
    shares.find,
    tables.find,
)


def relations_of(sheet: Sheet) -> list[Relation]:
    """The relations of a report, each told once."""
    found: dict[frozenset[object], Relation] = {}
    for form in FORMS:
        for relation in form(sheet):
            key = frozenset(slot.key for slot in relation.slots)
            if key not in found or (relation.certain and not found[key].certain):
                found[key] = relation
    relations = list(found.values())
    return [r for r in relations if not any(_among_items(r, other) for other in relations)]


def _among_items(one: Relation, other: Relation) -> bool:
    """Whether all figures of one relation are items side by side in another, so that none of them is a whole; where
    the text says that it is, only items that add up speak against it."""
    if one is other or not other.certain or (one.certain and (one.holds() or not other.holds())):
        return False
    items = {slot.key for slot, _ in other.terms}
    return items.issuperset(slot.key for slot in one.slots)
