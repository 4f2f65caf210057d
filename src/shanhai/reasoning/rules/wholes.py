"""What a stated share is a share of: money, or people and projects (来自基层一线的占33%)."""

import re
from collections.abc import Sequence
from functools import cache

from shanhai.catalogue.promises import any_of
from shanhai.catalogue.rules import load_rule_words
from shanhai.model import Claim, Report, Span

MONEY = "元"
_CLAUSE_SIGN = re.compile("[，。；：！？,;:\n|]")
_NO_COUNT = frozenset(("", "%", "百分点", "年", "月", "日", "天", "倍", "成"))


def of_money(claim: Claim, told: Sequence[Claim], report: Report, *, surely: bool) -> bool:
    """Whether a share is one of money.

    It is not where its clause speaks of people, or where a count stands between it and the money told last.

    Args:
        claim: the share.
        told: the figures of its sentence, in text order.
        report: what they stand in.
        surely: whether money must be named: by the claim's measure, in its clause or before it in the sentence.
    """
    text, mended = report.text, report.map.to_mended_span
    place = mended(claim.start, claim.end)
    sentence = mended(claim.sentence.start, claim.sentence.end)
    clause = _clause(text, place, sentence)
    money, people = _patterns()
    if people.search(text, clause.start, clause.end):
        return False
    named = [m.start() for m in money.finditer(text, sentence.start, clause.end)]
    named += [mended(c.start, c.end).start for c in told if c.unit == MONEY and c.start < claim.start]
    counts = [
        mended(c.start, c.end).start
        for c in told
        if c.start < claim.start and c.unit not in _NO_COUNT and c.unit != MONEY and not c.minor
    ]
    if counts and max(counts) > max(named, default=-1):
        return not surely and not named
    return bool(named) or not surely or bool(claim.measure and money.search(claim.measure))


def _clause(text: str, place: Span, sentence: Span) -> Span:
    before = list(_CLAUSE_SIGN.finditer(text, sentence.start, place.start))
    behind = _CLAUSE_SIGN.search(text, place.end, sentence.end)
    return Span(before[-1].end() if before else sentence.start, behind.start() if behind else sentence.end)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_rule_words()
    return re.compile(any_of(words.money)), re.compile(any_of(words.people))
