"""Mending: the damage of found pages put right, with an exact way back to every source character.

Characters are replaced one for one or removed; none is ever added or moved. What cannot be put right with
certainty is marked as lost.
"""

import msgspec

from shanhai.model import Damage, DamageKind, Span, TextMap
from shanhai.reading.mend.breaks import broken
from shanhai.reading.mend.gloss import glosses, invisible
from shanhai.reading.mend.lost import LOST, lost_characters, unreadable_figures
from shanhai.reading.mend.script import MARK, marked_traditional, simplified
from shanhai.reading.mend.signs import signs_in
from shanhai.reading.mend.width import decimal_signs, half_width

__all__ = ["LOST", "MARK", "Mended", "mend"]


class Mended(msgspec.Struct, frozen=True):
    """A text with its damage put right.

    Attributes:
        text: the mended text.
        map: between source text and mended text.
        damage: what was found, one entry a kind, spans in source characters.
        traditional: the mended text with ``MARK`` for each character that was one of traditional script alone; of
            the same length as ``text``, or "" where there was none.
    """

    text: str
    map: TextMap
    damage: tuple[Damage, ...]
    traditional: str


def mend(source: str) -> Mended:
    """Put right what can be put right in ``source``."""
    found: dict[DamageKind, list[Span]] = {}
    has_unseen, has_toned, has_wide, is_questioned = signs_in(source)
    unseen = invisible(source) if has_unseen else []
    glossed = glosses(source) if has_toned else []
    _note(found, DamageKind.INVISIBLE, unseen)
    _note(found, DamageKind.PINYIN_GLOSS, glossed)
    removed = _merged(unseen + glossed)
    first = TextMap.without(len(source), removed)
    before = _without(source, removed)
    before, wide = half_width(before, has_wide)
    _note(found, DamageKind.FULL_WIDTH, _in_source(wide, first))
    marked, traditional = marked_traditional(before)
    text, converted = simplified(before, traditional)
    _note(found, DamageKind.TRADITIONAL_SCRIPT, _in_source(converted, first))
    text, signs = decimal_signs(text)
    _note(found, DamageKind.DECIMAL_SIGN, _in_source(signs, first))
    text, lost = lost_characters(text) if is_questioned else (text, [])
    _note(found, DamageKind.LOST_CHARACTER, _in_source(lost, first))
    if lost:
        _note(found, DamageKind.UNREADABLE_FIGURE, _in_source(unreadable_figures(text), first))
    text, phrases, lines = broken(text)
    _note(found, DamageKind.BROKEN_PHRASE, _in_source(phrases, first))
    _note(found, DamageKind.BROKEN_LINE, _in_source(lines, first))
    gaps = sorted(phrases + lines)
    whole = _merged(removed + [_pair(s) for s in _in_source(gaps, first)])
    return Mended(
        _without(text, gaps),
        TextMap.without(len(source), whole),
        tuple(_damage(kind, spans) for kind, spans in found.items()),
        _without(marked, gaps) if traditional else "",
    )


def _note(
    found: dict[DamageKind, list[Span]], kind: DamageKind, spans: list[tuple[int, int]] | list[Span]
) -> None:
    if spans:
        found[kind] = [s if isinstance(s, Span) else Span(*s) for s in spans]


def _damage(kind: DamageKind, spans: list[Span]) -> Damage:
    mended = kind not in (DamageKind.LOST_CHARACTER, DamageKind.UNREADABLE_FIGURE)
    return Damage(kind, tuple(spans), mended)


def _in_source(spans: list[tuple[int, int]], first: TextMap) -> list[Span]:
    if not first.starts:
        return [Span(start, end) for start, end in spans]
    return [first.to_source_span(start, end) for start, end in spans]


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _without(text: str, removed: list[tuple[int, int]]) -> str:
    if not removed:
        return text
    kept, at = [], 0
    for start, end in removed:
        kept.append(text[at:start])
        at = end
    kept.append(text[at:])
    return "".join(kept)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ascending and disjoint; what touches or overlaps becomes one."""
    whole: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole
