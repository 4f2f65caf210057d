"""The masthead: title, publisher, date and author as the page states them."""

import datetime
import re
from collections.abc import Iterable, Sequence

import msgspec

from shanhai.model import Passage, Role
from shanhai.reading.extracted import Extracted

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|[-/.])\s*(\d{1,2})(?:月|[-/.])\s*(\d{1,2})日?(?!\d)")
_PUBLISHER = re.compile(
    r"(?:信息|文章|稿件|消息)?(?:来源|出处|发布机构|发布单位|供稿单位?|主办)\s*[:：]\s*([^\s|｜】）)，。;；0-9]{2,30})"
)
_AUTHOR = re.compile(
    r"(?:(?:本报|本网|通讯)?(?:记者|作者|通讯员|撰文|文/图|图/文|文)|供稿人?|撰稿)\s*[:：/／]?\s*((?:[㐀-鿿·]{2,4}(?:[ 、，,]+|$|(?=[）)】])))+)"
)
_LABELS = frozenset({"字号", "浏览", "编辑", "时间", "作者", "发布", "点击", "日期"})
_HEAD = 12


class Masthead(msgspec.Struct, frozen=True):
    """What the page says about itself; None where it does not."""

    title: str | None
    publisher: str | None
    author: str | None
    date: datetime.date | None


def masthead(text: str, passages: Sequence[Passage], extracted: Extracted) -> Masthead:
    """The masthead of a mended text; what the page shows goes before the format's own metadata."""
    shown = [text[p.start : p.end].strip("# \t\u3000") for p in passages if p.role is Role.TITLE]
    bylines = [text[p.start : p.end] for p in passages if p.role is Role.BYLINE]
    return Masthead(
        title=next(iter(shown), None) or extracted.title or None,
        publisher=_first(_PUBLISHER, bylines) or extracted.publisher or None,
        author=_first(_AUTHOR, bylines) or extracted.author or None,
        date=_date(bylines)
        or _date(_head(text, passages))
        or _date([extracted.published])
        or _closing_date(text, passages),
    )


def _first(pattern: re.Pattern[str], lines: Iterable[str]) -> str | None:
    for line in lines:
        found = pattern.search(line)
        if found and found[1].strip(" 、，,") not in _LABELS:
            return found[1].strip(" 、，,")
    return None


def _date(lines: Iterable[str]) -> datetime.date | None:
    for line in lines:
        for found in _DATE.finditer(line):
            try:
                return datetime.date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None


def _head(text: str, passages: Sequence[Passage]) -> list[str]:
    """Short lines at the top that hold little but a date."""
    first = passages[:_HEAD]
    return [line for p in first if p.role is not Role.BODY and len(line := text[p.start : p.end]) <= 60]


def _closing_date(text: str, passages: Sequence[Passage]) -> datetime.date | None:
    """The date that stands alone under an official letter or brief."""
    lines = [text[p.start : p.end].strip() for p in passages if p.role is not Role.SPAM]
    return _date([line for line in reversed(lines[-8:]) if len(line) <= 14])
