"""Projects on a line of time: what was planned, what came of it, and the day. Places are per cent of the width."""

import datetime
from collections.abc import Sequence
from typing import Any

import msgspec

from shanhai.programme.models import Balance
from shanhai.programme.queries.boards.progress import Pace, share
from shanhai.web.boards.words import PACES

_MOST_YEARS = 9
_LEAST = 0.6


class Bar(msgspec.Struct, frozen=True):
    """Where a bar begins and how wide it is."""

    x: str
    width: str


class Row(msgspec.Struct, frozen=True):
    """A project on the line.

    Attributes:
        project: with its ``pace``.
        pace: that, with its name and what it means.
        planned, real: None where there are no days.
        spent: of the planned money, in per cent; None where either is not told.
    """

    project: Any
    pace: Pace
    name: object
    meaning: object
    planned: Bar | None
    real: Bar | None
    balance: Balance | None
    spent: Any


class Line(msgspec.Struct, frozen=True):
    """The whole: rows, the years below which marks stand, the day."""

    rows: list[Row]
    years: list[tuple[int, str]]
    today: str


def line_of(projects: Sequence[Any], balances: dict[int, Balance], day: datetime.date) -> Line:
    """Projects on one line that is just long enough for all of them."""
    days = [day]
    for p in projects:
        days += [d for d in (p.planned_start, p.planned_end, p.started, p.ended) if d]
    first = min(days).replace(month=1, day=1)
    last = max(days).replace(month=12, day=31)
    length = (last - first).days

    def at(d: datetime.date) -> float:
        return 100 * (d - first).days / length

    def bar(begin: datetime.date | None, end: datetime.date | None) -> Bar | None:
        if begin is None or end is None:
            return None
        width = max(at(max(begin, end)) - at(begin), _LEAST)
        return Bar(f"{at(begin):.2f}%", f"{width:.2f}%")

    rows = [
        Row(
            p,
            Pace(p.pace),
            *PACES[Pace(p.pace)],
            bar(p.planned_start, p.planned_end),
            bar(p.started, p.ended or (day if p.started and p.started <= day else p.started)),
            balance := balances.get(p.pk),
            share(balance.spent, p.planned) if balance else None,
        )
        for p in projects
    ]
    years = list(range(first.year, last.year + 1))
    step = -(-len(years) // _MOST_YEARS)
    marks = [(year, f"{at(datetime.date(year, 1, 1)):.2f}%") for year in years[::step]]
    return Line(rows, marks, f"{at(day):.2f}%")
