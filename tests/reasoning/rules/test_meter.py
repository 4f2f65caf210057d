"""The meter: ranges and verdicts beside brute force over all classifications."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.catalogue.rules import Must
from shanhai.model import Bounds, InvariantBroken
from shanhai.reasoning.rules.meter import Item, Standing, add, drop, margin, measure, reclassify, share_range

amounts = st.integers(0, 12)
parts = st.sampled_from([(0, 0), (1, 1), (0, 1), (Decimal("0.25"), Decimal("0.75"))])
thresholds = st.integers(1, 100)
musts = st.sampled_from(list(Must))


@st.composite
def exact_items(draw: st.DrawFn) -> list[Item]:
    return [
        Item(str(i), Bounds(a, a), Decimal(c), Decimal(p))
        for i, (a, (c, p)) in enumerate(draw(st.lists(st.tuples(amounts, parts), min_size=1, max_size=5)))
    ]


@st.composite
def ranged_items(draw: st.DrawFn) -> list[Item]:
    found = []
    for i in range(draw(st.integers(1, 4))):
        low, more, (c, p) = draw(amounts), draw(st.integers(0, 5)), draw(parts)
        found.append(Item(str(i), Bounds(low, low + more), Decimal(c), Decimal(p)))
    return found


def shares(items: list[Item]) -> list[Fraction]:
    """Every share that comes about with each amount and each part at an end of its interval."""
    ends = [
        [
            (Fraction(a), Fraction(p))
            for a in (i.amount.low or 0, i.amount.high or 0)
            for p in (i.certain, i.possible)
        ]
        for i in items
    ]
    totals = [(sum(a * p for a, p in chosen), sum(a for a, _ in chosen)) for chosen in product(*ends)]
    return [Fraction(counted) / total for counted, total in totals if total]


def meets(share: Fraction, threshold: int, must: Must) -> bool:
    return share * 100 > threshold or (share * 100 == threshold and must is Must.AT_LEAST)


@given(ranged_items())
def test_the_range_is_that_of_all_classifications(items: list[Item]) -> None:
    found = shares(items)

    assert share_range(items) == ((min(found), max(found)) if found else (None, None))


@given(ranged_items(), thresholds, musts)
def test_a_verdict_is_given_only_where_all_classifications_agree(
    items: list[Item], threshold: int, must: Must
) -> None:
    verdicts = {meets(s, threshold, must) for s in shares(items)}

    standing = measure(items, threshold, must).standing

    expected = {(True,): Standing.MET, (False,): Standing.BROKEN}.get(tuple(verdicts), Standing.OPEN)
    assert standing is expected


@given(st.one_of(exact_items(), ranged_items()), thresholds, musts)
def test_the_deciding_items_are_the_fewest(items: list[Item], threshold: int, must: Must) -> None:
    reading = measure(items, threshold, must)
    free = [i for i, item in enumerate(items) if not item.settled]

    def fewest(wanted: Standing) -> int:
        for size in range(1, len(free) + 1):
            for chosen in combinations(free, size):
                tried = tuple(items)
                for i in chosen:
                    part = items[i].possible if wanted is Standing.MET else items[i].certain
                    tried = reclassify(tried, i, part, part)
                if measure(tried, threshold, must).standing is wanted:
                    return size
        return 0

    if reading.standing is Standing.OPEN and reading.certain is not None:
        assert len(reading.to_meet) == fewest(Standing.MET)
        assert len(reading.to_break) == fewest(Standing.BROKEN)
        assert set(reading.deciding) <= set(free)
    else:
        assert reading.deciding == ()


@given(exact_items(), thresholds)
def test_what_is_added_and_dropped_again_leaves_the_reading(items: list[Item], threshold: int) -> None:
    more = add(items, Item.told("new", 7))

    assert drop(more, len(items)) == tuple(items)
    assert measure(drop(more, len(items)), threshold) == measure(items, threshold)


def test_a_reading_is_exact_and_names_what_decides() -> None:
    items = [Item.told("民生", 7500, True), Item.told("产业", 1500, False), Item.told("道路", 1000)]

    reading = measure(items, 80)

    assert (reading.certain, reading.possible) == (Decimal(75), Decimal(85))
    assert reading.standing is Standing.OPEN
    assert (reading.to_meet, reading.to_break, reading.deciding) == ((2,), (2,), (2,))
    met = measure(reclassify(items, 2, 1, 1), 80)
    assert (met.standing, margin(met, 80)) == (Standing.MET, 5)
    broken = measure(reclassify(items, 2, 0, 0), 80)
    assert (broken.standing, margin(broken, 80)) == (Standing.BROKEN, -5)


def test_a_share_just_below_the_line_is_not_rounded_over_it() -> None:
    items = [Item.told("民生", 79_999_999_999, True), Item.told("产业", 20_000_000_001, False)]

    reading = measure(items, 80)

    assert reading.standing is Standing.BROKEN
    assert reading.possible == 80


def test_the_line_itself_is_enough_only_where_it_must_be_reached() -> None:
    items = [Item.told("民生", 4, True), Item.told("产业", 1, False)]

    assert measure(items, 80, Must.AT_LEAST).standing is Standing.MET
    assert measure(items, 80, Must.OVER).standing is Standing.BROKEN


def test_an_amount_open_above_may_outweigh_all_others() -> None:
    items = [Item.told("民生", 90, True), Item("产业", Bounds(10, None), Decimal(0), Decimal(0))]

    reading = measure(items, 80)

    assert (reading.certain, reading.possible, reading.standing) == (0, 90, Standing.OPEN)


@pytest.mark.parametrize("items", [[], [Item.told("无", 0, True)]])
def test_without_money_there_is_no_share(items: list[Item]) -> None:
    reading = measure(items, 80)

    assert (reading.certain, reading.possible, reading.standing) == (None, None, Standing.OPEN)


@pytest.mark.parametrize(
    ("amount", "certain", "possible"), [((-1, 5), 0, 1), ((5, 4), 0, 1), ((1, 1), 1, 0), ((1, 1), 0, 2)]
)
def test_an_item_that_cannot_be_is_refused(amount: tuple[int, int], certain: int, possible: int) -> None:
    with pytest.raises(InvariantBroken, match="道路"):
        Item("道路", Bounds(*amount), Decimal(certain), Decimal(possible))


def test_dropping_an_item_that_is_not_there_is_refused() -> None:
    with pytest.raises(IndexError, match="no item 3"):
        drop([Item.told("民生", 1)], 3)


def test_three_hundred_items_are_read_at_once() -> None:
    items = [Item.told(str(i), i + 1, None if i % 3 else i % 2 == 0) for i in range(300)]

    reading = measure(items, 80)

    assert reading.standing is Standing.OPEN
    assert reading.to_meet
    assert reading.to_break
