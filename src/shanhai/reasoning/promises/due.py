"""Due dates: date phrases of a text, resolved through the report's date where they are told beside it."""

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from functools import cache

import msgspec

from shanhai.catalogue.promises import any_of, load_promises
from shanhai.claims.numerals import arabic, chinese

_MONTH = r"(?P<month>1[0-2]|0?[1-9])月份?(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]|(?P<third>[上中下]旬)|(?P<edge>底|末|初))?"
_BEFORE = r"(?P<before>[之以]?前(?!三季度|[几数半]|些|不久|一?段|\d|[一二两三四五六七八九十]+个?[月年季]|期|后|往|来|方|指|沿|线|列|夕|任))?"
_PHRASE = (
    r"(?<!截至)(?<!截止)(?<!截止到)(?<![截\d])(?P<to>[到至])?(?:"
    r"(?:(?P<year>(?:19|20)\d\d)年度?|(?<![去上前当每历往近间一二两三四五六七八九十])(?P<rel>RELATIVE|PAST))(?:MONTH|(?P<part>PARTS))?"
    r"|(?P<lone>(?<![\d年])MONTH2)|(?P<half>HALVES)|(?P<month_end>月底)"
    r"|[“\"]?(?P<plan>PLANS)[”\"]?(?:规划)?(?:期末|末期|末|期间|时期|期内|后半程|后半期|收官)"
    r"|(?:(?P<ahead>未来|今后)(?P<n1>[一二两三四五六七八九十\d]{1,3})年|(?<![\d.])(?P<n2>[一二两三四五六七八九十\d]{1,3})年(?:之?内))"
    r")BEFORE"
)
_EARLY, _MID, _LATE = 3, 6, 10
"""A report speaks of the new year in its first months, or in the last ones of the year before."""
_LAST_DAY = {"上旬": 10, "中旬": 20}


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A date told in a text.

    Attributes:
        start, end: where it stands.
        due: ISO date, month or year; None where it cannot be resolved.
        deadline: told as one by which something is to come about (9月底前, 到2027年).
        year: the year that it names, for months told behind it; None where it names none.
    """

    start: int
    end: int
    due: str | None
    deadline: bool
    year: int | None


def ends(due: str) -> datetime.date:
    """The last day of an ISO date, month or year.

    >>> ends("2024-02")
    datetime.date(2024, 2, 29)
    """
    parts = [int(p) for p in due.split("-")]
    if len(parts) == 3:
        return datetime.date(*parts)
    if len(parts) == 2:
        return datetime.date(parts[0], parts[1], monthrange(*parts)[1])
    return datetime.date(parts[0], 12, 31)


def phrases(text: str, start: int, end: int, told: datetime.date | None) -> Iterator[Phrase]:
    """The dates told in ``text[start:end]``, in order.

    Args:
        text: the mended text.
        start, end: the stretch, as a rule a sentence; a year told in it holds for the months told behind it.
        told: when the report was published; None where it does not say.
    """
    year: int | None = None
    for m in _pattern().finditer(text, start, end):
        named, due = _resolve(m, year, told)
        year = named or year
        yield Phrase(m.start(), m.end(), due, bool(m["before"] or m["to"]), named)


def _resolve(m: re.Match[str], year: int | None, told: datetime.date | None) -> tuple[int | None, str | None]:
    """The year that a phrase names, and what it resolves to."""
    words = load_promises().words
    if m["year"] or m["rel"]:
        named = int(m["year"]) if m["year"] else _relative(m["rel"], year, told)
        return named, None if named is None else _within(named, m)
    if m["lone"]:
        return None, _month(m, year, told)
    if m["plan"]:
        return None, str(words.plans[m["plan"]])
    if m["half"]:
        of = year or (told.year if told else None)
        return None, None if of is None else f"{of}-{words.months[m['half']]:02d}"
    if told is None:
        return None, None
    if m["month_end"]:
        return None, f"{told:%Y-%m}"
    written = m["n1"] or m["n2"]
    numeral = arabic(written) if written.isdigit() else chinese(written)
    n = numeral.value if numeral else None
    return None, None if n is None else str(told.year + int(n))


def _relative(told_as: str, year: int | None, told: datetime.date | None) -> int | None:
    """The year of a word such as 明年 or 年底; None where it cannot be known."""
    words = load_promises().words
    if told_as in words.within and year is not None:
        return year
    if told is None or told_as in words.past_years:
        return None
    if told_as in words.new_year:
        return told.year + (told.month > _MID) if told.month <= _EARLY or told.month >= _LATE else None
    return told.year + words.years.get(told_as, 0)


def _within(year: int, m: re.Match[str]) -> str:
    """A part of a named year."""
    if m["month"]:
        return _dated(year, int(m["month"]), m["day"], m["third"])
    month = load_promises().words.months.get(m["part"] or m["rel"] or "", 12)
    return str(year) if month == 12 else f"{year}-{month:02d}"


def _month(m: re.Match[str], year: int | None, told: datetime.date | None) -> str | None:
    """A month without its own year: of the year told before it, else the next to come after the report."""
    month = int(m["month2"])
    if year is None:
        if told is None or (month == told.month and m["day2"] and int(m["day2"]) < told.day):
            return None
        year = told.year + (month < told.month)
    return _dated(year, month, m["day2"], m["third2"])


def _dated(year: int, month: int, day: str | None, third: str | None) -> str:
    last = int(day) if day else _LAST_DAY.get(third or "")
    if last and last <= monthrange(year, month)[1]:
        return f"{year}-{month:02d}-{last:02d}"
    return f"{year}-{month:02d}"


@cache
def _pattern() -> re.Pattern[str]:
    words = load_promises().words
    second = _MONTH.replace("month>", "month2>").replace("day>", "day2>")
    second = second.replace("third>", "third2>").replace("edge>", "edge2>")
    halves = [w for w in words.months if len(w) > 2]
    pattern = _PHRASE.replace("MONTH2", second).replace("MONTH", _MONTH).replace("BEFORE", _BEFORE)
    pattern = pattern.replace("RELATIVE", any_of((*words.years, *words.within, *words.new_year))).replace(
        "PAST", any_of(words.past_years)
    )
    pattern = pattern.replace("PARTS", "第?(?:" + any_of(words.months) + ")末?")
    return re.compile(pattern.replace("HALVES", any_of(halves)).replace("PLANS", any_of(words.plans)))
