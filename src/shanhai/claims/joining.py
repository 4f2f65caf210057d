"""Joining: terms that together are one quantity: ranges, products, from–to."""

import re
from collections.abc import Sequence

import msgspec

from shanhai.claims.exclusions import Place, told
from shanhai.claims.grammar import Grammar
from shanhai.claims.numerals import Numeral
from shanhai.claims.term import Term
from shanhai.model import Number, exact

_RANGE = re.compile(r"\s*(?:-{1,2}|—{1,2}|–|~|～|－|至|到)\s*")
_PRODUCT = re.compile(r"\s*[×xX*✕]\s*")
_BARE_TO = re.compile(r"[^。！？；，,、\n]{0,6}[到至][^。！？；，,、\n]{0,10}$")
_FROM = re.compile("[从由自][^，。；、从由]{0,18}$")
_NO_FIXED = re.compile("不等|之间|区间|的?幅度")


class Joined(msgspec.Struct):
    """Terms read as one quantity: ``last`` alone, a range, a product, or a from–to.

    Attributes:
        start, end: of the whole.
        last: the term that gives unit and, but for ranges and products, the value.
        first: the lower end of a range, or the start of a from–to.
        factors: the terms of a product.
        moves: whether it is a from–to.
    """

    start: int
    end: int
    last: Term
    first: Term | None = None
    factors: tuple[Term, ...] = ()
    moves: bool = False

    @property
    def product(self) -> Number | None:
        """The factors multiplied; None where one of them is vague."""
        total: Number = 1
        for factor in self.factors:
            if factor.value is None:
                return None
            total = exact(total * factor.value)
        return total


def join(terms: Sequence[Term], place: Place) -> list[Joined]:
    """The quantities that ``terms`` (in text order) make; numbers without unit that nothing tells are left out."""
    text, start = place.text, place.start
    whole: list[Joined] = []
    for joined in _close(text, terms):
        before = whole[-1] if whole else None
        if before is not None and _moves(text, start, before, joined, place.grammar):
            if before.last.unit and _same_currency(before.last, joined.last):
                joined.last.unit = joined.last.word = before.last.unit
            joined = Joined(before.start, joined.end, joined.last, before.last, moves=True)
            whole.pop()
        whole.append(joined)
    return [j for j in whole if j.last.unit or j.first or told(j.last, place)]


def _close(text: str, terms: Sequence[Term]) -> list[Joined]:
    """Ranges and products, whose terms stand side by side."""
    whole: list[Joined] = []
    for term in terms:
        before = whole[-1] if whole else None
        if before is not None and before.first is None and before.end < term.start:
            gap = text[before.end : term.start]
            if _PRODUCT.fullmatch(gap) and _factor(before.last, term):
                whole[-1] = Joined(
                    before.start, term.end, term, factors=(*(before.factors or (before.last,)), term)
                )
                continue
            if _RANGE.fullmatch(gap) and _spans(text, before, term):
                whole[-1] = Joined(before.start, term.end, term, before.last)
                continue
        whole.append(Joined(term.start, term.end, term))
    return whole


def _factor(first: Term, second: Term) -> bool:
    return not first.unit or first.unit == second.unit


def _spans(text: str, before: Joined, term: Term) -> bool:
    """Whether ``before`` and ``term`` are the ends of a range."""
    first = before.last
    if before.factors or first.numeral.value is None or term.numeral.value is None:
        return False
    if first.unit and first.unit != term.unit:
        return False
    if not (term.unit or first.unit or first.row or term.row or first.scaled or term.scaled):
        return False
    if text[before.end : term.start].strip() in ("到", "至") and _FROM.search(
        text, max(0, before.start - 20), before.start
    ):
        return bool(_NO_FIXED.match(text, term.end))
    low = _like(first, term)
    return low.value is not None and low.value < term.numeral.value


def _like(first: Term, last: Term) -> Numeral:
    """The lower end, read in the scale of the upper one where it has none of its own (3—5万元)."""
    numeral = first.numeral
    value, upper = numeral.value, last.numeral.value
    if first.unit or first.scaled or value is None or upper is None or not last.scaled:
        return numeral
    for factor in (10**8, 10**4):
        if upper >= factor and value * factor < upper:
            return numeral.times(factor)
    return numeral


def lower_end(joined: Joined) -> Numeral:
    """The lower end of a range as a numeral in base units."""
    assert joined.first is not None
    return _like(joined.first, joined.last)


def _same_currency(first: Term, last: Term) -> bool:
    """港币639元调升至669元: the currency is named once."""
    return last.word == "元" and first.unit.endswith("元")


def _moves(text: str, start: int, before: Joined, joined: Joined, words: Grammar) -> bool:
    """Whether ``before`` and ``joined`` are told as the two ends of one change."""
    first, last = before.last, joined.last
    if before.moves or before.first or before.factors or joined.first or joined.factors:
        return False
    if not last.unit and first.unit and not last.scaled:
        return False
    if first.unit and last.unit and first.unit != last.unit and not _same_currency(first, last):
        return False
    if first.numeral.value is None or last.numeral.value is None or last.unit == "百分点":
        return False
    gap = text[before.end : joined.start]
    if len(gap) > 44 or "。" in gap or "\n" in gap or "；" in gap:
        return False
    told_from = _FROM.search(text, max(start, before.start - 30), before.start)
    if told_from:
        if words.moved.fullmatch(gap):
            return True
        return bool(_BARE_TO.fullmatch(gap)) and not _NO_FIXED.match(text, joined.end)
    return bool(words.moved_at_once.fullmatch(gap))
