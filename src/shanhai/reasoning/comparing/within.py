"""Two figures of one report that look alike and are not: only where the text itself tells both definitions apart."""

import re
from functools import cache

from shanhai.catalogue.cards import load_cards
from shanhai.catalogue.relations import any_of
from shanhai.model import Kind, Role, Status
from shanhai.reasoning.case import Case
from shanhai.reasoning.comparing.around import likeness
from shanhai.reasoning.comparing.cards import Card, Comparison
from shanhai.reasoning.evidence import Evidence

_VERY_ALIKE = 0.75
_MOST_FIGURES = 2
"""A sentence with more figures of one kind is a list, whose items nobody takes for one another."""
_TELLING = 4
"""So many characters of what is counted: one report trains people on many occasions."""
_APART = 10
"""One in so many: two tellings of one total are not further apart."""
_PERSONS = {"人", "人次"}


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(any_of(load_cards().parts))


def unlike_in_one(one: Card, other: Card, comparison: Comparison, case: Case) -> bool:
    """Whether a reader of one report is well told that two of its figures are not comparable.

    Some part of the definition must be told at both figures and differ, what is counted must be alike, and both must
    be figures of their own: no cells, no items of a list, no whole and its part.
    """
    evidence = case.evidence[one.evidence]
    if evidence.report is None or likeness(one, other) < _VERY_ALIKE:
        return False
    apart = one.claim.sentence != other.claim.sentence
    told = any(
        _told(part, values, apart, one, other, evidence) for part, values in comparison.differs.items()
    )
    return told and all(_main(card, evidence) for card in (one, other))


def _main(card: Card, evidence: Evidence) -> bool:
    """Whether a figure stands for itself."""
    claim, report = card.claim, evidence.report
    assert report is not None
    if card.in_table or report.passages[card.passage].role is not Role.BODY:
        return False
    if claim.kind is not Kind.LEVEL or claim.status is Status.EXPECTED:
        return False
    if _parts().search(evidence.sentence_of(claim)):
        return False
    beside = [c for c in evidence.claims if c.sentence == claim.sentence and c.unit == claim.unit]
    return len(beside) <= _MOST_FIGURES


def _told(
    part: str, values: tuple[str, str], apart: bool, one: Card, other: Card, evidence: Evidence
) -> bool:
    """Whether the text itself tells a part of both figures, so that the two are not simply two steps or items."""
    if part == "payer":
        return _of_one_total(one, other)
    if not apart:
        return False
    if part == "form":
        return "both" in values
    if part in ("counted", "scope") and min(len(one.core), len(other.core)) < _TELLING:
        return False
    if part == "counted":
        return set(values) == _PERSONS
    if part == "stage":
        named = [card.claim.definition.stage for card in (one, other)]
        return None not in named and tuple(sorted(values)) in load_cards().unlike_stages
    if part == "since":
        return all(_dated(card, evidence) for card in (one, other))
    return part == "scope"


def _of_one_total(one: Card, other: Card) -> bool:
    """Whether two amounts are so near that they are one total told twice; else each payer has paid its own."""
    a, b = (
        card.interval.low if card.interval.low is not None else card.interval.high for card in (one, other)
    )
    return a is not None and b is not None and abs(a - b) * _APART <= max(a, b)


def _dated(card: Card, evidence: Evidence) -> bool:
    """Whether the figure's own sentence names the year since when it adds up."""
    since = card.claim.definition.since
    return since is not None and str(since.year) in evidence.sentence_of(card.claim)
