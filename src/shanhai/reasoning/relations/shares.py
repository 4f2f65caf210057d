"""Shares of one whole: together they may not pass 100 (分别占40%、35%、25%)."""

import re
from collections.abc import Iterator

from shanhai.catalogue.relations import load_relations
from shanhai.model import Kind
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import slots_of, strength, total_of
from shanhai.reasoning.relations.relation import Form, Relation, Slot
from shanhai.reasoning.solving.intervals import Interval

_OF_ONE = re.compile("占|比例|比重|构成")
HUNDRED = Interval.point(100)


def find(sheet: Sheet) -> Iterator[Relation]:
    """Lists of shares of one whole that are told as a split of it; the whole is 100."""
    for items in _lists(sheet):
        total = total_of(sheet, items)
        if total.meets(HUNDRED) or (total.low is not None and total.low > 100 and _of_one(sheet, items)):
            first, *others = items
            yield Relation(
                Form.SHARES, Slot(sheet.figures[first]), slots_of(sheet, others, -1), offset=100, certain=True
            )


def _of_one(sheet: Sheet, items: list[int]) -> bool:
    """Whether the shares are parts of one whole, so that together they may not pass it: each of them is told to be
    a share, and what is counted in one is not counted in another as well."""
    words = load_relations()
    clauses = [sheet.clause(i) + sheet.after(i)[:6] for i in items]
    if len(items) > 2 and any(words.patterns["rest"].search(c) for c in clauses):
        return all(_OF_ONE.search(c) for c in clauses)
    if any(words.patterns["overlapping"].search(c) for c in clauses):
        return False
    if len({n for c in clauses for n, axis in enumerate(words.axes) if any(w in c for w in axis)}) > 1:
        return False
    return len(items) > 2 and all(_OF_ONE.search(c) for c in clauses)


def _lists(sheet: Sheet) -> Iterator[list[int]]:
    run: list[int] = []
    for i, figure in enumerate(sheet.figures):
        share = figure.unit == "%" and figure.claim.kind is Kind.SHARE and not sheet.in_table(i)
        follows = run and figure.sentence == sheet.figures[run[-1]].sentence and strength(sheet.gap(i)) <= 2
        if run and not (share and follows):
            if len(run) > 1 and _OF_ONE.search(sheet.clause(run[0])):
                yield run
            run = []
        if share:
            run = [*run, i]
    if len(run) > 1 and _OF_ONE.search(sheet.clause(run[0])):
        yield run
