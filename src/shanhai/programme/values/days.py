"""Days and months."""

import datetime
import re
from typing import Any

import msgspec

from shanhai.programme.values.value import Context, Told, Unreadable, plain_text

_DAY = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})月?")
_FIRST_YEAR, _LAST_YEAR = 1949, 2100


class Day(msgspec.Struct, frozen=True):
    """A day of the calendar, from 1949 to 2100."""

    def read(self, told: Told, context: Context) -> datetime.date | None:
        """The day that a date's cell holds, or that ``2024-03-05``, ``2024年3月5日``, ``2024/3/5`` or ``20240305`` says."""
        if isinstance(told, datetime.datetime):
            told = told.date()
        if isinstance(told, datetime.date):
            return _within(told)
        text = plain_text(told)
        if not text:
            return None
        found = _DAY.fullmatch(text.replace(" ", "")) or _COMPACT.fullmatch(text)
        if found is None:
            raise Unreadable(
                f"“{text[:40]}”不是日期。请写成2024-03-05这样的年月日。",
                f"“{text[:40]}” is no date. Write year, month and day, such as 2024-03-05.",
            )
        year, month, day = (int(part) for part in found.groups())
        try:
            return _within(datetime.date(year, month, day))
        except ValueError:
            raise Unreadable(
                f"没有{year}年{month}月{day}日这一天。请核对日期。",
                f"There is no such day as {year}-{month:02}-{day:02}. Check the date.",
            ) from None

    def shown(self, value: Any, english: bool = False) -> str:
        """As ISO 8601 writes it."""
        return "" if value is None else value.isoformat()

    def plain(self, value: Any) -> Any:
        """As ISO 8601 writes it."""
        return None if value is None else value.isoformat()

    def note(self) -> tuple[str, str]:
        """How to write it."""
        return "年-月-日，如2024-03-05", "year-month-day, such as 2024-03-05"


class Month(Day, frozen=True):
    """A month, as its first day."""

    def read(self, told: Told, context: Context) -> datetime.date | None:
        """The month that ``2024-03`` or ``2024年3月`` says, or in which a day lies."""
        text = plain_text(told)
        if not isinstance(told, datetime.date) and (found := _MONTH.fullmatch(text)):
            year, month = (int(part) for part in found.groups())
            text = f"{year}-{month}-1"
        day = super().read(told if isinstance(told, datetime.date) else text, context)
        return day and day.replace(day=1)

    def shown(self, value: Any, english: bool = False) -> str:
        """Year and month."""
        return "" if value is None else f"{value:%Y-%m}"

    def note(self) -> tuple[str, str]:
        """How to write it."""
        return "年-月，如2024-03", "year-month, such as 2024-03"


def _within(day: datetime.date) -> datetime.date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Unreadable(
            f"年份{day.year}不在{_FIRST_YEAR}至{_LAST_YEAR}之间。请核对日期。",
            f"The year {day.year} is not from {_FIRST_YEAR} to {_LAST_YEAR}. Check the date.",
        )
    return day
