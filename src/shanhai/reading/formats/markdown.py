"""Markdown: which lines are headings, table rows, marks of its own, and metadata.

Only what changes the meaning of a line is told apart; its signs stay in the text. Tables are those of
GitHub Flavored Markdown, the rest is CommonMark.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from shanhai.model import Span
from shanhai.reading.extracted import Block, BlockKind, Limits
from shanhai.reading.formats.assembly import too_large

_HEADING: Final = re.compile(r"(#{1,6})(?:\s+(.*?)\s*#*)?")
_UNDERLINE: Final = re.compile(r"=+|-+")
_RULE: Final = re.compile(r"([-*_])(?:\s*\1){2,}")
_FENCE: Final = re.compile(r"(`{3,}|~{3,})[^`]*")
_TABLE_RULE: Final = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_LINK: Final = re.compile(r"\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
_STATED: Final = re.compile(r"(title|author|date|publisher)\s*:\s*(.+)", re.IGNORECASE)
_KEYS: Final = {"date": "published"}
_LONGEST_MARKED: Final = (
    2_000  # headings and lists of links are shorter; prose without line breaks may be endless
)


class _Lines:
    """The lines of a text that are not blank: where they lie, what they say, and which follow directly."""

    def __init__(self, text: str, places: list[tuple[int, int]]) -> None:
        self.places = places
        self.said = [text[start:end] for start, end in places]
        self.joined = [False] + [
            text.count("\n", end, start) < 2 for (_, end), (start, _) in pairwise(places)
        ]

    def until(self, first: int, ends: str) -> int:
        """The number after the line from ``first`` on that holds ``ends``, or after the last."""
        return next((n + 1 for n in range(first, len(self.said)) if ends in self.said[n]), len(self.said))


def blocks(text: str, places: list[tuple[int, int]], limits: Limits, name: str) -> Iterator[Block]:
    """One block for each line of ``text`` that is not blank; ``places`` says where those lie.

    Raises:
        TooLarge: more table cells than one report may have.
    """
    lines = _Lines(text, places)
    number = _front_matter_end(lines)
    yield from (Block(*place, BlockKind.NAVIGATION) for place in places[:number])
    table, cells, fence = -1, 0, ""
    while number < len(places):
        line = lines.said[number]
        end = number + 1
        if fence or _FENCE.fullmatch(line):
            marks = bool(_FENCE.fullmatch(line)) and line.startswith(fence)
            fence = fence if not marks else "" if fence else line[:3]
            yield Block(*places[number], BlockKind.NAVIGATION if marks else BlockKind.PARAGRAPH)
        elif line.startswith("<!--"):
            end = lines.until(number, "-->")
            yield from (Block(*place, BlockKind.HIDDEN) for place in places[number:end])
        elif (table_end := _table_end(lines, number)) > number:
            end = table_end
            table += 1
            for row in _rows(lines, number, end, table):
                cells += len(row.cells)
                if cells > limits.cells:
                    raise too_large(name, f"more than {limits.cells:,} cells")
                yield row
        else:
            yield Block(*places[number], _kind(lines, number), _linked(line))
        number = end


def stated(text: str, places: list[tuple[int, int]]) -> dict[str, str]:
    """Title, author, publisher and date from the front matter; else the title from the first top heading."""
    lines = _Lines(text, places[:200])
    found: dict[str, str] = {}
    for line in lines.said[: _front_matter_end(lines)]:
        if entry := _STATED.fullmatch(line):
            key = entry[1].lower()
            found.setdefault(_KEYS.get(key, key), entry[2].strip(" '\""))
    for line in lines.said if "title" not in found else ():
        heading = _heading(line)
        if heading and heading[1] == "#" and heading[2]:
            found["title"] = heading[2]
            break
    return found


def _front_matter_end(lines: _Lines) -> int:
    """The number of the line after the front matter, the entries between two rules at the very beginning."""
    if not lines.said or lines.said[0] != "---" or ":" not in "".join(lines.said[1:2]):
        return 0
    ends = [n for n, line in enumerate(lines.said[1:100], 1) if line in ("---", "...")]
    return ends[0] + 1 if ends else 0


def _table_end(lines: _Lines, first: int) -> int:
    """The number after the last row of the table that begins at ``first``; ``first`` if none does."""
    line = lines.said[first]
    below = lines.said[first + 1] if first + 1 < len(lines.said) and lines.joined[first + 1] else ""
    framed = len(line) > 1 and line[0] == line[-1] == "|"
    if "|" not in line or not (framed or ("|" in below and _TABLE_RULE.fullmatch(below))):
        return first
    end = first + 1
    while end < len(lines.said) and lines.joined[end] and "|" in lines.said[end]:
        end += 1
    return end


def _rows(lines: _Lines, first: int, end: int, table: int) -> Iterator[Block]:
    for number in range(first, end):
        start, stop = lines.places[number]
        if _TABLE_RULE.fullmatch(lines.said[number]):
            yield Block(start, stop, BlockKind.NAVIGATION)
        else:
            cells = tuple(_cells(lines.said[number], start))
            yield Block(start, stop, BlockKind.ROW, 0.0, cells, table)


def _cells(line: str, offset: int) -> Iterator[Span]:
    """Where the cells of a table row lie, without their pipes and margins."""
    at = 1 if line.startswith("|") else 0
    ends = [found.start() for found in _CELL_END.finditer(line, at)]
    if not ends or ends[-1] != len(line) - 1:
        ends.append(len(line))
    for end in ends:
        cell = line[at:end]
        start = at + len(cell) - len(cell.lstrip())
        yield Span(offset + start, offset + max(start, at + len(cell.rstrip())))
        at = end + 1


def _kind(lines: _Lines, number: int) -> BlockKind:
    line = lines.said[number]
    underlines = number > 0 and lines.joined[number] and _UNDERLINE.fullmatch(line)
    if _RULE.fullmatch(line) or underlines:
        return BlockKind.NAVIGATION
    below = lines.said[number + 1] if number + 1 < len(lines.said) and lines.joined[number + 1] else ""
    if _heading(line) or (_UNDERLINE.fullmatch(below) and not lines.joined[number]):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _heading(line: str) -> re.Match[str] | None:
    return _HEADING.fullmatch(line) if len(line) <= _LONGEST_MARKED else None


def _linked(line: str) -> float:
    """The share of a line that stands in links."""
    if len(line) > _LONGEST_MARKED or "](" not in line:
        return 0.0
    return sum(len(link[0]) for link in _LINK.finditer(line)) / len(line)
