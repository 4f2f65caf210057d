"""Parts and whole, the whole told last: 97个、49个，合计146个; 两项合计 …"""

import re
from collections.abc import Iterator
from functools import cache

from shanhai.catalogue.relations import any_of, load_relations
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import is_level, items_before, slots_of, tight, total_of
from shanhai.reasoning.relations.membership import alike, close, exclude, told_complete
from shanhai.reasoning.relations.relation import Form, Relation, Slot

_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_YEARS_PARTS = (("上半年", "下半年"), ("一季度", "二季度", "三季度", "四季度"))
_PART_OF_YEAR = re.compile("上半年|下半年|[一二三四]季度")
_NEAR, _CLOSE, _SEVERAL = 10, 20, 3


@cache
def _cue() -> re.Pattern[str]:
    words = load_relations()
    number = "".join(_NUMBERS)
    return re.compile(
        f"(?:(?P<number>[{number}])(?:项|者|类|部分|笔|地|县|市|方面|级|年|批|期|校|院|处|个\\w{{1,4}}))?[^，。；\\d]{{0,4}}?"
        f"(?P<these>以上|上述|前述)?(?:(?P<strong>{any_of(words.total)})|(?P<weak>{any_of(words.total_weak)}))(?P<rest>[^，。；]{{0,10}})$"
    )


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations between a whole and the parts told before it."""
    for i, figure in enumerate(sheet.figures):
        if not is_level(sheet, i, figure.unit) or not tight(figure.interval):
            continue
        found = _cue().search(sheet.clause(i))
        last = _last(sheet, i) if found else None
        if found is None or last is None:
            continue
        begin = sheet.figures[last].sentence.start
        relation = _fitting(sheet, i, items_before(sheet, last, begin), found)
        if relation:
            yield relation
    yield from _of_year(sheet)


def _of_year(sheet: Sheet) -> Iterator[Relation]:
    """A whole year and its halves or quarters, each told in a sentence of its own."""
    for i, figure in enumerate(sheet.figures):
        if not is_level(sheet, i, figure.unit) or "全年" not in _lead(sheet, i):
            continue
        parts: dict[str, int] = {}
        for k in range(max(0, i - 8), i):
            found = _PART_OF_YEAR.search(_lead(sheet, k))
            alike_measure = sheet.figures[k].claim.indicator == figure.claim.indicator
            if (
                found
                and alike_measure
                and is_level(sheet, k, figure.unit)
                and tight(sheet.figures[k].interval)
            ):
                parts.setdefault(found[0], k)
        for names in _YEARS_PARTS:
            if all(n in parts for n in names):
                terms = slots_of(sheet, [parts[n] for n in names])
                yield Relation(Form.TOTAL, Slot(figure), terms, certain=True)


def _lead(sheet: Sheet, i: int) -> str:
    """The words before a figure, back to the figure or the sentence's begin before it."""
    return sheet.text[max(sheet.gap_start(i), sheet.figures[i].sentence.start) : sheet.figures[i].start]


def _last(sheet: Sheet, whole: int) -> int | None:
    """The last figure of the unit before the whole, in its sentence or the one before."""
    figure = sheet.figures[whole]
    for k in range(whole - 1, max(-1, whole - 12), -1):
        if is_level(sheet, k, figure.unit):
            between = sheet.text[sheet.figures[k].end : figure.start]
            sentences = len(re.findall("[。！？\n]", between))
            return k if sentences == 0 or (sentences == 1 and len(between) < 40) else None
    return None


def _fitting(sheet: Sheet, whole: int, items: list[int], cue: re.Match[str]) -> Relation | None:
    left = Slot(sheet.figures[whole])
    number = _NUMBERS.get(cue["number"] or "")
    for first in range(len(items) - 1):
        some = items[first:]
        if left.interval.meets(total_of(sheet, some)) and tight(total_of(sheet, some)):
            return Relation(Form.TOTAL, left, slots_of(sheet, some), certain=True)
    aim = load_relations().patterns["aim"]
    aimed = {bool(aim.search(sheet.clause(k))) for k in (whole, *items)}
    if len(aimed) > 1 or not all(tight(sheet.figures[k].interval) for k in items):
        return None
    if len(items) > 1 and told_complete(sheet, whole, items) and close(left, total_of(sheet, items), 2):
        return Relation(Form.TOTAL, left, slots_of(sheet, items), certain=True)
    listed = len(items) >= _SEVERAL and alike(sheet, whole, items) and exclude(sheet, whole, items)
    if listed and not cue["strong"] and close(left, total_of(sheet, items), _CLOSE):
        return Relation(Form.TOTAL, left, slots_of(sheet, items), near=True)
    bare = re.fullmatch("[，,]?(?:共|总共|一共|共计)", sheet.clause(whole).strip()) is not None
    if not (cue["strong"] or bare) or len(items) < 2:
        return None
    if number:
        items = items[-number:]
        if len(items) < number:
            return None
    terms, total = slots_of(sheet, items), total_of(sheet, items)
    if (
        number
        or bare
        or cue["these"]
        or (len(cue["rest"]) <= 2 and cue["strong"] not in ("共计", "总共", "一共"))
    ):
        return Relation(Form.TOTAL, left, terms, certain=True)
    if close(left, total, _NEAR):
        return Relation(Form.TOTAL, left, terms, near=True)
    return None
