"""The fewest records that make up a difference: one, else two; none where it takes more, or where several could."""

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from shanhai.programme.matching.told import Item

MOST = 2000
"""Among more records than these some would come to any difference by chance."""


def fewest(items: Sequence[Item], low: Decimal | None, high: Decimal | None) -> tuple[Item, ...]:
    """One or two items whose amounts come to something from ``low`` to ``high``, where no other one or two do.

    Args:
        items: those to choose from; nothing is found among more than ``MOST``.
        low, high: what they may come to; None for no limit.
    """

    def fits(amount: Decimal) -> bool:
        return (low is None or amount >= low) and (high is None or amount <= high)

    if len(items) > MOST:
        return ()
    known = sorted((i for i in items if i.kind and i.amount), key=lambda i: (i.amount, i.kind, i.key))
    alone = [i for i in known if fits(i.amount)][:2]
    if alone:
        return tuple(alone) if len(alone) == 1 else ()
    pairs = []
    amounts = [i.amount for i in known]
    for number, item in enumerate(known):
        at = max(number + 1, bisect_left(amounts, low - item.amount) if low is not None else 0)
        while at < len(known) and fits(item.amount + amounts[at]):
            pairs.append((item, known[at]))
            if len(pairs) > 1:
                return ()
            at += 1
    return tuple(sorted(pairs[0], key=lambda i: (i.kind, i.key))) if pairs else ()
