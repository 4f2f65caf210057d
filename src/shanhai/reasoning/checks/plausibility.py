"""Plausibility: figures that cannot well be, with the likeliest slip of the pen offered and never applied.

Three questions, the first that rings speaks: is it a year read as a count; does it lie outside the catalogue's
stated range; does it lie far outside what the same indicator shows elsewhere in the case.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from shanhai.catalogue.plausible import Plausible, load_plausible, load_slips
from shanhai.catalogue.units import load_units
from shanhai.model import Bounds, Cited, Claim, Code, Finding, Message, Number, Severity, exact
from shanhai.reasoning.case import Case
from shanhai.reasoning.plausibility.elsewhere import Outlier, outliers
from shanhai.reasoning.plausibility.slips import (
    Correction,
    likeliest,
    looks_like_year,
    phrases,
    told_values,
    usual_of,
)
from shanhai.reasoning.sources.told_once import told_once

CHECK = "plausibility"
_WITHIN = 10
"""A correction of a figure far from all others must land within this many times their median."""

_SIZES: tuple[tuple[int, str], ...] = ((10**8, "亿"), (10**4, "万"))

Ranges = dict[tuple[str | None, str], list[tuple[str, Plausible]]]


def find(case: Case) -> Iterator[Finding]:
    """The figures of all reports that cannot well be, in the order of the case."""
    yield from told_once(_implausible(case), case)


def _implausible(case: Case) -> Iterator[Finding]:
    slips = load_slips()
    said = {e.doc: phrases(e) for e in case.evidence}
    far = {(o.doc, o.claim.start, o.claim.end): o for o in outliers(case, said, slips)}
    for evidence in case.evidence:
        for claim, phrase in zip(evidence.claims, said[evidence.doc], strict=True):
            if claim.value is None or claim.minor or claim.repeats is not None:
                continue
            if looks_like_year(claim, evidence, slips):
                yield _year(claim)
                continue
            found = _out_of_range(claim, phrase)
            outlier = far.get((evidence.doc, claim.start, claim.end))
            if found is None and outlier is not None:
                found = _far_off(outlier)
            if found is not None:
                yield found


@cache
def _ranges() -> Ranges:
    """The stated ranges by indicator and base unit; those for one indicator before those for any."""
    found: Ranges = defaultdict(list)
    for key, entry in load_plausible().items():
        _, unit = load_units().converted(1, entry.unit)
        for indicator in entry.indicators or (None,):
            found[indicator, unit].append((key, entry))
    return dict(found)


def _out_of_range(claim: Claim, phrase: str) -> Finding | None:
    factor, unit = load_units().converted(1, claim.unit)
    ranges = _ranges()
    entries = [
        *(ranges.get((claim.indicator, unit), ()) if claim.indicator else ()),
        *ranges.get((None, unit), ()),
    ]
    for key, entry in entries:
        if claim.kind not in entry.kinds or not entry.told_by(phrase):
            continue
        allowed = _in_unit(entry, factor)
        outside = next((v for v in told_values(claim) if v != 0 and not allowed.holds(v)), None)
        if outside is not None:
            return _range_finding(claim, key, entry, allowed, outside)
    return None


def _in_unit(entry: Plausible, factor: Number) -> Bounds:
    """The range in the unit of a figure, of which one is ``factor`` base units."""
    own, _ = load_units().converted(1, entry.unit)

    def told(end: Decimal | None) -> Number | None:
        return None if end is None else exact(end * own / factor)

    return Bounds(told(entry.low), told(entry.high))


def _range_finding(claim: Claim, key: str, entry: Plausible, allowed: Bounds, outside: Number) -> Finding:
    correction = likeliest(claim, outside, allowed, usual_of(allowed))
    zh = (
        f"“{_quote(claim)}”不合常理：{entry.name_zh}（{entry.per_zh}）{_range_zh(allowed, claim.unit)}。"
        f"{entry.reason_zh}。"
    )
    en = (
        f"{_quote(claim)} cannot well be: {entry.name_en.lower()} ({entry.per_en}) lies "
        f"{_range_en(allowed, claim.unit)}. {entry.reason_en}."
    )
    detail = {
        "check": CHECK,
        "why": "range",
        "range": key,
        "low": allowed.low,
        "high": allowed.high,
        "unit": claim.unit,
        "value": outside,
    }
    return _finding(claim, zh, en, detail, correction)


def _far_off(outlier: Outlier) -> Finding:
    claim, usual = outlier.claim, outlier.median
    assert claim.value is not None
    allowed = Bounds(exact(Decimal(usual) / _WITHIN), usual * _WITHIN)
    correction = likeliest(claim, claim.value, allowed, usual)
    above = outlier.factor >= 1
    times = _rounded(outlier.factor if above else 1 / Decimal(outlier.factor))
    zh = (
        f"“{_quote(claim)}”与其他报告相差太远：同类数字有{outlier.values}个，中间值为{_number(usual)}{claim.unit}，"
        f"这里{'约为其' + times + '倍' if above else '约为其' + times + '分之一'}。"
    )
    en = (
        f"{_quote(claim)} lies far from other reports: {outlier.values} figures of the same sort have their middle "
        f"at {_grouped(usual)} {claim.unit}; this is about {times if above else '1/' + times} times that."
    )
    detail = {
        "check": CHECK,
        "why": "elsewhere",
        "median": usual,
        "values": outlier.values,
        "factor": outlier.factor,
        "score": outlier.score,
        "unit": claim.unit,
        "value": claim.value,
    }
    return _finding(claim, zh, en, detail, correction)


def _year(claim: Claim) -> Finding:
    assert claim.value is not None
    zh = f"“{_quote(claim)}”像是年份，不像数量。"
    en = f"{_quote(claim)} looks like a year, not like a count."
    how = Message("把年份写成或读成了数量", "a year was written or read as a count")
    detail = {"check": CHECK, "why": "year", "unit": claim.unit, "value": claim.value}
    return _finding(claim, zh, en, detail, Correction("year", claim.value, how))


def _finding(
    claim: Claim, zh: str, en: str, detail: dict[str, Any], correction: Correction | None
) -> Finding:
    if correction is None:
        detail["correction"] = None
    else:
        detail["correction"] = {"slip": correction.slip, "value": correction.value}
        if correction.slip == "year":
            zh, en = zh + f"可能{correction.how.zh}。", en + f" Perhaps {correction.how.en}."
        else:
            meant = f"{_number(correction.value)}{claim.unit}"
            zh += f"可能{correction.how.zh}，应为{meant}；这里没有改动。"
            meant = f"{_grouped(correction.value)} {claim.unit}"
            en += f" Perhaps {correction.how.en} and it should read {meant}; nothing has been changed."
    settles = Message(
        "核对原始记录或台账中的数字、单位和“万”“亿”，以及是按每户、每人还是合计。",
        "The original record: the figure, its unit and 万 or 亿, and whether it is per household, per person or in all.",
    )
    return Finding(Code.IMPLAUSIBLE, Severity.WARNING, Message(zh, en), (Cited.of(claim),), detail, settles)


def _quote(claim: Claim) -> str:
    return "".join(claim.quote.split())


def _range_zh(allowed: Bounds, unit: str) -> str:
    if allowed.low is None:
        return f"不会高于{_number(allowed.high)}{unit}"
    if allowed.high is None:
        return f"不会低于{_number(allowed.low)}{unit}"
    return f"应在{_number(allowed.low)}{unit}至{_number(allowed.high)}{unit}之间"


def _range_en(allowed: Bounds, unit: str) -> str:
    if allowed.low is None:
        return f"at or below {_grouped(allowed.high)} {unit}"
    if allowed.high is None:
        return f"at or above {_grouped(allowed.low)} {unit}"
    return f"between {_grouped(allowed.low)} and {_grouped(allowed.high)} {unit}"


def _rounded(value: Decimal | int) -> str:
    return f"{Decimal(f'{value:.2g}'):f}"


def _number(value: Number | None) -> str:
    """A figure as a clerk writes it, with 万 and 亿."""
    if value is None:
        return ""
    for size, word in _SIZES:
        if abs(Decimal(value)) >= size:
            return f"{_plain(exact(Decimal(value) / size))}{word}"
    return _plain(value)


def _grouped(value: Number | None) -> str:
    """A figure as an English reader groups it."""
    return "" if value is None else f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def _plain(value: Number) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
