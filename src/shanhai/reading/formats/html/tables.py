"""Tables while they are gathered: rows of data, or only the way a page is laid out."""

from shanhai.reading.extracted import BlockKind
from shanhai.reading.formats.html.lines import Line

LONGEST_CELL = 600
"""Characters; a longer cell of several lines is a column of a page laid out with tables."""
MOST_CELL_LINES = 12

Cell = list[Line]


class Table:
    """One table.

    Attributes:
        outer: where its lines go when it is complete.
        after: lines that are put down after it.
        nests: whether another table stands in one of its cells.
    """

    __slots__ = ("after", "nests", "outer", "parts")

    def __init__(self, outer: list[Line]) -> None:
        self.outer = outer
        self.after: list[Line] = []
        self.nests = False
        self.parts: list[tuple[bool, list[Cell]]] = []

    def between_rows(self) -> list[Line]:
        """Where lines go that stand in no row, such as a caption."""
        loose: list[Line] = []
        self.parts.append((False, [loose]))
        return loose

    def open_row(self) -> None:
        """Begin a row."""
        self.parts.append((True, []))

    def open_cell(self) -> Cell:
        """Begin a cell of the row; where its lines go."""
        if not self.parts or not self.parts[-1][0]:
            self.open_row()
        cell: Cell = []
        self.parts[-1][1].append(cell)
        return cell

    def lines(self, number: int) -> list[Line]:
        """Its rows, each as one line of table ``number``; or all its lines when it only lays out the page."""
        rows = [cells for is_row, cells in self.parts if is_row]
        laid_out = self.nests or _lays_out(rows)
        lines: list[Line] = []
        for is_row, cells in self.parts:
            if is_row and not laid_out:
                if row := _row(cells, number):
                    lines.append(row)
            else:
                lines += [line for cell in cells for line in cell]
        return lines + self.after


def _lays_out(rows: list[list[Cell]]) -> bool:
    if max(map(len, rows), default=0) < 2:
        return True
    return any(
        len(rows) == 1
        or len(cell) > MOST_CELL_LINES
        or sum(len(line.text) for line in cell) > LONGEST_CELL
        or any(line.kind is BlockKind.HEADING for line in cell)
        for row in rows
        for cell in row
        if len(cell) > 1
    )


def _row(cells: list[Cell], number: int) -> Line | None:
    """The row as a line, its cells separated by tabs, the lines of a cell by spaces."""
    lines = [line for cell in cells for line in cell]
    if not lines:
        return None
    texts = tuple([" ".join([line.text for line in cell]) for cell in cells])
    row = Line("\t".join(texts), BlockKind.ROW, lines[0].region, sum(line.linked for line in lines))
    row.cells = texts
    row.table = number
    return row
