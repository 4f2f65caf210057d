"""The running text of one block: claims marked, damage to be shown on demand, lost characters in plain sight."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from shanhai.model import Claim, DamageKind, Span, Status
from shanhai.publishing.page.differences import Difference, damage_spans
from shanhai.publishing.page.displayed import LOST_SIGN, Displayed
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.marks import Placed, segments
from shanhai.publishing.page.words import DAMAGE, LOST_WHY, REMOVED, UNREADABLE_WHY, colour

Mark = Callable[[int, str, bool], str]
"""Writes a claim's mark: its number, its text as HTML, and whether this is the first stretch of it."""

_VISIBLE = {"\n": "⏎", "\r": "", "\t": "⇥", " ": "␣", "\u3000": "␣"}
_LONGEST = 400
"""Characters of one removed stretch that are shown."""


class Inline:
    """Writes stretches of one report's text as HTML; each claim's mark leads to the list of claims unless told.

    Args:
        shown: the report.
        mark: writes the mark of a claim.
        placed: tell in ``data-at`` and ``data-to`` which source characters each block, and each stretch that differs
            from them, stands for; so that a script can find the source characters of what a person marks.
    """

    def __init__(self, shown: Displayed, mark: Mark | None = None, *, placed: bool = False) -> None:
        self._shown = shown
        self._placed = placed
        self._mark = mark or self._to_the_list
        self._ends = [d.end for d in shown.differences]
        self._unreadable = damage_spans(shown.report, DamageKind.UNREADABLE_FIGURE)
        self._unreadable_ends = [s.end for s in self._unreadable]

    def block(self, block: Span, claims: Sequence[Placed]) -> str:
        """A block of the source text with its claims marked."""
        begun: set[int] = set()
        parts = []
        for start, end, number in segments(block, claims):
            text = self.run(start, end)
            parts.append(self._mark(number, text, number not in begun) if number else text)
            begun.add(number)
        text = "".join(parts)
        return f"<span{self._place(block.start, block.end)}>{text}</span>" if self._placed else text

    def run(self, start: int, end: int) -> str:
        """A stretch of the source text, mended, with its differences and the figures that cannot be read."""
        parts, at = [], start
        i = bisect_right(self._unreadable_ends, start)
        while i < len(self._unreadable) and self._unreadable[i].start < end:
            first, last = max(self._unreadable[i].start, start), min(self._unreadable[i].end, end)
            why = escape(f"{UNREADABLE_WHY.zh} {UNREADABLE_WHY.en}")
            figure = f'<span class="unreadable" title="{why}">{self._plain(first, last)}</span>'
            parts += [self._plain(at, first), figure]
            at = last
            i += 1
        return "".join([*parts, self._plain(at, end)])

    def _plain(self, start: int, end: int) -> str:
        shown, parts, at = self._shown, [], start
        i = bisect_right(self._ends, start)
        while i < len(shown.differences) and shown.differences[i].start < end:
            d = shown.differences[i]
            first, last = max(d.start, start), min(d.end, end)
            parts += [escape(shown.source[at:first]), self._difference(d, first, last)]
            at = last
            i += 1
        return "".join([*parts, escape(shown.source[at:end])])

    def _to_the_list(self, number: int, text: str, first: bool) -> str:
        classes = claim_classes(self._shown.claims[number - 1], lost=self._shown.lost[number - 1])
        if not first:
            return f'<mark class="{classes}" data-of="{number}">{text}</mark>'
        here, there = f"{self._shown.anchor}/text-{number}", f"{self._shown.anchor}/claim-{number}"
        return f'<mark class="{classes}"><a id="{here}" href="#{there}" data-n="{number}">{text}</a></mark>'

    def _difference(self, d: Difference, start: int, end: int) -> str:
        was, where = escape(visible(self._shown.source[start:end])), self._place(start, end)
        if d.kind is DamageKind.LOST_CHARACTER:
            why = escape(f"{LOST_WHY.zh} {LOST_WHY.en}")
            return f'<span class="lost" title="{why}" data-was="{was}"{where}>{LOST_SIGN * min(end - start, _LONGEST)}</span>'
        if d.gone:
            word = DAMAGE.get(d.kind, REMOVED) if d.kind else REMOVED
            return f'<del title="{escape(f"{word.zh} {word.en}")}"{where}>{was}</del>'
        at = d.mended + start - d.start
        return f'<i data-was="{was}"{where}>{escape(self._shown.text[at : at + end - start])}</i>'

    def _place(self, start: int, end: int) -> str:
        return f' data-at="{start}" data-to="{end}"' if self._placed else ""


def visible(text: str) -> str:
    """``text`` with what cannot be seen written out, cut where it is very long."""
    cut = "".join(_VISIBLE.get(c, c if c.isprintable() else f"‹{ord(c):04X}›") for c in text[:_LONGEST])
    return cut if len(text) <= _LONGEST else f"{cut}…（{len(text):,}）"


def claim_classes(claim: Claim, *, lost: bool = False) -> str:
    """The classes that a claim's mark and its place in the list share."""
    classes = ["c", colour(claim.area, claim.kind)]
    if claim.status is Status.EXPECTED:
        classes.append("expected")
    if claim.minor:
        classes.append("minor")
    if lost:
        classes.append("has-lost")
    return " ".join(classes)
