"""Places in a text, counted in characters (Unicode code points)."""

from bisect import bisect_left, bisect_right

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """The stretch ``text[start:end]``; ``end`` lies one past the last character."""

    start: int
    end: int


class TextMap(msgspec.Struct, frozen=True, gc=False):
    """The exact two-way map between a source text and its mended text.

    Mending replaces characters one by one or removes them; it never inserts and never reorders.
    So the map is a list of removed stretches, and each mended character has exactly one source character.

    Attributes:
        length: characters of the source text.
        starts: where each removed stretch begins, in source characters, ascending and disjoint.
        ends: where each removed stretch ends.
        anchors: where the mended text continues after each removed stretch, in mended characters.
    """

    length: int
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()

    @classmethod
    def without(cls, length: int, removed: list[tuple[int, int]]) -> "TextMap":
        """The map of a text of ``length`` characters from which ``removed`` (disjoint, ascending) was taken."""
        anchors = []
        gone = 0
        for start, end in removed:
            gone += end - start
            anchors.append(end - gone)
        return cls(length, tuple(s for s, _ in removed), tuple(e for _, e in removed), tuple(anchors))

    def to_source(self, position: int) -> int:
        """The source position of the mended character at ``position`` (or of the text's end)."""
        i = bisect_right(self.anchors, position)
        return position if i == 0 else position - self.anchors[i - 1] + self.ends[i - 1]

    def to_source_span(self, start: int, end: int) -> Span:
        """The source stretch from the first to the last mended character of ``[start, end)``."""
        if end <= start:
            at = self.to_source(start)
            return Span(at, at)
        return Span(self.to_source(start), self.to_source(end - 1) + 1)

    def to_mended(self, position: int) -> int:
        """The mended position of the source character at ``position``; a removed one maps to what follows it."""
        i = bisect_left(self.ends, position + 1)
        before = self.anchors[i - 1] - self.ends[i - 1] if i else 0
        if i < len(self.starts) and position >= self.starts[i]:
            position = self.starts[i]
        return position + before

    def to_mended_span(self, start: int, end: int) -> Span:
        """The mended stretch that holds what is left of the source stretch ``[start, end)``."""
        return Span(self.to_mended(start), self.to_mended(end))

    def removed_within(self, start: int, end: int) -> list[Span]:
        """The removed stretches that lie inside the source stretch ``[start, end)``."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [
            Span(s, e)
            for s, e in zip(self.starts[first:last], self.ends[first:last], strict=True)
            if e <= end
        ]
