"""Tables: cells that hold a number alone, whose unit and meaning stand in the heads of row and column."""

import re
from collections.abc import Sequence

import msgspec

from shanhai.claims.bounds import bounds_of
from shanhai.claims.grammar import grammar
from shanhai.claims.numerals import SCALE_WORDS, arabic
from shanhai.claims.quantities import quantities_in
from shanhai.claims.term import Term
from shanhai.model import Approx, Kind, Passage, Quantity, Span, exact, numerals

_BARE = re.compile(r"(?P<sign>[-−])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<percent>%)?")
_BRACKETS = re.compile("[（(\\[]([^）)\\]]{1,12})[）)\\]]")
_UNIT_NOTE = re.compile("单位\\s*[:：]\\s*([^\\s，,；;）)]{1,12})")
_NO_FIGURE = re.compile(
    "序号|编号|编码|代码|年份|年度$|日期|时间|电话|邮编|号码|身份证|^no\\.?$|^id$", re.IGNORECASE
)
_UNITS = re.compile("(?:计量)?单位")
_LONGEST_UNIT = 4
_YEAR = range(1900, 2101)


class Cell(msgspec.Struct, frozen=True):
    """A figure of a table.

    Attributes:
        quantity: the figure.
        column: the head of its column; empty where it has none.
        row: the head of its row; empty where it has none.
    """

    quantity: Quantity
    column: Span
    row: Span


class TableReader:
    """Reads the figures of tables, row by row in text order; it remembers each table's heads."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.table = -1
        self.heads: list[Span] = []
        self.note = ""

    @staticmethod
    def is_title(passage: Passage) -> bool:
        """Whether a row is the title of its table: one cell alone."""
        return sum(c.start < c.end for c in passage.cells) == 1

    def read(self, passage: Passage) -> list[Cell]:
        """The figures of one row; a row without any is taken for heads."""
        if passage.table != self.table:
            self.table, self.heads, self.note = passage.table, [], ""
        note = _UNIT_NOTE.search(self.text, passage.start, passage.end)
        if note:
            self.note = note[1]
        cells = passage.cells or (Span(passage.start, passage.end),)
        bare = [_BARE.fullmatch(self.text, c.start, c.end) for c in cells]
        filled = [c for c in cells if c.start < c.end]
        if not any(bare) and len(filled) > 1 and not self._has_figures(filled):
            self.heads = [
                c if c.start < c.end or i >= len(self.heads) else self.heads[i] for i, c in enumerate(cells)
            ]
            return []
        label = next((c for c, b in zip(cells, bare, strict=True) if c.start < c.end and not b), Span(0, 0))
        found: list[Cell] = []
        for i, (cell, number) in enumerate(zip(cells, bare, strict=True)):
            head = self.heads[i] if i < len(self.heads) else Span(0, 0)
            if number:
                quantity = self._number(cell, number, head, self._unit_cell(cells) or label)
                found += [Cell(quantity, head, label)] if quantity else []
            else:
                found += [Cell(q, head, label) for q in quantities_in(self.text, cell.start, cell.end)]
        return found

    def _has_figures(self, cells: list[Span]) -> bool:
        return any(True for c in cells for _ in quantities_in(self.text, c.start, c.end))

    def _number(self, cell: Span, number: re.Match[str], head: Span, label: Span) -> Quantity | None:
        """A cell that is a number alone; None where its column holds no figures.

        The unit stands in the head of its column; in a table that is turned round, in that of its row.
        """
        name = self.text[head.start : head.end].strip()
        if _NO_FIGURE.search(name) or not name:
            return None
        factor, unit = (1, "%") if number["percent"] else self._unit(name)
        if not unit and factor == 1:
            told = self.text[label.start : label.end].strip()
            factor, unit = self._unit(f"（{told}）" if len(told) <= _LONGEST_UNIT else told)
        numeral = arabic(number["number"])
        if not unit and numeral.value in _YEAR and "." not in number["number"]:
            return None
        term = Term(cell.start, cell.end, numeral.times(factor), scaled=factor > 1 or "." in number["number"])
        term.unit = term.word = unit
        term.sign = -1 if number["sign"] else 1
        quote = self.text[cell.start : cell.end]
        value = term.value
        return Quantity(
            start=cell.start,
            end=cell.end,
            quote=quote,
            value=None if value is None else exact(value),
            unit=grammar().units.written_as.get(unit, unit),
            approx=Approx.EXACT,
            kind=_kind(name, unit),
            bounds=bounds_of(term, grammar()),
            digits=numerals(quote),
        )

    def _unit_cell(self, cells: Sequence[Span]) -> Span | None:
        """The cell of a row that gives its unit, in a table with a column of units; None in others."""
        for cell, head in zip(cells, self.heads, strict=False):
            if _UNITS.fullmatch(self.text[head.start : head.end].strip()) and cell.start < cell.end:
                return cell
        return None

    def _unit(self, head: str) -> tuple[int, str]:
        """The scale and unit that a column's head or the table's note gives."""
        bracket = _BRACKETS.search(head)
        for told in (bracket[1] if bracket else "", self.note):
            tail = grammar().tail.fullmatch(told.strip()) if told else None
            if tail and (tail["unit"] or tail["scale"]) and tail["scale"] in SCALE_WORDS:
                return SCALE_WORDS[tail["scale"]], tail["unit"] or ""
        return 1, ""


def _kind(head: str, unit: str) -> Kind:
    if unit == "百分点":
        return Kind.POINTS
    if unit != "%":
        return Kind.LEVEL
    if re.search("占比|比重|份额|占.*比例", head):
        return Kind.SHARE
    return Kind.CHANGE if re.search("增长|增速|增幅|同比|降幅|环比|涨幅", head) else Kind.LEVEL
