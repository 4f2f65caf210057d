"""What the parts of a breakdown are called: the words before each amount, or behind it where none stand before."""

import re
from collections.abc import Mapping, Sequence

from shanhai.catalogue.rules import load_rule_words
from shanhai.model import Claim, Report, Span

PARTS_FOLLOW = "其中"
_SIGN = re.compile("[，。；：！？、,;:\n（）()|]")
_CLAUSE = re.compile("[，；：,;:|]")
_TRIM = re.compile(r"^[^\w]+|[^\w]+$")
_NUMBER = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:[.．、)）]|是(?!否))\s*")


def named_parts(
    total: Claim, parts: Sequence[Claim], told: Mapping[Span, Sequence[Claim]], report: Report
) -> tuple[str, ...]:
    """The name of each part: of one sentence all by what stands before them, or all by what stands behind.

    ``told`` gives all figures of each sentence.
    """
    names: list[str] = []
    for sentence in dict.fromkeys(p.sentence for p in parts):
        own = [p for p in parts if p.sentence == sentence]
        names += _of_sentence(total, own, told[sentence], report)
    return tuple(names)


def _of_sentence(total: Claim, parts: list[Claim], told: Sequence[Claim], report: Report) -> list[str]:
    to_mended, text = report.map.to_mended_span, report.text
    sentence = to_mended(parts[0].sentence.start, parts[0].sentence.end)
    places = {c.start: to_mended(c.start, c.end) for c in told}
    # Counts may stand between a part's name and its amount: 民生类11个、8420万元.
    ends = [places[p.start].end for p in (total, *parts) if p.start in places]
    before, behind = [], []
    for part in parts:
        place = places[part.start]
        start = max([sentence.start, *(e for e in ends if e <= place.start)])
        said = text[start : place.start].rpartition(PARTS_FOLLOW)[2]
        before.append(_trimmed(_CLAUSE.split(said)[-1]))
        behind.append(_trimmed(_behind(text, place, sentence, list(places.values()))))
    if not before[0]:
        return behind
    fillers = load_rule_words().fillers
    return [a if a and b in fillers else b for b, a in zip(before, behind, strict=True)]


def _behind(text: str, place: Span, sentence: Span, figures: list[Span]) -> str:
    stop = min([sentence.end, *(f.start for f in figures if f.start >= place.end)])
    sign = _SIGN.search(text, place.end, stop)
    return text[place.end : sign.start() if sign else stop]


def _trimmed(said: str) -> str:
    """Without signs around it and the number of a list's item before it."""
    return _NUMBER.sub("", _TRIM.sub("", said))
