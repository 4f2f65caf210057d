"""Finding what stands on pages for the sake of the pages: running heads, feet, page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

_EDGE: Final = 3
"""Lines at the top and at the foot of a page among which furniture is looked for."""
_SHARE: Final = 0.4
"""Of the pages that a running line must stand on: odd and even pages may have different ones."""
_AGREEING: Final = 0.8
_NUMBER: Final = re.compile(r"\d+")
_WORDED: Final = re.compile(r"[^\W\d_]{2}")
_UNIT: Final = re.compile(r"[单單]位\s*[:：]")
_DASH: Final = r"[-–—―─~～·•|]"
_COUNT: Final = r"(\d{1,4}|[一二三四五六七八九十百]{1,4})"
_PAGE_NUMBER: Final = re.compile(
    rf"{_DASH}+\s*\d{{1,4}}\s*{_DASH}+"
    rf"|第\s*{_COUNT}\s*[页頁](\s*[,，、/／|]?\s*[共总總]\s*{_COUNT}\s*[页頁])?"
    r"|page\s*\d{1,4}(\s*(of|/)\s*\d{1,4})?|\d{1,4}\s*[/／]\s*\d{1,4}",
    re.IGNORECASE,
)
_BARE_NUMBER: Final = re.compile(r"\d{1,4}")

Place = tuple[int, int]
"""A page and a line on it, both counted from 0."""


class _Seen(msgspec.Struct, frozen=True):
    """One line near the edge of a page."""

    place: Place
    numbers: tuple[int, ...]


def page_furniture(pages: Sequence[Sequence[str]]) -> set[Place]:
    """The lines that are furniture: repeated at the edges of most pages, or page numbers.

    A line counts as repeated when its words are the same and its numbers are either the same too or go up
    with the pages; so the last row of a long table, whose words may repeat, is not mistaken for a foot. A
    note of the unit (单位：万元) is never furniture, for the figures below it need it.

    Args:
        pages: the non-blank lines of each page.
    """
    alike: defaultdict[str, list[_Seen]] = defaultdict(list)
    for place, line in _edges(pages, _EDGE if len(pages) > 2 else 1):
        key = _NUMBER.sub("#", re.sub(r"\s+", "", line))
        if _WORDED.search(key) and not _UNIT.search(line):
            alike[key].append(_Seen(place, tuple(int(n[-9:]) for n in _NUMBER.findall(line))))
    needed = max(2 if len(pages) == 2 else 3, _SHARE * len(pages))
    found = {seen.place for same in alike.values() if _runs(same, needed) for seen in same}
    return found | _page_numbers(pages)


def _edges(pages: Sequence[Sequence[str]], depth: int) -> Iterator[tuple[Place, str]]:
    for page, lines in enumerate(pages):
        near = {*range(min(depth, len(lines))), *range(max(0, len(lines) - depth), len(lines))}
        for number in sorted(near):
            yield (page, number), lines[number].strip()


def _runs(same: list[_Seen], needed: float) -> bool:
    """Whether lines with the same words are one running line."""
    pages = {seen.place[0] for seen in same}
    if len(pages) < needed:
        return False
    for column in zip(*(seen.numbers for seen in same), strict=True):
        fixed = Counter(column).most_common(1)[0][1]
        rising = Counter(n - seen.place[0] for n, seen in zip(column, same, strict=True)).most_common(1)[0][1]
        if max(fixed, rising) < _AGREEING * len(same):
            return False
    return True


def _page_numbers(pages: Sequence[Sequence[str]]) -> set[Place]:
    """Lines that hold a page number and nothing else; a bare one must go up with the pages."""
    found = {place for place, line in _edges(pages, _EDGE) if _PAGE_NUMBER.fullmatch(line)}
    bare = [(place, int(line)) for place, line in _edges(pages, 1) if _BARE_NUMBER.fullmatch(line)]
    offsets = Counter(number - page for (page, _), number in bare)
    for (page, line), number in bare:
        times = offsets[number - page]
        if number == page + 1 or (times > 1 and times >= _SHARE * len(pages)):
            found.add((page, line))
    return found
