"""Spaces and line or page breaks inside number phrases and sentences."""

import re
from functools import cache
from statistics import median

from shanhai.catalogue.units import load_units

_HAN = "㐀-鿿"
_BLANKS = " \u00a0\u2000-\u200a\u3000"
_SP = f"[{_BLANKS}]"
_BLANK = re.compile(f"{_SP}+")
_PHRASE = re.compile(
    rf"[\d{_BLANKS}](?:(?<=\d)|(?<=[{_HAN}、，（(“]{_SP}){_SP}*\d)"
    rf"(?P<year>(?:(?<=1)9|(?<=2)0)\d\d(?!\d))?[\d,]*(?P<grouped>{_SP}+\d{{1,3}}(?={_SP}*[{_HAN}]))?(?:{_SP}*\.{_SP}*\d+)?%?"
    rf"(?:{_SP}*[余多来几十百千万亿])*"
    rf"(?:{_SP}*(?:人{_SP}*次|[批场台班]{_SP}*次|个{_SP}*(?:多{_SP}*)?(?:百{_SP}*分{_SP}*点|月|小{_SP}*时|工{_SP}*作{_SP}*日)"
    rf"|[平立]{_SP}*方{_SP}*(?:公{_SP}*里|米)|公{_SP}*[里斤顷]|千{_SP}*(?:瓦{_SP}*时|[瓦米克])|[美港]{_SP}*元|百{_SP}*分{_SP}*点|[{_HAN}%、，。；]))?"
    rf"(?:{_SP}*(?:左{_SP}*右|以{_SP}*[上下内]|上{_SP}*下|(?<=[{_HAN}]){_SP}+(?=[{_HAN}])))?"
)
_SPACED = re.compile(
    rf"{_SP}(?:(?<=[0-9%]{_SP}){_SP}*[{_HAN}0-9、，。；.]|(?<=[0-9]\.{_SP}){_SP}*[0-9]|(?<=[{_HAN}、，（(“]{_SP}){_SP}*[0-9])"
)
_PAGE_NUMBER = "[-—–~·]{0,3} ?(?:第 ?)?[0-9]{1,4}(?: ?页)? ?[-—–~·]{0,3}"
_GAP = re.compile(
    rf"\n(?:[ \t\u00a0\u3000]*(?:{_PAGE_NUMBER})?[ \t\r\u00a0\u3000\f]*\n)*[ \t\u00a0\u3000\f]*"
)
_CONTINUES = frozenset("，。、；！？）”%")
_LINE_BLANKS = " \t\r\u00a0\u3000"
_OPEN_END = re.compile("[.，、“（《+0-9㐀-鿿]")
_BEGINS_ANEW = re.compile(
    "[—●◆■★▲•·○※>#|\\-]|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?[0-9]{1,2}[）)、．.](?![0-9])|第[一二三四五六七八九十]+[章节条部]"
    "|[一二三四五六七八九十]是|其[一二三四五]|链接|编辑|责编|责任编辑|来源|作者|记者|图为|附"
)
_PROSE_SIGN = re.compile("[，。；]|,(?=[㐀-鿿])")
_DIGITS_THEN_UNIT = re.compile("[0-9]{1,3} ?(?:[余多]?[万亿]|[㐀-鿿%])")
_DATE_END = re.compile(r"\d[-/:：]\d{1,2}$|\d\.\d{1,2}\.\d{1,2}$")
_DATE_SIGNS = ("-", "/", ":", ".", "：", "")
_DATE_UNITS = tuple("年月日时号来")
_SENTENCE = 20
_SHORTEST = 6
_SHORT_LINE = rf"[^\n“（]{{1,{_SENTENCE - 1}}}+(?<=[㐀-鿿])\n(?![，。、；！？）”%])"
_CLOSED_LINE = rf"[^\n]++(?<![.，、“（《+0-9㐀-鿿{_LINE_BLANKS}])\n"
_WHOLE_LINES = re.compile(rf"(?:(?:{_SHORT_LINE}|{_CLOSED_LINE})(?![\s\-—–~·第0-9]))*")
"""Lines that are whole at first sight, as most lines of most pages are, where no page number follows."""


@cache
def _count_ahead() -> re.Pattern[str]:
    """What carries on a number phrase: a scale word, a qualifier or a unit."""
    units = "|".join(sorted(map(re.escape, load_units().kind_of), key=len, reverse=True))
    return re.compile(f"(?:余|多|来)?(?:[万亿]|(?!项目){units})")


def broken(text: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """The text, gaps inside number phrases, and breaks inside sentences; both kinds of gaps are to be removed."""
    phrases = _gaps_in_phrases(text)
    lines = _broken_lines(text) if "\n" in text else []
    if lines and phrases:
        taken = {i for start, end in lines for i in range(start, end)}
        phrases = [p for p in phrases if p[0] not in taken and p[1] - 1 not in taken]
    return text, phrases, lines


def _gaps_in_phrases(text: str) -> list[tuple[int, int]]:
    gaps: list[tuple[int, int]] = []
    end = 0
    for spaced in _SPACED.finditer(text):
        if spaced.start() < end:
            continue
        begin, end = text.rfind("\n", 0, spaced.start()) + 1, _line_end(text, spaced.start())
        gaps += _gaps_in_line(text, begin, end)
    return gaps


def _gaps_in_line(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    gaps: list[tuple[int, int]] = []
    for phrase in _PHRASE.finditer(text, begin, end):
        if " " in phrase[0] or not phrase[0].isascii():
            gaps += [
                blank.span()
                for blank in _BLANK.finditer(text, *phrase.span())
                if blank.end() < len(text) and not _apart(text, phrase, blank)
            ]
    return gaps


def _apart(text: str, phrase: re.Match[str], blank: re.Match[str]) -> bool:
    """Whether a space keeps two numbers apart: behind a year, in a date, or behind the number of a list's item."""
    begin = phrase.start()
    if phrase["grouped"] and blank.start() == phrase.start("grouped"):
        after_date = bool(phrase["year"]) or text[begin - 1 : begin] in _DATE_SIGNS
        return after_date or text[phrase.end("grouped")] in _DATE_UNITS
    return text[blank.start() - 1] == "." and (begin == 0 or text[begin - 1] == "\n")


def _broken_lines(text: str) -> list[tuple[int, int]]:
    width = _wrapped_at(text)
    spans: list[tuple[int, int]] = []
    begin = at = 0
    while True:
        if width == 0 and (whole := _WHOLE_LINES.match(text, at)) and whole.end() > at:
            begin = at = whole.end()
        gap = _GAP.search(text, at)
        if gap is None or gap.end() == len(text):
            return spans
        start, at = gap.span()
        while start > begin and text[start - 1] in _LINE_BLANKS:
            start -= 1
        if _runs_on(text, begin, start, at, gap[0].count("\n") == 1, width):
            spans.append((start, at))
        else:
            begin = at


def _wrapped_at(text: str) -> int:
    """The width at which the lines are wrapped by hand or by a page; 0 where they are not."""
    lengths = [len(line.strip()) for line in text.split("\n")]
    long = [n for n in lengths if n >= _SENTENCE]
    if len(long) < 4:
        return 0
    width = int(median(long))
    near = sum(1 for n in long if abs(n - width) <= 3)
    return width if width <= 60 and near >= 0.6 * len(long) else 0


def _runs_on(text: str, begin: int, start: int, end: int, adjacent: bool, width: int) -> bool:
    """Whether the sentence of the line ``text[begin:start]`` goes on at ``end``."""
    last = text[start - 1 : start]
    if start <= begin or not last or not _OPEN_END.match(last):
        return False
    line = text[max(begin, text.rfind("\n", begin, start) + 1) : start]
    if _is_row(line) or _is_row(text[end : _line_end(text, end)]):
        return False
    if last.isdigit() or (last == "." and line[-2:-1].isdigit()):
        return _figure_runs_on(text, line, end, adjacent)
    if _BEGINS_ANEW.match(text, end):
        return False
    if last == ".":
        return False
    if last in "，、“（《":
        return "，" in line or "、" in line or len(line) >= _SENTENCE
    if text[end] in _CONTINUES:
        return True
    if adjacent and width and len(line) >= width - 2:
        return True
    if line.count("“") > line.count("”") or line.count("（") > line.count("）"):
        return True
    return len(line) >= _SENTENCE and bool(_PROSE_SIGN.search(line)) and not _looks_like_heading(text, end)


def _is_row(line: str) -> bool:
    return "\t" in line or "|" in line


def _line_end(text: str, at: int) -> int:
    stop = text.find("\n", at)
    return stop if stop >= 0 else len(text)


def _figure_runs_on(text: str, line: str, end: int, adjacent: bool) -> bool:
    """Whether the number that ends ``line`` goes on at ``end``, with its unit or with further digits."""
    if _DATE_END.search(line):
        return False
    if line.endswith("."):
        return len(line) >= _SENTENCE and bool(_DIGITS_THEN_UNIT.match(text, end))
    long = len(line) >= _SHORTEST
    if _count_ahead().match(text, end):
        return long or adjacent
    return long and adjacent and len(line) >= _SENTENCE and bool(_DIGITS_THEN_UNIT.match(text, end))


def _looks_like_heading(text: str, at: int) -> bool:
    """Whether the line at ``at`` is short and without sentence signs, so that it begins something new."""
    line = text[at : _line_end(text, at)].strip()
    return len(line) < _SENTENCE and not _PROSE_SIGN.search(line) and line[-1:] not in "。！？；：”"
