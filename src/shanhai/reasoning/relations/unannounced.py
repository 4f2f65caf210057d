"""Parts that nothing announces: told one a sentence (一是…。二是…。), or right behind their whole."""

import re
from collections.abc import Iterator, Set
from itertools import pairwise

from shanhai.model import Kind
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import (
    is_level,
    items_after,
    prefixes,
    slots_of,
    strength,
    tight,
    total_of,
    unread,
)
from shanhai.reasoning.relations.membership import (
    alike,
    close,
    exclude,
    fitting,
    open_ended,
    told_complete,
    told_total,
)
from shanhai.reasoning.relations.relation import Form, Relation, Slot
from shanhai.reasoning.solving.intervals import Interval

_NUMBER = re.compile(
    "(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十][）)]|第[一二三四五六七八九十]，|[一二三四五六七八九十]、)"
)
_LINE = re.compile("(?:\\d{1,2}[．.、]|[（(]\\d{1,2}[）)]|[①-⑩]|第[一二三四五六七八九十]类)")
_FIRST = re.compile("(?:1[．.、]|[（(]1[）)]|①|第一类)")
_LEAST = 10
"""A sum of figures that nothing ties is shown from this whole on; smaller ones fit by chance too often."""
_NEAR, _NEAR_PAIR, _SEVERAL = 20, 10, 3
_PRECISE = 500
_FAR, _LONG, _CLOSE = 12, 100, 50


def unannounced(sheet: Sheet, seen: Set[tuple[int, int]], taken: Set[int]) -> Iterator[Relation]:
    """The relations to parts that nothing announces.

    ``seen`` holds each whole with the first of its parts that are announced, ``taken`` the parts: they are no wholes.
    """
    yield from _numbered(sheet)
    yield from _distributed(sheet)
    yield from _lines(sheet)
    parts = set(taken)
    for i, figure in enumerate(sheet.figures):
        low = figure.interval.low
        if figure.claim.kind is not Kind.LEVEL or low is None or low < _LEAST or not tight(figure.interval):
            continue
        if i in parts or not is_level(sheet, i, figure.unit):
            continue
        following = [
            k
            for k in range(i + 1, min(i + 12, len(sheet.figures)))
            if sheet.figures[k].sentence == figure.sentence and is_level(sheet, k, figure.unit)
        ]
        if len(following) < 2 or any((i, k) in seen for k in following):
            continue
        relation = _exact(sheet, i, following) or _meant(sheet, i, following[0])
        if relation:
            told = {id(slot.figure) for slot, _ in relation.terms}
            parts |= {k for k in following if id(sheet.figures[k]) in told}
            yield relation


def _exact(sheet: Sheet, whole: int, following: list[int]) -> Relation | None:
    """The relation to the figures behind a whole that make it up to the last digit."""
    figure = sheet.figures[whole]
    for part, total in prefixes(sheet, following):
        if not tight(total):
            continue
        if figure.interval == total or (_precise(figure.interval) and figure.interval.meets(total)):
            return Relation(Form.PARTS, Slot(figure), slots_of(sheet, part))
    return None


def _precise(interval: Interval) -> bool:
    """Whether a figure is told so exactly that a sum hardly meets it by chance."""
    if interval.low is None or interval.high is None:
        return False
    return (interval.high - interval.low) * _PRECISE <= abs(interval.low)


def _meant(sheet: Sheet, whole: int, first: int) -> Relation | None:
    """The relation to the list right behind a whole that is told as a total: it fits, or it nearly does, or it is told
    to be all."""
    figure = sheet.figures[whole]
    if strength(sheet.text[figure.end : sheet.figures[first].start]) > 1:
        return None
    items = items_after(sheet, first, figure.sentence.end, strict=True)
    if len(items) < 2 or open_ended(sheet, items) or unread(sheet, whole, items[-1]):
        return None
    left, terms, total = Slot(figure), slots_of(sheet, items), total_of(sheet, items)
    if not tight(total):
        return None
    if told_complete(sheet, whole, items) and close(left, total, 2):
        return Relation(Form.PARTS, left, terms, certain=True)
    if not told_total(sheet, whole) or not exclude(sheet, whole, items):
        return None
    if left.interval.meets(total):
        return Relation(Form.PARTS, left, terms, certain=True)
    by = _NEAR if len(items) >= _SEVERAL else _NEAR_PAIR
    side_by_side = strength(sheet.text[sheet.figures[items[0]].end : sheet.figures[items[1]].start]) == 0
    if (len(items) >= _SEVERAL or side_by_side) and alike(sheet, whole, items) and close(left, total, by):
        return Relation(Form.PARTS, left, terms, near=True)
    return None


def _distributed(sheet: Sheet) -> Iterator[Relation]:
    """Parts told one a clause, parted by semicolons (甲市项目1582个；乙省项目1355个；…), of a whole told before them: the
    sum is so long that it does not fit by chance."""
    for i, figure in enumerate(sheet.figures):
        if not is_level(sheet, i, figure.unit) or not _opens(sheet, i):
            continue
        items = items_after(sheet, i, figure.sentence.end, strict=False)
        gaps = [sheet.text[sheet.figures[a].end : sheet.figures[b].start] for a, b in pairwise(items)]
        if len(items) < _SEVERAL or any(strength(gap) != 2 for gap in gaps):
            continue
        total = total_of(sheet, items)
        for j in range(i - 1, max(-1, i - _FAR), -1):
            whole = sheet.figures[j]
            meant = (
                is_level(sheet, j, figure.unit)
                and _precise(whole.interval)
                and (whole.interval.low or 0) >= _LONG
            )
            if meant and (whole.interval.meets(total) or close(Slot(whole), total, _CLOSE)):
                fits = whole.interval.meets(total)
                yield Relation(Form.PARTS, Slot(whole), slots_of(sheet, items), certain=fits, near=not fits)
                break


def _lines(sheet: Sheet) -> Iterator[Relation]:
    """Parts told one a numbered line or sentence (1．州直13项，10558万元；), of a whole told before the first of them."""
    runs: list[dict[str, int]] = []
    lists: list[list[dict[str, int]]] = []
    begun = -1
    for i, figure in enumerate(sheet.figures):
        start = max(sheet.passages[figure.passage].start, figure.sentence.start)
        if start != begun:
            begun = start
            number = _LINE.match(sheet.text[start : figure.start + 1].lstrip())
            if number is None:
                runs = []
                continue
            if _FIRST.match(number[0]) or not runs:
                runs = []
                lists.append(runs)
            runs.append({})
        if runs and is_level(sheet, i, figure.unit):
            runs[-1].setdefault(figure.unit, i)
    for lines in lists:
        for unit in lines[0] if len(lines) >= _SEVERAL else ():
            items = [line[unit] for line in lines if unit in line]
            relation = _of_lines(sheet, items) if len(items) == len(lines) else None
            if relation:
                yield relation


def _of_lines(sheet: Sheet, items: list[int]) -> Relation | None:
    """The relation of items to the nearest whole before them that they make up, or nearly do."""
    total = total_of(sheet, items)
    unit = sheet.figures[items[0]].unit
    wholes = [j for j in range(items[0] - 1, max(-1, items[0] - 3 * _FAR), -1) if is_level(sheet, j, unit)]
    wholes = [j for j in wholes if tight(sheet.figures[j].interval)]
    for by, near in ((0, False), (_CLOSE, True)):
        for j in wholes:
            left = Slot(sheet.figures[j])
            if left.interval.meets(total) if not near else close(left, total, by):
                return Relation(Form.PARTS, left, slots_of(sheet, items), certain=not near, near=near)
    return None


def _opens(sheet: Sheet, i: int) -> bool:
    """Whether a figure is the first of its unit in its sentence."""
    figure = sheet.figures[i]
    return not any(
        sheet.figures[k].unit == figure.unit
        for k in range(max(0, i - _FAR), i)
        if sheet.figures[k].sentence == figure.sentence
    )


def _numbered(sheet: Sheet) -> Iterator[Relation]:
    """Parts told one a sentence: the first figure of each in the unit of the whole before them."""
    runs: list[list[int]] = []
    for i, figure in enumerate(sheet.figures):
        head = sheet.text[figure.sentence.start : figure.start]
        number = _NUMBER.match(head.lstrip())
        if number is None or (i and sheet.figures[i - 1].sentence == figure.sentence):
            continue
        if number[0].strip("（(第").startswith("一") or not runs:
            runs.append([])
        runs[-1].append(i)
    for run in (r for r in runs if len(r) > 1):
        unit = sheet.figures[run[0]].unit
        before = [j for j in range(run[0]) if is_level(sheet, j, unit) and tight(sheet.figures[j].interval)]
        relation = fitting(sheet, before[-3:][::-1], [i for i in run if is_level(sheet, i, unit)])
        if relation:
            yield relation
