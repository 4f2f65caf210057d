"""Tables: rows and columns that add the others up, columns that divide one by another."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import msgspec

from shanhai.catalogue.relations import any_of, load_relations
from shanhai.model import Role
from shanhai.reasoning.figures import Figure, Sheet
from shanhai.reasoning.relations.lists import tight
from shanhai.reasoning.relations.relation import Form, Relation, Slot
from shanhai.reasoning.solving.intervals import Interval

_RATE = re.compile("率|占比|比重|比例|%|％|均|每|单价|价格|指数|增幅|增速|同比")
_GROWTH = re.compile("增长|增幅|增速|同比|增减|提高|提升|±")
_SHARE = re.compile("占比|比重|构成|比例|份额")
_HUNDRED = Interval.point(100)
_LEAST_ROWS, _LEAST_COLUMNS = 2, 4


class Grid(msgspec.Struct):
    """The figures of one table by row and column.

    Attributes:
        labels: the first words of each row.
        heads: the words of each column's head.
        cells: the figure of each row and column that holds one.
        filled: the cells that hold text or a figure.
    """

    labels: list[str]
    heads: dict[int, str]
    cells: dict[tuple[int, int], Figure]
    filled: set[tuple[int, int]]


@cache
def _total() -> re.Pattern[str]:
    return re.compile(any_of(load_relations().table_total))


@cache
def _part_total() -> re.Pattern[str]:
    return re.compile(any_of(load_relations().table_part_total))


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations of all tables of a report."""
    for grid in _grids(sheet):
        columns = sorted({column for _, column in grid.cells})
        yield from _down(grid, columns)
        yield from _across(grid, columns)
        yield from _rates(grid, columns)
        yield from _shares(grid, columns)
        yield from _growths(grid, columns)
        yield from _among(grid, columns)


def _grids(sheet: Sheet) -> Iterator[Grid]:
    by_passage: dict[int, list[Figure]] = {}
    for figure in sheet.figures:
        by_passage.setdefault(figure.passage, []).append(figure)
    tables: dict[int, Grid] = {}
    for number, passage in enumerate(sheet.passages):
        if passage.role is not Role.TABLE:
            continue
        grid = tables.setdefault(passage.table, Grid([], {}, {}, set()))
        row = len(grid.labels)
        told = [sheet.text[c.start : c.end].strip() for c in passage.cells]
        figures = by_passage.get(number, [])
        numbers = {
            c
            for c, cell in enumerate(passage.cells)
            if any(cell.start <= f.start < cell.end for f in figures)
        }
        grid.labels.append(" ".join(t for c, t in enumerate(told) if t and c not in numbers))
        for column, cell in enumerate(passage.cells):
            if told[column]:
                grid.filled.add((row, column))
            for figure in figures:
                if cell.start <= figure.start < cell.end and (row, column) not in grid.cells:
                    grid.cells[row, column] = figure
        if not figures:
            grid.heads |= {column: t for column, t in enumerate(told) if t}
    yield from (g for g in tables.values() if g.cells)


def _down(grid: Grid, columns: Sequence[int]) -> Iterator[Relation]:
    """Each total row against the rows that it adds up, column by column; part totals against the rows above them."""
    rows = sorted({row for row, _ in grid.cells})
    part_totals = [r for r in rows if _part_total().search(grid.labels[r])]
    begin = -1
    for at in part_totals:
        own = [r for r in rows if begin < r < at and not _apart(grid.labels[r])]
        begin = at
        yield from _sums(grid, at, own, columns)
    for at in rows:
        if at in part_totals or not _total().search(grid.labels[at]):
            continue
        others = [r for r in rows if r != at and r not in part_totals and not _apart(grid.labels[r])]
        above = [r for r in others if r < at]
        some = above if len(above) >= _LEAST_ROWS else [r for r in others if r > at]
        yield from _sums(grid, at, some, columns)


def _sums(grid: Grid, at: int, rows: Sequence[int], columns: Sequence[int]) -> Iterator[Relation]:
    """One total row against some rows, but for columns of rates and means; shares add up where their total is 100."""
    for column in columns:
        head = grid.heads.get(column, "")
        total = grid.cells.get((at, column))
        shares = _SHARE.search(head) and total is not None and total.interval.meets(_HUNDRED)
        if shares or not _RATE.search(head):
            yield from _sum(grid, (at, column), [(r, column) for r in rows])


def _apart(label: str) -> bool:
    """Whether a row is no item of its own: another total, or a part of the row above it."""
    return bool(_total().search(label) or load_relations().patterns["among"].match(label))


def _across(grid: Grid, columns: Sequence[int]) -> Iterator[Relation]:
    """Each total column against the columns of the same unit beside it, row by row."""
    totals = [c for c in columns if _total().search(grid.heads.get(c, ""))] or _adding(grid, columns)
    for at in totals:
        others = [c for c in columns if c not in totals and not _RATE.search(grid.heads.get(c, ""))]
        for row in sorted({r for r, _ in grid.cells}):
            yield from _sum(grid, (row, at), [(row, c) for c in others])


def _adding(grid: Grid, columns: Sequence[int]) -> list[int]:
    """The last column, where most rows show it to be the sum of all before it."""
    if len(columns) < _LEAST_COLUMNS or any(_RATE.search(grid.heads.get(c, "")) for c in columns):
        return []
    *parts, last = columns
    made = [
        r
        for row in sorted({r for r, _ in grid.cells})
        for r in _sum(grid, (row, last), [(row, c) for c in parts])
    ]
    fitting = sum(r.holds() for r in made)
    return [last] if fitting >= _LEAST_ROWS and fitting * 3 >= len(made) * 2 else []


def _sum(grid: Grid, whole: tuple[int, int], parts: list[tuple[int, int]]) -> Iterator[Relation]:
    figure = grid.cells.get(whole)
    found = [grid.cells[p] for p in parts if p in grid.cells]
    if figure is None or len(found) < _LEAST_ROWS or any(p in grid.filled - grid.cells.keys() for p in parts):
        return
    if any(f.unit != figure.unit for f in found) or not all(
        tight(f.interval) or f.interval.low == 0 for f in found
    ):
        return
    yield Relation(Form.TOTAL, Slot(figure), tuple((Slot(f), 1) for f in found), certain=True)


def _rates(grid: Grid, columns: Sequence[int]) -> Iterator[Relation]:
    """A column of rates that most rows show to be one column divided by another."""
    for rate in columns:
        if not _RATE.search(grid.heads.get(rate, "")):
            continue
        rows = [r for r, c in grid.cells if c == rate]
        best: list[Relation] = []
        for n, d in product(columns, columns):
            if n == d or rate in (n, d):
                continue
            made = [_rate(grid, row, n, d, rate) for row in rows]
            told = [m for m in made if m is not None]
            fitting = sum(m.holds() for m in told)
            if (
                len(told) >= _LEAST_ROWS
                and fitting * 3 >= len(told) * 2
                and fitting >= _LEAST_ROWS
                and len(told) > len(best)
            ):
                best = told
        yield from best


def _shares(grid: Grid, columns: Sequence[int]) -> Iterator[Relation]:
    """A column of shares that most rows show to be an amount divided by the total of its column."""
    rows = sorted({r for r, _ in grid.cells})
    totals = [r for r in rows if _total().search(grid.labels[r])]
    shares = [c for c in columns if _SHARE.search(grid.heads.get(c, ""))]
    for share in shares if len(totals) == 1 else []:
        for amount in (c for c in columns if not _RATE.search(grid.heads.get(c, ""))):
            whole = grid.cells.get((totals[0], amount))
            if whole is None or not whole.interval.low:
                continue
            told = [(grid.cells.get((r, amount)), grid.cells.get((r, share))) for r in rows if r != totals[0]]
            made = [
                Relation(Form.RATE, Slot(part), factors=(Slot(whole), Slot(rate)), scale=100, certain=True)
                for part, rate in told
                if part is not None and rate is not None and part.unit == whole.unit and rate.unit == "%"
            ]
            fitting = sum(m.holds() for m in made)
            if fitting >= _LEAST_ROWS and fitting * 3 >= len(made) * 2:
                yield from made


def _growths(grid: Grid, columns: Sequence[int]) -> Iterator[Relation]:
    """A column of growth behind the two columns that it is measured between, the earlier first or the later."""
    for at in columns:
        if not _GROWTH.search(grid.heads.get(at, "")):
            continue
        rows = [r for r, c in grid.cells if c == at]
        best: list[Relation] = []
        for base, level in product(columns, columns):
            if base == level or at in (base, level):
                continue
            cells = [[grid.cells.get((r, c)) for c in (level, base, at)] for r in rows]
            made = [
                Relation(
                    Form.GROWTH, Slot(to), factors=(Slot(start), Slot(g)), scale=100, offset=100, certain=True
                )
                for to, start, g in cells
                if to is not None
                and start is not None
                and g is not None
                and to.unit == start.unit
                and g.unit == "%"
            ]
            fitting = sum(m.holds() for m in made)
            if fitting >= _LEAST_ROWS and fitting * 3 >= len(made) * 2 and len(made) > len(best):
                best = made
            yield from (m for m in made if _points(m))
        yield from best


def _points(growth: Relation) -> bool:
    """Whether a growth of a rate is the difference of the two, told as per cent."""
    assert growth.factors is not None
    base, change = growth.factors
    difference = Relation(Form.DIFFERENCE, growth.left, ((base, 1), (change, 1)))
    return growth.left.figure.unit == "%" and difference.holds() and not growth.holds()


def _among(grid: Grid, columns: Sequence[int]) -> Iterator[Relation]:
    """A row told as a part of the row above it (其中) may not pass it."""
    rows = sorted({r for r, _ in grid.cells})
    whole: int | None = None
    for row in rows:
        if not load_relations().patterns["among"].match(grid.labels[row]):
            whole = row
            continue
        for column in columns:
            left, part = grid.cells.get((whole or 0, column)), grid.cells.get((row, column))
            head = grid.heads.get(column, "")
            plain = not _RATE.search(head) and not _GROWTH.search(head)
            if (
                whole is not None
                and plain
                and left is not None
                and part is not None
                and left.unit == part.unit
            ):
                yield Relation(Form.PARTS, Slot(left), ((Slot(part), 1),), most=True, certain=True)


def _rate(grid: Grid, row: int, n: int, d: int, rate: int) -> Relation | None:
    found = [grid.cells.get((row, c)) for c in (n, d, rate)]
    if any(f is None for f in found):
        return None
    part, whole, share = (f for f in found if f is not None)
    if part.unit != whole.unit or share.unit != "%" or not whole.interval.low:
        return None
    return Relation(Form.RATE, Slot(part), factors=(Slot(whole), Slot(share)), scale=100, certain=True)
