"""Amounts that a report divides: 安排资金1亿元，其中民生类8200万元，产业类1000万元, as items for the meter."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from shanhai.catalogue.rules import Rule
from shanhai.model import Approx, Bounds, Claim, Kind, Report, exact
from shanhai.reasoning.rules.meter import Item

_PARTS_FOLLOW = "其中"
_SIGN = re.compile("[，。；：！？、,;:\n（）()]")
_CLAUSE = re.compile("[，；：,;:]")
_TRIM = re.compile("^[^\\w]+|[^\\w]+$")
REST_ZH = "余下部分"
MONEY = "元"


class Divided(msgspec.Struct, frozen=True):
    """A total and its parts, in text order, with the words that stand with each part."""

    total: Claim
    parts: tuple[Claim, ...]
    phrases: tuple[str, ...]


def divided(claims: Sequence[Claim], report: Report, rules: Mapping[str, Rule]) -> Iterator[Divided]:
    """Each total of some rule's money that a sentence divides into parts."""
    money = {code for rule in rules.values() for code in rule.money}
    for number, total in enumerate(claims):
        if total.indicator not in money or not _amount(total) or total.repeats is not None:
            continue
        following = []
        for claim in claims[number + 1 :]:
            if claim.sentence != total.sentence:
                break
            following.append(claim)
        parts = [c for c in following if _amount(c)]
        if parts:
            found = _parts(total, following, parts, report)
            if found is not None:
                yield found


def _amount(claim: Claim) -> bool:
    return claim.unit == MONEY and claim.kind in (Kind.LEVEL, Kind.SHARE) and claim.value is not None


def _parts(total: Claim, following: list[Claim], parts: list[Claim], report: Report) -> Divided | None:
    to_mended, text = report.map.to_mended_span, report.text
    places = [to_mended(c.start, c.end) for c in (total, *following)]
    sentence = to_mended(total.sentence.start, total.sentence.end)
    tail = text[places[0].end : sentence.end]
    lead = text[places[0].end : to_mended(parts[0].start, parts[0].end).start]
    announced = tail.count(_PARTS_FOLLOW) == 1 and _PARTS_FOLLOW in lead
    if not announced and (_PARTS_FOLLOW in tail or not _complete(total, parts)):
        return None
    before, behind = [], []
    for claim in parts:
        at = following.index(claim) + 1
        # Counts may stand between a part's name and its amount: 民生类11个、8420万元.
        amounts = [i for i in range(at) if i == 0 or following[i - 1] in parts]
        said = text[places[amounts[-1]].end : places[at].start].rpartition(_PARTS_FOLLOW)[2]
        before.append(_TRIM.sub("", _CLAUSE.split(said)[-1]))
        stop = places[at + 1].start if at + 1 < len(places) else sentence.end
        sign = _SIGN.search(text, places[at].end, stop)
        behind.append(_TRIM.sub("", text[places[at].end : sign.start() if sign else stop]))
    return Divided(total, tuple(parts), tuple(before if before[0] else behind))


def _complete(total: Claim, parts: Sequence[Claim]) -> bool:
    """Whether parts that nothing announces make up the total to the last digit."""
    values = [p.value for p in parts if p.value is not None]
    return len(parts) > 1 and len(values) == len(parts) and sum(map(Decimal, values)) == total.value


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
