"""The text of a report passage by passage: title, headings, paragraphs, captions, tables, and what was set apart."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby

import msgspec

from shanhai.model import CONTENT, Passage, Report, Role, Span
from shanhai.publishing.page.displayed import Displayed
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.inline import Inline, Mark
from shanhai.publishing.page.marks import Placed, place, source_block
from shanhai.publishing.page.words import ROLES, Word, both, said

Beside = Callable[[Sequence[int]], str]
"""Writes what stands beside a passage or a table, from the numbers of its claims."""

_A_TABLE = Word("表格", "Table")
_PART = 40
"""Passages that a browser lays out together; it skips the parts that are out of sight."""

_TAGS = {
    Role.TITLE: ("p", "title"),
    Role.HEADING: ("h3", "heading"),
    Role.BODY: ("p", "body"),
    Role.CAPTION: ("p", "caption"),
    Role.TABLE: ("p", "row"),
}


class _Laid(msgspec.Struct, frozen=True):
    """A passage with its blocks (itself, or its cells) in source characters and their claims."""

    passage: Passage
    blocks: tuple[Span, ...]
    claims: tuple[list[Placed], ...]


class Passages:
    """The passages of one report as HTML.

    Args:
        shown: the report.
        mark: writes the mark of a claim; by default it leads to the list of claims.
        beside: writes what follows each passage or table; nothing by default.
        placed: tell which source characters each block stands for (``Inline``).
        why: tells in other words why a passage was set apart.
    """

    def __init__(
        self,
        shown: Displayed,
        mark: Mark | None = None,
        beside: Beside | None = None,
        *,
        placed: bool = False,
        why: Callable[[str], str] = str,
    ) -> None:
        self._inline = Inline(shown, mark, placed=placed)
        self._beside = beside
        self._why = why
        self._laid = _lay(shown)
        self._lifted = 1 if (first := self._first_content()) is not None and _is_title(first) else 0

    def title(self) -> str | None:
        """The title as the text has it, claims marked, when the text begins with one; else None."""
        first = self._first_content()
        return self._block(first, 0) if self._lifted and first else None

    def chunks(self, *, with_title: bool = False) -> Iterator[str]:
        """All passages in text order; a title that ``title`` gives only when asked for."""
        first = self._first_content() if self._lifted and not with_title else None
        rest = [laid for laid in self._laid if laid is not first]
        for i in range(0, len(rest), _PART):
            yield '<div class="part">\n'
            yield from self._part(rest[i : i + _PART])
            yield "</div>\n"

    def starts(self) -> list[int]:
        """Where each part begins in the source text; all passages, the title among them, lie in parts of equal size."""
        return [self._laid[i].blocks[0].start for i in range(0, len(self._laid), _PART)]

    def part(self, number: int) -> str:
        """The passages of one part (``starts``), as HTML."""
        return "".join(self._part(self._laid[number * _PART : (number + 1) * _PART]))

    def _part(self, part: Sequence[_Laid]) -> Iterator[str]:
        for (is_row, _), group in groupby(part, key=_table):
            if is_row:
                rows = list(group)
                yield from self._table(rows)
                yield self._notes(rows)
            else:
                for laid in group:
                    yield self._passage(laid)
                    yield self._notes([laid])

    def _first_content(self) -> _Laid | None:
        return next((laid for laid in self._laid if laid.passage.role in CONTENT), None)

    def _block(self, laid: _Laid, i: int) -> str:
        return self._inline.block(laid.blocks[i], laid.claims[i])

    def _passage(self, laid: _Laid) -> str:
        role = laid.passage.role
        text = " ".join(self._block(laid, i) for i in range(len(laid.blocks)))
        if role in CONTENT:
            tag, name = _TAGS[role]
            return f'<{tag} class="{name}">{text}</{tag}>\n'
        why = both(ROLES.get(role, Word(role.value)))
        reason = f"<span>{escape(self._why(laid.passage.reason))}</span>" if laid.passage.reason else ""
        return f'<div class="apart {role.value}"><p class="why"><b>{why}</b>{reason}</p><p>{text}</p></div>\n'

    def _notes(self, of: Sequence[_Laid]) -> str:
        if self._beside is None:
            return ""
        return self._beside([placed.number for laid in of for block in laid.claims for placed in block])

    def _table(self, rows: Sequence[_Laid]) -> Iterator[str]:
        yield f'<div class="table" role="region" aria-label="{said(_A_TABLE)}" tabindex="0"><table>\n'
        columns = max(len(laid.blocks) for laid in rows)
        headed = False
        for number, laid in enumerate(rows):
            alone = columns > 1 and len(laid.blocks) == 1
            head = not alone and not headed and number + 1 < len(rows) and not any(laid.claims)
            headed = headed or not alone
            tag = 'th scope="col"' if head else f'td colspan="{columns}"' if alone else "td"
            cells = (f"<{tag}>{self._block(laid, i)}</{tag[:2]}>" for i in range(len(laid.blocks)))
            yield f"<tr>{''.join(cells)}</tr>\n"
        yield "</table></div>\n"


def _is_title(laid: _Laid) -> bool:
    return laid.passage.role is Role.TITLE and len(laid.blocks) == 1


def _table(laid: _Laid) -> tuple[bool, int]:
    row = laid.passage.role is Role.TABLE and bool(laid.passage.cells)
    return row, laid.passage.table if row else -1


def _lay(shown: Displayed) -> list[_Laid]:
    report = shown.report
    passages = report.passages or ((Passage(0, len(report.text), Role.BODY),) if report.text else ())
    stretches = [[_trimmed(report.text, s) for s in _stretches(p)] for p in passages]
    blocks: list[Span] = []
    for s in chain.from_iterable(stretches):
        blocks.append(source_block(report.map, s.start, s.end, after=blocks[-1].end if blocks else 0))
    claims = place(blocks, [Span(c.start, c.end) for c in shown.claims])
    laid, at = [], 0
    for passage, group in zip(passages, stretches, strict=True):
        end = at + len(group)
        laid.append(_Laid(passage, tuple(blocks[at:end]), tuple(claims[at:end])))
        at = end
    return laid


def _stretches(passage: Passage) -> Sequence[Span]:
    return passage.cells or (Span(passage.start, passage.end),)


def _trimmed(text: str, span: Span) -> Span:
    """``span`` without white space at its ends."""
    inner = text[span.start : span.end]
    start = span.start + len(inner) - len(inner.lstrip())
    return Span(start, max(start, span.start + len(inner.rstrip())))


def set_apart(report: Report) -> int:
    """How many passages of a report were set apart."""
    return sum(p.role not in CONTENT for p in report.passages)
