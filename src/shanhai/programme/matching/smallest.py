"""The fewest amounts that make up a difference: one, else two; none where it takes more, or where several could."""

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

MOST = 2000
"""Among more records than these some would come to any difference by chance."""


def fewest(amounts: Sequence[Decimal], low: Decimal | None, high: Decimal | None) -> tuple[int, ...]:
    """Where one or two amounts stand that come to something from ``low`` to ``high``, where no other one or two do.

    Args:
        amounts: those to choose from, zeros among them for nothing; nothing is found among more than ``MOST``.
        low, high: what they may come to; None for no limit.
    """

    def fits(amount: Decimal) -> bool:
        return (low is None or amount >= low) and (high is None or amount <= high)

    if len(amounts) > MOST:
        return ()
    known = sorted((amount, at) for at, amount in enumerate(amounts) if amount)
    alone = [at for amount, at in known if fits(amount)][:2]
    if alone:
        return tuple(alone) if len(alone) == 1 else ()
    pairs: list[tuple[int, int]] = []
    for number, (amount, at) in enumerate(known):
        other = number + 1
        if low is not None:
            other = max(other, bisect_left(known, low - amount, key=lambda told: told[0]))
        while other < len(known) and fits(amount + known[other][0]):
            pairs.append((at, known[other][1]))
            if len(pairs) > 1:
                return ()
            other += 1
    return tuple(sorted(pairs[0])) if pairs else ()
