"""Pinyin glossed into the text, and characters that cannot be seen."""

import re

from shanhai.reading.mend.signs import TONED, UNSEEN

_LETTERS = f"a-zɡüê{TONED}"
_HAN = re.compile("[㐀-鿿豈-﫿]")
_UNSEEN_CHARACTER = re.compile(f"[{UNSEEN}]")
_GLOSS = re.compile(
    f"[(（](?<=[㐀-鿿豈-﫿{UNSEEN}][(（])[ {UNSEEN}]*((?:[{_LETTERS}][{UNSEEN}]*){{1,6}}) ?[)）]"
)
_LEFT_OVER = re.compile(f"[?？](?<=[㐀-鿿)）][?？])([{_LETTERS}]{{1,6}})[)）]")
_TONE = re.compile(f"[{TONED}]")
_SYLLABLE = re.compile("(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?[aeiouü]{1,3}(?:n|ng|r)?")
_UNSEEN = re.compile(f"[{UNSEEN}]+")
_SURE = 3


def glosses(text: str) -> list[tuple[int, int]]:
    """Where bracketed pinyin follows a character: 網(wǎng), 發（fā）.

    A syllable without tone mark (的(de)) counts only in a text that is full of toned ones; elsewhere it may be
    an abbreviation. Where the glossed character is lost, what is left of its gloss counts too (當?shù)).
    """
    found = [(_beginning(text, m.start()), m.end(), m[1]) for m in _GLOSS.finditer(text)]
    found = [g for g in found if g[0] and _HAN.match(text, g[0] - 1)]
    found += [(m.start() + 1, m.end(), m[1]) for m in _LEFT_OVER.finditer(text)]
    toned = sum(1 for _, _, gloss in found if _TONE.search(gloss))
    return sorted(
        (start, end)
        for start, end, gloss in found
        if _TONE.search(gloss) or (toned >= _SURE and _SYLLABLE.fullmatch(gloss))
    )


def _beginning(text: str, at: int) -> int:
    """Where the invisible characters before ``at`` begin."""
    while at and _UNSEEN_CHARACTER.match(text, at - 1):
        at -= 1
    return at


def invisible(text: str) -> list[tuple[int, int]]:
    """Where characters without width stand."""
    return [m.span() for m in _UNSEEN.finditer(text)]
