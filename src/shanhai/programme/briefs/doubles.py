"""Two reports of one event: found, and put together so that nothing counts twice, in whatever order."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import reduce

import msgspec

from shanhai.programme.briefs.events import Event

_NEAR = timedelta(days=3)


class Alike(msgspec.Struct, frozen=True):
    """Two events, by their keys, that may be one, and why."""

    one: str
    other: str
    zh: str
    en: str


def doubles(events: Sequence[tuple[str, Event]], known: Sequence[tuple[str, Event]] = ()) -> list[Alike]:
    """The pairs of events that may be one: among themselves, and with what the register has already.

    Args:
        events: reported, by key.
        known: activities of the register, by key.
    """
    found = []
    ordered = sorted(events, key=_when)
    for at, (key, event) in enumerate(ordered):
        for other, against in ordered[at + 1 :]:
            if event.day and against.day and against.day - event.day > _NEAR:
                break
            found += _pair(key, event, other, against)
        for other, against in sorted(known, key=_when):
            found += _pair(key, event, other, against)
    return found


def _when(told: tuple[str, Event]) -> tuple[bool, object, str]:
    day = told[1].day
    return (day is None, day or "", told[0])


def _pair(key: str, one: Event, other_key: str, other: Event) -> list[Alike]:
    if not one.day or not other.day or one.sort != other.sort or not one.sort:
        return []
    if abs(one.day - other.day) > _NEAR or not counts_fit(one, other):
        return []
    place, partner = _same_place(one, other), bool(one.partner) and one.partner == other.partner
    if not place and not partner:
        return []
    why = ("对方单位相同", "the same partner") if partner else ("地点相同", "the same place")
    days = abs(one.day - other.day).days
    when = ("同一天", "the same day") if not days else (f"相隔{days}天", f"{days} days apart")
    return [
        Alike(
            key,
            other_key,
            f"类别相同、{when[0]}、{why[0]}、数量不矛盾",
            f"the same sort, {when[1]}, {why[1]}, counts that agree",
        )
    ]


def counts_fit(one: Event, other: Event) -> bool:
    """Whether one event tells no more of every count than the other: equal, or within."""
    shared = one.counts.keys() & other.counts.keys()
    if one.amount is not None and other.amount is not None and one.amount != other.amount:
        return False
    return all(one.counts[k] <= other.counts[k] for k in shared) or all(
        one.counts[k] >= other.counts[k] for k in shared
    )


def _same_place(one: Event, other: Event) -> bool:
    return any(
        code == c and (not within or not w or within == w)
        for code, within in one.places
        for c, w in other.places
    )


def together(events: Iterable[Event]) -> Event:
    """One event out of several reports of it: of each count the largest that was told, never a sum.

    The same for every order of the reports and of merging; merging again what is merged changes nothing.
    """
    first, *others = events
    return reduce(_both, others, _both(first, first))


def _both(one: Event, other: Event) -> Event:
    days = [d for d in (one.day, other.day) if d]
    ends = [d for d in (one.ends or one.day, other.ends or other.day) if d]
    day, last = min(days, default=None), max(ends, default=None)
    amounts = [a for a in (one.amount, other.amount) if a is not None]
    keys = sorted(one.counts.keys() | other.counts.keys())
    return Event(
        max(one.sort, other.sort),
        _fullest(one.name, other.name),
        day,
        last if day and last and last > day else None,
        _places(one, other),
        _fullest(one.partner, other.partner),
        {key: max(e.counts[key] for e in (one, other) if key in e.counts) for key in keys},
        max(amounts, default=None),
        max(one.stage, other.stage),
        _fullest(one.sentence, other.sentence),
    )


def _fullest(one: str, other: str) -> str:
    return max(one, other, key=lambda text: (len(text), text))


def _places(one: Event, other: Event) -> tuple[tuple[str, str], ...]:
    """All places; a county alone says nothing beside a township in it."""
    told = {*one.places, *other.places}
    finer = {code for code, within in told if within}
    return tuple(sorted(p for p in told if p[1] or p[0] not in finer))
