"""Where a sheet's headings stand and what they mean: in any of the first rows, in any order, in Chinese or English.

A unit behind a heading (金额（万元）) or above the table (单位：万元) is heeded for money; where it cannot be, the sheet is
refused, since a figure that is ten thousand times too small looks like any other.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from shanhai.programme.kinds import Kind
from shanhai.programme.sheets.columns import (
    KEY,
    OURS,
    Column,
    Looks,
    columns_of,
    is_free_text,
    plain_heading,
)
from shanhai.programme.sheets.notes import Note
from shanhai.reading.grids import Cell, Grid, letters

FIRST_ROWS = 20
"""Headings are looked for in so many rows from the top."""
_WITH_UNIT = re.compile(r"(.+?)\((.*)\)")
_UNIT_LINE = re.compile(r"单位:\(?([^\s():,;、]*)|unit:\(?([^():,;]*)", re.IGNORECASE)
_SCALES = {
    "元": 1,
    "人民币元": 1,
    "yuan": 1,
    "cny": 1,
    "千元": 1_000,
    "万元": 10_000,
    "万": 10_000,
    "人民币万元": 10_000,
    "10,000yuan": 10_000,
    "10000yuan": 10_000,
    "tenthousandyuan": 10_000,
    "百万元": 1_000_000,
    "millionyuan": 1_000_000,
    "亿元": 100_000_000,
    "亿": 100_000_000,
}
_ALSO_NUMBER = ("no.", "no", "序号编号", "记录编号")


class Head(msgspec.Struct, frozen=True):
    """The headings of a sheet.

    Attributes:
        row: the last row that they take.
        columns: what each column of the sheet is, by its number.
        headings: all headings, by their column.
        scales: what the amounts of a column are multiplied by; 1 where nothing is told.
        shares: columns whose numbers are per cent.
        notes: what is told of them.
        known: what any heading of the kind means.
    """

    row: int
    columns: Mapping[int, Column]
    headings: Mapping[int, str]
    scales: Mapping[int, int]
    shares: frozenset[int]
    notes: tuple[Note, ...]
    known: Mapping[str, Column] = msgspec.field(default_factory=dict)


def head_of(grid: Grid, kind: Kind, rows: Sequence[Sequence[Cell]], hidden: bool) -> Head | None:
    """The headings; None where no row holds any of this kind.

    Args:
        grid: the sheet.
        kind: of the records.
        rows: its filled rows.
        hidden: take hidden columns, too.
    """
    known = _known(kind)
    found = max(_candidates(rows, known), key=lambda one: (_fields(one[1]), -one[0]), default=None)
    if found is None:
        return None
    at, matched = found
    row = rows[at]
    notes: list[Note] = [*_doubled(grid, row, matched), *_spread(grid, row[0].row, matched)]
    if not hidden:
        notes += _not_seen(grid, row, matched)
        matched = {c: one for c, one in matched.items() if c not in grid.hidden_columns}
    scales: dict[int, int] = {}
    shares: set[int] = set()
    said = _unit_above(rows[:at])
    for cell in row:
        if cell.column in matched:
            notes += _unit(grid, cell, matched[cell.column], said, scales, shares)
    notes += _unknown(grid, row, matched, known)
    notes += _missing(grid, kind, row, matched)
    headings = {
        cell.column: " ".join(cell.text.split()) + _unit_told(cell, scales)
        for cell in row
        if hidden or cell.column not in grid.hidden_columns
    }
    last = max(_second(rows, at, matched, known), _lowest(grid, row[0].row, matched))
    return Head(last, matched, headings, scales, frozenset(shares), tuple(notes), known)


def is_head(row: Iterable[Cell], head: Head) -> bool:
    """Whether a row repeats the headings, as printed tables do on each page."""
    cells = [cell for cell in row if cell.column in head.columns]
    return len(cells) > 1 and all(
        _meant(cell.text, head.known) == head.columns[cell.column] for cell in cells
    )


def place(grid: Grid, cells: str) -> str:
    """Cells with the name of their sheet, as a spreadsheet writes it."""
    return f"{grid.name}!{cells}" if grid.name else cells


def _known(kind: Kind) -> dict[str, Column]:
    """Columns by their headings as they are compared; the record's own number goes by ``项目编号``, too, where no field does."""
    columns = columns_of(kind)
    found: dict[str, Column] = {}
    for column in columns:
        for name in (column.zh, column.en, column.name):
            found.setdefault(plain_heading(name), column)
    for name in (*_ALSO_NUMBER, f"{kind.zh}编号", f"{kind.en} number"):
        found.setdefault(plain_heading(name), columns[0])
    return found


def _candidates(
    rows: Sequence[Sequence[Cell]], known: Mapping[str, Column]
) -> Iterator[tuple[int, dict[int, Column]]]:
    for at, row in enumerate(rows):
        if row[0].row > FIRST_ROWS:
            return
        matched = {c.column: column for c in row if (column := _meant(c.text, known))}
        if _fields(matched) > 1:
            yield at, matched


def _fields(matched: Mapping[int, Column]) -> int:
    return len({column.name for column in matched.values()})


def _meant(text: str, known: Mapping[str, Column]) -> Column | None:
    plain = plain_heading(text)
    if plain in known:
        return known[plain]
    with_unit = _WITH_UNIT.fullmatch(plain)
    return known.get(with_unit[1]) if with_unit else None


def _second(
    rows: Sequence[Sequence[Cell]], at: int, matched: Mapping[int, Column], known: Mapping[str, Column]
) -> int:
    """The row of a second heading below the first, in the other language; the first's where there is none."""
    if at + 1 < len(rows):
        below = [c for c in rows[at + 1] if c.column in matched]
        same = [c for c in below if _meant(c.text, known) == matched[c.column]]
        if len(same) > 1 and len(same) == len(below):
            return rows[at + 1][0].row
    return rows[at][0].row


def _unit_told(cell: Cell, scales: Mapping[int, int]) -> str:
    """The unit of a line above the table, set behind a heading that names none: the heading then tells all."""
    if cell.column not in scales or _WITH_UNIT.fullmatch(plain_heading(cell.text)):
        return ""
    return f"（{next(unit for unit, scale in _SCALES.items() if scale == scales[cell.column])}）"


def _lowest(grid: Grid, row: int, matched: Mapping[int, Column]) -> int:
    """The row to which headings that are merged downwards reach."""
    down = (s.last_row for s in grid.merged if s.first_row <= row <= s.last_row and s.first_column in matched)
    return max(down, default=row)


def _doubled(grid: Grid, row: Sequence[Cell], matched: Mapping[int, Column]) -> Iterator[Note]:
    by_name: dict[str, list[int]] = {}
    for number, column in matched.items():
        by_name.setdefault(column.name, []).append(number)
    for numbers in by_name.values():
        if len(numbers) > 1:
            column = matched[numbers[0]]
            cells = "、".join(f"{letters(n)}{row[0].row}" for n in numbers)
            yield Note(
                f"“{column.zh}”有{len(numbers)}栏（{cells}）。请只留一栏。",
                f"“{column.en}” has {len(numbers)} columns ({cells}). Keep one.",
                place(grid, cells),
                refused=True,
            )


def _spread(grid: Grid, row: int, matched: Mapping[int, Column]) -> Iterator[Note]:
    for stretch in grid.merged:
        inside = stretch.first_row <= row <= stretch.last_row and stretch.first_column in matched
        if inside and stretch.last_column > stretch.first_column:
            yield Note(
                f"表头{stretch.name}是合并单元格，一个表头占了几栏。请取消合并，每栏各写一个表头。",
                f"The heading {stretch.name} is merged over several columns. Unmerge it and give each column its own.",
                place(grid, stretch.name),
                refused=True,
            )


def _not_seen(grid: Grid, row: Sequence[Cell], matched: Mapping[int, Column]) -> Iterator[Note]:
    for number in sorted(set(grid.hidden_columns) & set(matched)):
        column = matched[number]
        yield Note(
            f"{letters(number)}栏“{column.zh}”是隐藏的，没有读取。要导入它，请取消隐藏，或勾选“也导入隐藏的行和列”。",
            f"Column {letters(number)}, “{column.en}”, is hidden and is not taken. Unhide it, or choose to take what is hidden.",
            place(grid, f"{letters(number)}{row[0].row}"),
        )


def _unit_above(rows: Sequence[Sequence[Cell]]) -> tuple[str, str]:
    """The unit that a line above the table tells (单位：万元), and where."""
    for row in rows:
        for cell in row:
            text = unicodedata.normalize("NFKC", cell.text).replace(" ", "")
            if found := _UNIT_LINE.search(text):
                return (found[1] or found[2] or "").casefold(), f"{letters(cell.column)}{cell.row}"
    return "", ""


def _unit(
    grid: Grid,
    cell: Cell,
    column: Column,
    said: tuple[str, str],
    scales: dict[int, int],
    shares: set[int],
) -> Iterator[Note]:
    """Heed the unit of one heading, or tell that it cannot be."""
    plain = plain_heading(cell.text)
    own = _WITH_UNIT.fullmatch(plain)
    is_whole_heading = own is None or plain in (plain_heading(column.zh), plain_heading(column.en))
    unit = "" if own is None or is_whole_heading else own[2]
    at = place(grid, f"{letters(cell.column)}{cell.row}")
    if column.looks is Looks.MONEY:
        wanted, where = (unit, at) if unit else said
        if wanted and wanted not in _SCALES:
            yield _cannot(column, wanted, where)
        elif _SCALES.get(wanted, 1) != 1:
            scales[cell.column] = _SCALES[wanted]
            yield Note(
                f"“{column.zh}”以{wanted}计（{where}），导入时乘以{_SCALES[wanted]:,}，换算成元。",
                f"“{column.en}” is in {wanted} ({where}); it is multiplied by {_SCALES[wanted]:,} to yuan.",
                at,
            )
    elif column.looks is Looks.SHARE and unit in ("%", "百分比", "percent"):
        shares.add(cell.column)
    elif unit and not is_free_text(column.field):
        yield _cannot(column, unit, at)


def _cannot(column: Column, unit: str, where: str) -> Note:
    return Note(
        f"“{column.zh}”的单位“{unit[:20]}”不能换算（{where}）。请换成基本单位（金额为元）的数，并去掉表头或表上方的单位；外币写在“币种”一栏。",
        f"The unit “{unit[:20]}” of “{column.en}” is not converted ({where}). Give the figures in base units (money in yuan) and "
        "take the unit out of the heading or the line above; another currency has a column of its own.",
        where,
        refused=True,
    )


def _unknown(
    grid: Grid, row: Sequence[Cell], matched: Mapping[int, Column], known: Mapping[str, Column]
) -> Iterator[Note]:
    ours = {plain_heading(name) for names in OURS.values() for name in names}
    hidden = set(grid.hidden_columns)
    for cell in row:
        text = plain_heading(cell.text)
        if cell.column in matched or text in ours or cell.column in hidden:
            continue
        near = difflib.get_close_matches(text, list(known), n=1, cutoff=0.6)
        zh = f"是不是“{known[near[0]].zh}”？" if near else ""
        en = f" Is “{known[near[0]].en}” meant?" if near else ""
        yield Note(
            f"不认识表头“{cell.text.strip()[:30]}”，这一栏没有读取。{zh}",
            f"The heading “{cell.text.strip()[:30]}” is not known; its column is not taken.{en}",
            place(grid, f"{letters(cell.column)}{cell.row}"),
        )


def _missing(grid: Grid, kind: Kind, row: Sequence[Cell], matched: Mapping[int, Column]) -> Iterator[Note]:
    there = {column.name for column in matched.values()}
    missing = [c for c in columns_of(kind) if c.required and c.name not in there]
    if not missing:
        return
    zh, en = "、".join(c.zh for c in missing), ", ".join(c.en for c in missing)
    at = place(grid, str(row[0].row))
    if KEY in there:
        yield Note(
            f"没有“{zh}”栏：只能修改已有编号的记录，不能新增。",
            f"There is no column “{en}”: only records that have a number already can be changed, none added.",
            at,
        )
    else:
        yield Note(
            f"没有必填的“{zh}”栏，也没有“编号”栏。请补上，或下载模板。",
            f"The required columns “{en}” are missing, and so is “Number”. Add them, or take the template.",
            at,
            refused=True,
        )
