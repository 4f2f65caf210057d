"""Targets of teams and groups year by year, and results quarter by quarter that are what the activities come to."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import Any

import msgspec

from shanhai.programme.demonstration.book import Book, days
from shanhai.programme.demonstration.people import Served

Rows = Sequence[dict[str, Any]]


class _Counted(msgspec.Struct, frozen=True):
    """An indicator, its unit, the counts of activities that make it, its definition, whether women are told apart."""

    indicator: str
    unit: str
    counts: tuple[str, ...]
    definition: str
    by_sex: bool = False


_COUNTED = (
    _Counted("training.people", "人", ("trained",), "各类培训班，含线上，一人多期按期计", by_sex=True),
    _Counted("health.people_treated", "人次", ("treated",), "义诊、巡诊的诊疗人次"),
    _Counted("employment.placed", "人", ("placed",), "通过协作实现就业，同一人当年只计一次", by_sex=True),
    _Counted("exchange.person_times", "人次", ("participants", "person_times"), "交流与互访的人次合计"),
)
_OTHER_DEFINITION = "各类培训班，不含线上"
"""How one of the groups counts its training: a figure that is not comparable with the others'."""


def enter_targets(book: Book, served: list[Served], activities: Rows, money: Rows) -> None:
    """All targets, then all results."""
    chance = book.chance("targets")
    told: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    for one in served:
        for starts, ends in _years(book, one):
            for counted in _COUNTED:
                own = {one.team.pk, *(group.pk for group in one.groups.values())}
                told.append(_told(book, chance, counted, one.team, own, activities, starts, ends))
            for name, group in one.groups.items():
                definition = _OTHER_DEFINITION if name == book.words.groups[1] else _COUNTED[0].definition
                counted = msgspec.structs.replace(_COUNTED[0], definition=definition)
                told.append(_told(book, chance, counted, group, {group.pk}, activities, starts, ends))
        told.append(_payment_rate(book, one, money))
    targets = book.enter("target", [target for target, _ in told])
    book.enter(
        "result",
        (
            {"target": record, **result}
            for record, (_, results) in zip(targets, told, strict=True)
            for result in results
        ),
    )


def _years(book: Book, one: Served) -> Iterator[tuple[datetime.date, datetime.date]]:
    for year in range(one.term.starts.year, one.term.ends.year + 1):
        starts = max(one.term.starts, datetime.date(year, 1, 1))
        if starts < book.day:
            yield starts, min(one.term.ends, datetime.date(year, 12, 31))


def _told(
    book: Book,
    chance: Random,
    counted: _Counted,
    team: Any,
    own: set[int],
    activities: Rows,
    starts: datetime.date,
    ends: datetime.date,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    results = []
    reached = 0
    for begin, end in _quarters(starts, min(ends, book.day)):
        value = sum(
            row["counts"].get(key, 0)
            for row in activities
            if row["team"].pk in own and begin <= row["day"] <= end
            for key in counted.counts
        )
        reached += value
        result: dict[str, Any] = {"starts": begin, "ends": end, "value": Decimal(value)}
        if counted.by_sex and value:
            women = value * chance.randint(35, 60) // 100
            result["breakdown"] = {"女": women, "男": value - women}
        results.append(result)
    whole = reached * ((ends - starts).days + 1) / ((min(ends, book.day) - starts).days + 1)
    target = {
        "indicator": counted.indicator,
        "unit": counted.unit,
        "starts": starts,
        "ends": ends,
        "baseline": Decimal(0),
        "target": Decimal(max(10, round(whole * chance.uniform(0.8, 1.25), -1))),
        "definition": counted.definition,
        "team": team,
    }
    return target, results


def _quarters(starts: datetime.date, ends: datetime.date) -> Iterator[tuple[datetime.date, datetime.date]]:
    while starts <= ends:
        month = (starts.month - 1) // 3 * 3 + 3
        after = (starts.replace(month=month, day=28) + days(4)).replace(day=1)
        yield starts, min(after - days(1), ends)
        starts = after


def _payment_rate(book: Book, one: Served, money: Rows) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Spent over arrived, of the term's projects, at each year's end: a ratio, never added."""
    own = [row for row in money if row.get("project") and row["project"].term_id == one.term.pk]
    until = one.term.ends
    results = []
    for starts, ends in _years(book, one):
        end = min(ends, book.day)
        told = {
            stage: sum((r["amount"] for r in own if r["stage"] == stage and r["day"] <= end), Decimal(0))
            for stage in ("arrived", "spent")
        }
        if told["arrived"]:
            results.append(
                {
                    "starts": starts,
                    "ends": end,
                    "cumulative": True,
                    "numerator": told["spent"],
                    "denominator": told["arrived"],
                }
            )
    target = {
        "indicator": "funds.payment_rate",
        "unit": "%",
        "starts": one.term.starts,
        "ends": until,
        "target": Decimal(90),
        "definition": "项目支出÷项目到位，自批次开始累计",
        "team": one.team,
    }
    return target, results
