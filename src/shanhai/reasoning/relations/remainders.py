"""A whole, what is done of it, and the rest: 到账9600万元，已拨付7250万元，剩余2350万元."""

import re
from collections.abc import Iterator

from shanhai.catalogue.relations import load_relations
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import depth, is_level, slots_of, tight, unread
from shanhai.reasoning.relations.relation import Form, Relation, Slot

_BACK = 8
_LESS = re.compile("扣除|减去|除去|剔除|扣减")
_BALANCE, _AVAILABLE = re.compile("结余|结存|余额"), re.compile("可用|可支配|总量|总额|盘子")
"""A balance is what is left of what can be spent in all; beside an income it is a matter of the account."""
_DONE, _UNDONE = re.compile("已(?!知)|其中"), re.compile("[㐀-鿿]{0,4}未([㐀-鿿]{2})")
_STILL, _NOT_YET = re.compile("还有|仍有|另有"), re.compile("[㐀-鿿]{0,4}(?:未|没有|在建|正在)")


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations between a whole, its parts and what is told to be left of it."""
    found = list(_all(sheet))
    held = [{slot.key for slot in r.slots} for r in found if r.holds()]
    yield from (r for r in found if r.holds() or not any(h.issuperset(s.key for s in r.slots) for h in held))


def _all(sheet: Sheet) -> Iterator[Relation]:
    """The relations by themselves; what is left may itself be told in two parts."""
    rest = load_relations().patterns["left_over"]
    for i, figure in enumerate(sheet.figures):
        if (
            not is_level(sheet, i, figure.unit)
            or not (
                rest.search(sheet.clause(i))
                or _not_yet(sheet, i)
                or _less(sheet, i)
                or _BALANCE.search(sheet.clause(i))
            )
            or not tight(figure.interval)
        ):
            continue
        before = [
            k
            for k in range(max(0, i - _BACK), i)
            if (sheet.figures[k].sentence == figure.sentence or (k == i - 2 and _less(sheet, i)))
            and is_level(sheet, k, figure.unit)
        ]
        if _BALANCE.search(sheet.clause(i)):
            before = [k for k in before if not _inside_bracket(sheet, k)]
            if not before or not _AVAILABLE.search(sheet.clause(before[0])):
                continue
        relation = _of(sheet, before, i)
        if relation:
            yield relation


def _less(sheet: Sheet, i: int) -> bool:
    """Whether the figure before is told to be taken off (扣除1299万元机动资金，实际分配40460万元)."""
    return i > 0 and _LESS.search(sheet.clause(i - 1)) is not None


def _inside_bracket(sheet: Sheet, i: int) -> bool:
    figure = sheet.figures[i]
    return depth(sheet.text[figure.sentence.start : figure.start]) > 0


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
    return made[0] if larger or _told_done(sheet, before[1], rest) else None


def _told_done(sheet: Sheet, part: int, rest: int) -> bool:
    """Whether a figure is told as done, by its own words or by the verb of what is not yet done (开工100个，尚有49个未开工)."""
    verb = _UNDONE.match(sheet.after(rest))
    clause = sheet.clause(part)
    return _DONE.search(clause) is not None or (verb is not None and verb[1] in clause)


def _not_yet(sheet: Sheet, i: int) -> bool:
    """Whether a figure is told as what is not yet done (还有32个未竣工)."""
    return _STILL.search(sheet.clause(i)) is not None and _NOT_YET.match(sheet.after(i)) is not None
