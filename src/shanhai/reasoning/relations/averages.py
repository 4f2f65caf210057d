"""Averages: a total, what it is shared among, and what falls to each (县均, 户均, 平均每个)."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from shanhai.catalogue.relations import any_of, load_relations
from shanhai.catalogue.units import load_units
from shanhai.model import Kind
from shanhai.reasoning.figures import Figure, Sheet
from shanhai.reasoning.relations.lists import is_level, strength, tight
from shanhai.reasoning.relations.relation import Form, Relation, Slot
from shanhai.reasoning.solving.intervals import Interval

_BACK = 6
_LONGEST_UNIT = 3
_IN_ALL = re.compile("(?:共计|合计|总计|共|累计|总共)[㐀-鿿]?")
_COUNTED = frozenset("县村户人校乡镇班")
_FOR_EACH = re.compile("平均到?每个?(?:受援|帮扶|协作|结对)?(?P<of>[县村户人校乡镇])[，,]$")
_SOME_YEARS = re.compile("([两二三四五六七八九十]|\\d{1,2})年(?:来|间|期间|以来|多来|共|累计)?")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_PERIODS = {"月": 12, "季": 4}
_WHOLE_YEAR = re.compile("全年|当年|本年|一年来|年度")
_ANY = ("个", "家", "项", "所", "处")
"""Count nouns that go with many things: what they count must be named beside them."""
_SIGN = re.compile("[，、。；：,;（(]")
_FILLER = re.compile("达到|资金|平均|造价|均价|单价|价格|售价|[为达到约近超额卖售]")


@cache
def _named() -> re.Pattern[str]:
    words = load_relations()
    return re.compile(f"(?P<average>{any_of(words.average)})(?P<rest>[^，。；\\d]{{0,12}})$")


def _told_before(sheet: Sheet, i: int) -> re.Match[str] | None:
    """What an average is told for in the clause before its own (平均到每个受援县，财政援助资金为0.5187亿元)."""
    gap = sheet.gap(i)
    lead = gap[: max(gap.rfind(c) for c in "，,") + 1]
    found = _FOR_EACH.search(lead)
    return _named().search(f"每{found['of']}") if found else None


class Shared:
    """An average with the total and the count that stand near it.

    Attributes:
        average: the figure that falls to each.
        named: the words that say so.
        sort: the words before these: what sort of thing alone it may be told for (特级果每斤).
        totals: figures of the same unit near it that can be what is shared out.
        counts: figures near it that can be the number of shares.
        of: the unit that the average is told for.
        said: the words between what it is told for and its figure, without those that say nothing (投入, 分红).
    """

    def __init__(self, sheet: Sheet, i: int, named: re.Match[str]) -> None:
        self.average = sheet.figures[i]
        self.named = named["average"]
        self.sort = sheet.clause(i)[: named.start()].strip("，、 ")
        self.of, unit, behind = _of(named)
        near = [
            k
            for k in range(max(0, i - _BACK), min(len(sheet.figures), i + 3))
            if k != i and sheet.figures[k].passage == self.average.passage and _joined(sheet, i, k)
        ]
        counted = [
            k
            for k in near
            if sheet.figures[k].claim.kind is Kind.LEVEL and not _named().search(sheet.clause(k))
        ]
        told_of = {k: noun for k in counted if (noun := _noun(sheet, k, self.of, unit, behind)) is not None}
        longest = max(map(len, told_of.values()), default=0)
        self.counts = [k for k, noun in told_of.items() if len(noun) == longest]
        self.said = _FILLER.sub("", behind[longest:])
        low = self.average.interval.low or 0
        self.totals = [
            k
            for k in counted
            if k not in self.counts
            and is_level(sheet, k, self.average.unit)
            and (sheet.figures[k].interval.low or 0) > low
            and _same_thing(sheet, k, i)
        ]

    def of_total(self, sheet: Sheet) -> bool:
        """Whether the average is clearly one of the only total: nothing else is said of it than of the total."""
        if len(self.totals) != 1:
            return False
        clause = sheet.clause(self.totals[0]).strip()
        told = clause + "".join(sheet.clause(k) + sheet.after(k)[:8] for k in self.counts)
        if self.named == "每" and len(self.sort) > 1 and self.sort[-2:] not in told:
            return False
        return not self.said or self.said in clause or _IN_ALL.fullmatch(clause) is not None


def _noun(sheet: Sheet, k: int, of: Sequence[str], unit: str, behind: str) -> str | None:
    """The noun by which a figure is the count that an average is told for, "" where its unit says so; None where it
    is no such count."""
    told = sheet.figures[k].claim.unit
    if told not in of:
        return None
    if told not in _ANY:
        return ""
    if unit not in _ANY:
        return "" if unit in sheet.after(k)[:6] else None
    beside = sheet.clause(k).rpartition("、")[2] + _SIGN.split(sheet.after(k))[0]
    lengths = [n for n in range(len(behind), 1, -1) if behind[:n] in beside]
    return behind[: lengths[0]] if lengths else "" if not behind else None


def _same_thing(sheet: Sheet, total: int, average: int) -> bool:
    """Whether two figures in a unit that goes with many things count the same: the noun behind both is one."""
    if sheet.figures[average].claim.unit not in _ANY:
        return True
    return sheet.after(total)[:1] == sheet.after(average)[:1] != ""


def _priced(sheet: Sheet) -> Iterator[Relation]:
    """A price told with its unit (72元/公斤), the amount it is paid for and the sum."""
    for i, price in enumerate(sheet.figures):
        unit, _, of = price.claim.unit.partition("/")
        if not of or price.claim.kind is not Kind.LEVEL:
            continue
        near = [
            k
            for k in range(max(0, i - 3), min(len(sheet.figures), i + 4))
            if k != i and sheet.figures[k].sentence == price.sentence
        ]
        sums = [k for k in near if is_level(sheet, k, unit)]
        amounts = [k for k in near if sheet.figures[k].claim.unit == of]
        if len(sums) == len(amounts) == 1:
            paid = as_told(sheet.figures[amounts[0]])
            yield Relation(
                Form.AVERAGE, Slot(sheet.figures[sums[0]]), factors=(Slot(price), Slot(paid)), certain=True
            )


def as_told(figure: Figure) -> Figure:
    """The figure in the unit that it is told in: shares are counted in 亩, not in square metres."""
    factor, _ = load_units().converted(1, figure.claim.unit)
    if factor == 1:
        return figure
    return msgspec.structs.replace(figure, unit=figure.claim.unit, interval=Interval.of(figure.claim.bounds))


def _yearly(one: "Shared", sheet: Sheet) -> Iterator[Relation]:
    """A monthly or quarterly mean beside the total of a whole year, a yearly one beside that of several."""
    if not one.of_total(sheet):
        return
    total = sheet.figures[one.totals[0]]
    lead = sheet.text[total.sentence.start : total.start]
    times = _PERIODS.get(one.named[:1]) if _WHOLE_YEAR.search(lead) else None
    years = _SOME_YEARS.search(lead) if one.named.startswith("年") else None
    if years:
        times = _DIGITS.get(years[1]) or int(years[1])
    if times:
        yield Relation(Form.AVERAGE, Slot(total), ((Slot(one.average), times),), certain=True)


def shared(sheet: Sheet) -> Iterator[Shared]:
    """All averages of a report."""
    for i, figure in enumerate(sheet.figures):
        if figure.claim.kind is not Kind.LEVEL or sheet.in_table(i) or not tight(figure.interval):
            continue
        named = _named().search(sheet.clause(i)) or _told_before(sheet, i)
        if named:
            yield Shared(sheet, i, named)


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations between averages, totals and counts that all are told."""
    yield from _priced(sheet)
    for one in shared(sheet):
        average = Slot(one.average)
        made = [
            Relation(
                Form.AVERAGE,
                Slot(sheet.figures[total]),
                factors=(average, Slot(as_told(sheet.figures[count]))),
                certain=True,
            )
            for total in one.totals[::-1]
            for count in one.counts[::-1]
        ]
        made = made or list(_yearly(one, sheet))
        fitting = next((r for r in made if r.holds()), None)
        if fitting:
            yield fitting
        elif len(made) == 1 and one.of_total(sheet):
            yield made[0]


def _of(named: re.Match[str]) -> tuple[tuple[str, ...], str, str]:
    """The units that an average is told for, the word that names them, and the words behind it."""
    words = load_relations().average_of
    name, rest = named["average"], named["rest"]
    if rest[:1] == "个" and rest[1:2] in _COUNTED:
        rest = rest[1:]
    for word in sorted(words, key=lambda w: (-len(w), w)):
        if rest.startswith(word):
            return words[word], word, rest[len(word) :]
    if name == "每" or name.endswith("每"):
        for length in range(min(len(rest), _LONGEST_UNIT), 0, -1):
            if rest[:length] in load_units().kind_of:
                return (rest[:length],), rest[:length], rest[length:]
    if name.startswith("单"):
        return words.get(name[1], ()), name[1], name[2:].removesuffix("平均") + rest
    for character in (name[-1], name[0]):
        if character in words:
            return words[character], character, rest
    return (), "", rest


def _joined(sheet: Sheet, i: int, k: int) -> bool:
    one, other = sorted((i, k))
    between = sheet.text[sheet.figures[one].end : sheet.figures[other].start]
    return strength(between) < 3 or len(re.findall("[。！？]", between)) == 1
