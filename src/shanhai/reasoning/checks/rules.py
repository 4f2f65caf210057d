"""Rules: stated shares and divided amounts, held against the rule of the receiving place and the time.

No verdict is given while what is stated leaves both sides of the threshold possible, or while it is not known which
version of the rule holds. A place without a known rule gives no finding.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

import msgspec

from shanhai.catalogue.rules import Must, Rule, RuleVersion, load_rules
from shanhai.claims.find import find_sides
from shanhai.model import (
    Approx,
    Bounds,
    Cited,
    Claim,
    Code,
    Finding,
    Kind,
    Number,
    Severity,
    Sides,
    Status,
    exact,
)
from shanhai.reasoning.case import Case
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.rules.amounts import MONEY, Divided, divided, items_of
from shanhai.reasoning.rules.messages import missing_message, settles_message, verdict_message
from shanhai.reasoning.rules.meter import Reading, Standing, measure
from shanhai.reasoning.rules.shares import Stated, stated_shares
from shanhai.reasoning.rules.versions import receiving, time_of, versions_for
from shanhai.reasoning.rules.weighing import Weighed, weigh
from shanhai.reasoning.sources.told_once import told_once

CHECK = "rules"
_CODES = {
    Standing.MET: (Code.RULE_MET, Severity.INFO),
    Standing.BROKEN: (Code.RULE_BROKEN, Severity.WARNING),
    Standing.OPEN: (Code.RULE_OPEN, Severity.INFO),
}


def find(case: Case) -> Iterator[Finding]:
    """What the stated shares and divided amounts of each report say of the rules."""
    rules = load_rules()
    yield from told_once((f for e in case.evidence for f in _of_report(e, rules)), case)


def _of_report(evidence: Evidence, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    stated = stated_shares(evidence.claims, evidence.report, rules)
    parted = list(divided(evidence.claims, evidence.report, rules)) if evidence.report else []
    if not stated and not parted:
        return
    sides = find_sides(evidence.report) if evidence.report else None
    held: list[tuple[Stated, str]] = []
    for share in stated:
        for key in share.rules:
            found = _share_finding(share, key, rules[key], evidence, sides)
            if found is not None:
                held.append((share, key))
                yield found
    for division in parted:
        for key, rule in rules.items():
            found = _amounts_finding(division, key, rule, evidence, sides)
            if found is not None:
                yield found
    yield from _without_amounts(held, evidence, rules)


def _share_finding(
    share: Stated, key: str, rule: Rule, evidence: Evidence, sides: Sides | None
) -> Finding | None:
    claim = share.claim
    place, codes = receiving(claim, sides)
    versions = versions_for(rule, codes, time_of(claim, evidence.report))
    if not versions:
        return None
    bounds = _within_all(claim.bounds)
    weighed = weigh(versions, partial(_stand, bounds))
    if share.together:
        weighed = msgspec.structs.replace(weighed, standing=Standing.OPEN, why_open="together")
    exactly = claim.value if claim.approx is Approx.EXACT else None
    margin = _margin(weighed, exactly, bounds)
    detail = {
        **_detail(key, rule, place, weighed, claim.status),
        "stated": claim.value,
        "certain": bounds.low,
        "possible": bounds.high,
        "margin": margin,
        "deciding": [],
    }
    return _finding(rule, weighed, (Cited.of(claim),), detail, "".join(claim.quote.split()))


def _amounts_finding(
    division: Divided, key: str, rule: Rule, evidence: Evidence, sides: Sides | None
) -> Finding | None:
    if division.total.indicator not in rule.money:
        return None
    items = items_of(division, rule)
    place, codes = receiving(division.total, sides)
    versions = versions_for(rule, codes, time_of(division.total, evidence.report))
    if items is None or not versions:
        return None

    def read(version: RuleVersion) -> Reading:
        return measure(items, version.threshold, version.must)

    weighed = weigh(versions, lambda v: read(v).standing)
    reading = read(weighed.version)
    if reading.certain is None:
        return None
    deciding = [items[i].name for i in reading.deciding]
    bounds = Bounds(reading.certain, reading.possible)
    detail = {
        **_detail(key, rule, place, weighed, division.total.status),
        "certain": exact(reading.certain),
        "possible": None if reading.possible is None else exact(reading.possible),
        "margin": _margin(weighed, None, bounds),
        "deciding": deciding,
        "items": [
            {
                "name": i.name,
                "low": i.amount.low,
                "high": i.amount.high,
                "certain": exact(i.certain),
                "possible": exact(i.possible),
            }
            for i in items
        ],
    }
    cited = tuple(Cited.of(c) for c in (division.total, *division.parts))
    return _finding(rule, weighed, cited, detail, "")


def _stand(bounds: Bounds, version: RuleVersion) -> Standing:
    """How a stated share stands to one version."""
    line, over = version.threshold, version.must is Must.OVER
    low, high = bounds.low, bounds.high
    assert low is not None
    assert high is not None
    if low > line or (low == line and not (over and bounds.low_closed)):
        return Standing.MET
    if high < line or (high == line and (over or not bounds.high_closed)):
        return Standing.BROKEN
    return Standing.OPEN


def _within_all(bounds: Bounds) -> Bounds:
    """A share of a whole lies between nothing and all of it."""
    low, low_closed = (0, True) if bounds.low is None else (bounds.low, bounds.low_closed)
    high, high_closed = (100, True) if bounds.high is None else (bounds.high, bounds.high_closed)
    return Bounds(low, high, low_closed, high_closed)


def _margin(weighed: Weighed, exactly: Number | None, bounds: Bounds) -> Number | None:
    """By how many points the threshold is passed, or missed where negative."""
    nearest = {Standing.MET: bounds.low, Standing.BROKEN: bounds.high, Standing.OPEN: None}[weighed.standing]
    if nearest is None:
        return None
    return exact(Decimal(nearest if exactly is None else exactly) - weighed.version.threshold)


def _detail(key: str, rule: Rule, place: str, weighed: Weighed, status: Status | None) -> dict[str, Any]:
    return {
        "check": CHECK,
        "rule": key,
        "indicator": rule.indicator,
        "place": place,
        "version": _told(weighed.version),
        "threshold": exact(weighed.version.threshold),
        "versions": [_told(v) for v in weighed.versions],
        "why_open": weighed.why_open,
        "planned": status is Status.EXPECTED,
        "source": {
            "who_zh": weighed.version.source.who_zh,
            "who_en": weighed.version.source.who_en,
            "when": weighed.version.source.when,
            "evidence": weighed.version.source.evidence,
        },
    }


def _told(version: RuleVersion) -> dict[str, Any]:
    return {
        "where": list(version.where),
        "since": version.since,
        "until": version.until,
        "threshold": exact(version.threshold),
        "must": version.must.value,
    }


def _finding(
    rule: Rule, weighed: Weighed, cited: tuple[Cited, ...], detail: dict[str, Any], quote: str
) -> Finding:
    code, severity = _CODES[weighed.standing]
    message = verdict_message(rule, weighed.standing, weighed.version, weighed.versions, detail, quote)
    return Finding(code, severity, message, cited, detail, settles_message(rule, weighed.version, detail))


def _without_amounts(
    held: Sequence[tuple[Stated, str]], evidence: Evidence, rules: Mapping[str, Rule]
) -> Iterator[Finding]:
    """One finding a sentence whose shares are told without the money that they were worked out from."""
    by_sentence: dict[Any, list[tuple[Claim, str, list[str]]]] = {}
    for share, key in held:
        missing = _missing(rules[key], evidence.claims)
        if missing and share.claim.status is not Status.EXPECTED:
            by_sentence.setdefault(share.claim.sentence, []).append((share.claim, key, missing))
    for told in by_sentence.values():
        cited = tuple(dict.fromkeys(Cited.of(c) for c, _, _ in told))
        detail = {
            "check": CHECK,
            "rules": [key for _, key, _ in told],
            "missing": {key: missing for _, key, missing in told},
        }
        message, settles = missing_message(
            [("".join(c.quote.split()), rules[key], missing) for c, key, missing in told]
        )
        yield Finding(Code.UNVERIFIABLE, Severity.INFO, message, cited, detail, settles)


def _missing(rule: Rule, claims: Sequence[Claim]) -> list[str]:
    """Which of numerator and denominator no amount of the report tells."""
    amounts = [c for c in claims if c.unit == MONEY and c.kind is Kind.LEVEL]
    # An amount that names what counts is the numerator, whatever it was read as (民生领域1.66亿元).
    numerators = [c for c in amounts if c.measure and any(w in c.measure for w in rule.inside)]
    others = [c for c in amounts if c.indicator in rule.money and c not in numerators]
    return [*(() if numerators else ("numerator",)), *(() if others else ("denominator",))]
