"""How findings write numbers and equations: in the scale in which the report tells them."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from unicodedata import normalize

from shanhai.catalogue.units import load_units
from shanhai.model import Claim, Number, numerals
from shanhai.reasoning.relations.relation import Form, Relation, Slot
from shanhai.reasoning.solving.intervals import Interval, number

_SCALES = (("亿", 10**8), ("万", 10**4))
_MOST_DECIMALS = 4
_BARE = re.compile(r"\d+(?:\.\d+)?")


class Scale:
    """A scale (亿, 万 or none) with the unit behind it."""

    def __init__(self, name: str, by: int | Fraction, unit: str) -> None:
        self.name, self.by, self.unit = name, by, unit
        self.scale = dict(_SCALES).get(name, 1)

    def number(self, value: Fraction | None) -> Number | None:
        """A value in the unit shown, without 万 or 亿."""
        return None if value is None else number(value * self.scale / self.by)

    @classmethod
    def of(cls, claims: Sequence[Claim], unit: str) -> "Scale":
        """The scale that most claims use, of those that tell all values in few decimals.

        Values are those of ``unit``; where all claims tell another one (亩 for square metres), that one is shown.
        """
        told = {c.unit for c in claims}
        factor = Fraction(1)
        if len(told) == 1 and unit not in told:
            (unit,) = told
            factor = Fraction(load_units().converted(1, unit)[0])
        values = [Decimal(c.value) for c in claims if c.value is not None]
        used = {name: sum(_scaled(c, name, by) for c in claims) for name, by in _SCALES}
        for name, by in sorted(_SCALES, key=lambda scale: -used[scale[0]]):
            if used[name] and all(_few(v / by) for v in values):
                return cls(name, by * factor, unit)
        return cls("", factor, unit)

    def plain(self, value: Number | Fraction) -> str:
        """A value without its unit."""
        return written(Fraction(value) / self.by)

    def full(self, value: Number | Fraction) -> str:
        """A value with scale and unit."""
        return f"{self.plain(value)}{self.name}{self.unit}"

    def interval(self, interval: Interval) -> str:
        """An interval as words: a value, or from–to."""
        low, high = interval.low, interval.high
        if low is not None and low == high:
            return self.full(low)
        if low is None or high is None:
            return (
                f"≥ {self.full(low)}"
                if low is not None
                else f"≤ {self.full(high)}"
                if high is not None
                else "?"
            )
        return f"{self.plain(low)}–{self.full(high)}"


def _scaled(claim: Claim, name: str, by: int) -> bool:
    """Whether a claim is told in a scale: by its own word, or by the head of its column."""
    if name in numerals(claim.quote):
        return True
    bare = _BARE.fullmatch(normalize("NFKC", claim.quote).replace(",", "").strip())
    return bool(bare and claim.value is not None and Decimal(claim.value) == Decimal(bare[0]) * by)


def _few(value: Decimal) -> bool:
    return round(value, _MOST_DECIMALS) == value


def written(value: Fraction) -> str:
    """A rational as people write it: at most four decimals."""
    exact = number(value)
    if isinstance(exact, int):
        return f"{exact:,}"
    rounded = round(exact, _MOST_DECIMALS).normalize()
    return f"{rounded:,f}"


def value_of(slot: Slot) -> Fraction | None:
    """The value that a slot tells, in its compared unit; None where it is only vague."""
    claim = slot.figure.claim
    told = claim.from_value if slot.start else claim.value
    if told is None or claim.upper is not None:
        return None
    return Fraction(told) * _factor(slot)


def _factor(slot: Slot) -> Fraction:
    """What one of the claim's units is in the compared one."""
    if slot.figure.unit == slot.figure.claim.unit:
        return Fraction(1)
    return Fraction(load_units().converted(1, slot.figure.claim.unit)[0])


def equation(relation: Relation, scale: Scale) -> str:
    """The arithmetic of a relation as one line, the told whole last: ``4 + 29 + 17 + 19 + 7 = 76``."""
    sign = "=" if relation.holds() else "≠"
    if relation.factors is not None:
        return _product(relation, scale, sign)
    if relation.form is Form.SHARES:
        shares = " + ".join(told(slot, scale) for slot in relation.slots)
        return f"{shares} {sign} {relation.offset}"
    first = scale.plain(relation.offset) if relation.offset else ""
    shown = first + "".join(f" {'+' if by > 0 else '−'} {told(slot, scale)}" for slot, by in relation.terms)
    shown = shown.removeprefix(" + ").strip()
    if relation.most:
        sign = "≤" if relation.holds() else ">"
    return f"{shown} {sign} {told(relation.left, scale)}"


def _product(relation: Relation, scale: Scale, sign: str) -> str:
    assert relation.factors is not None
    one, other = relation.factors
    by = Scale("", 1, "")
    if relation.scale == 100 and not relation.offset:
        return f"{told(relation.left, scale)} ÷ {told(one, scale)} {sign} {told(other, by)}%"
    left, first = own(relation.left), own(one)
    if relation.note == "base_of_rise":
        sign_of = "−" if (one.interval.high or 0) < (relation.left.interval.high or 0) else "+"
        first = f"({left} {sign_of} {own(Slot(one.figure))})"
    if relation.offset == 100:
        return f"{first} × (1 + {told(other, by)}%) {sign} {left}"
    if relation.offset:
        return f"{first} × (1 + {told(other, by)}) {sign} {left}"
    return f"{first} × {told(other, by)} {sign} {left}"


def own(slot: Slot) -> str:
    """A slot's value in the scale in which it is told itself."""
    claim = slot.figure.claim
    scale = Scale.of([claim], slot.figure.unit)
    return f"{told(slot, scale)}{scale.name}"


def told(slot: Slot, scale: Scale) -> str:
    """A slot's value as told, without unit; its bounds where it has no one value."""
    value = value_of(slot)
    if value is None:
        return f"[{scale.interval(slot.interval)}]"
    approx = {"about": "约", "nearly": "近", "over": "超"}.get(slot.figure.claim.approx.value, "")
    shown = scale.plain(value)
    return f"{approx}{shown}" if value >= 0 else f"({shown})"
