"""Figures of one owner over periods, put together by the catalogue's rule.

Figures that cannot be put together are left out, each with the reason; where what is left would mislead, there is no
figure at all. A period of which nothing was told is neither zero nor what it was before.
"""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from itertools import pairwise

import msgspec

from shanhai.catalogue.indicators import Adds, Indicator

PERIODS = "periods"
_DAY = datetime.timedelta(days=1)
_DIGITS = 100

Period = tuple[datetime.date, datetime.date]
"""The first and the last day."""


class Figure(msgspec.Struct, frozen=True):
    """A result as it was told.

    Attributes:
        key: its number.
        starts, ends: its period; of a cumulative figure it is ``ends`` that matters.
        value: None for a ratio.
        numerator, denominator: of a ratio.
        cumulative: it counts from the target's begin.
    """

    key: str
    starts: datetime.date
    ends: datetime.date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    cumulative: bool = False


class Note(msgspec.Struct, frozen=True):
    """What is to be known of a figure, in Chinese and English.

    Attributes:
        code: what sort of note.
        keys: the results that it is about.
    """

    code: str
    zh: str
    en: str
    keys: tuple[str, ...] = ()


class Rolled(msgspec.Struct, frozen=True):
    """What figures come to.

    Attributes:
        value: None where they cannot be put together, or there are none. Of a ratio it is exact up to 30 digits.
        numerator, denominator: of a ratio.
        used: the results that make it up.
        period: from the first to the last day of them.
        left_out: the results that are not in it, with the reasons.
        notes: what else is to be known: figures that fall, periods of which nothing was told.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    used: tuple[str, ...] = ()
    period: Period | None = None
    left_out: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()


def roll_up(indicator: Indicator, figures: Iterable[Figure], since: datetime.date | None = None) -> Rolled:
    """What the figures of one owner come to over all their periods.

    Args:
        indicator: of the catalogue; its rule decides.
        figures: in any order.
        since: from when cumulative figures count, and periods should be told: the target's begin.
    """
    told = sorted(figures, key=lambda f: (f.ends, f.starts, f.key))
    if not told:
        return Rolled()
    if indicator.adds is Adds.NEVER:
        return _single(told)
    if indicator.adds is Adds.PEAK:
        peak = max(told, key=lambda f: f.value if f.value is not None else Decimal("-Infinity"))
        return Rolled(peak.value, None, None, (peak.key,), _period([peak], since))
    if indicator.adds is Adds.LAST or PERIODS not in indicator.over:
        return _latest(told)
    cumulative = [f for f in told if f.cumulative]
    if cumulative:
        return _latest_cumulative(cumulative, [f for f in told if not f.cumulative], since)
    return _added(told, since)


def by_period(figures: Iterable[Figure]) -> dict[Period, tuple[Figure, ...]]:
    """The figures of each period that was told, in order. What was told later of one period touches no other."""
    found: dict[Period, list[Figure]] = {}
    for figure in sorted(figures, key=lambda f: (f.ends, f.starts, f.key)):
        found.setdefault((figure.starts, figure.ends), []).append(figure)
    return {period: tuple(told) for period, told in found.items()}


def add_up(figures: Sequence[Figure]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value, numerator and denominator of figures that may be added: a ratio is worked out anew."""
    if any(f.denominator is not None for f in figures):
        with localcontext(prec=_DIGITS):
            top = sum((f.numerator or Decimal(0) for f in figures), Decimal(0))
            below = sum((f.denominator or Decimal(0) for f in figures), Decimal(0))
        return ratio(top, below), top, below
    with localcontext(prec=_DIGITS):
        return sum((f.value or Decimal(0) for f in figures), Decimal(0)), None, None


def ratio(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """One divided by the other; None where that cannot be."""
    if not denominator:
        return None
    with localcontext(prec=30):
        return numerator / denominator


def _single(told: Sequence[Figure]) -> Rolled:
    if len(told) == 1:
        return _of(told, None)
    keys = tuple(f.key for f in told)
    note = Note(
        "never",
        f"该指标不同时间段的数不能合成一个数。请分别看：{'、'.join(keys)}。",
        f"Figures of this indicator are never put together. Look at each: {', '.join(keys)}.",
        keys,
    )
    return Rolled(left_out=(note,))


def _latest_cumulative(
    cumulative: Sequence[Figure], others: Sequence[Figure], since: datetime.date | None
) -> Rolled:
    """The latest cumulative figure; neither other cumulative ones nor those of single periods are added to it."""
    last, rivals = _last(cumulative)
    if rivals:
        return _rivals(rivals)
    notes = list(_falls(cumulative))
    left = []
    within = tuple(f.key for f in others if f.starts <= last.ends)
    after = tuple(f.key for f in others if f.starts > last.ends)
    earlier = tuple(f.key for f in cumulative if f is not last)
    if earlier:
        left.append(
            Note(
                "cumulative",
                f"累计数之间不相加，以最近的{last.key}为准；未加：{'、'.join(earlier)}。",
                f"Cumulative figures are not added; the latest, {last.key}, counts. Not added: {', '.join(earlier)}.",
                earlier,
            )
        )
    if within:
        left.append(
            Note(
                "within",
                f"{'、'.join(within)}已在累计数{last.key}之内，未加。",
                f"Within the cumulative figure {last.key}, not added: {', '.join(within)}.",
                within,
            )
        )
    if after:
        left.append(
            Note(
                "after",
                f"{'、'.join(after)}在累计数{last.key}（至{last.ends}）之后，不与累计数相加。请登记新的累计数。",
                f"{', '.join(after)} lie after the cumulative figure {last.key} (up to {last.ends}) and are not added "
                "to it. Enter a new cumulative figure.",
                after,
            )
        )
    return _of([last], since, left, notes)


def _latest(told: Sequence[Figure]) -> Rolled:
    last, rivals = _last(told)
    if rivals:
        return _rivals(rivals)
    earlier = tuple(f.key for f in told if f is not last)
    left = []
    if earlier:
        left.append(
            Note(
                "earlier",
                f"该指标以最近的{last.key}为准，各期不相加；未加：{'、'.join(earlier)}。",
                f"The latest figure, {last.key}, counts; periods are not added. Not added: {', '.join(earlier)}.",
                earlier,
            )
        )
    return _of([last], None, left)


def _last(told: Sequence[Figure]) -> tuple[Figure, tuple[Figure, ...]]:
    """The figure that ends last, and all that end with it and say something else."""
    last = told[-1]
    same = [f for f in told if f.ends == last.ends]
    said = {(f.value, f.numerator, f.denominator) for f in same}
    return last, tuple(same) if len(said) > 1 else ()


def _rivals(rivals: Sequence[Figure]) -> Rolled:
    keys = tuple(f.key for f in rivals)
    note = Note(
        "rivals",
        f"{'、'.join(keys)}都截至{rivals[0].ends}，数却不同，不知以哪个为准。请撤下其中不对的。",
        f"{', '.join(keys)} all end on {rivals[0].ends} and differ: which of them holds is not known. Withdraw the wrong one.",
        keys,
    )
    return Rolled(left_out=(note,))


def _falls(cumulative: Sequence[Figure]) -> Iterable[Note]:
    for before, after in pairwise(cumulative):
        if _size(after) < _size(before) and after.ends > before.ends:
            yield Note(
                "falls",
                f"累计数变小了：{before.key}（至{before.ends}）大于{after.key}（至{after.ends}）。请核对。",
                f"The cumulative figure falls: {before.key} (up to {before.ends}) is greater than {after.key} "
                f"(up to {after.ends}). Check both.",
                (before.key, after.key),
            )


def _size(figure: Figure) -> Decimal:
    told = figure.value if figure.value is not None else figure.numerator
    return told if told is not None else Decimal(0)


def _added(told: Sequence[Figure], since: datetime.date | None) -> Rolled:
    """The sum over periods that do not overlap; a period within another's is part of it."""
    wholes = [f for f in told if not any(_within(f, other) for other in told)]
    clash = _overlap(wholes)
    if clash:
        one, other = clash
        note = Note(
            "overlap",
            f"{one.key}（{one.starts}至{one.ends}）与{other.key}（{other.starts}至{other.ends}）的时间段重叠，不能相加。"
            "请改时间段，或撤下其中一个。",
            f"The periods of {one.key} ({one.starts} to {one.ends}) and {other.key} ({other.starts} to {other.ends}) "
            "overlap, so they are not added. Change one of the periods, or withdraw one.",
            (one.key, other.key),
        )
        return Rolled(left_out=(note,))
    left, notes = [], []
    for whole in wholes:
        parts = [f for f in told if _within(f, whole)]
        if not parts:
            continue
        keys = tuple(f.key for f in parts)
        left.append(
            Note(
                "within",
                f"{'、'.join(keys)}的时间段在{whole.key}之内，未再加。",
                f"The periods of {', '.join(keys)} lie within that of {whole.key}; they are not added to it.",
                keys,
            )
        )
        if not _overlap(parts) and _size(whole) < sum((_size(f) for f in parts), Decimal(0)):
            notes.append(
                Note(
                    "parts exceed",
                    f"{'、'.join(keys)}合计超过了包含它们的{whole.key}。请核对。",
                    f"{', '.join(keys)} come to more than {whole.key}, in which they lie. Check them.",
                    (whole.key, *keys),
                )
            )
    notes += _gaps(wholes, since)
    return _of(wholes, None, left, notes)


def _within(figure: Figure, other: Figure) -> bool:
    same = (figure.starts, figure.ends) == (other.starts, other.ends)
    return other.starts <= figure.starts and figure.ends <= other.ends and not same


def _overlap(figures: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    ordered = sorted(figures, key=lambda f: (f.starts, f.ends, f.key))
    return next(
        ((a, b) for a, b in pairwise(ordered) if b.starts <= a.ends),
        None,
    )


def _gaps(wholes: Sequence[Figure], since: datetime.date | None) -> Iterable[Note]:
    ordered = sorted(wholes, key=lambda f: f.starts)
    until = since - _DAY if since else ordered[0].starts - _DAY
    for figure in ordered:
        if figure.starts > until + _DAY:
            first, last = until + _DAY, figure.starts - _DAY
            yield Note(
                "gap",
                f"{first}至{last}没有数，既不当作0，也不沿用上期。",
                f"Nothing is told of {first} to {last}; it is taken neither for zero nor for what it was before.",
            )
        until = max(until, figure.ends)


def _period(figures: Sequence[Figure], since: datetime.date | None) -> Period:
    starts = [since if f.cumulative and since else f.starts for f in figures]
    return min(starts), max(f.ends for f in figures)


def _of(
    used: Sequence[Figure],
    since: datetime.date | None,
    left: Iterable[Note] = (),
    notes: Iterable[Note] = (),
) -> Rolled:
    value, top, below = add_up(used)
    keys = tuple(f.key for f in used)
    return Rolled(value, top, below, keys, _period(used, since), tuple(left), tuple(notes))
