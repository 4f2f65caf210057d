"""What a person sees in a spreadsheet's cell: a stored number dressed by its number format.

Number format codes are described in ECMA-376 part 1, 18.8.30 and 18.8.31.
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Final

import msgspec

_PERCENT_CODES: Final = {9: "0%", 10: "0.00%"}
_DATE_CODES: Final = {
    **dict.fromkeys((14, 15, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-m-d"),
    17: "mmm-yy",
    16: "yyyy-m-d",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), "h:mm"),
    22: "yyyy-m-d h:mm",
    46: "[h]:mm",
}
_BUILT_IN: Final = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", **_PERCENT_CODES, **_DATE_CODES}
_PIECES: Final = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[(h+|m+|s+)\]|\[[^\]]*\]|[_*].|(.)', re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[#0?,]*(\.[0#?]*)?")
_FIFTEEN: Final = Context(prec=15)
_LONGEST_CODE: Final = 255
_LAST_DAY: Final = 2_958_466  # 9999-12-31


class NumberFormat(msgspec.Struct, frozen=True):
    """One number format as far as it changes what a number says.

    Attributes:
        prefix, suffix: the writing before and after the number.
        decimals: how many are shown; -1 for as many as there are.
        percent: whether a hundred times the number is shown.
        date: the parts of a date or time that are shown, as letters of ``ymdhs``; "" for plain numbers.
        elapsed: whether hours count on beyond a day.
    """

    prefix: str = ""
    suffix: str = ""
    decimals: int = -1
    percent: bool = False
    date: str = ""
    elapsed: bool = False


GENERAL: Final = NumberFormat()


def number_format(number: int, code: str | None = None) -> NumberFormat:
    """The format with this ``code``, or the built-in one with this ``number``."""
    code = (_BUILT_IN.get(number, "") if code is None else code)[:_LONGEST_CODE]
    written = ""  # the code with literals as U+0000 and their text kept aside
    literals: list[str] = []
    elapsed = False
    for piece in _PIECES.finditer(code):
        quoted, escaped, currency, hours, other = piece.groups()
        elapsed = elapsed or bool(hours)
        literal = quoted or escaped or currency or ""
        if other == ";":
            break  # the sections after the first are for negative numbers, zero and text
        if other is not None and (other.isascii() or other in "年月日时分秒"):
            written += other
        elif literal or other:
            written += "\0"
            literals.append(literal or other)
        elif hours:
            written += hours
    lowered = written.lower().replace("general", "")
    if date := _date_parts(lowered):
        return NumberFormat(date=date, elapsed=elapsed)
    return _plain(written, literals)


def _date_parts(written: str) -> str:
    """Which of ``ymdhs`` a code shows; months and minutes share a letter, told apart by their company."""
    found = set(re.sub(r"am/pm|a/p|上午/下午", "", written)) & set("ymdhs")
    if "m" in found and not found & set("yd") and found & set("hs"):
        found.remove("m")  # minutes
    return "".join(sorted(found))


def _plain(written: str, literals: list[str]) -> NumberFormat:
    bare = written.replace("\0", "").replace("%", "").strip()
    shape = re.sub(r"[-+() $¥￥]", "", bare)
    if not shape or not _NUMBER.fullmatch(shape) or shape.endswith(",") or ",." in shape:
        return (
            GENERAL  # text, fractions, powers of ten and numbers scaled by thousands stay as they are stored
        )
    first = re.search(r"[#0?]", written)
    last = re.search(r"[#0?](?!.*[#0?])", written, re.DOTALL)
    if first is None or last is None:
        return GENERAL
    before = written[: first.start()].count("\0")
    inside = written[first.start() : last.end()].count("\0")
    if inside:
        return GENERAL
    decimals = len(shape.partition(".")[2])
    sign = "".join(c for c in written[: first.start()] if c in "$¥￥")
    return NumberFormat(
        prefix="".join(literals[:before]).strip() or sign,
        suffix="".join(literals[before:]).strip(),
        decimals=decimals,
        percent="%" in written,
    )


def shown(stored: str, form: NumberFormat, since_1904: bool = False) -> str:
    """The number ``stored`` as a person sees it: no trailing zeros, no thousands signs, dates as ISO 8601.

    >>> shown("0.853", number_format(9)), shown("12.0", GENERAL), shown("45352", number_format(14))
    ('85%', '12', '2024-03-01')
    """
    if (
        len(stored) < 16
        and stored.isdecimal()
        and not (form.date or form.percent or form.prefix or form.suffix)
    ):
        return stored
    try:
        value = _FIFTEEN.create_decimal(stored)
    except InvalidOperation:
        return stored
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return stored
    if form.date and 0 <= value < _LAST_DAY:
        return _moment(value, form, since_1904)
    if form.percent:
        value *= 100
    if form.decimals >= 0:
        value = value.quantize(Decimal(1).scaleb(-min(form.decimals, 30)), ROUND_HALF_UP, Context(prec=100))
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    digits = "0" if digits == "-0" else digits
    return f"{form.prefix}{digits}{'%' if form.percent else ''}{form.suffix}"


def _moment(value: Decimal, form: NumberFormat, since_1904: bool) -> str:
    """A date, a time or both; day 60 of the 1900 calendar is a day that never was, as in Lotus 1-2-3."""
    seconds = int((value * 86_400).to_integral_value(ROUND_HALF_UP))
    if form.elapsed:
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}"
    days, rest = divmod(seconds, 86_400)
    clock = f"{rest // 3600:02d}:{rest // 60 % 60:02d}" + (f":{rest % 60:02d}" if rest % 60 else "")
    if not set(form.date) & set("ymd"):
        return clock
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if days < 60 else 30)
    try:
        day = (start + timedelta(days=days)).date().isoformat()
    except OverflowError:
        return f"{value:f}"
    if "y" in form.date and "d" not in form.date:
        day = day[: 7 if "m" in form.date else 4]
    return f"{day} {clock}" if rest and set(form.date) & set("hs") else day
