"""Series told year by year: each growth is measured against the year before (2018年2.52亿元；2019年增加到3.62亿元，较上年增长43.65%)."""

import re
from collections.abc import Iterator

from shanhai.catalogue.relations import load_relations
from shanhai.model import Kind
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.relation import Form, Relation, Slot

_BEFORE = re.compile("(?:比|较)(?:上年|去年|前一年|上一年)|同比")
_MOVED_TO = re.compile("(?:增加|增长|提高|上升|扩大|下降|降低|减少|增|降|升)(?:到|至)(?:了)?$")
_YEAR = re.compile("(?P<year>(?:19|20)\\d\\d)(?:/|$)")
_COMPARED = re.compile("[比较]|上年|去年")
_BACK = 6


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations of a growth to the level before it and that of the year before."""
    constant = load_relations().patterns["constant_prices"]
    for i, figure in enumerate(sheet.figures):
        if i < 2 or figure.claim.kind is not Kind.CHANGE or not _BEFORE.search(sheet.clause(i)):
            continue
        level = sheet.figures[i - 1]
        year = _year(level.claim.period)
        if level.claim.kind is not Kind.LEVEL or level.sentence != figure.sentence or year is None:
            continue
        base = _base(sheet, i - 1, year - 1)
        if base is None or constant.search(sheet.text, figure.sentence.start, figure.sentence.end):
            continue
        relation = Relation(
            Form.GROWTH,
            Slot(level),
            factors=(Slot(sheet.figures[base]), Slot(figure)),
            scale=100,
            offset=100,
            certain=True,
        )
        if relation.holds() or _MOVED_TO.search(sheet.clause(i - 1)):
            yield relation


def _base(sheet: Sheet, level: int, year: int) -> int | None:
    """The level of the year before in the same unit: the nearest before, of the same indicator."""
    figure = sheet.figures[level]
    for k in range(level - 1, max(-1, level - _BACK), -1):
        other = sheet.figures[k]
        if (
            _COMPARED.search(sheet.clause(k))
            or other.passage != figure.passage
            or other.claim.kind is not Kind.LEVEL
            or other.unit != figure.unit
        ):
            continue
        if _year(other.claim.period) == year and other.claim.indicator == figure.claim.indicator:
            return k
    return None


def _year(period: str | None) -> int | None:
    """The year of a period that is one whole year."""
    found = _YEAR.fullmatch(period) if period else None
    return int(found["year"]) if found else None
