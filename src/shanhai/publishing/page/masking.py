"""Identity and telephone numbers are masked on display (design, section 4.5).

Masking keeps every character's place, so that spans stay true.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable

from shanhai.model import Span

KEPT = 3
"""How many characters of a number stay readable, so that a reader sees what sort of number it was."""

PRIVATE = re.compile(
    r"""(?<![\d.])(?:
      \d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]  # resident identity number
    | 1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})                                    # mobile telephone
    | 0\d{2,3}[-—－]\d{7,8}                                                    # telephone with area code
    )(?!\d|\.\d)
    | (?<=电话)[:： ]{0,3}\d{7,12}(?!\d) | (?<=热线)[:： ]{0,3}\d{7,12}(?!\d) | (?<=手机)[:： ]{0,3}\d{7,12}(?!\d)
    """,
    re.VERBOSE,
)


def private_spans(text: str, claims: Iterable[Span] = ()) -> list[Span]:
    """Where ``text`` (mended) holds identity or telephone numbers that are no claim's figure."""
    taken = sorted(claims)
    ends = [span.end for span in taken]
    found = []
    for match in PRIVATE.finditer(text):
        span = Span(match.start() + KEPT, match.end())
        i = bisect_right(ends, match.start())
        if i == len(taken) or taken[i].start >= span.end:
            found.append(span)
    return found


def masked(text: str, spans: Iterable[Span]) -> str:
    """``text`` with the digits inside ``spans`` replaced by ``*``."""
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], re.sub(r"[\dXx]", "*", text[span.start : span.end])]
        at = span.end
    return "".join([*parts, text[at:]])


def without_private(text: str, figures: Iterable[str] = ()) -> str:
    """``text`` with every identity and telephone number masked, but not what stands in ``figures``."""
    if not PRIVATE.search(text):
        return text
    known = [
        Span(m.start(), m.end()) for figure in figures if figure for m in re.finditer(re.escape(figure), text)
    ]
    return masked(text, private_spans(text, known))
