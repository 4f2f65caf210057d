"""What the same indicator shows elsewhere in the case: robust statistics on powers of ten."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import log10
from statistics import median, median_low

import msgspec

from shanhai.catalogue.indicators import Adds, load_indicators
from shanhai.catalogue.plausible import Slips
from shanhai.catalogue.units import load_units
from shanhai.model import Claim, Kind, Number, exact
from shanhai.reasoning.case import Case

# Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993: it makes the score that of a normal distribution.
_CONSISTENT = 0.6745

Group = tuple[str, str, str]
"""Indicator, base unit, and what makes figures alike: the word of the unit that they are per, or place and measure."""


class Outlier(msgspec.Struct, frozen=True):
    """A figure far from all others of its sort.

    Attributes:
        doc: the report.
        claim: the figure.
        median: of the independent values of its sort, in the figure's own unit.
        values: how many there are.
        factor: how many times the median it is, or what part of it as a number below one.
        score: the modified z-score.
    """

    doc: str
    claim: Claim
    median: Number
    values: int
    factor: Decimal
    score: Decimal


def outliers(case: Case, said: Mapping[str, Sequence[str]], slips: Slips) -> Iterator[Outlier]:
    """The figures that lie far from what other reports tell of the same, in the order of the case.

    ``said`` holds for each report the words that stand with each of its claims.
    """
    groups: dict[Group, dict[tuple[str, Number], None]] = defaultdict(dict)
    members: list[tuple[str, Claim, Group, Number]] = []
    for evidence in case.evidence:
        source = case.original.get(evidence.doc, evidence.doc)
        for claim, phrase in zip(evidence.claims, said[evidence.doc], strict=True):
            group = _group(claim, phrase, slips)
            if group is None or claim.value is None or claim.value <= 0:
                continue
            amount, _ = load_units().converted(claim.value, claim.unit)
            groups[group][source, amount] = None
            members.append((evidence.doc, claim, group, amount))
    spreads = {g: _spread(told, slips) for g, told in groups.items() if len(told) > slips.least_values}
    for doc, claim, group, amount in members:
        if group not in spreads:
            continue
        middle, spread, typical = spreads[group]
        score = _CONSISTENT * abs(log10(amount) - middle) / spread
        ratio = Decimal(amount) / Decimal(typical)
        if score > slips.least_score and not 1 < ratio * slips.least_factor < slips.least_factor**2:
            factor, _ = load_units().converted(1, claim.unit)
            yield Outlier(
                doc,
                claim,
                exact(Decimal(f"{Decimal(typical) / Decimal(factor):.12g}")),
                len(groups[group]),
                Decimal(f"{ratio:.3g}"),
                Decimal(f"{score:.1f}"),
            )


def _group(claim: Claim, phrase: str, slips: Slips) -> Group | None:
    """With which figures one may be compared; None with none.

    Totals are as large as what they are totals of, so they are compared only where place and measure are the same.
    """
    if claim.indicator is None or claim.kind is not Kind.LEVEL or claim.repeats is not None:
        return None
    _, unit = load_units().converted(1, claim.unit)
    per = next((w for w in slips.per_words if w in phrase), None)
    if per is not None:
        return claim.indicator, unit, per
    indicator = load_indicators().get(claim.indicator)
    if indicator is not None and indicator.adds is Adds.RATIO:
        return claim.indicator, unit, ""
    if claim.place and claim.measure:
        return claim.indicator, unit, f"{claim.place} {claim.measure}"
    return None


def _spread(told: dict[tuple[str, Number], None], slips: Slips) -> tuple[float, float, Number]:
    amounts = [amount for _, amount in told]
    logs = [log10(a) for a in amounts]
    middle = median(logs)
    deviation = median(abs(x - middle) for x in logs)
    return middle, max(deviation, float(slips.least_spread)), median_low(amounts)
