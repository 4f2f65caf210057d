"""Parts and whole, the whole told first: 共76个，其中教育4个、卫生29个 …; 76个（教育4个，…）; 按行业分：…"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from shanhai.catalogue.relations import any_of, load_relations
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import (
    closing_bracket,
    compared,
    is_level,
    items_after,
    outside_brackets,
    slots_of,
    strength,
    tight,
    total_of,
    unread,
)
from shanhai.reasoning.relations.membership import (
    alike,
    close,
    exceeds,
    exclude,
    fitting,
    named_only,
    open_ended,
    told_complete,
)
from shanhai.reasoning.relations.relation import Form, Relation, Slot
from shanhai.reasoning.relations.unannounced import unannounced

_REACH = 400
"""How many characters before its cue a whole may stand."""
_FEW_SENTENCES = 3
_BESIDE = 12
"""How far before a colon or bracket its whole may end."""
_OPENING = 14
"""A cue that stands so near to the begin of its sentence, or behind a semicolon, may announce the parts of a whole told before it."""
_NEAR_LIST, _NEAR_SPLIT, _ALMOST = 50, 10, 4
"""A sum that misses the whole by less than the whole divided by this is meant to fit."""
_PAIR = 4
"""Two items in a sentence of their own are all where no more than the whole divided by this is missing."""
_COMPOSED = re.compile("[^。；]{0,200}?(?:组成|构成)")
_YEAR = re.compile("(?:19|20)\\d\\d年")
"""Other years between a whole and a split are what is split, not the whole."""
_ANY_SIGN = re.compile("[，。；、：:,;）)（(]")
_STOP = re.compile("[；;]")


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
        f"(?P<by>{by})[，：:, ]?|(?P<among>{any_of(words.among)})|(?P<split>{any_of(words.split)})|(?P<of>由)"
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
                items = items_after(sheet, first, cue.reach, strict=True, verbs=not cue.by)
                all_items = items_after(sheet, first, cue.reach, strict=False)
                wholes = [w for w in _wholes(sheet, first, cue) if (w, first) not in seen]
                if cue.by and _announced_again(sheet, all_items):
                    continue
                relation = fitting(sheet, wholes, all_items)
                left = [w for w in wholes if w not in taken or not cue.complete]
                told = any(f == first for _, f in seen)
                if relation is None and left and not cue.loose and not told:
                    relation = _missing(sheet, left[0], items, cue, taken)
                if relation is not None:
                    taken |= {
                        k for k in items if any(slot.figure is sheet.figures[k] for slot, _ in relation.terms)
                    }
                    seen |= {(w, first) for w in wholes}
                    yield relation
    yield from unannounced(sheet, seen, taken)


def _before(sheet: Sheet, i: int) -> Iterator[Cue]:
    """The cues between the figure before ``i`` and ``i``."""
    figure = sheet.figures[i]
    end = sheet.passages[figure.passage].end
    stop = min(end, max(figure.sentence.end, figure.end))
    for found in _cues().finditer(sheet.text, sheet.gap_start(i), figure.start):
        if found["of"] and not _COMPOSED.match(sheet.text, figure.start, stop):
            continue
        if found["bracket"]:
            close = closing_bracket(sheet.text, found.start(), end)
            if close > figure.end:
                yield Cue(found.start(), found.end(), close, sign=True)
        else:
            if found["among"] and "；" in sheet.text[figure.sentence.start : found.start()]:
                stop = _next_part(sheet.text, found.end(), stop)
            by = bool(found["by"])
            complete = by or bool(found["split"] or found["of"])
            yield Cue(
                found.start(), found.end(), stop, complete, by, bool(found["colon"]), bool(found["loose"])
            )


def _next_part(text: str, start: int, stop: int) -> int:
    """Where the next semicolon stands: in a sentence of parts, what belongs to one of them ends there."""
    found = _STOP.search(text, start, stop)
    return found.start() if found else stop


def _firsts(sheet: Sheet, i: int, start: int, reach: int) -> Iterator[int]:
    """The first item of each unit behind the cue before ``i``: counts and money are told side by side."""
    units: set[str] = set()
    sentence = sheet.figures[i].sentence
    for k in range(i, min(i + 4, len(sheet.figures))):
        figure = sheet.figures[k]
        if figure.start >= reach or figure.sentence != sentence:
            break
        if strength(sheet.text[start : figure.start]) > 1:
            break
        amount = is_level(sheet, k, figure.unit) and figure.unit not in ("%", "百分点")
        if figure.unit not in units and amount:
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
        whole = is_level(sheet, j, unit) and tight(figure.interval) and not compared(sheet, j)
        if whole and _belongs(sheet, j, first, cue):
            found.append(j)
    return found


def _belongs(sheet: Sheet, whole: int, first: int, cue: Cue) -> bool:
    """Whether a figure before the cue can be the whole of what follows it."""
    figure, sentence = sheet.figures[whole], sheet.figures[first].sentence
    if cue.loose:
        return True
    if cue.sign:
        return figure.sentence == sentence
    if figure.sentence == sentence:
        return True
    if not cue.by and figure.passage != sheet.figures[first].passage:
        return False
    return len(_STOP.split(sheet.text[sentence.start : cue.start])[-1]) <= _OPENING


def _right_before(sheet: Sheet, whole: int, cue: Cue) -> bool:
    """Whether nothing but what it counts stands between a whole and its colon or bracket."""
    between = sheet.text[sheet.figures[whole].end : cue.start]
    return len(between) <= _BESIDE and not _ANY_SIGN.search(between)


def _announced_again(sheet: Sheet, items: Sequence[int]) -> bool:
    """Whether the first item is itself a whole whose parts are announced (从类别看，76个项目包括：住房4个、…)."""
    if len(items) < 2:
        return False
    between = sheet.text[sheet.figures[items[0]].end : sheet.figures[items[0] + 1].start]
    return any(not m["by"] and not m["loose"] for m in _cues().finditer(between))


def _missing(
    sheet: Sheet, whole: int, items: Sequence[int], cue: Cue, taken: Collection[int]
) -> Relation | None:
    """The relation of a whole to items that do not make it up; None where they may well not belong together."""
    if unread(sheet, whole, items[-1]) or _summed_up(sheet, whole, items):
        return None
    left, terms, total = Slot(sheet.figures[whole]), slots_of(sheet, items), total_of(sheet, items)
    related, exclusive = alike(sheet, whole, items), exclude(sheet, whole, items)
    if _complete(sheet, whole, items, cue, taken) and (related or close(left, total, 2)):
        return Relation(Form.PARTS, left, terms, certain=True)
    if len(items) > 1 and tight(total) and exclusive and _near(sheet, left, items, cue):
        return Relation(Form.PARTS, left, terms, near=True)
    split = len(items) > 1 and _split_here(sheet, whole, items, cue, taken)
    among = not cue.complete and (related or named_only(sheet, items) or close(left, total, _ALMOST))
    if (split or among) and exclusive and exceeds(total, left):
        return Relation(Form.PARTS, left, terms, most=True, certain=True)
    return None


def _near(sheet: Sheet, left: Slot, items: Sequence[int], cue: Cue) -> bool:
    """Whether the sum misses the whole so narrowly that it is meant to be it."""
    if open_ended(sheet, items):
        return False
    between = sheet.text[left.figure.end : cue.start]
    if cue.complete and not cue.by and (len(between) > _BESIDE or _YEAR.search(between)):
        return False
    enough = len(items) >= 3 or cue.complete or cue.sign
    by = _NEAR_SPLIT if cue.complete or cue.sign else _NEAR_LIST
    return enough and close(left, total_of(sheet, items), by)


def _complete(sheet: Sheet, whole: int, items: Sequence[int], cue: Cue, taken: Collection[int]) -> bool:
    """Whether the items are told to be all: by the cue, or by themselves."""
    if len(items) < 2 or open_ended(sheet, items):
        return False
    if _split_here(sheet, whole, items, cue, taken) and close(
        Slot(sheet.figures[whole]), total_of(sheet, items), 2
    ):
        return True
    return told_complete(sheet, whole, items)


def _split_here(sheet: Sheet, whole: int, items: Sequence[int], cue: Cue, taken: Collection[int]) -> bool:
    """Whether the cue says that the whole, and no other figure, is split into the items."""
    figure = sheet.figures[whole]
    here = figure.sentence == sheet.figures[items[0]].sentence
    alone = cue.by and _only(sheet, whole, items, taken) and _even(sheet, whole, items)
    between = outside_brackets(sheet.text[figure.end : cue.start])
    beside = cue.by or (len(between) <= _BESIDE and not _YEAR.search(between))
    return cue.complete and beside and (here or alone) and not open_ended(sheet, items)


def _only(sheet: Sheet, whole: int, items: Sequence[int], taken: Collection[int]) -> bool:
    """Whether a whole in a sentence before its items can only be theirs: nothing else is told between, and it is the
    only amount of its unit there, but for parts that were told before."""
    figure, sentence = sheet.figures[whole], sheet.figures[items[0]].sentence
    for k, other in enumerate(sheet.figures):
        if k == whole or k in taken:
            continue
        if other.sentence == figure.sentence and is_level(sheet, k, figure.unit):
            return False
        if whole < k < items[0] and other.sentence not in (figure.sentence, sentence):
            return False
    return True


def _summed_up(sheet: Sheet, whole: int, items: Sequence[int]) -> bool:
    """Whether items in another sentence than the whole have a total of their own behind them."""
    figure, last = sheet.figures[whole], sheet.figures[items[-1]]
    behind = next(
        (k for k in range(items[-1] + 1, len(sheet.figures)) if is_level(sheet, k, figure.unit)), None
    )
    if last.sentence == figure.sentence or behind is None or sheet.figures[behind].sentence != last.sentence:
        return False
    return load_relations().patterns["total"].search(sheet.clause(behind)) is not None


def _even(sheet: Sheet, whole: int, items: Sequence[int]) -> bool:
    """Whether items in a sentence of their own are told one like the other, and not as two examples of many."""
    steps = {k - i for i, k in pairwise(items)}
    several = len(items) > 2 or close(Slot(sheet.figures[whole]), total_of(sheet, items), _PAIR)
    return len(steps) == 1 and several
