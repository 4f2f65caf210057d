"""Lists of figures: which figures of one unit stand side by side as items."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate

from shanhai.catalogue.relations import load_relations
from shanhai.model import Kind
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.relation import Slot
from shanhai.reasoning.solving.intervals import Interval

_STRENGTHS = ((3, re.compile("[。！？!?\n]")), (2, re.compile("[；;]")), (1, re.compile("[，,：:]")))
_COMPARED = re.compile("(?:比|较)[^，。；]{1,10}(?:增|减|多|少|升|降|提高|扩大|缩)[^，。；]{0,3}$")
_OPEN, _CLOSE = "（(【[", "）)】]"
_BRACKETS = _OPEN + _CLOSE
_AMOUNT = re.compile(
    "(?<![第年月日期批])[一二两三四五六七八九十百\\d]+(名|位|人|个|家|所|户|项|处|座|场|期|次)"
)
_PERSONS = ("名", "位", "人")
_LONGEST = 120
_LOOSE = Fraction(1, 4)
"""An interval wider than this part of its lower end says too little to be summed."""


def strength(gap: str) -> int:
    """The strongest sign between two figures: 3 a full stop, 2 a semicolon, 1 a comma, 0 a pause or nothing."""
    return next((level for level, sign in _STRENGTHS if sign.search(gap)), 0)


def depth(text: str) -> int:
    """How many brackets a stretch opens and does not close; negative where it closes more."""
    return sum((c in _OPEN) - (c in _CLOSE) for c in text)


def is_level(sheet: Sheet, i: int, unit: str) -> bool:
    """Whether figure ``i`` is a plain amount in ``unit``: no cell, no average."""
    figure = sheet.figures[i]
    level = figure.claim.kind is Kind.LEVEL and not figure.average
    return level and figure.unit == unit and not sheet.in_table(i)


def compared(sheet: Sheet, i: int) -> bool:
    """Whether a figure only tells by how much something changed (比上年减少0.05万人)."""
    return _COMPARED.search(sheet.clause(i)) is not None


def tight(interval: Interval) -> bool:
    """Whether an interval says enough for a sum to mean something."""
    if interval.low is None or interval.high is None:
        return False
    return interval.high - interval.low <= abs(interval.low) * _LOOSE


def items_after(sheet: Sheet, first: int, end: int, *, strict: bool, verbs: bool = True) -> list[int]:
    """The items of a list that begins with figure ``first`` and stands before position ``end`` of the text.

    The sign between the first two decides what parts the items; the list ends where a stronger one stands and, if
    ``strict``, where something besides begins or, unless items may begin with ``verbs``, a new statement follows a
    comma. A list longer than any that a reader would add up is none: only its first item is given.
    """
    words = load_relations()
    unit = sheet.figures[first].unit
    found = [first]
    level: int | None = None
    for i in range(first + 1, len(sheet.figures)):
        figure = sheet.figures[i]
        if figure.start >= end:
            break
        if not is_level(sheet, i, unit):
            continue
        between = sheet.text[sheet.figures[found[-1]].end : figure.start]
        inside = depth(between)
        if inside > 0:
            continue
        if inside < 0:
            break
        now = strength(outside_brackets(between))
        if level is None:
            level = now
        clause = sheet.clause(i).strip()
        if now == 1 and words.patterns["left_over"].match(clause):
            found.append(i)
            break
        if now > level or (strict and words.patterns["besides"].match(clause)):
            break
        statement = now in (1, 2) and words.patterns["statement"].match(clause.lstrip("、和及"))
        if strict and verbs and statement and not _began(sheet, first):
            break
        if words.patterns["among"].search(outside_brackets(between)):
            break
        found.append(i)
        if len(found) > _LONGEST:
            return [first]
    return found


def _began(sheet: Sheet, first: int) -> bool:
    """Whether the first item itself begins with the verb of a statement."""
    clause = sheet.clause(first).strip()
    cue = load_relations().patterns["among"].match(clause)
    return bool(load_relations().patterns["statement"].match(clause[cue.end() :] if cue else clause))


def items_before(sheet: Sheet, last: int, begin: int) -> list[int]:
    """The items of a list that ends with figure ``last`` and stands behind position ``begin``, in text order."""
    unit = sheet.figures[last].unit
    found = [last]
    level: int | None = None
    for i in range(last - 1, -1, -1):
        figure = sheet.figures[i]
        if figure.start < begin:
            break
        if not is_level(sheet, i, unit):
            continue
        between = sheet.text[figure.end : sheet.figures[found[-1]].start]
        if depth(between) < 0:
            continue
        now = strength(outside_brackets(between))
        if level is None:
            level = now
        if now > level:
            break
        found.append(i)
        if len(found) > _LONGEST:
            return [last]
    return found[::-1]


def outside_brackets(text: str) -> str:
    """The text without what stands in brackets."""
    if not any(c in text for c in _BRACKETS):
        return text
    kept, inside = [], 0
    for c in text:
        if c in _OPEN:
            inside += 1
        elif c in _CLOSE:
            inside = max(0, inside - 1)
        elif not inside:
            kept.append(c)
    return "".join(kept)


def closing_bracket(text: str, at: int, end: int) -> int:
    """Where the bracket that opens at ``at`` closes; ``end`` where it does not."""
    inside = 0
    for i in range(at, end):
        inside += (text[i] in _OPEN) - (text[i] in _CLOSE)
        if inside == 0:
            return i
    return end


def total_of(sheet: Sheet, items: Sequence[int]) -> Interval:
    """What the items allow their sum to be."""
    total = Interval.point(0)
    for i in items:
        total = total.plus(sheet.figures[i].interval)
    return total


def slots_of(sheet: Sheet, items: Sequence[int], sign: int = 1) -> tuple[tuple[Slot, int], ...]:
    """The items as terms of a sum."""
    return tuple((Slot(sheet.figures[i]), sign) for i in items)


def unread(sheet: Sheet, first: int, last: int) -> bool:
    """Whether amounts stand between two figures that were not read as claims (一名校长): a sum would miss them."""
    unit = sheet.figures[first].claim.unit
    for i in range(first + 1, last + 1):
        if any(
            (found[1] != unit and found[1] in _PERSONS) or found[1] == unit
            for found in _AMOUNT.finditer(sheet.gap(i))
        ):
            return True
    return False


def prefixes(sheet: Sheet, items: Sequence[int]) -> Iterator[tuple[list[int], Interval]]:
    """All beginnings of a list of two items and more, the longest first, with what they allow their sum to be."""
    totals = list(accumulate((sheet.figures[i].interval for i in items), Interval.plus))
    for length in range(len(items), 1, -1):
        yield list(items[:length]), totals[length - 1]
