"""The rare characters that nearly all damage shows itself by, looked for all at once."""

import re

UNSEEN = "\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad"
"""Characters without width, controls among them."""
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
"""Letters of pinyin with their tone marks; no text without them is glossed."""
WIDE = "０-９Ａ-Ｚａ-ｚ％＋＄／﹪"
"""Full-width digits, letters and signs that have a half-width form."""
QUESTIONED = "?？\ue000-\uf8ff□\ufffd锟錕"
"""What conversions leave in place of a character; the last two begin what they leave of U+FFFD itself."""

_ANY = re.compile(f"[{UNSEEN}{TONED}{WIDE}{QUESTIONED}]")
_KINDS = tuple(re.compile(f"[{kind}]") for kind in (UNSEEN, TONED, WIDE, QUESTIONED))


def signs_in(text: str) -> tuple[bool, ...]:
    """Whether ``text`` holds any of ``UNSEEN``, of ``TONED``, of ``WIDE`` and of ``QUESTIONED``."""
    found = "".join(set(_ANY.findall(text)))
    return tuple([kind.search(found) is not None for kind in _KINDS])
