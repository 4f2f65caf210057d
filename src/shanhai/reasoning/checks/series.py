"""Cumulative totals must not fall: the same total, told as of a later day, is at least what it was."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from shanhai.model import Cited, Code, Finding, Kind, Message, Severity
from shanhai.reasoning.case import Case
from shanhai.reasoning.comparing.cards import Card, alike, same_topic
from shanhai.reasoning.comparing.same import apart, differ
from shanhai.reasoning.facts.grouping import Group
from shanhai.reasoning.solving.intervals import number

_ALIKE, _MONTH = 0.9, 32
_AS_OF = re.compile("截[至止]到?(?:20|19)\\d\\d年(?:年?[底末]|\\d{1,2}月)")


def falls(case: Case, groups: Sequence[Group]) -> Iterator[Finding]:
    """The cumulative totals that are lower at a later day than at an earlier one."""
    series: dict[tuple[object, ...], list[Card]] = defaultdict(list)
    for group in groups:
        card = group.first
        claim = card.claim
        if claim.definition.cumulative and claim.kind is Kind.LEVEL and card.days and card.core:
            series[card.unit, card.place, card.core, claim.definition.since].append(card)
    for cards in series.values():
        ordered = sorted(cards, key=lambda c: c.days[1] if c.days else c.claim.doc)
        highest = ordered[0]
        for later in ordered[1:]:
            if _fell(case, highest, later):
                yield _finding(highest, later)
            elif (later.interval.low or 0) >= (highest.interval.low or 0):
                highest = later


def _fell(case: Case, earlier: Card, later: Card) -> bool:
    """Whether a later total lies below an earlier one of the same thing."""
    if earlier.days is None or later.days is None or earlier.days[1] >= later.days[1]:
        return False
    a, b = earlier.claim, later.claim
    if (a.party is None) != (b.party is None) or a.definition != b.definition:
        return False
    if apart(a.place, b.place) or differ(a.party, b.party) or a.status != b.status:
        return False
    if not _from_one_start(case, earlier, later):
        return False
    if not same_topic(earlier, later) or alike(earlier, later) < _ALIKE:
        return False
    low, high = earlier.interval.low, later.interval.high
    return low is not None and high is not None and high < low


def _from_one_start(case: Case, earlier: Card, later: Card) -> bool:
    """Whether both count from the same day: told so, or both as of a day (截至2022年底) within one term's time.

    A total of one year (2022年累计) is not the same total as the next year's: it starts anew.
    """
    if earlier.claim.definition.since is not None:
        return earlier.claim.definition.since == later.claim.definition.since
    assert earlier.days is not None
    assert later.days is not None
    if earlier.claim.party is None and earlier.days[1].year != later.days[1].year:
        return False
    return all(_as_of_a_day(case, card) for card in (earlier, later))


def _as_of_a_day(case: Case, card: Card) -> bool:
    assert card.days is not None
    if (card.days[1] - card.days[0]).days < _MONTH:
        return True
    return _AS_OF.search(case.evidence[card.evidence].sentence_of(card.claim)) is not None


def _finding(earlier: Card, later: Card) -> Finding:
    gap = earlier.interval.distance(later.interval)
    a, b = earlier.claim, later.claim
    quote, later_quote = "".join(a.quote.split()), "".join(b.quote.split())
    return Finding(
        Code.DOES_NOT_ADD_UP,
        Severity.ERROR,
        Message(
            f"累计数变少了：{a.period}为“{quote}”（{a.doc}），到{b.period}却是“{later_quote}”（{b.doc}）。累计数只增不减。",
            f"A cumulative total falls: {quote} as of {a.period} ({a.doc}), {later_quote} as of {b.period} ({b.doc}).",
        ),
        (Cited.of(a), Cited.of(b)),
        {
            "check": "series",
            "relation": "cumulative",
            "equation": f"{later_quote} < {quote}",
            "difference": number(gap),
            "unit": earlier.unit,
        },
        Message(
            "请核对两次累计的起点和范围；起点不同请写明，相同则改正其中一个数。",
            "Check from when and over what both add up; say so where it differs, correct one of them where it does not.",
        ),
    )
