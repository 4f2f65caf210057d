"""The fewest records that make up a difference, against trying all."""

from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.programme.matching.smallest import fewest
from shanhai.programme.matching.told import Item


@settings(max_examples=60)
@given(st.lists(st.integers(1, 40), max_size=9), st.integers(0, 60), st.integers(0, 3))
def test_as_by_trying_all(amounts: list[int], wanted: int, width: int) -> None:
    items = [Item("money", f"E{at}", Decimal(amount)) for at, amount in enumerate(amounts)]

    def fits(chosen: tuple[Item, ...]) -> bool:
        return wanted <= sum(i.amount for i in chosen) <= wanted + width

    expected: set[str] = set()
    for size in (1, 2):
        told = [c for c in combinations(items, size) if fits(c)]
        if told:
            expected = {i.key for i in told[0]} if len(told) == 1 else set()
            break
    found = fewest(items, Decimal(wanted), Decimal(wanted + width))
    assert {i.key for i in found} == expected
    assert fewest(items[::-1], Decimal(wanted), Decimal(wanted + width)) == found
