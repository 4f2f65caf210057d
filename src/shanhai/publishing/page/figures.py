"""Numbers, quantities and bounds as a person reads them."""

from decimal import Decimal

from shanhai.model import Bounds, Claim, Kind, Number

_LARGEST, _SMALLEST, _LONGEST = 30, -12, 40


def number(value: Number) -> str:
    """``value`` with thousands separators and a true minus sign; powers of ten beyond any report's figures.

    >>> number(271000000), number(Decimal("-1.1"))
    ('271,000,000', '−1.1')
    """
    exact = Decimal(value)
    size = exact.adjusted()
    if exact and (size > _LARGEST or size < _SMALLEST or len(exact.as_tuple().digits) > _LONGEST):
        text = f"{exact:.6E}"
    else:
        text = f"{value:,}" if isinstance(value, int) else f"{value:,f}"
    return text.replace("-", "−")


def quantity(claim: Claim) -> str:
    """The normalised value with its unit: ``3,000–5,000 元``, ``280 → 520 元``, ``+36.8%``; "" where only vague."""
    if claim.value is None:
        return ""
    text = number(claim.value)
    if claim.kind in (Kind.CHANGE, Kind.POINTS) and claim.value > 0:
        text = f"+{text}"
    if claim.from_value is not None:
        text = f"{number(claim.from_value)} → {text}"
    if claim.upper is not None:
        text = f"{text}–{number(claim.upper)}"
    return with_unit(text, claim.unit)


def with_unit(text: str, unit: str) -> str:
    """``text`` followed by ``unit``, set apart unless it is a percent sign."""
    return f"{text}{'' if unit in ('%', '‰', '') else ' '}{unit}"


def bounds(interval: Bounds) -> str:
    """The interval in the shortest usual form: ``= 33``, ``≥ 8``, ``< 200``, ``[a, b)``; "" where it is open both ways.

    >>> bounds(Bounds(low=80, low_closed=False))
    '> 80'
    """
    low, high = interval.low, interval.high
    if low is None and high is None:
        return ""
    if high is None and low is not None:
        return f"{'≥' if interval.low_closed else '>'} {number(low)}"
    if low is None and high is not None:
        return f"{'≤' if interval.high_closed else '<'} {number(high)}"
    assert low is not None
    assert high is not None
    if low == high:
        return f"= {number(low)}"
    left, right = "[" if interval.low_closed else "(", "]" if interval.high_closed else ")"
    return f"{left}{number(low)},\u2002{number(high)}{right}"
