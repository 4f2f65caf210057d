"""Slips of the pen: what a figure that cannot be right was likely meant to be. Offered, never applied."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import log10

import msgspec

from shanhai.catalogue.plausible import Slips
from shanhai.catalogue.units import load_units
from shanhai.model import Approx, Bounds, Claim, Kind, Message, Number, Span, exact
from shanhai.reasoning.evidence import Evidence

_DIGITS = re.compile(r"[\d,]*\d(?:\.\d+)?")
_TIMES = (10, 100, 1000)
_MYRIAD = 10_000
_YEAR = re.compile(r"\d{4}")
_BEFORE = 6
_REACH = 40
_SIGN = re.compile("[，。；：、！？,;:!?\n]")


class Correction(msgspec.Struct, frozen=True):
    """What a figure was likely meant to be.

    Attributes:
        slip: ``yi_for_wan``, ``wan_for_yi``, ``extra_wan``, ``lost_wan``, ``lost_point``, ``wrong_point`` or ``year``.
        value: the value then, in the figure's unit.
        how: the slip in words.
    """

    slip: str
    value: Number
    how: Message


def corrections(claim: Claim, value: Number) -> Iterator[Correction]:
    """What one value of a claim becomes when a likely slip is undone, the likelier slips first."""
    quote = unicodedata.normalize("NFKC", claim.quote)
    if "亿" in quote or "億" in quote:
        yield _undone("yi_for_wan", value, 1, _MYRIAD, "把“万”写成了“亿”", "亿 was written for 万")
    elif "万" in quote or "萬" in quote:
        yield _undone("wan_for_yi", value, _MYRIAD, 1, "把“亿”写成了“万”", "万 was written for 亿")
        yield _undone("extra_wan", value, 1, _MYRIAD, "多写了“万”", "万 was written where none belongs")
    elif load_units().kind_of.get(claim.unit) == "money":
        yield _undone("lost_wan", value, _MYRIAD, 1, "漏写了“万”", "万 was left out")
    numerals = _DIGITS.findall(quote)
    if not numerals:
        return
    pointed = any("." in n for n in numerals)
    longest = max(len(n.partition(".")[0].replace(",", "")) for n in numerals)
    for times in _TIMES:
        if pointed:
            yield _undone("wrong_point", value, 1, times, "小数点位置不对", "the decimal point is misplaced")
            yield _undone("wrong_point", value, times, 1, "小数点位置不对", "the decimal point is misplaced")
        elif len(str(times)) <= longest:
            yield _undone(
                "lost_point",
                value,
                1,
                times,
                "漏了小数点，或多写了零",
                "the decimal point was lost or a zero is too many",
            )


def _undone(slip: str, value: Number, times: int, by: int, zh: str, en: str) -> Correction:
    return Correction(slip, exact(Decimal(value) * times / by), Message(zh, en))


def likeliest(claim: Claim, value: Number, allowed: Bounds, usual: Number | None) -> Correction | None:
    """The likeliest correction that lies in ``allowed``; None where no slip leads there.

    A wrong 万 or 亿 comes first; of several shifts of the point the one that lands nearest to what is usual.
    """
    found = [c for c in corrections(claim, value) if allowed.holds(c.value)]
    if not found:
        return None
    if "point" not in found[0].slip or usual is None or usual <= 0:
        return found[0]
    return min(found, key=lambda c: (_decades(c.value, usual), c.slip))


def _decades(one: Number, other: Number) -> float:
    return abs(log10(Decimal(one) / Decimal(other))) if one > 0 else float("inf")


def usual_of(allowed: Bounds) -> Number | None:
    """The middle of a range, in powers of ten; None where it reaches zero or is open."""
    if allowed.low is None or allowed.high is None or allowed.low <= 0:
        return None
    return (Decimal(allowed.low) * Decimal(allowed.high)).sqrt()


def looks_like_year(claim: Claim, evidence: Evidence, slips: Slips) -> bool:
    """Whether a count is four digits of a year where a year would stand."""
    value = claim.value
    if not isinstance(value, int) or not slips.first_year <= value <= slips.last_year:
        return False
    if claim.kind is not Kind.LEVEL or claim.approx is not Approx.EXACT or not _YEAR.fullmatch(claim.digits):
        return False
    if load_units().kind_of.get(claim.unit) not in slips.count_kinds:
        return False
    if claim.measure and claim.measure.endswith(slips.year_heads):
        return True
    return _text_before(claim, evidence).endswith(slips.year_before)


def _text_before(claim: Claim, evidence: Evidence) -> str:
    if evidence.report is None:
        return ""
    start = evidence.report.map.to_mended(claim.start)
    return evidence.report.text[max(0, start - _BEFORE) : start].rstrip()


def phrases(evidence: Evidence) -> list[str]:
    """For each claim the words that stand with it: its measure, and its clause from the figure before it.

    The measure leaves out words such as 均 that say per what a figure is.
    """
    if evidence.report is None:
        return [c.measure or "" for c in evidence.claims]
    found = []
    text, end = evidence.report.text, 0
    for claim in evidence.claims:
        place = evidence.mended(Span(claim.start, claim.end))
        before = text[max(end, place.start - _REACH) : place.start]
        found.append(f"{claim.measure or ''} {_SIGN.split(before)[-1]}")
        end = place.end
    return found


def told_values(claim: Claim) -> Sequence[Number]:
    """The values that a figure tells: both of a from–to, both ends of a range."""
    return [v for v in (claim.value, claim.from_value, claim.upper) if v is not None]
