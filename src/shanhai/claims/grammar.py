"""The patterns of a quantity's parts, built from the catalogue's words."""

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from shanhai.catalogue.changes import load_changes
from shanhai.catalogue.numbered_names import load_numbered_names
from shanhai.catalogue.qualifiers import Qualifiers, load_qualifiers
from shanhai.catalogue.units import Units, load_units

CN = "一二两三四五六七八九十百千万亿零〇○几数"
CN_DIGIT = "一二三四五六七八九零〇○"
_ABOUT = "来(?=[个人名位家户年天岁种条里米公斤吨亩次万亿])"


class Grammar(msgspec.Struct, frozen=True):
    """Compiled patterns and the words behind them.

    Attributes:
        number: finds where a numeral stands (group ``ar``: Arabic, ``cn``: Chinese, ``half``: a half in words).
        tail: what may follow a numeral: scale words, qualifiers, the unit.
        fraction: a fraction or per cent told in words, at its start.
        moved, moved_at_once: what may stand between the ends of a from–to, with and without 从 before it.
        change: a word that tells a change (group ``up`` or ``down``).
        names: names with numbers in them.
        units, qualifiers: the catalogue's words.
        longest_before, longest_currency: length of the longest qualifier and currency before a number.
        before_ends, currency_ends: the characters that these end with.
    """

    number: re.Pattern[str]
    tail: re.Pattern[str]
    fraction: re.Pattern[str]
    names: re.Pattern[str]
    moved: re.Pattern[str]
    moved_at_once: re.Pattern[str]
    change: re.Pattern[str]
    units: Units
    qualifiers: Qualifiers
    longest_before: int
    before_ends: frozenset[str]
    longest_currency: int
    currency_ends: frozenset[str]


def trie_pattern(words: Iterable[str]) -> str:
    """A pattern that matches the longest of ``words``, branching at each character instead of at each word."""
    root: dict[str, dict[str, object]] = {}
    for word in words:
        node = root
        for c in word:
            node = node.setdefault(c, {})  # type: ignore[assignment]  # a node holds nodes
        node[""] = {}
    return _pattern_of(root)


def _pattern_of(node: dict[str, dict[str, object]]) -> str:
    leaves, branches = [], []
    for c, child in sorted(node.items()):
        if not c:
            continue
        rest = _pattern_of(child)  # type: ignore[arg-type]  # a node holds nodes
        if rest:
            branches.append(re.escape(c) + rest)
        else:
            leaves.append(c)
    if leaves:
        branches.append(f"[{''.join(map(re.escape, leaves))}]" if len(leaves) > 1 else re.escape(leaves[0]))
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?" if "" in node else joined


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))


@cache
def grammar() -> Grammar:
    """The patterns of the built-in catalogue, compiled once."""
    units, qualifiers, changes = load_units(), load_qualifiers(), load_changes()
    to = _longest_first(changes.to)
    begins = "".join(sorted({re.escape(u[0]) for u in units.kind_of} | set("多余几来分成点到至~～—-")))
    unit = trie_pattern(units.kind_of)
    inside = "|".join(sorted(qualifiers.inside, key=len, reverse=True)).replace("来", _ABOUT)
    after = "|".join(sorted((w for w in qualifiers.after if len(w) > 1), key=len, reverse=True))
    tail = (
        rf"(?P<in1>{inside}|几)?"
        r"(?P<scale>(?:[十百](?![分帕])|千(?![瓦克米伏卡焦赫帕]))?[万亿]{0,2})"
        rf"(?P<in2>{inside})?"
        rf"(?:个(?P<odd>多)(?=月|小时|星期|世纪|学期|季度))?"
        rf"(?P<unit>{unit})?"
        r"(?P<per>/[㐀-鿿]{1,3}(?![㐀-鿿])|/(?:立方米|平方米|平方公里|小时|公斤|毫升|公里|分钟|[吨秒亩人年月日天斤升米户桶次千克度]))?"
        rf"(?P<after>{after}|内(?![地部容陆外蒙存在科涵需销置控循])|起(?=[，。、；）])|[多余](?!\d|[次种样家个项年月数元层方名位人件场条批点万亿]))?"
    )
    return Grammar(
        number=re.compile(
            rf"(?P<ar>\d+(?:,\d{{3}}(?!\d))*(?:\.\d+)?)"
            rf"|(?P<half>(?:半数|一半)(?:以上|左右|以下|多)?|[过超近]半(?![年天个月生夜边径途]))"
            rf"|(?P<cn>[{CN}](?:[{CN}]+(?:点[{CN_DIGIT}]+[万亿]{{0,2}})?|点[{CN_DIGIT}]+[万亿]{{0,2}}|(?=[{begins}])|(?<=第.)))"
        ),
        tail=re.compile(tail),
        fraction=re.compile(
            rf"(?P<den>[百千万]|[{CN}]+|\d+)分之"
            rf"(?P<num>\d+(?:\.\d+)?|[{CN}]+(?:点[{CN_DIGIT}]+)?)(?:[到至—~-](?P<upper>\d+(?:\.\d+)?|[一二三四五六七八九十]+)(?![{CN}]|百?分之))?(?P<in1>{inside})?(?P<after>{after}|强|弱)?"
        ),
        names=re.compile(trie_pattern(load_numbered_names().words)),
        moved=re.compile(rf"[^。！？；\n]{{0,24}}?(?:{to})(?:[到至为成]|到了|至了)[^。！？；，,\n]{{0,14}}$"),
        moved_at_once=re.compile(
            rf"(?:[^。！？；，,、\n]{{0,6}})(?:{to})(?:[到至为成]|到了)[^。！？；，,\n]{{0,12}}$"
        ),
        change=re.compile(f"(?P<up>{_longest_first(changes.up)})|(?P<down>{_longest_first(changes.down)})"),
        units=units,
        qualifiers=qualifiers,
        longest_before=max(map(len, qualifiers.before)),
        before_ends=frozenset(w[-1] for w in qualifiers.before),
        longest_currency=max(map(len, units.before)),
        currency_ends=frozenset(w[-1] for w in units.before),
    )
