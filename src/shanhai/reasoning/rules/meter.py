"""The meter: what share of some money counts, as a range, while items are unclassified or mixed.

Plain values and plain functions; nothing here knows reports. All arithmetic is exact.
"""

from bisect import bisect_left
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

import msgspec

from shanhai.catalogue.rules import Must
from shanhai.model import Bounds, InvariantBroken, Number, exact

PLACES = Decimal("0.000001")
"""To what the shares of a reading are rounded: the certain one down, the possible one up. Verdicts are not rounded."""
MOST_TRIED = 500
"""How many sets of items are tried for the smallest one where amounts are intervals."""

_ZERO, _ONE = Decimal(0), Decimal(1)


class Item(msgspec.Struct, frozen=True):
    """An amount and how much of it counts.

    Attributes:
        name: what it is.
        amount: what the amount may be; not negative.
        certain, possible: how much of it counts at least and at most, from 0 to 1: both 1 for what counts, both 0
            for what does not, 0 and 1 for what is unclassified, anything between for what is mixed.
    """

    name: str
    amount: Bounds
    certain: Decimal = _ZERO
    possible: Decimal = _ONE

    def __post_init__(self) -> None:
        if not 0 <= self.certain <= self.possible <= 1:
            raise InvariantBroken(
                f"{self.name}: the part that counts must lie in 0 ≤ certain ≤ possible ≤ 1, "
                f"not {self.certain} and {self.possible}"
            )
        low, high = self.amount.low, self.amount.high
        if (low is not None and low < 0) or (high is not None and high < (low or 0)):
            raise InvariantBroken(f"{self.name}: the amount {self.amount} must not be negative or empty")

    @classmethod
    def told(cls, name: str, amount: Number, counts: bool | None = None) -> "Item":
        """An item with one amount that counts, does not, or is unclassified (None)."""
        part = {True: (_ONE, _ONE), False: (_ZERO, _ZERO), None: (_ZERO, _ONE)}[counts]
        return cls(name, Bounds(amount, amount), *part)

    @property
    def settled(self) -> bool:
        """Whether it is known how much of it counts."""
        return self.certain == self.possible


class Standing(StrEnum):
    """How a share stands to its rule."""

    MET = "met"
    BROKEN = "broken"
    OPEN = "open"


class Reading(msgspec.Struct, frozen=True):
    """What the meter shows.

    Attributes:
        certain, possible: the least and the greatest share that may be, in per cent; None where there is no money.
        standing: met or broken only where the whole range lies on one side of the threshold.
        to_meet: the fewest items, by number, that must count in full for the rule to be met; empty where that is
            settled or impossible.
        to_break: the fewest that must count as little as they may for it to be broken.
    """

    certain: Decimal | None
    possible: Decimal | None
    standing: Standing
    to_meet: tuple[int, ...] = ()
    to_break: tuple[int, ...] = ()

    @property
    def deciding(self) -> tuple[int, ...]:
        """The smallest set of items that can settle the verdict."""
        sets = [s for s in (self.to_meet, self.to_break) if s]
        return min(sets, key=len) if sets else ()


def measure(items: Sequence[Item], threshold: Number, must: Must = Must.AT_LEAST) -> Reading:
    """The share that counts of all items together, held against a threshold in per cent."""
    least, most = share_range(items)
    if least is None or most is None:
        return Reading(None, None, Standing.OPEN)
    standing = stand(least, most, threshold, must)
    open_ = standing is Standing.OPEN
    return Reading(
        _per_cent(least, ROUND_FLOOR),
        _per_cent(most, ROUND_CEILING),
        standing,
        _fewest(items, threshold, must, Standing.MET) if open_ else (),
        _fewest(items, threshold, must, Standing.BROKEN) if open_ else (),
    )


def stand(least: Fraction, most: Fraction, threshold: Number, must: Must) -> Standing:
    """How shares from ``least`` to ``most`` (of one) stand to a threshold in per cent."""
    line = Fraction(threshold) / 100
    if least > line or (least == line and must is Must.AT_LEAST):
        return Standing.MET
    if most < line or (most == line and must is Must.OVER):
        return Standing.BROKEN
    return Standing.OPEN


def share_range(items: Sequence[Item]) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest share that may count, as exact parts of one; None where there is no money."""
    least = _extreme(items, [Fraction(i.certain) for i in items])
    most = _extreme(items, [1 - Fraction(i.possible) for i in items])
    return least, None if most is None else 1 - most


def _extreme(items: Sequence[Item], parts: Sequence[Fraction]) -> Fraction | None:
    """The least weighted mean of ``parts`` over all amounts that the items may have.

    It is reached where every amount lies at an end of its interval: the small parts weigh as much as they may, the
    others as little.
    """
    ranked = sorted(zip(parts, items, strict=True), key=lambda x: x[0])
    counted = total = Fraction(0)
    for part, item in ranked:
        low = Fraction(item.amount.low or 0)
        counted, total = counted + part * low, total + low
    found = [counted / total] if total else []
    for part, item in ranked:
        if item.amount.high is None:
            found.append(part)
            continue
        more = Fraction(item.amount.high) - Fraction(item.amount.low or 0)
        counted, total = counted + part * more, total + more
        if total:
            found.append(counted / total)
    return min(found) if found else None


def _per_cent(share: Fraction, rounding: str) -> Decimal:
    scaled = share * 100
    wide = Context(prec=60, rounding=rounding)
    return wide.quantize(wide.divide(Decimal(scaled.numerator), Decimal(scaled.denominator)), PLACES)


def _fewest(items: Sequence[Item], threshold: Number, must: Must, wanted: Standing) -> tuple[int, ...]:
    """The fewest items that, when they count in full (or as little as they may), bring about ``wanted``."""
    up = wanted is Standing.MET
    unsettled = [i for i, item in enumerate(items) if not item.settled]
    unsettled.sort(key=lambda i: (-_gain(items[i]), i))

    def brings(chosen: Sequence[int]) -> bool:
        tried = list(items)
        for i in chosen:
            part = items[i].possible if up else items[i].certain
            tried[i] = msgspec.structs.replace(items[i], certain=part, possible=part)
        least, most = share_range(tried)
        return least is not None and most is not None and stand(least, most, threshold, must) is wanted

    if not brings(unsettled):
        return ()
    # One item more never undoes what those before it brought about.
    size = bisect_left(range(len(unsettled)), True, key=lambda n: brings(unsettled[:n]))
    if all(item.amount.low == item.amount.high for item in items):
        # The total is fixed, so each item moves the share by its own gain and the greatest gains are the fewest.
        return tuple(sorted(unsettled[:size]))
    tried = 0
    for fewer in range(1, size):
        for chosen in combinations(unsettled, fewer):
            tried += 1
            if tried > MOST_TRIED:
                return tuple(sorted(unsettled[:size]))
            if brings(chosen):
                return tuple(sorted(chosen))
    return tuple(sorted(unsettled[:size]))


def _gain(item: Item) -> Fraction:
    amount = item.amount.high if item.amount.high is not None else (item.amount.low or 0)
    return Fraction(amount) * Fraction(item.possible - item.certain)


def add(items: Sequence[Item], item: Item) -> tuple[Item, ...]:
    """What if there were one item more."""
    return (*items, item)


def drop(items: Sequence[Item], number: int) -> tuple[Item, ...]:
    """What if the item with this number were not there."""
    if not 0 <= number < len(items):
        raise IndexError(f"there is no item {number}; the items are 0 to {len(items) - 1}")
    return (*items[:number], *items[number + 1 :])


def reclassify(items: Sequence[Item], number: int, certain: Number, possible: Number) -> tuple[Item, ...]:
    """What if more or less of the item with this number counted."""
    kept = drop(items, number)
    item = msgspec.structs.replace(items[number], certain=Decimal(certain), possible=Decimal(possible))
    return (*kept[:number], item, *kept[number:])


def margin(reading: Reading, threshold: Number) -> Number | None:
    """By how many points the share passes (or misses, negative) the threshold; None while it is open."""
    if reading.certain is None or reading.possible is None or reading.standing is Standing.OPEN:
        return None
    nearest = reading.certain if reading.standing is Standing.MET else reading.possible
    return exact(nearest - Decimal(threshold))
