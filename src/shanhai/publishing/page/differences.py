"""Where the source text differs from the mended text: what was taken out, what was changed, what is lost.

The stretches come from comparing the two texts through their map, so they show exactly what mending did;
the report's damage only says what each stretch is.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from shanhai.model import Damage, DamageKind, Report, Span


class Difference(msgspec.Struct, frozen=True):
    """One stretch of the source text that does not stand in the mended text as it is.

    Attributes:
        start, end: in source characters.
        mended: where what replaces it begins in the mended text.
        gone: whether nothing replaces it; otherwise as many characters stand in the mended text.
        kind: what the report's damage says of it; None where it says nothing.
    """

    start: int
    end: int
    mended: int
    gone: bool
    kind: DamageKind | None


class _Kinds:
    """Finds the narrowest damage around a place of the source text."""

    def __init__(self, damage: Sequence[Damage]) -> None:
        self._kinds = [
            (d.kind, [s.start for s in d.spans], d.spans)
            for d in damage
            if d.kind is not DamageKind.LOST_CHARACTER
        ]

    def at(self, position: int) -> DamageKind | None:
        found: DamageKind | None = None
        width = -1
        for kind, starts, spans in self._kinds:
            i = bisect_right(starts, position) - 1
            if i < 0 or spans[i].end <= position:
                continue
            this = spans[i].end - spans[i].start
            if found is None or this < width:
                found, width = kind, this
        return found


def lost_spans(report: Report) -> list[Span]:
    """Where characters of the source are lost: ascending, disjoint, inside the source text."""
    return damage_spans(report, DamageKind.LOST_CHARACTER)


def damage_spans(report: Report, kind: DamageKind) -> list[Span]:
    """Where one kind of damage lies: ascending, disjoint, inside the source text."""
    found: list[Span] = []
    at = 0
    for span in sorted(s for d in report.damage if d.kind is kind for s in d.spans):
        start, end = max(span.start, at), min(span.end, report.map.length)
        if start < end:
            found.append(Span(start, end))
            at = end
    return found


def differences(report: Report) -> Iterator[Difference]:
    """All differences of a report, ascending and disjoint."""
    source, text, kinds = report.source_text, report.text, _Kinds(report.damage)
    removed = [Span(s, e) for s, e in zip(report.map.starts, report.map.ends, strict=True) if s < e]
    lost = lost_spans(report)
    cuts = sorted({0, report.map.length, *(p for s in (*removed, *lost) for p in (s.start, s.end))})
    at, r, x = 0, 0, 0
    for start, end in pairwise(cuts):
        while r < len(removed) and removed[r].end <= start:
            r += 1
        while x < len(lost) and lost[x].end <= start:
            x += 1
        gone = r < len(removed) and removed[r].start <= start
        if x < len(lost) and lost[x].start <= start:
            yield Difference(start, end, at, gone, DamageKind.LOST_CHARACTER)
        elif gone:
            yield Difference(start, end, at, True, kinds.at(start))
        else:
            for i, j in _unequal(source[start:end], text[at : at + end - start]):
                yield Difference(start + i, start + j, at + i, False, kinds.at(start + i))
        at += 0 if gone else end - start


def _unequal(left: str, right: str) -> Iterator[tuple[int, int]]:
    """The runs in which two texts of one length differ."""
    if left == right:
        return
    begin = -1
    for i, (a, b) in enumerate(zip(left, right, strict=True)):
        if a == b:
            if begin >= 0:
                yield begin, i
            begin = -1
        elif begin < 0:
            begin = i
    if begin >= 0:
        yield begin, len(left)
