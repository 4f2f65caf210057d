"""A whole, what is done of it, and the rest: 到账9600万元，已拨付7250万元，剩余2350万元."""

from collections.abc import Iterator

from shanhai.catalogue.relations import load_relations
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import is_level, slots_of, tight, unread
from shanhai.reasoning.relations.relation import Form, Relation, Slot

_BACK = 8


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations between a whole, its parts and what is told to be left of it."""
    rest = load_relations().patterns["left_over"]
    for i, figure in enumerate(sheet.figures):
        if (
            not is_level(sheet, i, figure.unit)
            or not rest.search(sheet.clause(i))
            or not tight(figure.interval)
        ):
            continue
        before = [
            k
            for k in range(max(0, i - _BACK), i)
            if sheet.figures[k].sentence == figure.sentence and is_level(sheet, k, figure.unit)
        ]
        relation = _of(sheet, before, i)
        if relation:
            yield relation


def _of(sheet: Sheet, before: list[int], rest: int) -> Relation | None:
    """The relation that fits; where only one is possible, that one."""
    made = [
        Relation(
            Form.REMAINDER,
            Slot(sheet.figures[first]),
            slots_of(sheet, [*before[at + 1 :], rest]),
            certain=True,
        )
        for at, first in enumerate(before[:-1])
        if tight(sheet.figures[first].interval)
    ]
    fitting = next((r for r in made if r.holds()), None)
    if fitting or len(made) != 1 or unread(sheet, before[0], rest):
        return fitting
    whole, part = (sheet.figures[k].interval for k in before)
    larger = whole.low is not None and part.low is not None and whole.low >= part.low
    return made[0] if larger else None
