"""Which records a statement speaks of: those of its days, its place and its team."""

import datetime
from collections.abc import Sequence

from shanhai.programme.matching.items import Chosen, Items, stem
from shanhai.programme.matching.told import Days, Frame, Item, Reading, Said, Way


def choose(said: Said, reading: Reading, days: Days | None, frame: Frame) -> Chosen:
    """The items of a reading that a statement speaks of."""
    team = said.party if said.party in frame.teams else ""
    within = stem(said.code) if is_within(said.code, frame) else ""
    if reading.way is not Way.PERIOD:
        return reading.items.choose(reading.way, days, team, within)
    told = [i for i in reading.items.every() if not team or i.team == team]
    of_it = Items.of(of_period(told, days))
    return of_it.choose(Way.ALWAYS, None, "", within)


def is_within(code: str, frame: Frame) -> bool:
    """Whether a place lies within the receiving place and is not all of it."""
    return bool(code) and code not in frame.whole and stem(code).startswith(stem(frame.receiving))


def of_period(items: Sequence[Item], days: Days | None) -> tuple[Item, ...]:
    """What is told of exactly a period: one item, else items that follow each other through all of it."""
    if days is None:
        return ()
    exact = [i for i in items if (i.first, i.last) == days]
    if exact:
        return tuple(exact[:1])
    parts = sorted(
        (i for i in items if not i.cumulative and i.first and i.last), key=lambda i: (i.first, i.key)
    )
    found: list[Item] = []
    begin = days[0]
    for item in parts:
        if item.first == begin and item.last is not None and item.last <= days[1]:
            found.append(item)
            begin = item.last + datetime.timedelta(days=1)
    return tuple(found) if begin > days[1] else ()
