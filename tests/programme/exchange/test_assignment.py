"""Pairing at the least cost, held against all ways that there are."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.programme.exchange.assignment import MOST, assign

EDGES = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(0, 3), max_size=10)


def best_ways(edges: dict[tuple[int, int], int]) -> list[set[tuple[int, int]]]:
    """All ways to pair that pair the most lines, and of those all that cost the least."""
    left = sorted({i for i, _ in edges})
    ways = []
    for chosen in product(*([None, *sorted(j for k, j in edges if k == i)] for i in left)):
        taken = [j for j in chosen if j is not None]
        if len(taken) == len(set(taken)):
            ways.append({(i, j) for i, j in zip(left, chosen, strict=True) if j is not None})
    most = max(map(len, ways))
    least = min(sum(edges[e] for e in way) for way in ways if len(way) == most)
    return [way for way in ways if len(way) == most and sum(edges[e] for e in way) == least]


@settings(max_examples=300)
@given(EDGES)
def test_what_every_best_way_has_is_paired_and_what_only_some_have_is_unclear(
    edges: dict[tuple[int, int], int],
) -> None:
    found = assign(edges)
    ways = best_ways(edges)
    assert set(found.pairs) == set.intersection(*ways)
    some = set.union(*ways) - set.intersection(*ways)
    assert {i for one, _ in found.unclear for i in one} == {i for i, _ in some}
    assert {j for _, other in found.unclear for j in other} == {j for _, j in some}


@given(EDGES)
def test_both_sides_find_the_same(edges: dict[tuple[int, int], int]) -> None:
    turned = assign({(j, i): cost for (i, j), cost in edges.items()})
    assert {(i, j) for j, i in turned.pairs} == set(assign(edges).pairs)


def test_the_nearest_are_taken_together_and_not_the_first() -> None:
    assert assign({(0, 0): 5, (0, 1): 1, (1, 0): 1, (1, 1): 5}).pairs == ((0, 1), (1, 0))


def test_a_crowd_is_not_told_apart() -> None:
    crowd = {(i, j): abs(i - j) for i in range(MOST) for j in range(2)}
    assert assign(crowd).pairs == ()
    assert assign(crowd).unclear == ((tuple(range(MOST)), (0, 1)),)
