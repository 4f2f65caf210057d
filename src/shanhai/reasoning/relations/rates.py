"""Rates with their numerator and denominator: 85个，已开工80个，开工率94.1%; 占总投资的 …"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from shanhai.catalogue.relations import any_of, load_relations
from shanhai.model import Kind
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import is_level, strength, tight
from shanhai.reasoning.relations.relation import Form, Relation, Slot

_BACK = 8
_FAR, _NAME = 40, 4
_SIGN = re.compile("[，、。；：,;（(]")
_DONE_OF = re.compile("实际|其中|(?<!截至目前)已(?!知)|成功|合格|通过")
_OUT_OF = re.compile("[㐀-鿿]{0,8}(?:中|里|当中|之中)[，,]?(?:已经?|现)?有$")
_SHARED = re.compile("占|完成|相当于|达到|是|为")
_OF = re.compile("的(?:近|约|超|超过)?")
_BASE = re.compile("(?:占|为|是|完成|达到?)([㐀-鿿]{2,10})的$")
_OVER_ALL = 100


@cache
def _named() -> re.Pattern[str]:
    words = load_relations()
    return re.compile(
        f"(?P<rate>{any_of(words.rate)}|[㐀-鿿]{{2}}(?:率|进度)|(?:完成|达到?|为|相当于)[^，。；\\d]{{1,12}}的$)"
    )


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations between a rate and what it is made of."""
    for i, figure in enumerate(sheet.figures):
        if figure.unit != "%" or figure.claim.kind not in (Kind.LEVEL, Kind.SHARE) or sheet.in_table(i):
            continue
        named = _named().findall(sheet.clause(i))
        relation = _of_base(sheet, i) or (_of(sheet, i, named[-1]) if named else None)
        if relation:
            yield relation


def _of(sheet: Sheet, i: int, name: str) -> Relation | None:
    """A pair of figures that makes the rate; one that must make it and does not, where it is the only one."""
    rate = Slot(sheet.figures[i])
    near = [k for k in range(max(0, i - _BACK), i) if _reaches(sheet, k, i)]
    behind = [k for k in range(i + 1, min(i + 4, len(sheet.figures))) if _reaches(sheet, i, k)]
    pairs = [
        (n, d)
        for n, d in product([*near[::-1], *behind], [*near[::-1], *behind])
        if n != d and is_level(sheet, n, sheet.figures[d].unit) and _can(sheet, n, d, rate)
    ]
    for n, d in pairs:
        relation = _relation(sheet, n, d, rate, certain=True)
        if relation.holds():
            return relation
    told = _told(sheet, i, name, near) or _told_first(sheet, i, name)
    if told:
        return _relation(sheet, *told, rate, certain=True)
    return None


def _of_base(sheet: Sheet, i: int) -> Relation | None:
    """A rate whose denominator is told right before it (占总量5600万元的60%) or is named by the words that name
    a figure told before (占计划总投资的87.34%)."""
    rate = Slot(sheet.figures[i])
    if i > 1 and _OF.fullmatch(sheet.gap(i)) and _SHARED.search(sheet.clause(i - 1)):
        unit = sheet.figures[i - 1].unit
        before = [
            k for k in range(max(0, i - 5), i - 1) if _reaches(sheet, k, i) and is_level(sheet, k, unit)
        ]
        if before and is_level(sheet, i - 1, unit) and _can(sheet, before[-1], i - 1, rate):
            return _relation(sheet, before[-1], i - 1, rate, certain=True)
    named = _BASE.search(sheet.clause(i))
    if named is None or i == 0:
        return None
    n = i - 1
    for d in range(n - 1, max(-1, n - _FAR), -1):
        if sheet.clause(d).rstrip("达为约共").endswith(named[1]) and is_level(
            sheet, d, sheet.figures[n].unit
        ):
            if not is_level(sheet, n, sheet.figures[n].unit) or not _can(sheet, n, d, rate):
                return None
            relation = _relation(sheet, n, d, rate, certain=True)
            beside = strength(sheet.gap(i)) <= 1 and len(named[1]) >= _NAME
            return relation if relation.holds() or beside else None
    return None


def _relation(sheet: Sheet, n: int, d: int, rate: Slot, *, certain: bool) -> Relation:
    numerator, denominator = Slot(sheet.figures[n]), Slot(sheet.figures[d])
    return Relation(Form.RATE, numerator, factors=(denominator, rate), scale=100, certain=certain)


def _reaches(sheet: Sheet, k: int, i: int) -> bool:
    one, other = sheet.figures[k], sheet.figures[i]
    if one.passage != other.passage or sheet.in_table(k):
        return False
    return len(re.findall("[。！？]", sheet.text[one.end : other.start])) <= 1


def _can(sheet: Sheet, n: int, d: int, rate: Slot, *, told: bool = False) -> bool:
    """Whether one figure can be a part of the other: the smaller of the two, unless the rate passes 100 or the words
    have ``told`` which is which."""
    part, whole = sheet.figures[n].interval, sheet.figures[d].interval
    if not (tight(part) and tight(whole)) or not whole.low or part.low is None or part.low < 0:
        return False
    over = rate.interval.low is not None and rate.interval.low >= _OVER_ALL
    return over or told or part.low <= whole.low


def _one_part(sheet: Sheet, i: int, k: int) -> bool:
    """Whether no semicolon parts two figures."""
    one, other = sorted((i, k))
    return strength(sheet.text[sheet.figures[one].end : sheet.figures[other].start]) < 2


def _told_first(sheet: Sheet, i: int, name: str) -> tuple[int, int] | None:
    """The only pair behind a rate that is told before what it is made of (支出进度为78%，到账5200万元，已支出3900万元)."""
    sentence = sheet.figures[i].sentence
    rest = [k for k in range(i + 1, min(i + 5, len(sheet.figures))) if sheet.figures[k].sentence == sentence]
    if len(rest) < 2 or any(sheet.figures[k].sentence == sentence for k in range(max(0, i - 2), i)):
        return None
    unit = sheet.figures[rest[0]].unit
    alike = [k for k in rest if is_level(sheet, k, unit)]
    if len(alike) != 2 or alike != rest[:2] or not name.endswith(("率", "进度")):
        return None
    stem = set(name.removesuffix("率").removesuffix("进度")[-2:])
    named = [k for k in alike if stem and stem <= set(sheet.clause(k))]
    if len(named) != 1:
        return None
    (n,) = named
    d = alike[0] if alike[1] == n else alike[1]
    return (n, d) if _can(sheet, n, d, Slot(sheet.figures[i])) else None


def _told(sheet: Sheet, i: int, name: str, near: list[int]) -> tuple[int, int] | None:
    """The only pair of the sentence that the rate can be made of, named by the rate's own word."""
    sentence = sheet.figures[i].sentence
    n = i - 1
    if n < 0 or n not in near or strength(sheet.gap(i)) > 1:
        return None
    unit = sheet.figures[n].unit
    behind = range(i + 1, min(i + 3, len(sheet.figures)))
    alike = [
        k
        for k in (*near, *behind)
        if is_level(sheet, k, unit) and sheet.figures[k].sentence == sentence and _one_part(sheet, i, k)
    ]
    if len(alike) != 2 or n not in alike or unit in ("%", "百分点"):
        return None
    d = alike[0] if alike[1] == n else alike[1]
    named = name.endswith(("率", "进度"))
    if not _can(sheet, n, d, Slot(sheet.figures[i]), told=named and d < n):
        return None
    between = sheet.text[sheet.figures[d].end : sheet.figures[n].start]
    if d < n and _OUT_OF.fullmatch(between):
        return n, d
    stem = name.removesuffix("率").removesuffix("进度")
    words = sheet.clause(n) + sheet.after(n)
    beside = sheet.clause(n) + _SIGN.split(sheet.after(n))[0]
    done = load_relations().patterns["done_rates"].search(name + sheet.clause(i)) and _DONE_OF.search(beside)
    if named and (set(stem[-2:]) <= set(beside) or done):
        return n, d
    if name in ("占", "占比") and re.match(
        "[^，。；\\d]{0,8}，?占(?:总|全部|计划|年度|比|到位|其|(?:达到?|为|约)?$)",
        words[len(sheet.clause(n)) :],
    ):
        return n, d
    return None
