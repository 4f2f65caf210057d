"""Figures of several owners put together: of projects, teams or places.

Each owner counts with what its own figures come to. An owner of which nothing is known is neither zero nor what it was:
the total is then not known, and what is known of it is told apart.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from shanhai.catalogue.indicators import Adds, Indicator
from shanhai.programme.targets.rolling import Figure, Note, Period, Rolled, add_up, by_period


class Own(msgspec.Struct, frozen=True):
    """One owner's figure.

    Attributes:
        key: the owner's, or its target's, number.
        rolled: what its results come to.
        unit: what they are counted in.
        definition: the card (口径) of what is counted.
    """

    key: str
    rolled: Rolled
    unit: str = ""
    definition: str = ""


class Together(msgspec.Struct, frozen=True):
    """What the figures of several owners come to.

    Attributes:
        value: None where they cannot be added, or where one of them is not known.
        known: what those come to that are known; None where they cannot be added.
        numerator, denominator: of a ratio, of what is known.
        used: the owners that are in it.
        missing: the owners of which nothing is known.
        left_out: why owners cannot be put together.
        notes: what else is to be known.
    """

    value: Decimal | None = None
    known: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    used: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    left_out: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()


def put_together(indicator: Indicator, owners: Sequence[Own], over: str = "places") -> Together:
    """What the owners' figures come to.

    Args:
        indicator: of the catalogue; its rule decides.
        owners: in any order.
        over: what they differ by: ``places`` or ``teams``.
    """
    told = sorted(owners, key=lambda o: o.key)
    known = [o for o in told if o.rolled.value is not None]
    missing = tuple(o.key for o in told if o.rolled.value is None)
    if not known:
        return Together(missing=missing)
    if len(told) > 1 and (note := _not_addable(indicator, known, over)):
        return Together(missing=missing, left_out=(note,))
    if indicator.adds is Adds.PEAK:
        return _peak(known, missing)
    first = datetime.date.min
    figures = [
        Figure(o.key, first, first, o.rolled.value, o.rolled.numerator, o.rolled.denominator) for o in known
    ]
    value, top, below = add_up(figures)
    used = tuple(o.key for o in known)
    return Together(None if missing else value, value, top, below, used, missing, notes=_dates(known))


def series(
    indicator: Indicator, owners: dict[str, Sequence[Figure]], over: str = "places"
) -> dict[Period, Together]:
    """What the owners' figures come to period by period. An owner without a figure of a period is missing in it."""
    periods = {key: by_period(figures) for key, figures in owners.items()}
    found: dict[Period, Together] = {}
    for period in sorted({p for told in periods.values() for p in told}, key=lambda p: (p[1], p[0])):
        told = []
        for key in sorted(periods):
            figures = periods[key].get(period, ())
            rolled = Rolled()
            if len(figures) == 1:
                value, top, below = add_up(figures)
                rolled = Rolled(value, top, below, (figures[0].key,), period)
            told.append(Own(key, rolled))
        found[period] = put_together(indicator, told, over)
    return found


def _peak(known: Sequence[Own], missing: tuple[str, ...]) -> Together:
    values = {o.key: o.rolled.value or Decimal(0) for o in known}
    top = max(values, key=lambda key: (values[key], key))
    return Together(None if missing else values[top], values[top], used=(top,), missing=missing)


def _not_addable(indicator: Indicator, known: Sequence[Own], over: str) -> Note | None:
    keys = tuple(o.key for o in known)
    zh, en = "、".join(keys), ", ".join(keys)
    if indicator.adds is Adds.NEVER or (indicator.adds is not Adds.PEAK and over not in indicator.over):
        return Note(
            "never",
            f"“{indicator.name_zh}”不能这样合计。请分别看：{zh}。",
            f"“{indicator.name_en}” is not added in this way. Look at each: {en}.",
            keys,
        )
    if len({o.unit for o in known}) > 1:
        units = "、".join(sorted({o.unit for o in known}))
        return Note(
            "units",
            f"单位不同（{units}），不能合计：{zh}。",
            f"They are counted in different units ({units}) and are not added: {en}.",
            keys,
        )
    if len({o.definition for o in known}) > 1:
        return Note(
            "definitions",
            f"口径不同，不能合计：{zh}。请先统一口径。",
            f"Their definitions differ, so they are not added: {en}. Agree on one definition first.",
            keys,
        )
    return None


def _dates(known: Sequence[Own]) -> tuple[Note, ...]:
    ends = {o.rolled.period[1] for o in known if o.rolled.period}
    if len(ends) < 2:
        return ()
    return (
        Note(
            "dates",
            f"各数截止日期不同：{min(ends)}至{max(ends)}。",
            f"The figures end on different days, from {min(ends)} to {max(ends)}.",
            tuple(o.key for o in known),
        ),
    )
