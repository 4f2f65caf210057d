"""One amount told in two units: 1200亩（折合80公顷）."""

import re
from collections.abc import Iterator
from functools import cache

from shanhai.catalogue.relations import any_of, load_relations
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import is_level
from shanhai.reasoning.relations.relation import Form, Relation, Slot


@cache
def _between() -> re.Pattern[str]:
    return re.compile(f"[^，。；、]{{0,6}}[（(，,]?约?(?:{any_of(load_relations().converted)})(?:约|为)?")


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations between an amount and the same one in another unit right behind it."""
    for i in range(1, len(sheet.figures)):
        one, other = sheet.figures[i - 1], sheet.figures[i]
        if one.unit != other.unit or one.claim.unit == other.claim.unit or one.sentence != other.sentence:
            continue
        if (
            is_level(sheet, i - 1, one.unit)
            and is_level(sheet, i, other.unit)
            and _between().fullmatch(sheet.gap(i))
        ):
            yield Relation(Form.CONVERSION, Slot(other), ((Slot(one), 1),), certain=True)
