"""Totals in a sheet: known by their word, held against the rows above them, and never taken for a record."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from shanhai.programme.sheets.columns import Looks, plain_heading
from shanhai.programme.sheets.heads import Head, place
from shanhai.programme.sheets.notes import Fault, Note
from shanhai.programme.values import Amount, Context, Unreadable
from shanhai.reading.grids import Cell, Grid, Sort, letters

if TYPE_CHECKING:
    from shanhai.programme.sheets.rows import Row

_GRAND = frozenset({"合计", "总计", "共计", "total", "grandtotal", "sum"})
_PART = frozenset({"小计", "subtotal", "sub-total"})
_AMOUNT = Amount()


class Checked(msgspec.Struct, frozen=True):
    """What holding a total against its rows found."""

    faults: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()


def is_total(cells: Sequence[Cell]) -> bool:
    """Whether a row begins with the word of a total."""
    return _word(cells) in _GRAND | _PART


def _word(cells: Sequence[Cell]) -> str:
    return plain_heading(cells[0].text).rstrip(":") if cells[0].sort is Sort.TEXT else ""


class _Sum(msgspec.Struct):
    """Of one column: what was taken, what is hidden, and the rows whose amount cannot be read."""

    taken: Decimal = Decimal(0)
    hidden: Decimal = Decimal(0)
    unread: list[int] = msgspec.field(default_factory=list)


class Totals:
    """Adds up the money of a sheet's rows as they come, and holds totals against it."""

    def __init__(self, grid: Grid, head: Head) -> None:
        self._grid, self._head = grid, head
        self._columns = {n: c for n, c in head.columns.items() if c.looks is Looks.MONEY}
        self._whole = {n: _Sum() for n in self._columns}
        self._part = {n: _Sum() for n in self._columns}
        self._currencies: set[str] = set()

    def add(self, row: "Row", taken: bool) -> None:
        """Add a row's money."""
        currency = row.given.get("currency")
        self._currencies.add(currency.text.strip().upper() if currency else "")
        for number, column in self._columns.items():
            for total in (self._whole[number], self._part[number]):
                given = row.given[column.name]
                try:
                    amount = _AMOUNT.read(given.told, Context(scale=given.scale)) or Decimal(0)
                except Unreadable:
                    total.unread.append(row.number)
                    continue
                total.taken += amount if taken else 0
                total.hidden += 0 if taken else amount

    def check(self, cells: Sequence[Cell]) -> Checked:
        """Hold a total's row against the rows above it."""
        sums = self._part if _word(cells) in _PART else self._whole
        faults: list[Fault] = []
        notes: list[Note] = []
        for cell in cells:
            if cell.column not in self._columns:
                continue
            found = self._one(cell, sums[cell.column])
            faults += [found] if isinstance(found, Fault) else []
            notes += [found] if isinstance(found, Note) else []
        self._part = {n: _Sum() for n in self._columns}
        return Checked(tuple(faults), tuple(notes))

    def _one(self, cell: Cell, total: _Sum) -> Fault | Note | None:
        at = f"{letters(cell.column)}{cell.row}"
        heading = self._head.headings[cell.column]
        scale = self._head.scales.get(cell.column, 1)
        told = Decimal(cell.text) if cell.sort is Sort.NUMBER else cell.text
        try:
            printed = _AMOUNT.read(told, Context(scale=scale))
        except Unreadable as fault:
            return Fault(
                at, heading, cell.text, f"合计不能核对：{fault.zh}", f"The total is not checked: {fault.en}"
            )
        if printed is None:
            return None
        if total.unread or len(self._currencies - {""}) > 1:
            return self._unchecked(at, total)
        if printed == total.taken:
            return None
        if total.hidden and printed == total.taken + total.hidden:
            return Note(
                f"合计{at}含隐藏行的金额{total.hidden:,.2f}元，而隐藏行没有导入。",
                f"The total {at} counts {total.hidden:,.2f} yuan of hidden rows, which are not taken.",
                place(self._grid, at),
            )
        return Fault(
            at,
            heading,
            cell.text,
            f"合计对不上：{at}写的是{printed:,.2f}元，上面各行相加是{total.taken:,.2f}元，差{printed - total.taken:,.2f}元。"
            "请核对各行，或改正合计。",
            f"The total does not add up: {at} says {printed:,.2f} yuan, the rows above come to {total.taken:,.2f}, a "
            f"difference of {printed - total.taken:,.2f}. Check the rows, or mend the total.",
        )

    def _unchecked(self, at: str, total: _Sum) -> Note:
        if total.unread:
            rows = "、".join(map(str, total.unread[:5]))
            zh, en = f"第{rows}行的金额读不懂", f"the amounts of rows {rows} cannot be read"
        else:
            zh, en = "各行币种不同，不能相加", "the rows are in several currencies, which are not added"
        return Note(
            f"合计{at}没有核对：{zh}。", f"The total {at} is not checked: {en}.", place(self._grid, at)
        )
