"""Which relations of a report clash: the smallest sets of claims that cannot hold together."""

from collections.abc import Iterator, Sequence

import msgspec

from shanhai.catalogue.units import load_units
from shanhai.model import Kind
from shanhai.reasoning.figures import Figure
from shanhai.reasoning.relations.relation import Relation, Slot
from shanhai.reasoning.solving.intervals import Interval
from shanhai.reasoning.solving.smallest import NotSettled, Solver
from shanhai.reasoning.solving.sums import smallest_of_sum
from shanhai.reasoning.solving.system import System
from shanhai.reasoning.wording import value_of

_FEW = 12
"""Up to so many figures the smallest clash of all is found at once."""


class Clash(msgspec.Struct, frozen=True, eq=False):
    """Figures that cannot hold together, with the relations that tie them; none where time ran out.

    Attributes:
        figures: the smallest set, in text order; all figures of the group where it was not settled.
        relations: those of the relations that tie only figures of the set.
        settled: whether the solver was done in time.
    """

    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    settled: bool = True


def clashes(relations: Sequence[Relation], seconds: float) -> Iterator[Clash]:
    """The clashes among certain relations, group by group of those that share figures."""
    for group in _groups(relations):
        yield from _of_group(group, seconds)


def _of_group(group: list[Relation], seconds: float) -> Iterator[Clash]:
    """The clashes of one group: after each, the relations that it breaks are set aside and the rest is tried."""
    left = group
    while left and not _witnessed(left):
        figures = _figures(left)
        try:
            smallest = _smallest(left, figures, seconds)
        except NotSettled:
            yield Clash(tuple(figures), tuple(left), settled=False)
            return
        if smallest is None:
            return
        chosen = [figures[i] for i in smallest]
        broken = _broken(left, chosen)
        yield Clash(tuple(chosen), tuple(broken))
        left = [r for r in left if r not in broken]


def _smallest(left: Sequence[Relation], figures: Sequence[Figure], seconds: float) -> Sequence[int] | None:
    """The numbers of the figures of a smallest clash.

    Where many figures hang together, a relation that is broken by itself is told by itself: to prove that no other
    clash is smaller would take longer than anyone waits.

    Raises:
        NotSettled: when time runs out.
    """
    if len(figures) > _FEW:
        numbers = {(f.claim.doc, f.claim.start, f.claim.end): i for i, f in enumerate(figures)}
        own = [found for r in left if not r.holds() and (found := _of_sum(r)) is not None]
        if own:
            return sorted(numbers[key] for key in min(own, key=len))
    return Solver(_system(left, figures), seconds).smallest()


def _of_sum(relation: Relation) -> list[tuple[str, int, int]] | None:
    """The places of the smallest clash of a broken sum of figures that all lie at or above zero; None for what is no such sum."""
    signed = any(_signed(slot) for slot in relation.slots)
    if relation.factors is not None or relation.offset < 0 or signed:
        return None
    if len({slot.key[:3] for slot in relation.slots}) < len(relation.slots):
        return None
    one = [(relation.left, 1), *((slot, -by) for slot, by in relation.terms if by < 0)]
    other = [(slot, by) for slot, by in relation.terms if by > 0]
    fixed = [Interval.point(relation.offset)] if relation.offset else []
    sides = [[slot.interval.times(by) for slot, by in side] for side in (one, other)]
    found = smallest_of_sum(sides[0], [*sides[1], *fixed], most=relation.most)
    slots = [slot for slot, _ in (*one, *other)]
    return None if found is None else [slots[i].key[:3] for i in found if i < len(slots)]


def _broken(left: Sequence[Relation], chosen: Sequence[Figure]) -> list[Relation]:
    """The relations that a smallest set breaks: those within it, else those that touch it."""
    claims = {id(f.claim) for f in chosen}
    touching = [[id(slot.figure.claim) in claims for slot in r.slots] for r in left]
    within = [r for r, hits in zip(left, touching, strict=True) if all(hits)]
    broken = [r for r in left if not r.holds()]
    return within or broken or [r for r, hits in zip(left, touching, strict=True) if any(hits)]


def _groups(relations: Sequence[Relation]) -> list[list[Relation]]:
    """The relations in groups that share figures, in their order."""
    group_of: dict[object, list[Relation]] = {}
    groups: list[list[Relation]] = []
    for relation in relations:
        keys = [(slot.key[:3]) for slot in relation.slots]
        joined = [relation]
        for old in {id(g): g for k in keys if (g := group_of.get(k)) is not None}.values():
            joined = old + joined
            groups = [g for g in groups if g is not old]
        groups.append(joined)
        for r in joined:
            for slot in r.slots:
                group_of[slot.key[:3]] = joined
    return groups


def _witnessed(relations: Sequence[Relation]) -> bool:
    """Whether the values as told satisfy every relation, or a single relation its intervals: no need to solve."""
    if len(relations) == 1:
        return relations[0].holds()
    return all(_exact(r) for r in relations)


def _exact(relation: Relation) -> bool:
    values = {slot.key: value_of(slot) for slot in relation.slots}
    if any(v is None for v in values.values()):
        return False
    if any(not slot.interval.meets(slot.interval.point(values[slot.key] or 0)) for slot in relation.slots):
        return False
    left = values[relation.left.key] or 0
    if relation.factors is not None:
        one, other = (values[slot.key] or 0 for slot in relation.factors)
        return left * relation.scale == one * (other + relation.offset)
    right = relation.offset + sum((values[slot.key] or 0) * sign for slot, sign in relation.terms)
    return left >= right if relation.most else left == right


def _figures(relations: Sequence[Relation]) -> list[Figure]:
    found = {slot.key[:3]: slot.figure for r in relations for slot in r.slots}
    return [found[key] for key in sorted(found)]


def _system(relations: Sequence[Relation], figures: Sequence[Figure]) -> System:
    slots = {slot.key: slot for r in relations for slot in r.slots}
    claims = [
        [(key, slot.interval) for key, slot in slots.items() if slot.figure.claim is figure.claim]
        for figure in figures
    ]
    units = load_units()
    signed = {k for k, s in slots.items() if _signed(s)}
    whole = {k for k, s in slots.items() if s.figure.claim.unit in units.whole}
    return System(claims, [r.equation() for r in relations], frozenset(signed), frozenset(whole))


def _signed(slot: Slot) -> bool:
    """Whether a figure may lie below zero."""
    below = slot.interval.low is not None and slot.interval.low < 0
    return below or slot.figure.claim.kind in (Kind.CHANGE, Kind.POINTS)
