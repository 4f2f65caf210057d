"""Lines of two sides brought together step by step: what agrees in most first, and what agrees in less from what is left."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

import msgspec

from shanhai.programme.exchange.assignment import assign
from shanhai.programme.exchange.lines import Activity, Figure, Line, Money, Project, day_of, encoded

_CROWD = 100_000
"""Pairs of one block that may belong together; more are not told apart."""
L = TypeVar("L", Project, Money, Activity, Figure)


class Step(msgspec.Struct, Generic[L], frozen=True):
    """One step of matching.

    Attributes:
        block: what lines must have in common to be looked at; None where a line takes no part.
        cost: how far two lines of one block are apart; None where they do not belong together.
        within: lines further apart than so many days are not looked at.
    """

    block: Callable[[L], Hashable | None]
    cost: Callable[[L, L], int | None]
    within: int | None = None


class Matched(msgspec.Struct, Generic[L], frozen=True):
    """What belongs together: pairs; groups of which it is not clear; lines of one side only."""

    pairs: tuple[tuple[L, L], ...]
    unclear: tuple[tuple[tuple[L, ...], tuple[L, ...]], ...]
    sending: tuple[L, ...]
    receiving: tuple[L, ...]


def match(sending: Sequence[L], receiving: Sequence[L], steps: Sequence[Step[L]]) -> Matched[L]:
    """Bring lines together; the order in which they are given does not matter."""
    left, right = sorted(sending, key=_place), sorted(receiving, key=_place)
    pairs: list[tuple[L, L]] = []
    unclear: list[tuple[tuple[L, ...], tuple[L, ...]]] = []
    for step in steps:
        edges = _edges(left, right, step)
        found = assign(edges)
        together = list(found.pairs)
        for one, other in found.unclear:
            if _twins(left, one) and _twins(right, other) and len(one) == len(other):
                together += zip(one, other, strict=True)
            else:
                unclear.append((tuple(left[i] for i in one), tuple(right[j] for j in other)))
        pairs += ((left[i], right[j]) for i, j in together)
        gone = {i for i, _ in together} | {i for one, _ in found.unclear for i in one}
        went = {j for _, j in together} | {j for _, other in found.unclear for j in other}
        left = [line for i, line in enumerate(left) if i not in gone]
        right = [line for j, line in enumerate(right) if j not in went]
    return Matched(tuple(pairs), tuple(unclear), tuple(left), tuple(right))


def _place(line: Line) -> bytes:
    return encoded(line)


def _edges(left: Sequence[L], right: Sequence[L], step: Step[L]) -> dict[tuple[int, int], int]:
    """What each pair costs that may belong together, block by block."""
    ours, theirs = _blocks(left, step), _blocks(right, step)
    edges: dict[tuple[int, int], int] = {}
    for block, mine in ours.items():
        if block in theirs:
            edges |= _of_block(left, right, mine, theirs[block], step)
    return edges


def _blocks(lines: Sequence[L], step: Step[L]) -> dict[Hashable, list[int]]:
    """The lines that take part by what they have in common, each block in the order of days."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if (block := step.block(line)) is not None:
            found[block].append(at)
    if step.within is not None:
        for members in found.values():
            members.sort(key=lambda at: (_number(lines[at]), at))
    return found


def _of_block(
    left: Sequence[L], right: Sequence[L], mine: Sequence[int], theirs: Sequence[int], step: Step[L]
) -> dict[tuple[int, int], int]:
    """The edges of one block; a crowd in which too much may belong together is tied into one, and told as unclear."""
    days = [_number(right[j]) for j in theirs] if step.within is not None else []
    edges: dict[tuple[int, int], int] = {}
    for i in mine:
        near = theirs
        if step.within is not None:
            day = _number(left[i])
            near = theirs[bisect_left(days, day - step.within) : bisect_right(days, day + step.within)]
        for j in near:
            cost = step.cost(left[i], right[j])
            if cost is not None:
                edges[i, j] = cost
        if len(edges) > _CROWD:
            return dict.fromkeys([*((i, theirs[0]) for i in mine), *((mine[0], j) for j in theirs)], 0)
    return edges


def _number(line: Line) -> int:
    """A line's day as a number."""
    day = day_of(line)
    return day.toordinal() if day else 0


def _twins(lines: Sequence[L], which: Sequence[int]) -> bool:
    """Whether lines say the same, but for their numbers: then it makes no difference which of them is meant."""
    return len({encoded(msgspec.structs.replace(lines[at], key="")) for at in which}) == 1


def plain(text: str) -> str:
    """A name without what people write differently: widths, case, blanks and signs."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN")


def likeness(first: str, second: str) -> int:
    """How alike two names are, from 0 to 100, by the pairs of characters that they share."""
    one, other = plain(first), plain(second)
    if one == other:
        return 100
    left, right = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return 200 * len(left & right) // (len(left) + len(right)) if left and right else 0
