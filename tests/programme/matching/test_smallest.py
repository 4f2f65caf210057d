"""The fewest records that make up a difference, against trying all."""

from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.programme.matching.smallest import MOST, fewest


@settings(max_examples=60)
@given(st.lists(st.integers(1, 40), max_size=9), st.integers(0, 60), st.integers(0, 3))
def test_as_by_trying_all(amounts: list[int], wanted: int, width: int) -> None:
    told = [Decimal(amount) for amount in amounts]

    def fits(chosen: tuple[int, ...]) -> bool:
        return wanted <= sum(told[at] for at in chosen) <= wanted + width

    expected: tuple[int, ...] = ()
    for size in (1, 2):
        found = [c for c in combinations(range(len(told)), size) if fits(c)]
        if found:
            expected = found[0] if len(found) == 1 else ()
            break
    assert fewest(told, Decimal(wanted), Decimal(wanted + width)) == expected


def test_among_very_many_nothing_is_singled_out() -> None:
    amounts = [Decimal(n * n) for n in range(1, MOST + 2)]
    assert fewest(amounts[:-1], Decimal(4), Decimal(4)) == (1,)
    assert fewest(amounts, Decimal(4), Decimal(4)) == ()
