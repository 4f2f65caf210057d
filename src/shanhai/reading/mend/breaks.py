"""Spaces and line or page breaks inside number phrases and sentences."""

import re
from statistics import median

_HAN = "㐀-鿿"
_SPACE = "[ \u00a0\u2000-\u200a\u3000]"
_PHRASE = re.compile(
    f"(?<=[0-9%]){_SPACE}+(?=[{_HAN}%％、，。；])|(?<=[{_HAN}、，（(“]){_SPACE}+(?=[0-9])"
    f"|(?<=[0-9]\\.){_SPACE}+(?=[0-9]+(?:%|[万亿]))|(?<=[0-9]){_SPACE}+(?=\\.[0-9])"
)
_GAP = re.compile(f"[ \t\u00a0\u3000]*\n(?:[ \t\u00a0\u3000]*(?:[-—–~·]{{0,3}} ?(?:第 ?)?[0-9]{{1,4}}(?: ?页)? ?[-—–~·]{{0,3}})?[ \t\r\u00a0\u3000\f]*\n)*[ \t\u00a0\u3000\f]*")
_OPEN_END = re.compile("[，、“（《+0-9㐀-鿿]")
_BEGINS_ANEW = re.compile(
    "[—●◆■★▲•·○※>#|\\-]|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?[0-9]{1,2}[）)、．.](?![0-9])|第[一二三四五六七八九十]+[章节条部]"
    "|[一二三四五六七八九十]是|其[一二三四五]|链接|编辑|责编|责任编辑|来源|作者|记者|图为|附"
)
_COUNT_AHEAD = re.compile("(?:余|多)?(?:[万亿]|[个名人家所户项次场例台套批元吨亩座册条间件位处辆头株]|百分点|平方|公里|%|年|月|日)")
_PROSE_SIGN = re.compile("[，。；]|,(?=[㐀-鿿])")
_SENTENCE = 20


def broken(text: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """The text, gaps inside number phrases, and breaks inside sentences; both kinds of gaps are to be removed."""
    phrases = [m.span() for m in _PHRASE.finditer(text)]
    lines = _broken_lines(text) if "\n" in text else []
    if lines and phrases:
        taken = {i for start, end in lines for i in range(start, end)}
        phrases = [p for p in phrases if p[0] not in taken and p[1] - 1 not in taken]
    return text, phrases, lines


def _broken_lines(text: str) -> list[tuple[int, int]]:
    width = _wrapped_at(text)
    spans = []
    begin = 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        if end < len(text) and _runs_on(text, begin, start, end, gap[0].count("\n") == 1, width):
            spans.append((start, end))
        else:
            begin = end
    return spans


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
    if start <= begin or not last or not _OPEN_END.match(last) or _BEGINS_ANEW.match(text, end):
        return False
    line = text[begin:start]
    if "\t" in line or "|" in line:
        return False
    after = text[end]
    if last in "，、“（《":
        return "，" in line or "、" in line or len(line) >= _SENTENCE
    if last.isdigit():
        return bool(_COUNT_AHEAD.match(text, end)) and (len(line) >= 8 or adjacent)
    if after in "，。、；！？）”%":
        return True
    tail = line[max(line.rfind("\n"), 0) :]
    if adjacent and width and len(line) - line.rfind("\n") >= width - 2:
        return True
    if tail.count("“") > tail.count("”") or tail.count("（") > tail.count("）"):
        return True
    return len(tail) >= _SENTENCE and bool(_PROSE_SIGN.search(tail)) and not _looks_like_heading(text, end)


def _looks_like_heading(text: str, at: int) -> bool:
    """Whether the line at ``at`` is short and without sentence signs, so that it begins something new."""
    stop = text.find("\n", at)
    line = text[at : stop if stop >= 0 else len(text)].strip()
    return len(line) < _SENTENCE and not _PROSE_SIGN.search(line) and line[-1:] not in "。！？；：”"
