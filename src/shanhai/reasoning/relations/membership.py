"""Whether figures of a list belong to a whole: are they all of it, can they be summed, is the sum meant to be it?"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from shanhai.catalogue.cards import load_cards
from shanhai.catalogue.relations import any_of, load_relations
from shanhai.catalogue.units import load_units
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import prefixes, slots_of, tight
from shanhai.reasoning.relations.relation import Form, Relation, Slot
from shanhai.reasoning.solving.intervals import Interval

_SIGN, _ANY_SIGN = re.compile("[。；\n]"), re.compile("[，、。；,;\n）)]")
_NAME = re.compile("[㐀-鿿、和]{2,8}")
_COMPOSED = re.compile("[^，。；]{0,6}(?:组成|构成)")
_YEARS = re.compile(
    "(?<![前后近])(?P<number>[两二三四五六七八九十]|\\d)(?:年|个年度|个?季度|期|批)[^，。；\\d]{0,8}$"
)
_PLACES = re.compile(
    "(?P<number>[两二三四五六七八九十]|\\d)(?:地|县|市|区|州|校|院|村|乡|镇|家|方)[^，。；\\d]{0,8}$"
)
_ONE_YEAR = re.compile(
    "(?:(?:19|20)\\d\\d年|第[一二三四五六七八九十][年期批季]|[头前后次去今首]一?年|[一二三四]季度|第[一二三四]季度)"
)
_QUARTER = re.compile("季度")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


def fitting(sheet: Sheet, wholes: Sequence[int], items: Sequence[int]) -> Relation | None:
    """The relation to the nearest whole that the items, or the first of them, make up."""
    for part, total in prefixes(sheet, items):
        if not tight(total):
            continue
        for whole in wholes:
            left = Slot(sheet.figures[whole])
            if left.interval.meets(total):
                return Relation(Form.PARTS, left, slots_of(sheet, part), certain=True)
    return None


def alike(sheet: Sheet, whole: int, items: Sequence[int]) -> bool:
    """Whether whole and items are of one field of work, as far as is known."""
    area = sheet.figures[whole].claim.area
    return all(sheet.figures[i].claim.area in (area, None, "other") for i in items)


def named_only(sheet: Sheet, items: Sequence[int]) -> bool:
    """Whether each item is told by nothing but a name (牦牛肉196万元、青稞557万元): no new statement begins."""
    words = load_relations().patterns
    for i in items:
        clause = sheet.clause(i).strip()
        cue = words["among"].match(clause)
        name = clause[cue.end() :] if cue else clause
        if not _NAME.fullmatch(name) or words["statement"].search(name):
            return False
    return True


def exceeds(total: Interval, left: Slot) -> bool:
    """Whether a sum is more than its whole whatever the figures stand for."""
    return total.low is not None and left.interval.high is not None and total.low > left.interval.high


def close(left: Slot, total: Interval, by: int) -> bool:
    """Whether a sum misses its whole by less than the whole divided by ``by``."""
    low = left.interval.low
    return low is not None and low > 0 and left.interval.distance(total) * by < low


def open_ended(sheet: Sheet, items: Sequence[int]) -> bool:
    """Whether the list says that there are more (等)."""
    return bool(load_relations().patterns["open_end"].search(_SIGN.split(sheet.after(items[-1]))[0][:12]))


def told_complete(sheet: Sheet, whole: int, items: Sequence[int]) -> bool:
    """Whether the items themselves say that they are all: the rest among them, both of a pair that is all, the four
    quarters, one for each of the years that the whole names, or 组成 behind the last."""
    words = load_relations()
    if any(words.patterns["rest"].search(sheet.clause(i)) for i in items[1:]) or _rest_beside(sheet, items):
        return True
    clauses = [sheet.clause(i) + _ANY_SIGN.split(sheet.after(i))[0][:8] for i in items]
    one, other = clauses[0], clauses[-1]
    if len(items) == 2 and any(
        (a in one and b in other) or (b in one and a in other) for a, b in words.complete
    ):
        return True
    if len(items) == 4 and all(_QUARTER.search(c) for c in clauses):
        return True
    if _year_by_year(sheet, whole, items) or _place_by_place(sheet, whole, items):
        return True
    return bool(_COMPOSED.match(sheet.after(items[-1])))


def _rest_beside(sheet: Sheet, items: Sequence[int]) -> bool:
    """Whether the last item is told beside another of the rest (…，其余教育33个、投资25万元), as all items are told."""
    steps = {k - i for i, k in pairwise(items)}
    if len(steps) != 1 or steps == {1}:
        return False
    gap = sheet.text[sheet.figures[items[-2]].end : sheet.figures[items[-1]].start]
    return bool(load_relations().patterns["left_over"].match(gap.lstrip("，；、,;）)")))


def _year_by_year(sheet: Sheet, whole: int, items: Sequence[int]) -> bool:
    """Whether the whole is told for so many years as there are items, each told for one (两年共27家，头一年15家 …)."""
    figure = sheet.figures[whole]
    named = _YEARS.search(sheet.text[max(figure.sentence.start, figure.start - 24) : figure.start])
    if named is None:
        return False
    number = _DIGITS.get(named["number"]) or int(named["number"])
    return number == len(items) and all(_ONE_YEAR.search(sheet.clause(i)) for i in items)


def _place_by_place(sheet: Sheet, whole: int, items: Sequence[int]) -> bool:
    """Whether the whole is told for so many places or units as there are items (两地合计2865万元，甲县…，乙市…)."""
    named = _PLACES.search(sheet.clause(whole))
    if named is None:
        return False
    return (_DIGITS.get(named["number"]) or int(named["number"])) == len(items)


def exclude(sheet: Sheet, whole: int, items: Sequence[int]) -> bool:
    """Whether what is counted in one item cannot be counted in another as well."""
    if len(items) == 1:
        return True
    words = load_relations()
    clauses = [sheet.clause(i) + sheet.after(i)[:10] for i in items]
    if len({n for c in clauses for n, axis in enumerate(words.axes) if any(w in c for w in axis)}) > 1:
        return False
    if load_units().kind_of.get(sheet.figures[whole].claim.unit) not in load_cards().people:
        return True
    return not any(words.patterns["overlapping"].search(c) for c in clauses)


@cache
def _total_told() -> re.Pattern[str]:
    words = load_relations()
    return re.compile(any_of([*words.total, *words.total_weak, "现有", "共有", "总"]))


def told_total(sheet: Sheet, i: int) -> bool:
    """Whether a figure is told as a total (共, 合计, 现有)."""
    return _total_told().search(sheet.clause(i)) is not None
