"""Amounts that a report divides: 安排资金1亿元，其中民生类8200万元，产业类1000万元, as items for the meter."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from shanhai.catalogue.rules import Rule, load_rule_words
from shanhai.model import Approx, Bounds, Claim, Kind, Report, Span, exact
from shanhai.reasoning.rules.meter import Item
from shanhai.reasoning.rules.naming import PARTS_FOLLOW, named_parts

_AHEAD = 12
"""So many sentences behind a total may divide it."""
_BEGINS = 6
"""A breakdown begins in the total's own sentence or in one of so many behind it."""
REST_ZH = "余下部分"
MONEY = "元"


class Divided(msgspec.Struct, frozen=True):
    """A total and its parts, in text order, with the words that stand with each part."""

    total: Claim
    parts: tuple[Claim, ...]
    phrases: tuple[str, ...]


def divided(claims: Sequence[Claim], report: Report, rules: Mapping[str, Rule]) -> Iterator[Divided]:
    """Each total of some rule's money with each breakdown that its sentence or those behind it tell."""
    money = {code for rule in rules.values() for code in rule.money}
    by_sentence: dict[Span, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_sentence[claim.sentence].append(claim)
    for number, total in enumerate(claims):
        if total.indicator not in money or not _amount(total) or total.repeats is not None:
            continue
        told: set[tuple[int, ...]] = set()
        for parts in _breakdowns(total, _ahead(claims, number), report):
            places = tuple(p.start for p in parts)
            if places not in told:
                told.add(places)
                yield Divided(total, parts, named_parts(total, parts, by_sentence, report))


def _ahead(claims: Sequence[Claim], number: int) -> list[list[Claim]]:
    """The amounts behind a total by sentence: those of its own sentence first, which may be none."""
    total = claims[number]
    sentences: list[list[Claim]] = [[]]
    last = total.sentence
    for claim in claims[number + 1 :]:
        if claim.sentence != last:
            if len(sentences) > _AHEAD:
                break
            sentences.append([])
            last = claim.sentence
        if _amount(claim):
            sentences[-1].append(claim)
    return sentences


def _amount(claim: Claim) -> bool:
    return claim.unit == MONEY and claim.kind in (Kind.LEVEL, Kind.SHARE) and claim.value is not None


def _breakdowns(total: Claim, sentences: list[list[Claim]], report: Report) -> Iterator[tuple[Claim, ...]]:
    """The parts that 其中 announces, then those that make up the total to the last digit."""
    announced = _announced(total, sentences, report)
    if announced:
        yield announced
    for begin in range(min(len(sentences), _BEGINS + 1)):
        for run in _runs(total, [c for s in sentences[begin:] for c in s]):
            # Parts of what 其中 announces are no second breakdown, only those behind it.
            if not set(_places(run)) & set(_places(announced)):
                yield run
        for run in _runs(total, [s[0] for s in sentences[begin:] if s][: _AHEAD + 1]):
            if not announced:
                yield run


def _places(parts: Sequence[Claim]) -> list[int]:
    return [p.start for p in parts]


def _announced(total: Claim, sentences: list[list[Claim]], report: Report) -> tuple[Claim, ...]:
    """The parts behind the one 其中 of the total's sentence, or of the next one that begins with it.

    What the next sentence tells is a part as well where it is just what the parts leave of the total.
    """
    to_mended, text = report.map.to_mended_span, report.text
    at = 0 if sentences[0] else 1
    if at >= len(sentences) or not sentences[at]:
        return ()
    parts = sentences[at]
    sentence = to_mended(parts[0].sentence.start, parts[0].sentence.end)
    start = sentence.start if at else to_mended(total.start, total.end).end
    lead = text[start : to_mended(parts[0].start, parts[0].end).start]
    if PARTS_FOLLOW not in lead or text[start : sentence.end].count(PARTS_FOLLOW) != 1:
        return ()
    if at and not lead.strip().startswith(PARTS_FOLLOW):
        return ()
    rest = sentences[at + 1] if at + 1 < len(sentences) else []
    left = Decimal(total.value or 0) - _sum(parts)
    return (*parts, *rest) if rest and left > 0 and _sum(rest) == left else tuple(parts)


def _runs(total: Claim, amounts: Sequence[Claim]) -> Iterator[tuple[Claim, ...]]:
    """Amounts one behind the other that make up the total, then the next such ones; none once they pass it."""
    run: list[Claim] = []
    for claim in amounts:
        run.append(claim)
        made = _sum(run)
        if made > Decimal(total.value or 0):
            return
        if made == total.value and len(run) > 1:
            yield tuple(run)
            run = []


def _sum(parts: Sequence[Claim]) -> Decimal:
    return sum((Decimal(p.value or 0) for p in parts), Decimal(0))


def items_of(found: Divided, rule: Rule) -> tuple[Item, ...] | None:
    """The parts as this rule classes them, with what is left over; None where nothing is sure to count.

    Amounts that are told without 约 or 余 are taken as printed. None, too, where the parts are more than the total:
    that is a clash of figures, not a question of the rule.
    """
    parts = [_bounds(c) for c in found.parts]
    classed = [_class(phrase, rule) for phrase in found.phrases]
    total = _bounds(found.total)
    low, high = _left_over(total, parts)
    if (1, 1) not in classed or (high is not None and high < 0):
        return None
    items = [
        Item(phrase, amount, Decimal(c), Decimal(p))
        for phrase, amount, (c, p) in zip(found.phrases, parts, classed, strict=True)
    ]
    if high is None or high > 0:
        items.append(Item(REST_ZH, Bounds(max(low, 0), high)))
    return tuple(items)


def _class(phrase: str, rule: Rule) -> tuple[int, int]:
    """How much of an amount counts, by the words that stand with it."""
    if any(w in phrase for w in load_rule_words().undecided):
        return (0, 1)
    inside = any(w in phrase for w in rule.inside)
    outside = any(w in phrase for w in rule.outside)
    if inside and not outside:
        return (1, 1)
    if outside and not inside and not any(w in phrase for w in rule.unclassified):
        return (0, 0)
    return (0, 1)


def _bounds(claim: Claim) -> Bounds:
    if claim.approx is Approx.EXACT and claim.value is not None and claim.upper is None:
        return Bounds(claim.value, claim.value)
    return Bounds(claim.bounds.low or 0, claim.bounds.high)


def _left_over(total: Bounds, parts: Sequence[Bounds]) -> tuple[Decimal | int, Decimal | int | None]:
    low = Decimal(total.low or 0)
    high = None if total.high is None else Decimal(total.high) - sum(Decimal(p.low or 0) for p in parts)
    if any(p.high is None for p in parts):
        return 0, None if high is None else exact(high)
    low -= sum(Decimal(p.high or 0) for p in parts)
    return exact(low), None if high is None else exact(high)
