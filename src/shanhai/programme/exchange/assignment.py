"""Which lines of two sides belong together at the least cost, and which of that is certain.

Where several ways cost the same and they are not the same in effect, the lines concerned are told as unclear: nothing is
guessed. The answer does not depend on the order in which lines are given.
"""

from collections.abc import Mapping

import msgspec

Edge = tuple[int, int]
_APART = 10**12
"""What leaving a line alone costs: more than all differences of days together, so that as many as possible are matched."""
MOST = 120
"""Groups of more lines that all could belong together are not told apart."""


class Assigned(msgspec.Struct, frozen=True):
    """What came of it.

    Attributes:
        pairs: lines that belong together in every best way.
        unclear: groups of lines (left, right) that belong together in one best way and not in another.
    """

    pairs: tuple[Edge, ...]
    unclear: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def assign(edges: Mapping[Edge, int]) -> Assigned:
    """The best way to pair left lines with right ones, from what each possible pair costs (0 or more)."""
    pairs: list[Edge] = []
    unclear: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for part in _parts(edges):
        left, right = sorted({i for i, _ in part}), sorted({j for _, j in part})
        if len(left) == len(right) == 1:
            pairs.append((left[0], right[0]))
        elif len(left) + len(right) > MOST:
            unclear.append((tuple(left), tuple(right)))
        else:
            certain, open_ = _solved(left, right, part)
            pairs += certain
            unclear += open_
    return Assigned(tuple(sorted(pairs)), tuple(sorted(unclear)))


def _parts(edges: Mapping[Edge, int]) -> list[dict[Edge, int]]:
    """Edges that hang together, in the order of their smallest."""
    above: dict[tuple[str, int], tuple[str, int]] = {}

    def top(node: tuple[str, int]) -> tuple[str, int]:
        while above.setdefault(node, node) != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for i, j in sorted(edges):
        above[top(("r", j))] = top(("l", i))
    found: dict[tuple[str, int], dict[Edge, int]] = {}
    for i, j in sorted(edges):
        found.setdefault(top(("l", i)), {})[i, j] = edges[i, j]
    return list(found.values())


def _solved(
    left: list[int], right: list[int], edges: Mapping[Edge, int]
) -> tuple[list[Edge], list[tuple[tuple[int, ...], tuple[int, ...]]]]:
    """The pairs of every best way, and the groups that several best ways pair differently.

    Each line gets a place of its own where it stays alone. All best ways then are perfect matchings over the pairs that
    cost no more than the prices say; what lies on a circle of such pairs can be paired otherwise at the same cost.
    """
    n, m = len(left), len(right)
    size, never = n + m, 4 * _APART * (n + m)
    costs = [[never] * size for _ in range(size)]
    for row, i in enumerate(left):
        for column, j in enumerate(right):
            costs[row][column] = edges.get((i, j), never)
        costs[row][m + row] = _APART
    for column in range(m):
        costs[n + column][column] = _APART
        for alone in range(n):
            costs[n + column][m + alone] = 0
    partner, rows, columns = _hungarian(costs)
    on = {row: column for column, row in enumerate(partner)}
    tight = [
        [c for c in range(size) if costs[r][c] < never and costs[r][c] == rows[r] + columns[c]]
        for r in range(size)
    ]
    group = _circles([[partner[c] for c in tight[r] if c != on[r]] for r in range(size)])
    pairs: list[Edge] = []
    open_: dict[int, tuple[list[int], list[int]]] = {}
    members: dict[int, int] = {}
    for r in range(size):
        members[group[r]] = members.get(group[r], 0) + 1
    for r in range(size):
        row, column = r, on[r]
        if members[group[r]] == 1:
            if row < n and column < m:
                pairs.append((left[row], right[column]))
            continue
        mine = open_.setdefault(group[r], ([], []))
        if row < n:
            mine[0].append(left[row])
        if column < m:
            mine[1].append(right[column])
    unclear = [(tuple(sorted(a)), tuple(sorted(b))) for a, b in open_.values() if a and b]
    return pairs, unclear


def _hungarian(costs: list[list[int]]) -> tuple[list[int], list[int], list[int]]:
    """The row of each column in a cheapest perfect matching, and the prices of rows and columns that prove it."""
    size = len(costs)
    u, v, match, way = [0] * (size + 1), [0] * (size + 1), [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        match[0], column = row, 0
        least: list[float] = [float("inf")] * (size + 1)
        used = [False] * (size + 1)
        while True:
            used[column] = True
            here, step, following = match[column], float("inf"), 0
            line, price = costs[here - 1], u[here]
            for j in range(1, size + 1):
                if used[j]:
                    continue
                now = line[j - 1] - price - v[j]
                if now < least[j]:
                    least[j], way[j] = now, column
                if least[j] < step:
                    step, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    u[match[j]] += int(step)
                    v[j] -= int(step)
                else:
                    least[j] -= step
            column = following
            if match[column] == 0:
                break
        while column:
            match[column], column = match[way[column]], way[column]
    return [row - 1 for row in match[1:]], u[1:], v[1:]


def _circles(following: list[list[int]]) -> list[int]:
    """The group of each node: nodes that reach one another have one group (Tarjan, without recursion)."""
    size = len(following)
    index, low, group = [-1] * size, [0] * size, [-1] * size
    stack: list[int] = []
    count = 0
    for start in range(size):
        if index[start] >= 0:
            continue
        work = [(start, 0)]
        while work:
            node, at = work.pop()
            if at == 0:
                index[node] = low[node] = count
                count += 1
                stack.append(node)
            for k in range(at, len(following[node])):
                other = following[node][k]
                if index[other] < 0:
                    work += [(node, k + 1), (other, 0)]
                    break
                if group[other] < 0:
                    low[node] = min(low[node], index[other])
            else:
                if low[node] == index[node]:
                    while True:
                        member = stack.pop()
                        group[member] = node
                        if member == node:
                            break
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[node])
    return group
