"""Running totals: what is told to add up may not fall from one day to a later one (截至3月底累计1260户，截至9月底 …)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from shanhai.model import Kind
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import is_level
from shanhai.reasoning.relations.relation import Form, Relation, Slot

_AS_OF = re.compile(
    "(?:截至|截止到?|到|至)(?:(?P<year>(?:19|20)\\d\\d)年)?(?P<month>\\d{1,2})月(?:底|末|份|\\d{1,2}日)?"
)
_ADDS_UP = re.compile("累计|共计|总计|已")
_SHORTEST = 3


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations between two tellings of one running total."""
    told: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    year = 0
    for i, figure in enumerate(sheet.figures):
        if figure.claim.kind is not Kind.LEVEL or not is_level(sheet, i, figure.unit):
            continue
        measure = figure.claim.measure or ""
        lead = sheet.text[max(sheet.gap_start(i), figure.sentence.start) : figure.start]
        days = list(_AS_OF.finditer(lead))
        if not days or not _ADDS_UP.search(lead, days[-1].end()) or len(measure) < _SHORTEST:
            continue
        year = int(days[-1]["year"] or year)
        told[figure.unit, measure].append((year * 12 + int(days[-1]["month"]), i))
    for tellings in told.values():
        for (month, i), (later, k) in pairwise(tellings):
            if month < later:
                yield Relation(
                    Form.ORDER,
                    Slot(sheet.figures[k]),
                    ((Slot(sheet.figures[i]), 1),),
                    most=True,
                    certain=True,
                )
