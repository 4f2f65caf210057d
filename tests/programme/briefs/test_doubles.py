"""Two reports of one event: found where they may be one, and put together without counting anything twice."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.programme.briefs.doubles import doubles, together
from shanhai.programme.briefs.events import Event

DAY = datetime.date(2023, 8, 14)
LUOLONG = (("540329", ""),)


def event(**values: object) -> Event:
    told: dict[str, object] = {
        "sort": "training",
        "name": "急救培训",
        "day": DAY,
        "places": LUOLONG,
        **values,
    }
    return Event(**told)  # type: ignore[arg-type]


FOUND = [
    ("the same day, place and count", event(counts={"trained": 42}), event(counts={"trained": 42})),
    ("days apart", event(), event(day=DAY + datetime.timedelta(days=3))),
    ("a township in the county", event(places=(("540329", "孜托镇"),)), event()),
    ("one within the other", event(counts={"trained": 40}), event(counts={"trained": 42})),
    ("another count is told", event(counts={"trained": 42}), event(counts={"days": 2})),
    ("the same partner elsewhere", event(partner="县医院"), event(partner="县医院", places=())),
]
NOT_FOUND = [
    ("another sort", event(), event(sort="clinic")),
    ("another week", event(), event(day=DAY + datetime.timedelta(days=4))),
    ("another county", event(), event(places=(("540330", ""),))),
    ("another township", event(places=(("540329", "孜托镇"),)), event(places=(("540329", "硕督镇"),))),
    ("no day", event(), event(day=None)),
    ("no place", event(places=()), event(places=())),
    (
        "counts that cross",
        event(counts={"trained": 40, "days": 3}),
        event(counts={"trained": 42, "days": 2}),
    ),
    ("another amount", event(amount=Decimal(1)), event(amount=Decimal(2))),
]


@pytest.mark.parametrize(("why", "one", "other"), FOUND)
def test_found(why: str, one: Event, other: Event) -> None:
    assert [(d.one, d.other) for d in doubles([("a", one), ("b", other)])] in ([("a", "b")], [("b", "a")])
    assert [d.other for d in doubles([("a", one)], [("D1", other)])] == ["D1"]


@pytest.mark.parametrize(("why", "one", "other"), NOT_FOUND)
def test_not_found(why: str, one: Event, other: Event) -> None:
    assert doubles([("a", one), ("b", other)]) == []
    assert doubles([("a", one)], [("D1", other)]) == []


_days = st.none() | st.dates(datetime.date(2023, 1, 1), datetime.date(2023, 1, 9))
_events = st.builds(
    Event,
    sort=st.just("training"),
    name=st.text("甲乙丙", max_size=3),
    day=_days,
    places=st.lists(
        st.tuples(st.sampled_from(["540329", "540330"]), st.sampled_from(["", "甲镇"])), max_size=3
    ).map(tuple),
    partner=st.text("院校", max_size=2),
    counts=st.dictionaries(st.sampled_from(["trained", "days"]), st.integers(0, 99)),
    amount=st.none() | st.integers(0, 9).map(Decimal),
)


@settings(max_examples=80)
@given(st.lists(_events, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_merging_changes_nothing(events: list[Event], chance: object) -> None:
    whole = together(events)
    mixed = list(events)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert together(mixed) == together([*mixed, whole])
    assert together([whole, *events[:2]]).counts == whole.counts == together(mixed).counts
    half = len(mixed) // 2
    parts = [together(part) for part in (mixed[:half], mixed[half:]) if part]
    assert together(parts) == together([whole, whole])


@settings(max_examples=60)
@given(st.lists(_events, min_size=1, max_size=4))
def test_nothing_is_counted_twice(events: list[Event]) -> None:
    whole = together(events)
    for key, count in whole.counts.items():
        assert count == max(e.counts[key] for e in events if key in e.counts)
    amounts = [e.amount for e in events if e.amount is not None]
    assert whole.amount == (max(amounts) if amounts else None)
