"""Parts and whole, the whole told first: 共76个，其中教育4个、卫生29个 …; 76个（教育4个，…）; 按行业分：…"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from shanhai.catalogue.relations import any_of, load_relations
from shanhai.catalogue.units import load_units
from shanhai.model import Kind
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import (
    closing_bracket,
    is_level,
    items_after,
    prefixes,
    slots_of,
    tight,
    total_of,
    unread,
)
from shanhai.reasoning.relations.relation import Form, Relation, Slot
from shanhai.reasoning.solving.intervals import Interval

_REACH = 400
"""How many characters before its cue a whole may stand."""
_FEW_SENTENCES = 3
_BESIDE = 12
"""How far before a colon or bracket its whole may end."""
_OPENING = 14
"""A cue that stands so near to the begin of its sentence, or behind a semicolon, may announce the parts of a whole told before it."""
_NEAR_LIST, _NEAR_SPLIT = 50, 10
"""A sum that misses the whole by less than the whole divided by this is meant to fit."""
_STOP = re.compile("[；;]")
_LEAST = 10
"""A sum of figures that nothing ties is shown from this whole on; smaller ones fit by chance too often."""


class Cue(NamedTuple):
    """Words that announce parts.

    Attributes:
        start, end: where they stand.
        reach: how far the list behind them may reach.
        complete: whether they say that the list is all there is.
        by: whether they name what the whole is split by; its parts may then stand in a sentence of their own.
        sign: whether it is only a sign (a colon, a bracket), so that the whole must stand right before it.
        loose: whether it says so little that only a sum that fits is a relation.
    """

    start: int
    end: int
    reach: int
    complete: bool = False
    by: bool = False
    sign: bool = False
    loose: bool = False


@cache
def _cues() -> re.Pattern[str]:
    words = load_relations()
    by = f"(?:{any_of(words.split_by)})[^，。；：\\d]{{1,12}}?(?:{any_of(words.split_by_end)})"
    return re.compile(
        f"(?P<by>{by})[，：:, ]?|(?P<among>{any_of(words.among)})|(?P<split>{any_of(words.split)})"
        "|(?P<colon>[：:])|(?P<bracket>[（(])|(?P<loose>(?<!其)中[，,])"
    )


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations between a whole and the parts told behind it."""
    seen: set[tuple[int, int]] = set()
    taken: set[int] = set()
    for i in range(len(sheet.figures)):
        if sheet.in_table(i):
            continue
        for cue in _before(sheet, i):
            for first in _firsts(sheet, i, cue.end, cue.reach):
                items = items_after(sheet, first, cue.reach, strict=True)
                all_items = items_after(sheet, first, cue.reach, strict=False)
                wholes = [w for w in _wholes(sheet, first, cue) if (w, first) not in seen]
                relation = _fitting(sheet, wholes, all_items)
                left = [w for w in wholes if w not in taken or not cue.complete]
                if relation is None and left and not cue.loose:
                    relation = _missing(sheet, left[0], items, cue)
                if relation is not None:
                    taken |= {
                        k for k in items if any(slot.figure is sheet.figures[k] for slot, _ in relation.terms)
                    }
                    seen |= {(w, first) for w in wholes}
                    yield relation
    yield from _numbered(sheet)
    yield from _untold(sheet, seen)


def _before(sheet: Sheet, i: int) -> Iterator[Cue]:
    """The cues between the figure before ``i`` and ``i``."""
    figure = sheet.figures[i]
    end = sheet.passages[figure.passage].end
    stop = min(end, max(figure.sentence.end, figure.end))
    for found in _cues().finditer(sheet.text, sheet.gap_start(i), figure.start):
        if found["bracket"]:
            close = closing_bracket(sheet.text, found.start(), end)
            if close > figure.end:
                yield Cue(found.start(), found.end(), close, sign=True)
        else:
            by = bool(found["by"])
            complete = by or bool(found["split"])
            yield Cue(
                found.start(), found.end(), stop, complete, by, bool(found["colon"]), bool(found["loose"])
            )


def _firsts(sheet: Sheet, i: int, start: int, reach: int) -> Iterator[int]:
    """The first item of each unit behind the cue before ``i``: counts and money are told side by side."""
    units: set[str] = set()
    sentence = sheet.figures[i].sentence
    for k in range(i, min(i + 4, len(sheet.figures))):
        figure = sheet.figures[k]
        if figure.start >= reach or figure.sentence != sentence:
            break
        if (
            figure.unit not in units
            and is_level(sheet, k, figure.unit)
            and figure.unit not in ("%", "百分点")
        ):
            units.add(figure.unit)
            yield k


def _wholes(sheet: Sheet, first: int, cue: Cue) -> list[int]:
    """The figures that the parts can belong to: those of the same unit before the cue, the nearest first."""
    unit = sheet.figures[first].unit
    sentences: set[int] = set()
    found = []
    for j in range(first - 1, -1, -1):
        figure = sheet.figures[j]
        if figure.end > cue.start:
            continue
        sentences.add(figure.sentence.start)
        if cue.start - figure.end > _REACH or len(sentences) > _FEW_SENTENCES:
            break
        if is_level(sheet, j, unit) and tight(figure.interval) and _belongs(sheet, j, first, cue):
            found.append(j)
    return found


def _belongs(sheet: Sheet, whole: int, first: int, cue: Cue) -> bool:
    """Whether a figure before the cue can be the whole of what follows it."""
    figure, sentence = sheet.figures[whole], sheet.figures[first].sentence
    if cue.loose:
        return True
    if cue.sign:
        return cue.start - figure.end <= _BESIDE and figure.sentence == sentence
    if figure.sentence == sentence:
        return True
    return len(_STOP.split(sheet.text[sentence.start : cue.start])[-1]) <= _OPENING


def _fitting(sheet: Sheet, wholes: Sequence[int], items: Sequence[int]) -> Relation | None:
    """The relation to the nearest whole that the items, or the first of them, make up."""
    for part in prefixes(items):
        total = total_of(sheet, part)
        if not tight(total):
            continue
        for whole in wholes:
            left = Slot(sheet.figures[whole])
            if left.interval.meets(total):
                return Relation(Form.PARTS, left, slots_of(sheet, part), certain=True)
    return None


def _missing(sheet: Sheet, whole: int, items: Sequence[int], cue: Cue) -> Relation | None:
    """The relation of a whole to items that do not make it up; None where they may well not belong together."""
    if unread(sheet, whole, items[-1]):
        return None
    left, terms, total = Slot(sheet.figures[whole]), slots_of(sheet, items), total_of(sheet, items)
    alike = _alike(sheet, whole, items)
    if _complete(sheet, whole, items, cue) and (alike or _close(left, total)):
        return Relation(Form.PARTS, left, terms, certain=True)
    exclusive = _exclusive(sheet, whole, items)
    if len(items) > 1 and tight(total) and exclusive and _near(sheet, left, items, cue):
        return Relation(Form.PARTS, left, terms, near=True)
    if alike and exclusive and not cue.complete and _exceeds(total, left):
        return Relation(Form.PARTS, left, terms, most=True, certain=True)
    return None


def _alike(sheet: Sheet, whole: int, items: Sequence[int]) -> bool:
    """Whether whole and items are of one field of work, as far as is known."""
    area = sheet.figures[whole].claim.area
    return all(sheet.figures[i].claim.area in (area, None, "other") for i in items)


def _exceeds(total: Interval, left: Slot) -> bool:
    return total.low is not None and left.interval.high is not None and total.low > left.interval.high


def _close(left: Slot, total: Interval) -> bool:
    """Whether the sum is of the whole's size, so that a split into these items can be meant."""
    low = left.interval.low
    return low is not None and left.interval.distance(total) * 2 < low


def _near(sheet: Sheet, left: Slot, items: Sequence[int], cue: Cue) -> bool:
    """Whether the sum misses the whole so narrowly that it is meant to be it."""
    apart = left.interval.distance(total_of(sheet, items))
    low = left.interval.low
    if low is None or low <= 0 or _open(sheet, items):
        return False
    if cue.complete and not cue.by and cue.start - left.figure.end > _BESIDE:
        return False
    by = _NEAR_SPLIT if cue.complete or cue.sign else _NEAR_LIST
    enough = len(items) >= 3 or cue.complete or cue.sign
    return enough and apart * by < low


def _open(sheet: Sheet, items: Sequence[int]) -> bool:
    """Whether the list says that there are more (等)."""
    tail = sheet.after(items[-1])[:12]
    return bool(load_relations().patterns["open_end"].search(tail))


def _complete(sheet: Sheet, whole: int, items: Sequence[int], cue: Cue) -> bool:
    """Whether the items are told to be all: split into them, the rest among them, both of a pair that is all."""
    if len(items) < 2 or _open(sheet, items):
        return False
    figure = sheet.figures[whole]
    here = figure.sentence == sheet.figures[items[0]].sentence and (
        cue.by or cue.start - figure.end <= _BESIDE
    )
    if cue.complete and here and _close(Slot(sheet.figures[whole]), total_of(sheet, items)):
        return True
    words = load_relations()
    clauses = [sheet.clause(i) + sheet.after(i)[:8] for i in items]
    if any(words.patterns["rest"].search(sheet.clause(i)) for i in items[1:]):
        return True
    if len(items) == 2 and any(a in clauses[0] and b in clauses[1] for a, b in words.complete):
        return True
    return bool(re.match("[^，。；]{0,6}(?:组成|构成)", sheet.after(items[-1])))


def _exclusive(sheet: Sheet, whole: int, items: Sequence[int]) -> bool:
    """Whether what is counted in one item cannot be counted in another as well."""
    if len(items) == 1:
        return True
    words = load_relations()
    clauses = [sheet.clause(i) + sheet.after(i)[:10] for i in items]
    if len({n for c in clauses for n, axis in enumerate(words.axes) if any(w in c for w in axis)}) > 1:
        return False
    kind = load_units().kind_of.get(sheet.figures[whole].claim.unit)
    if kind != "people":
        return True
    return not any(words.patterns["overlapping"].search(c) for c in clauses)


_NUMBER = re.compile(
    "(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十][）)]|第[一二三四五六七八九十]，|[一二三四五六七八九十]、)"
)


def _numbered(sheet: Sheet) -> Iterator[Relation]:
    """Parts told one a sentence (一是…。二是…。): the first figure of each in the unit of the whole before them."""
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
        relation = _fitting(sheet, before[-3:][::-1], [i for i in run if is_level(sheet, i, unit)])
        if relation:
            yield relation


def _untold(sheet: Sheet, seen: set[tuple[int, int]]) -> Iterator[Relation]:
    """Sums that nothing announces: a figure and the two or more of its unit behind it in the same sentence."""
    for i, figure in enumerate(sheet.figures):
        low = figure.interval.low
        if figure.claim.kind is not Kind.LEVEL or low is None or low < _LEAST or not tight(figure.interval):
            continue
        following = [
            k
            for k in range(i + 1, min(i + 12, len(sheet.figures)))
            if sheet.figures[k].sentence == figure.sentence and is_level(sheet, k, figure.unit)
        ]
        if len(following) < 2 or any((i, k) in seen for k in following):
            continue
        for part in prefixes(following):
            if figure.interval == total_of(sheet, part):
                yield Relation(Form.PARTS, Slot(figure), slots_of(sheet, part), certain=True)
                break
