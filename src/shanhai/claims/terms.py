"""Terms: single numbers with their unit and qualifier, as they stand in a text, before they are joined.

The text is mended: simplified script, ASCII digits, no gaps inside a number phrase.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from shanhai.claims.exclusions import Place, excluded
from shanhai.claims.grammar import Grammar
from shanhai.claims.numerals import DIGITS, SCALE_WORDS, SCALES, Numeral, arabic, chinese
from shanhai.claims.term import Term
from shanhai.model import Number, exact

NEGATIVE = ("零下", "-", "−", "负")
_SIGNED = frozenset({"%", "摄氏度", "℃", "度", "百分点", "华氏度"})
_PER_WORDS = {"百": ("%", 1), "千": ("‰", 1), "万": ("", 10_000)}
_HALF_ROWS = {"过": "over_before", "超": "over_before", "近": "nearly_before"}
_AND_A_HALF = {"年半": "年", "个半月": "个月", "个半小时": "小时"}
_TENTHS_WORD = re.compile(
    "[立员果功年本套为就熟绩长人都效交品型片分群语心全因活婚家行双对排队单书册堆串团败]"
)
_HALF_TAILS = (
    ("上下", "about_after"),
    ("以上", "at_least_after"),
    ("左右", "about_after"),
    ("多", "over_after"),
    ("以下", "at_most_after"),
)
_NOTHING: tuple[str, ...] = ("\0",)
_LONGEST = 24
_SLASHED = re.compile(r"(?P<num>\d{1,2})/(?P<den>\d{1,3})(?![\d/年月日号]|决赛|拍|个?百分)")
_DISTANT = re.compile("(至少|最少|至多|最多)[㐀-鿿]{1,4}$")
_SPLIT_SECONDS = re.compile("[0-9]{1,2}(?![0-9])")


def scan(place: Place) -> Iterator[Term]:
    """The terms of the passage at ``place`` in order.

    A term without unit is only a part of others, or a number that the text tells as a figure.
    """
    text, end, grammar = place.text, place.end, place.grammar
    names: Iterator[re.Match[str]] | None = None
    name: re.Match[str] | None = None
    after = floor = place.start
    for found in grammar.number.finditer(text, place.start, end):
        at = found.start()
        if at < after:
            continue
        if names is None:
            names = grammar.names.finditer(text, place.start, end)
            name = next(names, None)
        while name and name.end() <= at:
            name = next(names, None)
        if name and name.start() <= at:
            after = name.end()
            continue
        term = _read(text, found, end, grammar)
        if term is None or (name and name.start() < term.end):
            continue
        _take_in(text, term, floor, grammar)
        after = term.end
        if excluded(term, place) is None:
            floor = after
            yield term


def _read(text: str, found: re.Match[str], end: int, grammar: Grammar) -> Term | None:
    """The term whose numeral ``found`` begins; None where the characters make none."""
    if found["half"]:
        return _half(found)
    written = found["cn"]
    at, stop = found.span()
    if stop - at > _LONGEST:
        return None
    if text.startswith("分之", stop) or (written and text.startswith("分之", at + 1)):
        return _fraction(text, at, end, grammar)
    if not written and text.startswith("/", stop):
        part = _slashed(text, at, end)
        if part is not None:
            return part
    if not written:
        return _with_tail(text, at, stop, arabic(found["ar"]), "." in found["ar"], end, grammar)
    numeral = chinese(written)
    while numeral is None and len(written) > 1:
        written = written[:-1]
        numeral = chinese(written)
    if numeral is None:
        return None
    stop = at + len(written)
    if text.startswith("成", stop):
        return _tenths(text, at, stop, numeral, end)
    scaled = any(c in SCALES for c in written) or "点" in written
    term = _with_tail(text, at, stop, numeral, scaled, end, grammar)
    if term is not None:
        term.chinese = written
        light = len(written) == 1 and term.word in grammar.units.light
        term.minor |= light or grammar.units.kind_of.get(term.word) == "divisions"
    return term


def _with_tail(
    text: str, at: int, stop: int, numeral: Numeral, scaled: bool, end: int, grammar: Grammar
) -> Term | None:
    """The numeral with scale words, inner qualifier, unit and what follows the unit."""
    tail = grammar.tail.match(text, stop, end)
    if tail is None or tail.end() == stop:
        return Term(at, stop, numeral, scaled=scaled)
    inside, scale, later, unit = tail["in1"], tail["scale"], tail["in2"] or tail["odd"], tail["unit"] or ""
    if scale and scale not in SCALE_WORDS:
        return None
    if inside == "几":
        numeral, inside = _some_more(numeral), None
    if tail["odd"]:
        unit = f"个{unit}"
    stop = tail.end()
    if unit and text.startswith(grammar.units.unless_before.get(unit, _NOTHING), tail.end("unit")):
        unit, stop = "", tail.start("unit")
    if unit in _AND_A_HALF and numeral.value is not None:
        numeral = Numeral(exact(numeral.value + Decimal("0.5")), Decimal("0.5"), Decimal("0.5"))
    if unit == "秒" and not tail["after"]:
        numeral, stop = _split_seconds(text, numeral, stop, end)
    term = Term(at, stop, numeral.times(SCALE_WORDS[scale]), scaled=scaled or bool(scale))
    term.word = _AND_A_HALF.get(unit, unit)
    term.unit = grammar.units.written_as.get(term.word, term.word)
    if tail["per"] and unit:
        term.unit += tail["per"]
    table = grammar.qualifiers
    if tail["after"] and unit == (tail["unit"] or ""):
        term.row = table.after[tail["after"]]
    elif inside or later:
        term.row = table.inside[later or inside]
    term.minor = term.word in grammar.units.background
    return term


def _split_seconds(text: str, numeral: Numeral, stop: int, end: int) -> tuple[Numeral, int]:
    """13秒20: the hundredths that sport writes behind the unit."""
    found = _SPLIT_SECONDS.match(text, stop, end)
    if not found or not isinstance(numeral.value, int):
        return numeral, stop
    place = Decimal(1).scaleb(-len(found[0]))
    return Numeral(exact(numeral.value + Decimal(f"0.{found[0]}")), place, place), found.end()


def _some_more(numeral: Numeral) -> Numeral:
    """10几, 20几: one to nine more."""
    value = numeral.value
    if not isinstance(value, int):
        return numeral
    return Numeral(None, 1, 1, None, value + 1, value + 9)


def _half(found: re.Match[str]) -> Term:
    """半数, 一半, 过半: a share of one half."""
    term = Term(found.start(), found.end(), Numeral(Decimal("0.5"), Decimal("0.01"), Decimal("0.01")))
    term.share = True
    term.chinese = found["half"]
    term.row = _HALF_ROWS.get(found["half"][0])
    term.minor = term.row is not None
    return _with_half_tail(term)


def _with_half_tail(term: Term) -> Term:
    for word, row in _HALF_TAILS:
        if term.chinese.endswith(word):
            term.row = row
    return term


def _fraction(text: str, at: int, end: int, grammar: Grammar) -> Term | None:
    """百分之十六点四, 四分之三, 千分之五."""
    found = grammar.fraction.match(text, at, end)
    over = found and (arabic(found["num"]) if found["num"][0].isdigit() else chinese(found["num"]))
    if not found or not over:
        return None
    written = found["den"]
    unit, under = _PER_WORDS.get(written, ("", 0))
    if not under:
        whole = arabic(written) if written.isdigit() else chinese(written)
        if whole is None or not isinstance(whole.value, int) or not whole.value:
            return None
        under = whole.value
    if found["upper"]:
        over = _up_to(over, found["upper"])
    term = Term(at, found.end(), over if unit else _divided(over, under))
    term.unit = term.word = unit
    term.share = not unit
    term.chinese = found[0]
    word = found["after"] or found["in1"]
    if word:
        table = grammar.qualifiers
        term.row = table.after.get(word) or table.inside.get(word) or "about_after"
    return term


def _slashed(text: str, at: int, end: int) -> Term | None:
    """1/4: a part of a whole; None for dates, rounds of a match and the like."""
    found = _SLASHED.match(text, at, end)
    if not found:
        return None
    over, under = int(found["num"]), int(found["den"])
    if not 0 < over < under:
        return None
    term = Term(at, found.end(), _divided(Numeral(over), under))
    term.share = True
    return term


def _up_to(low: Numeral, written: str) -> Numeral:
    """百分之五到七: the range from ``low`` to ``written``."""
    high = arabic(written) if written[0].isdigit() else chinese(written)
    if high is None or high.value is None or low.value is None or high.value <= low.value:
        return low
    return Numeral(low.value, low.place, low.step, high.value)


def _divided(over: Numeral, under: int) -> Numeral:
    def ratio(n: Number | None) -> Number | None:
        return None if n is None else exact(Decimal(n) / under)

    return Numeral(ratio(over.value), Decimal("0.01"), Decimal("0.01"), ratio(over.upper))


def _tenths(text: str, at: int, stop: int, numeral: Numeral, end: int) -> Term | None:
    """三成, 一成五, 七八成: tenths, told in per cent."""
    stop += 1
    if _TENTHS_WORD.match(text, stop, end):
        return None
    tenths = numeral.times(10)
    follows = text[stop : stop + 1]
    extra = 5 if follows == "半" else DIGITS.get(follows, 0)
    if extra and tenths.value is not None:
        tenths = Numeral(exact(tenths.value + extra))
        stop += 1
    term = Term(at, stop, tenths)
    term.unit = term.word = "%"
    term.share = True
    term.chinese = text[at:stop]
    for word, row in _HALF_TAILS:
        if text.startswith(word, stop, end):
            term.end, term.row = stop + len(word), row
    return term


def _take_in(text: str, term: Term, lowest: int, grammar: Grammar) -> None:
    """Take in what stands before the number: a currency, a sign, a qualifier."""
    at = term.start
    if at <= lowest:
        return
    if not term.unit or term.unit == "元":
        at = _currency(text, term, at, lowest, grammar)
    if term.unit in _SIGNED:
        at = _sign(text, term, at, lowest)
    if text[at - 1] in grammar.before_ends:
        at = _qualifier(text, term, at, lowest, grammar)
    elif term.row is None:
        _distant(text, term, lowest)
    term.start = at


def _qualifier(text: str, term: Term, at: int, lowest: int, grammar: Grammar) -> int:
    table = grammar.qualifiers
    for length in range(min(grammar.longest_before, at - lowest), 0, -1):
        word = text[at - length : at]
        row = table.before.get(word)
        if row is None or (
            at - length > lowest and text[at - length - 1] in table.unless_after.get(word, "")
        ):
            continue
        if text[at] not in table.only_before.get(word, text[at]):
            continue
        if term.row is None or row != "about_before":
            term.row = row
        return at - length
    return at


def _distant(text: str, term: Term, lowest: int) -> None:
    """至少建成1个: a qualifier that stands before the verb."""
    found = _DISTANT.search(text, max(lowest, term.start - 6), term.start)
    if found:
        term.row = "at_least_before" if found[1] in ("至少", "最少") else "at_most_before"


def _currency(text: str, term: Term, at: int, lowest: int, grammar: Grammar) -> int:
    if text[at - 1] not in grammar.currency_ends:
        return at
    for length in range(min(grammar.longest_currency, at - lowest), 0, -1):
        currency = grammar.units.before.get(text[at - length : at])
        if currency:
            term.unit = term.word = currency
            return at - length
    return at


def _sign(text: str, term: Term, at: int, lowest: int) -> int:
    for word in NEGATIVE:
        begin = at - len(word)
        if begin >= lowest and text.startswith(word, begin):
            before = text[begin - 1 : begin] if begin > lowest else ""
            if len(word) > 1 or not (before.isdigit() or before in ("%", "万", "亿")):
                term.sign = -1
                return begin
    return at
