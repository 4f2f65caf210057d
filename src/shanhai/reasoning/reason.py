"""Claims to facts and findings: can all of this be true?"""

import datetime
from collections.abc import Callable, Collection, Iterator, Sequence

from shanhai.model import Cited, Code, Finding, Message, Severity
from shanhai.reasoning.case import Case
from shanhai.reasoning.checked import Reasoned
from shanhai.reasoning.checks import arithmetic, definitions, plausibility, promises, recycled, rules, series
from shanhai.reasoning.comparing.cards import Card, cards_of
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.facts.grouping import Grouped, facts, grouped
from shanhai.reasoning.promises.following import followed
from shanhai.reasoning.sources.copies import originals

CHECKS: Sequence[Callable[[Case], Iterator[Finding]]] = (
    arithmetic.find,
    rules.find,
    plausibility.find,
    recycled.find,
)
"""The checks that look at reports; those that look at promises and facts follow them."""


def reason(
    evidence: Sequence[Evidence], *, on: datetime.date | None = None, seconds: float = 5.0
) -> Reasoned:
    """Hold all evidence against itself.

    Args:
        evidence: the reports with their claims; no two have the same ``doc``.
        on: the day on which promises count as due; nothing is due where it is None.
        seconds: about how long one group of figures may take (``reasoning.effort``); one that takes longer is reported as not settled.
    """
    return reason_case(case_of(evidence, on=on, seconds=seconds))


def case_of(evidence: Sequence[Evidence], *, on: datetime.date | None, seconds: float) -> Case:
    """The case of some evidence: copies of one release are found first."""
    return Case(tuple(evidence), originals(evidence), on, seconds)


def reason_case(case: Case) -> Reasoned:
    """What a case supports, and what speaks against it."""
    groups, pledges = groups_of(case), list(followed(case))
    found = [f for check in CHECKS for f in check(case)]
    found += [*promises.told(pledges, case), *of_facts(case, groups)]
    return Reasoned(tuple(facts(case, groups.groups)), tuple(found), tuple(p.promise for p in pledges))


def groups_of(case: Case) -> Grouped:
    """The claims of all reports, put together by what they tell of."""
    cards = [card for number, evidence in enumerate(case.evidence) for card in cards_of(number, evidence)]
    return grouped(cards, case.evidence, case.seconds)


def of_facts(case: Case, groups: Grouped, asked: Collection[str] | None = None) -> Iterator[Finding]:
    """The findings that facts give rise to; for facts that differ in definition those of the reports ``asked``."""
    yield from definitions.contradictions(groups.groups)
    yield from definitions.not_comparable(case, groups.groups, asked)
    yield from series.falls(case, groups.groups)
    for cards in groups.unsettled:
        yield _unsettled(cards)


def _unsettled(cards: Sequence[Card]) -> Finding:
    return Finding(
        Code.UNVERIFIABLE,
        Severity.WARNING,
        Message(
            f"有{len(cards)}个相近的数，限定时间内未能全部比完。",
            f"{len(cards)} figures that look alike were not all compared in time.",
        ),
        tuple(Cited.of(c.claim) for c in cards[:20]),
        {"check": "facts", "reason": "not settled in time", "figures": len(cards)},
        Message("请分批检查，或延长时限。", "Check them in parts, or allow more time."),
    )
