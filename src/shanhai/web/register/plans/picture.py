"""The graph of a plan's versions as a picture: time runs to the right, versions made side by side stand below each other."""

import msgspec

from shanhai.programme.models import PlanVersion
from shanhai.programme.plans.graph import Graph

WIDE, HIGH = 148, 62
"""The distance of one version from the next, and of one row from the next."""
BOX_WIDE, BOX_HIGH = 108, 46
_EDGE = 4


class Node(msgspec.Struct, frozen=True):
    """A version in the picture: its number, its state, the left and upper corner of its box."""

    number: int
    state: str
    in_force: bool
    x: int
    y: int

    @property
    def middle(self) -> int:
        """Where its words stand."""
        return self.x + BOX_WIDE // 2


class Edge(msgspec.Struct, frozen=True):
    """From a version to one that follows it."""

    path: str
    open: bool


class Picture(msgspec.Struct, frozen=True):
    """The whole picture; ``wide`` and ``high`` are its size."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    wide: int
    high: int
    box_wide: int = BOX_WIDE
    box_high: int = BOX_HIGH


def picture_of(graph: Graph) -> Picture:
    """The picture of a graph. What is approved stands above what was asked for beside it."""
    columns: dict[int, list[int]] = {}
    column: dict[int, int] = {}
    for number in sorted(graph.versions):
        column[number] = max((column[n] + 1 for n in graph.follows[number] if n in column), default=0)
        columns.setdefault(column[number], []).append(number)
    in_force = graph.in_force()
    nodes: dict[int, Node] = {}
    for at, numbers in columns.items():
        ranked = sorted(numbers, key=lambda n: (graph.versions[n].state != PlanVersion.State.APPROVED, n))
        for row, number in enumerate(ranked):
            state = graph.versions[number].state
            nodes[number] = Node(number, state, number in in_force, _EDGE + at * WIDE, _EDGE + row * HIGH)
    edges = tuple(
        Edge(_curve(nodes[before], node), node.state != PlanVersion.State.APPROVED)
        for number, node in sorted(nodes.items())
        for before in graph.follows[number]
    )
    rows = max((len(numbers) for numbers in columns.values()), default=0)
    wide = 2 * _EDGE + max(len(columns) - 1, 0) * WIDE + BOX_WIDE
    return Picture(
        tuple(nodes[n] for n in sorted(nodes)), edges, wide, 2 * _EDGE + max(rows - 1, 0) * HIGH + BOX_HIGH
    )


def _curve(before: Node, after: Node) -> str:
    x1, y1 = before.x + BOX_WIDE, before.y + BOX_HIGH // 2
    x2, y2 = after.x, after.y + BOX_HIGH // 2
    half = (x1 + x2) // 2
    return f"M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}"
