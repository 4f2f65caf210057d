"""Numerals: Arabic and Chinese, whole, decimal, vague and side by side (四五, 七八百)."""

import re
from decimal import Decimal
from functools import lru_cache

import msgspec

from shanhai.model import Number, exact

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
PLACES = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万": 10**4, "亿": 10**8}
SCALE_WORDS = {
    "": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12,
    "十万": 10**5, "百万": 10**6, "千万": 10**7, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11,
    "万亿": 10**12, "亿万": 10**12, "万万": 10**8,
}  # fmt: skip
VAGUE = "几数"

_SIDE_BY_SIDE = re.compile("([一二三四五六七八两])([二三四五六七八九])(?=[十百千万亿]|$)")


class Numeral(msgspec.Struct, frozen=True, gc=False):
    """What a numeral says.

    Attributes:
        value: the number; the lower one where two stand side by side; None where it is vague.
        place: its last written place (2.71 → 0.01, 300 → 1, 三百 → 100).
        step: its last non-zero place (4200 → 100).
        upper: the upper one where two stand side by side.
        low, high: for a vague numeral, what it can mean, both ends included.
    """

    value: Number | None
    place: Number = 1
    step: Number = 1
    upper: Number | None = None
    low: Number | None = None
    high: Number | None = None

    def times(self, factor: int) -> "Numeral":
        """The numeral followed by a scale word."""
        if factor == 1:
            return self

        def scaled(n: Number | None) -> Number | None:
            return None if n is None else exact(n * factor)

        return Numeral(
            scaled(self.value),
            exact(self.place * factor),
            exact(self.step * factor),
            scaled(self.upper),
            scaled(self.low),
            scaled(self.high),
        )


@lru_cache(4096)
def arabic(written: str) -> Numeral:
    """The numeral written in ASCII digits, with an optional decimal point and thousands separators."""
    digits = written.replace(",", "")
    whole, _, decimals = digits.partition(".")
    significant = digits.rstrip("0") if not decimals else digits
    if decimals:
        place: Number = Decimal(1).scaleb(-len(decimals))
        return Numeral(exact(Decimal(digits)), place, place)
    zeros = len(whole) - len(significant) if significant else 0
    return Numeral(int(whole), 1, 10**zeros)


@lru_cache(4096)
def chinese(written: str) -> Numeral | None:
    """The numeral written in Chinese; None where the characters make no number."""
    if "点" in written:
        return _decimal(written)
    if any(v in written for v in VAGUE):
        return _vague(written)
    if not any(c in PLACES or c in SCALES for c in written):
        return _digits_only(written)
    pair = _SIDE_BY_SIDE.search(written)
    if pair:
        first, second = DIGITS[pair[1]], DIGITS[pair[2]]
        if second != first + 1:
            return None
        low = _evaluate(written[: pair.start()] + pair[1] + written[pair.end() :])
        high = _evaluate(written[: pair.start()] + pair[2] + written[pair.end() :])
        return None if low is None or high is None else Numeral(low[0], low[1], low[1], high[0])
    found = _evaluate(written)
    return None if found is None else Numeral(found[0], found[1], found[1])


def _decimal(written: str) -> Numeral | None:
    whole, _, decimals = written.partition("点")
    scale = 1
    while decimals and decimals[-1] in SCALES:
        scale *= SCALES[decimals[-1]]
        decimals = decimals[:-1]
    head = chinese(whole)
    if head is None or head.value is None or not decimals or any(c not in DIGITS for c in decimals):
        return None
    fraction = "".join(str(DIGITS[c]) for c in decimals)
    place = Decimal(1).scaleb(-len(fraction))
    return Numeral(exact(head.value + Decimal(f"0.{fraction}")), place, place).times(scale)


def _vague(written: str) -> Numeral | None:
    """几 and 数 stand for an unnamed digit: 2 to 9 before a place word, 1 to 9 behind one."""
    unnamed = [i for i, c in enumerate(written) if c in VAGUE]
    if len(unnamed) > 1:
        return None
    at = unnamed[0]
    last = at == len(written) - 1
    ends = [
        _evaluate(written[:at] + digit + written[at + 1 :]) for digit in ("一" if last and at else "二", "九")
    ]
    if ends[0] is None or ends[1] is None:
        return None
    place = ends[1][1]
    high = ends[1][0] + place - 1 if not last else ends[1][0]
    return Numeral(None, place, place, None, ends[0][0], high)


def _digits_only(written: str) -> Numeral | None:
    values = [DIGITS[c] for c in written]
    if len(values) == 1:
        return Numeral(values[0])
    if len(values) == 2 and values[1] == values[0] + 1 and values[0]:
        return Numeral(values[0], 1, 1, values[1])
    if len(values) > 2 or 0 in values[1:]:
        return Numeral(int("".join(map(str, values))))
    return None


def _evaluate(written: str) -> tuple[int, int] | None:
    """The value of a positional numeral and its last non-zero place; None where the order makes no number."""
    total = section = 0
    digit: int | None = None
    place, zero = 10**16, False
    last = 1
    for c in written:
        if c in DIGITS:
            if digit:
                return None
            digit, zero = DIGITS[c], DIGITS[c] == 0
        elif c in PLACES:
            if PLACES[c] >= place:
                return None
            place = PLACES[c]
            section += (1 if digit is None or digit == 0 else digit) * place
            digit, last = None, place
        else:
            section += digit or 0
            if section == 0:
                section, total = (total, 0) if total else (1, 0)
            again = 0 < total < 10**8  # a second 万 counts the first with it: 一万二千万
            all_of_it = SCALES[c] > 10**4 or again
            total = (total + section) * SCALES[c] if all_of_it else total + section * SCALES[c]
            section, digit, place, last = 0, None, 10**16, (1 if digit else last) * SCALES[c]
            continue
    if digit:
        follows = written[-2] if len(written) > 1 else ""
        short = follows in PLACES or follows in SCALES
        unit = (PLACES.get(follows) or SCALES.get(follows, 10)) // 10 if short and not zero else 1
        section += digit * max(unit, 1)
        last = max(unit, 1)
    return total + section, last
