"""Growth with both levels, from–to with its change, points against per cent."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

import msgspec

from shanhai.catalogue.relations import any_of, load_relations
from shanhai.model import Kind
from shanhai.reasoning.figures import Figure, Sheet
from shanhai.reasoning.relations.lists import strength
from shanhai.reasoning.relations.relation import Form, Relation, Slot
from shanhai.reasoning.solving.intervals import Interval

_TIMES, _DOUBLINGS = "倍", "番"
_LOOSE = Fraction(1, 10)
"""How far from the power of two what is told as doubled may lie: it is told of what is nearly so."""
_PAST = re.compile("去年|上年|前年|此前|当初|刚来|原来|以前|过去|起初")
_ANAPHORIC = re.compile("^[，,]?(?:比|较|是|为|相当于)")
"""A base that is told only as another value of the same (比2022年的) is what the level is, an average too."""
_PRESENT = re.compile("今年|现在|目前|如今|已经?|到了?(?:今年|现在)")
_IS = re.compile("(?:是|为|相当于|达到?)[^，。；]{0,12}$")
_MULTIPLE = re.compile(
    "(?:是|为|相当于|达到?)(?:上年|去年|前者|原来|当初|起初|此前|20\\d\\d年|同期)[^，。；]{0,6}的$"
)
_CHANGES = (Kind.CHANGE, Kind.POINTS)
_YEAR = re.compile("((?:19|20)\\d\\d)年")
_SEASON = re.compile("[上下]半年|季度|\\d月")
_PART_OF_YEAR = re.compile("\\d{4}-\\d{2}")


@cache
def _base() -> re.Pattern[str]:
    words = load_relations()
    return re.compile(
        f"(?:(?<!占)(?:比|较|相比|对比)[^，。；]{{0,14}}|(?:{any_of(words.base)})[^，。；]{{0,8}})$"
    )


@cache
def _moved() -> re.Pattern[str]:
    words = load_relations()
    return re.compile(
        f"(?:(?P<grew>{any_of(words.grew)})|(?P<shrank>{any_of(words.shrank)}))"
        "(?:(?<=[多少])[㐀-鿿]{1,3}了|(?:幅度?|速|率)?(?:了|达|为|约)?)$"
    )


@cache
def _only_change() -> re.Pattern[str]:
    """What may stand between a from–to and the change that is told of it, and nothing else: no other subject."""
    words = load_relations()
    return re.compile(f"{any_of([*words.grew, *words.shrank, *words.around_change])}|[，,、（(\\s]")


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations between levels and the changes told for them."""
    for i, figure in enumerate(sheet.figures):
        if sheet.in_table(i):
            continue
        if figure.claim.kind is Kind.FROM_TO and figure.start_interval is not None:
            yield from _of_move(sheet, i)
        elif (
            figure.claim.kind in _CHANGES
            or figure.unit in (_TIMES, _DOUBLINGS)
            or _moved().search(sheet.clause(i))
        ):
            yield from _of_levels(sheet, i)
        yield from _of_rise(sheet, i)
        yield from _of_rates(sheet, i)


def _of_rates(sheet: Sheet, i: int) -> Iterator[Relation]:
    """Two rates told before a change that is their difference though it is told as per cent."""
    change = sheet.figures[i]
    if change.claim.kind is not Kind.CHANGE or change.unit != "%":
        return
    levels = [
        k
        for k in range(max(0, i - 3), i)
        if sheet.figures[k].unit == "%"
        and sheet.figures[k].claim.kind in (Kind.LEVEL, Kind.SHARE)
        and sheet.figures[k].passage == change.passage
        and sheet.figures[k].claim.indicator == sheet.figures[i - 1].claim.indicator
    ]
    if len(levels) != 2:
        return
    for to, base in (levels, levels[::-1]):
        found = list(_change(Slot(sheet.figures[to]), Slot(sheet.figures[base]), Slot(change), falls=False))
        yield from (r for r in found if r.note)


def _of_rise(sheet: Sheet, i: int) -> Iterator[Relation]:
    """A level, by how much it rose and by how many per cent: the base is the one less the other (48600人次，同比增加
    8100人次，增长20%)."""
    if i < 2 or sheet.figures[i].claim.kind is not Kind.CHANGE or _in_constant_prices(sheet, i):
        return
    level, rise, growth = (sheet.figures[k] for k in (i - 2, i - 1, i))
    beside = level.sentence == rise.sentence == growth.sentence and level.unit == rise.unit
    levels = level.claim.kind is rise.claim.kind is Kind.LEVEL and level.average == rise.average
    if (
        not beside
        or not levels
        or _only_change().sub("", sheet.gap(i))
        or not _moved().search(sheet.clause(i - 1))
    ):
        return
    if _moved().search(sheet.clause(i - 2)) or _is_base(sheet, i - 2) or strength(sheet.gap(i - 1)) > 1:
        return
    sign = -1 if _falls(sheet.clause(i - 1), Slot(rise)) else 1
    base = level.interval.plus(rise.interval.times(-sign))
    if base.low is None or base.low <= 0:
        return
    before = Slot(msgspec.structs.replace(rise, start_interval=base), start=True)
    factors = (before, Slot(growth))
    yield Relation(
        Form.GROWTH, Slot(level), factors=factors, scale=100, offset=100, certain=True, note="base_of_rise"
    )


def _of_move(sheet: Sheet, i: int) -> Iterator[Relation]:
    """A from–to and the change right behind it."""
    k = i + 1
    if k >= len(sheet.figures) or sheet.figures[k].passage != sheet.figures[i].passage:
        return
    gap = sheet.gap(k)
    to, start, change = Slot(sheet.figures[i]), Slot(sheet.figures[i], start=True), sheet.figures[k]
    times = change.unit == _TIMES and _MULTIPLE.search(gap) is not None
    told = change.claim.kind in _CHANGES or _moved().search(gap) is not None
    if times or (_only_change().sub("", gap) == "" and told):
        yield from _change(
            to,
            start,
            Slot(change),
            falls=_falls(gap, Slot(change)),
            multiple=_MULTIPLE.search(gap) is not None,
        )


def _of_levels(sheet: Sheet, i: int) -> Iterator[Relation]:
    """A change, the level that it led to and the one that it is measured against."""
    change = Slot(sheet.figures[i])
    levels = [
        k
        for k in range(max(0, i - 4), min(len(sheet.figures), i + 3))
        if k != i
        and sheet.figures[k].passage == sheet.figures[i].passage
        and sheet.figures[k].claim.kind in (Kind.LEVEL, Kind.SHARE)
        and not sheet.in_table(k)
        and _near(sheet, i, k)
    ]
    bases = [k for k in levels if _is_base(sheet, k)] or _year_before(sheet, i, levels)
    if _of_base(sheet, i, i - 1):
        bases = [i - 1]
    if len(bases) != 1:
        return
    base = bases[0]
    unit = sheet.figures[base].unit
    others = [
        k
        for k in levels
        if k != base
        and sheet.figures[k].unit == unit
        and (sheet.figures[k].average == sheet.figures[base].average or _ANAPHORIC.search(sheet.clause(base)))
        and not _moved().search(sheet.clause(k))
    ]
    before = [k for k in others if k < i] or others
    if len(before) != 1:
        return
    if not (change.figure.claim.kind in _CHANGES or change.figure.unit in (unit, _TIMES, _DOUBLINGS)):
        return
    if change.figure.claim.kind is Kind.CHANGE and _in_constant_prices(sheet, i):
        return
    if change.figure.unit == unit and change.figure.claim.kind is Kind.LEVEL:
        yield from _adjusted(sheet, levels, base, before[0])
        return
    level = Slot(sheet.figures[before[0]])
    if "同比" in sheet.clause(i) and "同期" not in sheet.clause(base) and _of_part(sheet, before[0]):
        return
    multiple = _MULTIPLE.search(sheet.clause(i)) is not None or _of_base(sheet, i, base)
    falls = _falls(sheet.clause(i), change)
    yield from _change(level, Slot(sheet.figures[base]), change, falls=falls, multiple=multiple)


def _of_base(sheet: Sheet, i: int, base: int) -> bool:
    """Whether a level is told to be so many times its base (是帮扶前1242台的3倍)."""
    return i == base + 1 > 0 and sheet.gap(i).startswith("的") and _IS.search(sheet.clause(base)) is not None


def _adjusted(sheet: Sheet, levels: Sequence[int], base: int, level: int) -> Iterator[Relation]:
    """A level that is the base with all changes told between them (46个，调减3个、调增5个，调整后48个)."""
    changes = [
        k
        for k in range(min(base, level), max([*levels, base, level]) + 3)
        if k < len(sheet.figures)
        and sheet.figures[k].unit == sheet.figures[base].unit
        and sheet.figures[k].sentence == sheet.figures[base].sentence
        and _moved().search(sheet.clause(k))
    ]
    terms = [
        (Slot(sheet.figures[k]), -1 if _falls(sheet.clause(k), Slot(sheet.figures[k])) else 1)
        for k in changes
    ]
    if terms:
        to = Slot(sheet.figures[level])
        yield Relation(Form.DIFFERENCE, to, ((Slot(sheet.figures[base]), 1), *terms), certain=True)


def _in_constant_prices(sheet: Sheet, i: int) -> bool:
    """Whether a growth is told in constant prices, so that it is not that of the amounts beside it."""
    words = load_relations()
    figure = sheet.figures[i]
    if figure.claim.indicator in words.real_terms:
        return True
    return bool(
        words.patterns["constant_prices"].search(sheet.text, figure.sentence.start, figure.sentence.end)
    )


def _is_base(sheet: Sheet, k: int) -> bool:
    """Whether a level is told as what another is measured against: in its clause, or in those right before it."""
    if _moved().search(sheet.clause(k)):
        return False
    if _base().search(sheet.clause(k)):
        return True
    lead = sheet.text[max(sheet.gap_start(k), sheet.figures[k].sentence.start) : sheet.figures[k].start]
    told = list(_PAST.finditer(lead))
    return bool(told) and not _PRESENT.search(lead, told[-1].end())


def _year_before(sheet: Sheet, i: int, levels: Sequence[int]) -> list[int]:
    """The level that is told for the year before that of the level right before the change (2022年…，2023年…，增长)."""
    if i - 1 not in levels or _year(sheet, i - 1) is None:
        return []
    unit = sheet.figures[i - 1].unit
    return [
        k
        for k in levels
        if sheet.figures[k].unit == unit and _year(sheet, k) == (_year(sheet, i - 1) or 0) - 1
    ]


def _year(sheet: Sheet, k: int) -> int | None:
    """The year that stands in the clause of a figure."""
    told = _YEAR.findall(sheet.clause(k))
    return int(told[-1]) if told else None


def _of_part(sheet: Sheet, level: int) -> bool:
    """Whether a level is told for a part of a year, so that its growth is not measured against a whole one."""
    period = sheet.figures[level].claim.period
    return _SEASON.search(sheet.clause(level)) is not None or bool(period and _PART_OF_YEAR.match(period))


def _near(sheet: Sheet, i: int, k: int) -> bool:
    """Whether no full stop, and at most the end of one sentence, parts the figures."""
    one, other = sorted((i, k))
    between = sheet.text[sheet.figures[one].end : sheet.figures[other].start]
    return strength(between) < 2 and len(between) < 60


def _falls(clause: str, change: Slot) -> bool:
    """Whether the change is told as a fall by words while its figure is positive."""
    found = _moved().search(clause)
    high = change.interval.high
    return bool(found and found["shrank"] and high is not None and high > 0)


def _change(to: Slot, base: Slot, change: Slot, *, falls: bool, multiple: bool = False) -> Iterator[Relation]:
    """The equation of one change; per cent told for points is noted where only points fit."""
    sign = -1 if falls else 1
    ratio = to.figure.unit in ("%", "‰")
    kind = change.figure.claim.kind
    difference = Relation(Form.DIFFERENCE, to, ((base, 1), (change, sign)), certain=True)
    growth = Relation(Form.GROWTH, to, factors=(base, change), scale=100, offset=100, certain=True)
    if kind is Kind.POINTS:
        if ratio:
            yield difference
    elif change.figure.unit in ("%", "‰"):
        if ratio and difference.holds() and not growth.holds():
            yield Relation(
                Form.GROWTH, to, factors=(base, change), scale=100, offset=100, certain=True,
                note="percent_for_points",
            )  # fmt: skip
        elif sign > 0:
            yield growth
    elif change.figure.unit == _TIMES:
        yield Relation(Form.GROWTH, to, factors=(base, change), offset=0 if multiple else 1, certain=True)
    elif change.figure.unit == _DOUBLINGS:
        yield Relation(Form.GROWTH, to, factors=(base, Slot(_doubled(change.figure))), certain=True)
    elif change.figure.unit == to.figure.unit:
        yield difference


def _doubled(figure: Figure) -> Figure:
    """The figure of a number of doublings as the factor that it stands for (翻了两番 is four times)."""
    times = Fraction(2) ** int(figure.claim.value or 0)
    return msgspec.structs.replace(figure, interval=Interval(times * (1 - _LOOSE), times * (1 + _LOOSE)))
