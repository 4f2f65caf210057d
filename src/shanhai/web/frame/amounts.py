"""Amounts as an office writes them: 4 亿元 for 400,000,000 元; for English readers without 万 and 亿."""

from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shanhai.publishing.page import figures

_SCALES = ((Decimal(10**8), "亿", 4), (Decimal(10**4), "万", 2))
_BARE_UNITS = frozenset({"%", "‰", "百分点", ""})


def amount(low: str | None, high: str | None, closed: str, unit: str) -> str:
    """An interval in the shortest form: 33 名, 2.705–2.715 亿元, ≥ 8,000 万元; for English readers without 万 and 亿."""
    if closed == "clash":
        return _("相互矛盾")
    first, last = (Decimal(end) if end else None for end in (low, high))
    ends = [end for end in (first, last) if end is not None]
    if not ends:
        return "—"
    by, name = _scale(ends, unit)
    told = [figures.number(_plain(end / by)) for end in ends]
    sign = ""
    if first is None:
        sign = "≤ " if closed in ("both", "high") else "< "
    elif last is None:
        sign = "≥ " if closed in ("both", "low") else "> "
    shown = "–".join(dict.fromkeys(told))
    return figures.with_unit(f"{sign}{shown}", f"{name}{unit}")


def axis_of(most: float, unit: str) -> tuple[int, str]:
    """What the numbers of an axis are divided by, and their unit then: 亿 and 万 where they are large."""
    if not _is_english() and unit not in _BARE_UNITS:
        for by, name in ((10**8, "亿"), (10**4, "万")):
            if most >= by:
                return by, f"{name}{unit}"
    return 1, unit


def _is_english() -> bool:
    return (get_language() or "zh").startswith("en")


def _plain(value: Decimal) -> Decimal | int:
    return int(value) if value == value.to_integral_value() else value.normalize()


def _scale(ends: list[Decimal], unit: str) -> tuple[Decimal, str]:
    if _is_english() or unit in _BARE_UNITS:
        return Decimal(1), ""
    for by, name, decimals in _SCALES:
        if max(map(abs, ends)) >= by and all(round(end / by, decimals) == end / by for end in ends):
            return by, name
    return Decimal(1), ""
