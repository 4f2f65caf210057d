"""Pinyin glossed into the text, and characters that cannot be seen."""

import re

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_LETTERS = f"a-zɡüê{_TONED}"
_BLANK = "\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad"
_GLOSS = re.compile(
    f"(?<=[㐀-鿿豈-﫿])[{_BLANK}]*[(（][ {_BLANK}]*((?:[{_LETTERS}][{_BLANK}]*){{1,6}}) ?[)）]"
)
_LEFT_OVER = re.compile(f"(?<=[㐀-鿿)）][?？])([{_LETTERS}]{{1,6}})[)）]")
_TONE = re.compile(f"[{_TONED}]")
_SYLLABLE = re.compile("(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?[aeiouü]{1,3}(?:n|ng|r)?")
_UNSEEN = re.compile(f"[{_BLANK}]+")
_SURE = 3


def glosses(text: str) -> list[tuple[int, int]]:
    """Where bracketed pinyin follows a character: 網(wǎng), 發（fā）.

    A syllable without tone mark (的(de)) counts only in a text that is full of toned ones; elsewhere it may be
    an abbreviation. Where the glossed character is lost, what is left of its gloss counts too (當?shù)).
    """
    found = [*_GLOSS.finditer(text), *_LEFT_OVER.finditer(text)]
    if not found:
        return []
    toned = [m for m in found if _TONE.search(m[1])]
    if len(toned) < _SURE:
        return sorted(m.span() for m in toned)
    return sorted(m.span() for m in found if _TONE.search(m[1]) or _SYLLABLE.fullmatch(m[1]))


def invisible(text: str) -> list[tuple[int, int]]:
    """Where characters without width stand."""
    return [m.span() for m in _UNSEEN.finditer(text)]
