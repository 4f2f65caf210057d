"""The rows of a file's sheets for one kind of record: what stands in each cell, where, and what is told of the rest.

What is hidden is listed and not taken unless asked for; a total is held against its rows and not taken; a merged stretch
is filled where it can only mean each of its rows, and refused elsewhere.
"""

import datetime
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby

import msgspec

from shanhai.programme.kinds import Kind
from shanhai.programme.sheets.columns import EXAMPLE, KEY, Column
from shanhai.programme.sheets.heads import Head, head_of, is_head, place
from shanhai.programme.sheets.notes import Fault, Note
from shanhai.programme.sheets.totals import Totals, is_total
from shanhai.programme.values import Currency, Reference, Told, plain_text
from shanhai.reading.grids import MOST_CELLS, MOST_ROWS, Cell, Grid, Sort, Stretch, letters

OWN_SHEETS = ("填写说明", "选项", "附注", "Notes", "How to fill in", "Options")
"""Sheets that Shanhai itself adds beside the table."""

_REMARKS = ("注:", "备注", "说明:", "制表", "填表", "审核人", "note:", "Note:")

_EXAMPLES = {unicodedata.normalize("NFKC", word).casefold() for word in (*EXAMPLE, "示例", "example")}


class Given(msgspec.Struct, frozen=True, gc=False):
    """What a row gives for one field: what the value reads, where it stands, under which heading, and the money's unit."""

    column: Column
    told: Told
    place: str
    heading: str
    scale: int = 1

    @property
    def text(self) -> str:
        """As a person sees it."""
        return "" if self.told is None else plain_or_text(self.told)


class Row(msgspec.Struct, frozen=True):
    """One row of a file.

    Attributes:
        sheet: the name of its sheet.
        number: in the sheet.
        given: by field; every column of the sheet is there, empty ones with None.
        cells: all that stands in it by heading, as it came: for the sheet of rows to mend.
        hidden: it is not seen in the sheet.
        faults: what is wrong with it whatever the register holds.
        is_total: it is no record but a total that is wrong.
    """

    sheet: str
    number: int
    given: Mapping[str, Given]
    cells: Mapping[str, Told]
    hidden: bool = False
    faults: tuple[Fault, ...] = ()
    is_total: bool = False


class Read(msgspec.Struct, frozen=True):
    """What a file gives.

    Attributes:
        rows: of all sheets that are taken, in order.
        hidden: rows that are hidden and were not asked for.
        notes: what is told of the file and its sheets.
        headings: all headings in order, each once.
    """

    rows: tuple[Row, ...]
    hidden: tuple[Row, ...]
    notes: tuple[Note, ...]
    headings: tuple[str, ...]


def read_rows(grids: Sequence[Grid], kind: Kind, *, hidden: bool = False) -> Read:
    """The rows of a kind in a file's sheets.

    Args:
        grids: the sheets.
        kind: of the records.
        hidden: take hidden rows, columns and sheets, too.
    """
    rows: list[Row] = []
    left: list[Row] = []
    notes: list[Note] = []
    headings: dict[str, None] = {}
    taken = 0
    for grid in grids:
        found = _sheet(grid, kind, hidden)
        notes += found.notes
        rows += found.rows
        left += found.hidden
        headings |= dict.fromkeys(found.headings)
        taken += bool(found.headings)
    if not taken and not any(note.refused for note in notes):
        notes.append(_no_table(kind))
    if len(rows) > MOST_ROWS:
        notes.append(_too_many(""))
        rows = []
    return Read(tuple(rows), tuple(left), tuple(notes), tuple(headings))


def plain_or_text(told: Told) -> str:
    """What was told as text in its own characters."""
    return told if isinstance(told, str) else plain_text(told)


def _sheet(grid: Grid, kind: Kind, hidden: bool) -> Read:
    nothing: tuple[Row, ...] = ()
    if grid.name in OWN_SHEETS:
        return Read(nothing, nothing, (), ())
    if grid.too_long:
        return Read(nothing, nothing, (_too_many(grid.name),), ())
    by_row = [list(cells) for _, cells in groupby(grid.cells, lambda cell: cell.row)]
    head = head_of(grid, kind, by_row, hidden) if by_row else None
    if head is None:
        return Read(nothing, nothing, (_not_taken(grid),) if by_row else (), ())
    if grid.hidden and not hidden:
        return Read(nothing, nothing, (_hidden_sheet(grid),), ())
    if any(note.refused for note in head.notes):
        return Read(nothing, nothing, head.notes, ())
    merged = _Merged(grid, head)
    rows, left, more = _rows(grid, head, by_row, merged, hidden)
    return Read(
        tuple(rows), tuple(left), (*head.notes, *merged.notes(), *more), tuple(head.headings.values())
    )


def _rows(
    grid: Grid, head: Head, by_row: Sequence[Sequence[Cell]], merged: "_Merged", hidden: bool
) -> tuple[list[Row], list[Row], list[Note]]:
    rows: list[Row] = []
    left: list[Row] = []
    notes: list[Note] = []
    totals = Totals(grid, head)
    out_of_sight = set(grid.hidden_rows)
    for cells in by_row:
        number = cells[0].row
        if number <= head.row or is_head(cells, head) or _is_example(cells, head):
            continue
        if is_total(cells):
            told = totals.check(cells)
            notes += told.notes
            if told.faults:
                rows.append(Row(grid.name, number, {}, _as_it_came(cells, head), False, told.faults, True))
            continue
        if _is_remark(cells, merged):
            notes.append(_remark(grid, cells[0]))
            continue
        row = _row(grid, head, cells, merged, number in out_of_sight)
        if row is None:
            continue
        taken = hidden or not row.hidden
        totals.add(row, taken)
        (rows if taken else left).append(row)
    return rows, left, notes


def _row(grid: Grid, head: Head, cells: Sequence[Cell], merged: "_Merged", hidden: bool) -> Row | None:
    """A row, where anything stands in its known columns."""
    by_column = {cell.column: cell for cell in cells}
    number = cells[0].row
    given: dict[str, Given] = {}
    faults: list[Fault] = []
    came = _as_it_came(cells, head)
    for at, column in head.columns.items():
        cell = by_column.get(at)
        stretch = merged.at(number, at)
        if stretch is not None and merged.fills(stretch, column):
            cell = merged.first(stretch)
            came[head.headings[at]] = _told(cell, False)
        elif stretch is not None and (at == stretch.first_column or stretch.first_column not in head.columns):
            faults.append(merged.fault(stretch, head.headings[at], number))
        told = _told(cell, at in head.shares)
        at_cell = f"{letters(at)}{number}"
        given[column.name] = Given(column, told, at_cell, head.headings[at], head.scales.get(at, 1))
        if cell is not None and cell.sort in (Sort.FAULT, Sort.FORMULA):
            faults.append(_broken(cell, at_cell, head.headings[at]))
    if not any(one.told is not None for one in given.values()) and not faults:
        return None
    return Row(grid.name, number, given, came, hidden, tuple(faults))


def _told(cell: Cell | None, per_cent: bool) -> Told:
    """What a cell tells a value."""
    if cell is None or not cell.text.strip():
        return None
    if cell.sort is Sort.DAY:
        try:
            return datetime.date.fromisoformat(cell.text)
        except ValueError:
            return cell.text
    if cell.sort is Sort.TRUTH:
        return cell.text == "TRUE"
    if cell.sort is not Sort.NUMBER:
        is_number = per_cent and plain_text(cell.text).replace(".", "", 1).isdecimal()
        return f"{plain_text(cell.text)}%" if is_number else cell.text
    if per_cent:
        return f"{cell.text}%"
    number = Decimal(cell.text)
    return int(number) if number == number.to_integral_value() else number


def _as_it_came(cells: Sequence[Cell], head: Head) -> dict[str, Told]:
    return {head.headings[cell.column]: _told(cell, False) for cell in cells if cell.column in head.headings}


def _is_example(cells: Sequence[Cell], head: Head) -> bool:
    return any(
        head.columns[cell.column].name == KEY and plain_text(cell.text).casefold() in _EXAMPLES
        for cell in cells
        if cell.column in head.columns
    )


def _is_remark(cells: Sequence[Cell], merged: "_Merged") -> bool:
    """Whether a row holds one text over several columns, or one that begins as remarks do."""
    if len(cells) > 1 or cells[0].sort is not Sort.TEXT:
        return False
    stretch = merged.at(cells[0].row, cells[0].column)
    is_wide = stretch is not None and stretch.last_column > stretch.first_column
    return is_wide or plain_text(cells[0].text).startswith(_REMARKS)


def _remark(grid: Grid, cell: Cell) -> Note:
    at = f"{letters(cell.column)}{cell.row}"
    return Note(
        f"第{cell.row}行是说明文字（“{cell.text.strip()[:20]}”），没有读取。",
        f"Row {cell.row} is a remark (“{cell.text.strip()[:20]}”) and is not taken.",
        place(grid, at),
    )


class _Merged:
    """The merged stretches below a sheet's head."""

    def __init__(self, grid: Grid, head: Head) -> None:
        self._grid = grid
        below = [stretch for stretch in grid.merged if stretch.first_row > head.row]
        self._by_column: dict[int, list[Stretch]] = {}
        for stretch in below:
            for column in head.columns:
                if stretch.first_column <= column <= stretch.last_column:
                    self._by_column.setdefault(column, []).append(stretch)
        firsts = {(s.first_row, s.first_column) for s in below}
        self._first = {(c.row, c.column): c for c in grid.cells if (c.row, c.column) in firsts}
        self._filled: dict[Stretch, Column] = {}

    def at(self, row: int, column: int) -> Stretch | None:
        """The stretch in which a cell lies."""
        for stretch in self._by_column.get(column, ()):
            if stretch.first_row <= row <= stretch.last_row:
                return stretch
        return None

    def first(self, stretch: Stretch) -> Cell | None:
        """The cell that holds its value."""
        return self._first.get((stretch.first_row, stretch.first_column))

    def fills(self, stretch: Stretch, column: Column) -> bool:
        """Whether it can only mean each of its rows: one column, of what many rows may share, as a project's number."""
        shared = column.field is not None and (
            bool(column.options) or isinstance(column.field.value, Reference | Currency)
        )
        clear = shared and stretch.first_column == stretch.last_column
        if clear:
            self._filled[stretch] = column
        return clear

    def notes(self) -> list[Note]:
        """What was filled."""
        return [
            Note(
                f"“{column.zh}”{stretch.name}是合并单元格，其中每一行都按同一个值导入。请核对。",
                f"“{column.en}” is merged over {stretch.name}: each of its rows gets that value. Check it.",
                place(self._grid, stretch.name),
            )
            for stretch, column in self._filled.items()
        ]

    def fault(self, stretch: Stretch, heading: str, row: int) -> Fault:
        """That it cannot be told what a merged cell means for a row."""
        cell = self.first(stretch)
        return Fault(
            stretch.name,
            heading,
            cell.text if cell else "",
            f"{stretch.name}是合并单元格，第{row}行的值看不出来。请取消合并，在每一行写明。",
            f"{stretch.name} is merged, so that the value of row {row} cannot be told. Unmerge it and write the value in "
            "each row.",
        )


def _broken(cell: Cell, at: str, heading: str) -> Fault:
    if cell.sort is Sort.FORMULA:
        return Fault(
            at,
            heading,
            "",
            f"{at}是公式，文件里没有存它的结果。请用电子表格软件打开、重新计算并保存，或改写成数值。",
            f"{at} is a formula without a stored result. Open the file in a spreadsheet, let it calculate and save, or write "
            "the value.",
        )
    return Fault(
        at,
        heading,
        cell.text,
        f"{at}是公式错误值{cell.text}。请改正公式，或写成数值。",
        f"{at} shows the fault {cell.text}. Mend the formula, or write the value.",
    )


def _not_taken(grid: Grid) -> Note:
    return Note(
        f"工作表“{grid.name}”没有这类记录的表头，没有读取。",
        f"The sheet “{grid.name}” has no headings of this kind and is not taken.",
        grid.name,
    )


def _hidden_sheet(grid: Grid) -> Note:
    return Note(
        f"工作表“{grid.name}”是隐藏的，没有读取。要导入它，请取消隐藏，或勾选“也导入隐藏的行和列”。",
        f"The sheet “{grid.name}” is hidden and is not taken. Unhide it, or choose to take what is hidden.",
        grid.name,
    )


def _no_table(kind: Kind) -> Note:
    required = [f for f in kind.fields if f.required]
    zh, en = "、".join(f.zh for f in required), ", ".join(f.en for f in required)
    return Note(
        f"前20行里找不到“{kind.zh}”的表头。表头须有：{zh}。可下载模板对照。",
        f"No headings of a {kind.en} stand in the first 20 rows. There must be: {en}. The template has them.",
        refused=True,
    )


def _too_many(sheet: str) -> Note:
    zh, en = (f"工作表“{sheet}”", f"The sheet “{sheet}”") if sheet else ("文件", "The file")
    return Note(
        f"{zh}超过{MOST_ROWS:,}行（或{MOST_CELLS:,}个有内容的单元格），没有读取。请按年度或按项目分成几个文件，分别导入：每个文件一次全部写入，"
        "已导入的再送一遍也不会重复。",
        f"{en} has more than {MOST_ROWS:,} rows (or {MOST_CELLS:,} filled cells) and is not taken. Split it by year or by "
        "project into several files: each is taken in as a whole, and one that is sent again doubles nothing.",
        sheet,
        refused=True,
    )
