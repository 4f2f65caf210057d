"""Measure: the phrase that says what a figure counts, put together from its clause and those before it."""

import re
from collections.abc import Sequence

from shanhai.claims.meaning.setting import Setting
from shanhai.model import Kind, Quantity, Span

_SIGNS = "，。；！？,;：:\n—"
_LEADING = re.compile(
    "^(?:[\\s、，,“”（()]|(?:19|20)\\d\\d年(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:以来|至今|底|末|初)?|\\d{1,2}月(?:\\d{1,2}日)?|今年|去年|上半年|下半年|截至目前|截至|目前|"
    "并且|并|且|同时|其中|此外|另外|还|也|又|共计|累计|总计|先后|已经|已|现已|现有|共有|共|全年|当年|一年来|近年来|分别|均|都|再|及|与|和(?![田硕静布平顺龙]\\w?[县市区地])|以及|是|有|各|向)+"
)
_TRAILING = re.compile(
    "(?:[\\s、，,“（(]|达到了?|达|为|约|共计|共有|共|累计|总计|分别|已|近|超过|是|有|了|各|仅|均|就|在|至|到|由|从|以|(?<![支输付])出|均为|高达|多达|合计|同比|环比|比上年|比去年|较上年|较去年)+$"
)
_CHANGE = re.compile(
    "(?:同比|环比)?(?:增长|增加|提高|提升|上升|上涨|下降|降低|减少|下滑|回落|下跌|增|降|升|涨|跌)了?$"
)
_NOUN = re.compile("(?:的)?(?P<noun>[㐀-鿿A-Za-z“”·]{1,24})")
_NO_NOUN = re.compile(
    "以上|以下|左右|以内|不等|，|的?(?:速度|增速)|和|与|及|并|是|为|达|用于|来自|在|到|建成并|，"
)
_DIVIDED = re.compile("[、和及与]")
_IN_BRACKETS = re.compile("[（(][^）)]*[）)]")
_LISTED = re.compile(r"\s*[、和，及与]?\s*")
_LONGEST = 40
_MOST_LISTED = 20


def measures(text: str, figures: Sequence[Quantity], where: Sequence[Setting]) -> list[str | None]:
    """The measure of each figure of one passage, in order."""
    found: list[str | None] = []
    subject = ""
    for i, (figure, setting) in enumerate(zip(figures, where, strict=True)):
        if i and where[i - 1].sentence != setting.sentence:
            subject = ""
        begin = setting.clause_start
        if i:
            begin = max(begin, figures[i - 1].end)
        shared = _shared(text, figures, where, i)
        left = shared or _LEADING.sub("", text[begin : figure.start])
        left = _TRAILING.sub("", left)
        noun = _noun(text, figure, setting)
        if i and not (left or noun) and _LISTED.fullmatch(text, figures[i - 1].end, figure.start):
            found.append(found[-1])
            continue
        if figure.kind in (Kind.CHANGE, Kind.POINTS) or not (left or noun):
            bare = _CHANGE.sub("", left)
            change = left[len(bare) :]
            left = (bare or subject) + change
        measure = (left + noun)[-_LONGEST:].strip(" 的、，")
        found.append(measure or None)
        if left and figure.kind is not Kind.CHANGE:
            subject = _CHANGE.sub("", left)
    return found


def headed(text: str, row: Span, column: Span) -> str | None:
    """The measure of a table's cell: the head of its row and that of its column, without the unit in brackets."""
    name = _IN_BRACKETS.sub("", text[column.start : column.end]).strip()
    return f"{text[row.start : row.end].strip()}{name}" or None


def _noun(text: str, figure: Quantity, setting: Setting) -> str:
    """The noun right behind a figure (33名援藏干部)."""
    if figure.end >= setting.phrase_end or _NO_NOUN.match(text, figure.end, setting.phrase_end):
        return ""
    found = _NOUN.match(text, figure.end, setting.phrase_end)
    return found["noun"] if found else ""


def _shared(text: str, figures: Sequence[Quantity], where: Sequence[Setting], i: int) -> str:
    """The part of a list before 分别 that belongs to the figure at ``i`` of the list behind it."""
    told = text.rfind("分别", where[i].sentence_start, figures[i].start)
    if told < 0:
        return ""
    first = i
    while (
        first
        and figures[first - 1].start > told
        and _LISTED.fullmatch(text, figures[first - 1].end, figures[first].start)
    ):
        first -= 1
    last = i
    while last + 1 < min(len(figures), i + _MOST_LISTED) and _LISTED.fullmatch(
        text, figures[last].end, figures[last + 1].start
    ):
        last += 1
    begin = max(
        max(text.rfind(c, where[i].sentence_start, told) for c in _SIGNS) + 1, where[i].sentence_start
    )
    items = _DIVIDED.split(text[begin:told])
    if len(items) != last - first + 1:
        return ""
    return _LEADING.sub("", items[i - first]) + text[told + 2 : figures[first].start]
