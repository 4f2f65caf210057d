"""Period: the time that a figure holds for, if the text says it.

Written as ISO dates: a year, a month, a day, or an interval ``start/end``. Words that need the report's own date
(去年, 今年5月) say nothing where that is not known.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import cache

import msgspec

from shanhai.catalogue.definitions import load_events
from shanhai.catalogue.sides import load_sides
from shanhai.claims.meaning.setting import Setting
from shanhai.model import Passage, Quantity, Role

_Y, _M, _D = r"(?P<y>(?:19|20)\d\d)年", r"(?P<m>\d{1,2})月", r"(?P<d>\d{1,2})日"
_TO = "(?:[-—~～至到]{1,2})"
_WHEN = (
    r"(?=[\d今本去上前明下一二三四党十改新脱中“进入援二奔抵到])(?:"
    rf"(?P<ya>(?:19|20)\d\d)年(?P<ma>\d{{1,2}})月{_TO}(?P<yb>(?:19|20)\d\d|次|翌)年(?P<mb>\d{{1,2}})月|"
    rf"(?P<y1>(?:19|20)\d\d)年?{_TO}(?P<y2>(?:19|20)\d\d)年"
    rf"|(?P<my>(?:19|20)\d\d年|今年|去年|)(?P<m1>\d{{1,2}})月?{_TO}(?P<m2>\d{{1,2}})月(?!\d)"
    rf"|{_Y}(?:{_M}(?:{_D})?|(?P<part>上半年|下半年|[一二三四]季度|前三季度|前\d{{1,2}}个月))?(?P<open>以来|至今|起)?"
    r"|(?P<rel>今年|本年度?|去年|上年|前年|明年)(?:(?P<rm>\d{1,2})月(?:(?P<rd>\d{1,2})日)?|(?P<rpart>上半年|下半年|[一二三四]季度|前三季度|前\d{1,2}个月))?(?P<since>以来|至今)?(?!同期)"
    r"|(?P<om>\d{1,2})月(?P<od>\d{1,2})日|(?P<half>上半年|下半年|前三季度|[一二三四]季度)"
    r"|(?P<event>EVENTS)(?:召开)?以来|(?P<term>(?:ARRIVALS)(?:工作)?(?:开展)?以来))"
)
_ARRIVED = r"((?:19|20)\d\d)年(\d{1,2})月[^。；]{0,40}(?:ARRIVALS)"
_COMPARED = re.compile("[比较同]$")
_PARTS = {"上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12)}  # fmt: skip
_ADDS_UP = re.compile("累计|以来|至今|截至|目前|历年|先后")
_BACK = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}


class When(msgspec.Struct, gc=False):
    """A time told in the text: where it ends, what it says, and since when it counts, if it does."""

    end: int
    says: str
    since: str | None = None


class PeriodReader:
    """Reads the periods of a report's figures.

    Args:
        text: the mended text.
        published: when the report was published; None where it does not say.
    """

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.published = published
        arrived = _arrival().search(text)
        self.whole: When | None = None
        self.default: When | None = None
        self.term_start = f"{arrived[1]}-{int(arrived[2]):02d}" if arrived else None

    def heading(self, passage: Passage) -> None:
        """Take note of a heading or title: the time that it names holds for what stands below it.

        That of the report's title holds wherever no nearer heading names one.
        """
        found = _pattern().search(self.text, passage.start, passage.end)
        when = self._says(found) if found else None
        if passage.role is Role.TITLE:
            self.whole = when if when and not when.since else None
        self.default = when if when and not when.since else self.whole

    def read(
        self, passage: Passage, figures: Sequence[Quantity], where: Sequence[Setting]
    ) -> list[When | None]:
        """The time of each figure of a passage: the last told before it in its sentence, else in the passage."""
        times = [
            w for m in _pattern().finditer(self.text, passage.start, figures[-1].end) if (w := self._says(m))
        ]
        ends = [w.end for w in times]
        found: list[When | None] = []
        for figure, setting in zip(figures, where, strict=True):
            own = bisect_right(ends, figure.start)
            last = times[own - 1] if own else None
            inside = times[own : bisect_right(ends, figure.end)]
            if figure.from_value is not None and last and inside:
                found.append(When(figure.end, f"{last.says}/{inside[-1].says}"))
            elif last and (last.end >= setting.sentence.start or not last.since):
                found.append(last)
            else:
                found.append(None if self._adds_up(setting) else self.default)
        return found

    def _adds_up(self, setting: Setting) -> bool:
        """Whether the figure is told as cumulative or as of now, so that no heading's year is its own."""
        return bool(_ADDS_UP.search(self.text, setting.sentence_start, setting.start))

    def _says(self, m: re.Match[str]) -> When | None:
        """What a time told in the text says; None for one that is only compared with (比2015年)."""
        if not (m["open"] or m["since"]) and _COMPARED.search(self.text, max(0, m.start() - 2), m.start()):
            return None
        if m["ya"]:
            ends = int(m["yb"]) if m["yb"].isdigit() else int(m["ya"]) + 1
            return When(m.end(), f"{m['ya']}-{int(m['ma']):02d}/{ends}-{int(m['mb']):02d}")
        if m["y1"]:
            return When(m.end(), f"{m['y1']}/{m['y2']}")
        if m["m1"]:
            year = self._year(m["my"])
            return (year and When(m.end(), f"{year}-{int(m['m1']):02d}/{year}-{int(m['m2']):02d}")) or None
        if m["y"]:
            return self._dated(m.end(), int(m["y"]), m["m"], m["d"], m["part"], bool(m["open"]))
        if m["rel"]:
            year = self._year(m["rel"])
            return (
                self._dated(m.end(), year, m["rm"], m["rd"], m["rpart"], bool(m["since"])) if year else None
            )
        if m["om"]:
            return self._day(m)
        if m["half"]:
            return (
                self._dated(m.end(), self.published.year, None, None, m["half"], False)
                if self.published
                else None
            )
        since = load_events()[m["event"]] if m["event"] else self.term_start
        return When(m.end(), f"{since}/{self._now()}", since) if since and self.published else None

    def _year(self, told: str) -> int | None:
        if told[:4].isdigit():
            return int(told[:4])
        return self.published.year + _BACK.get(told, 0) if self.published else None

    def _now(self) -> str:
        return f"{self.published:%Y-%m}" if self.published else ""

    def _day(self, m: re.Match[str]) -> When | None:
        """A day without year: the last one before the report's date."""
        if self.published is None:
            return None
        month, day = int(m["om"]), int(m["od"])
        year = self.published.year - (month > self.published.month)
        return self._dated(m.end(), year, m["om"], m["od"], None, False) if 1 <= month <= 12 and day else None

    def _dated(
        self, end: int, year: int, month: str | None, day: str | None, part: str | None, open_: bool
    ) -> When | None:
        if part:
            first, last = _PARTS.get(part) or (1, int(part.strip("前个月")))
            return When(end, f"{year}-{first:02d}/{year}-{last:02d}") if last <= 12 else None
        says = str(year)
        if month and 1 <= int(month) <= 12:
            says += f"-{int(month):02d}"
            if day and 1 <= int(day) <= monthrange(year, int(month))[1]:
                says += f"-{int(day):02d}"
        if not open_ or self.published is None:
            return When(end, says, says if open_ else None)
        if says == str(self.published.year):
            return When(end, says, says)
        return When(end, f"{says}/{self._now()}", says)


@cache
def _pattern() -> re.Pattern[str]:
    events = "|".join(sorted(map(re.escape, load_events()), key=len, reverse=True))
    return re.compile(_WHEN.replace("EVENTS", events).replace("ARRIVALS", _arrivals()))


@cache
def _arrival() -> re.Pattern[str]:
    return re.compile(_ARRIVED.replace("ARRIVALS", _arrivals()))


def _arrivals() -> str:
    return "|".join(load_sides().arrivals)
