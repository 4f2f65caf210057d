"""In which order rows are entered: what a row refers to in its own file comes before it."""

from collections.abc import Mapping, Sequence

from shanhai.programme.kinds import Kind
from shanhai.programme.sheets.columns import KEY
from shanhai.programme.sheets.rows import Row
from shanhai.programme.values import Reference, plain_text


def in_order(rows: Sequence[Row], kind: Kind) -> tuple[list[int], Mapping[int, Sequence[str]]]:
    """The places of rows in the order in which they are entered, and those that go round in a circle with its numbers."""
    names = [f.name for f in kind.fields if isinstance(f.value, Reference) and f.value.kind == kind.name]
    if not names:
        return list(range(len(rows))), {}
    places: dict[str, int] = {}
    for at, row in enumerate(rows):
        if key := _text(row, KEY):
            places.setdefault(key, at)
    above = {
        at: [places[key] for name in names if (key := _text(row, name)) in places]
        for at, row in enumerate(rows)
    }
    order: list[int] = []
    done: set[int] = set()
    loops: dict[int, Sequence[str]] = {}
    for at in range(len(rows)):
        _visit(at, above, rows, order, done, loops)
    return order, loops


def _visit(
    start: int,
    above: Mapping[int, Sequence[int]],
    rows: Sequence[Row],
    order: list[int],
    done: set[int],
    loops: dict[int, Sequence[str]],
) -> None:
    """Put a row, and before it what it refers to, without recursion: chains may be as long as a file."""
    path: list[int] = []
    standing: dict[int, int] = {}
    work = [(start, False)]
    while work:
        at, left = work.pop()
        if left:
            standing.pop(path.pop())
            order.append(at)
            done.add(at)
        elif at in standing:
            circle = path[standing[at] :]
            keys = [_text(rows[one], KEY) for one in (*circle, at)]
            loops.update((one, keys) for one in circle)
        elif at not in done:
            standing[at] = len(path)
            path.append(at)
            work.append((at, True))
            work.extend((one, False) for one in above[at])


def _text(row: Row, name: str) -> str:
    given = row.given.get(name)
    return plain_text(given.told) if given is not None else ""
