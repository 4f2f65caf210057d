"""2,000 money events. What arrives was committed before, what is spent or returned had arrived before, to the fen."""

import datetime
from decimal import Decimal
from random import Random
from typing import Any

import msgspec

from shanhai.programme.demonstration.book import FEN, Book, days, paper, split
from shanhai.programme.demonstration.people import Served
from shanhai.programme.demonstration.projects import Course

EVENTS = 2_000
_GRAIN = 100 * FEN
_LEFT_IDLE = 6
"""One finished project in so many keeps a rest that nobody spends or returns."""


class _Spending(msgspec.Struct, frozen=True):
    """Money of one arrival that is spent between two days."""

    course: Course
    amount: int
    since: datetime.date
    until: datetime.date


def enter_money(book: Book, served: list[Served], courses: list[Course]) -> list[dict[str, Any]]:
    """All events; what stands in each is handed back, for the results that follow from them."""
    rows = _beside_projects(book, served)
    spendings: list[_Spending] = []
    for number, course in enumerate(c for c in courses if c.fate != "gathers"):
        own, spent = _of_project(book, course, number)
        rows += own
        spendings += spent
    left = EVENTS - len(rows)
    chance = book.chance("spending")
    for number, spending in enumerate(spendings):
        parts = left // len(spendings) + (number < left % len(spendings))
        rows += _spent(book, chance, spending, parts)
    rows.sort(key=lambda row: (row["day"], str(row.get("project") or ""), row["stage"], row["amount"]))
    book.enter("money", rows)
    return rows


def _event(
    book: Book, course: Course, stage: str, amount: int, day: datetime.date, **more: Any
) -> dict[str, Any]:
    return {
        "project": course.record,
        "team": course.record.team,
        "stage": stage,
        "plan": "in",
        "amount": Decimal(amount) / FEN,
        "day": day,
        "counterparty": "示范市财政局",
        **more,
    }


def _of_project(book: Book, course: Course, number: int) -> tuple[list[dict[str, Any]], list[_Spending]]:
    """The events of one project but its spending, and what of its money is spent when."""
    chance = book.chance(f"money {course.record.key}")
    start = course.record.planned_start
    agreed = start - days(chance.randint(40, 100))
    rows = [_event(book, course, "promised", course.amount, agreed - days(100))]
    committed = int(course.amount * chance.choice((0.94, 0.97, 1, 1))) // _GRAIN * _GRAIN
    tranches = split(chance, committed, chance.choice((1, 2)))
    rows += [
        _event(book, course, "committed", part, agreed + days(20 * n), evidence=paper(chance, agreed))
        for n, part in enumerate(tranches)
    ]
    arrivals = _arrivals(book, chance, course, committed, agreed + days(30))
    spendings = []
    keeps = _kept(course.fate, number)
    for n, (day, amount) in enumerate(arrivals):
        rows.append(_event(book, course, "arrived", amount, day, evidence=paper(chance, day)))
        if course.record.delivery == "cheque" and n == 0:
            unit = {"counterparty": course.record.builder}
            rows.append(_event(book, course, "paid_on", amount, min(day + days(15), book.day), **unit))
        kept = amount * keeps // 100 // _GRAIN * _GRAIN
        until = min(course.record.ended or book.day, book.day)
        since = max(day, course.record.started or day)
        if spent := amount - kept if keeps < 100 else 0:
            spendings.append(_Spending(course, spent, since, max(until, since)))
        back = min(book.day, until + days(45))
        if (kept and course.fate == "done" and number % _LEFT_IDLE) or course.fate == "cancelled":
            rows.append(_event(book, course, "returned", kept or amount, max(back, day)))
    return [row for row in rows if row["day"] <= book.day], spendings


def _kept(fate: str, number: int) -> int:
    """How much of each arrival is not spent, in per cent."""
    if fate in ("held", "ahead", "cancelled"):
        return 100
    if fate == "done":
        return (8, 0, 3, 0, 0, 2)[number % 6]
    return {"stalled": 55, "running": 25}[fate]


def _arrivals(
    book: Book, chance: Random, course: Course, committed: int, since: datetime.date
) -> list[tuple[datetime.date, int]]:
    reached = {"done": 100, "running": 75, "stalled": 80, "held": 60, "ahead": 30, "cancelled": 20}[
        course.fate
    ]
    total = committed * reached // 100 // _GRAIN * _GRAIN
    until = min(course.record.ended or course.record.planned_end, book.day)
    parts = split(chance, total, 1 if reached < 70 else chance.choice((2, 2, 3, 4)))
    step = max((until - since).days, 0) / (len(parts) + 1)
    told = [(since + days(step * n), part) for n, part in enumerate(parts)]
    return [(day, part) for day, part in told if day <= book.day]


def _spent(book: Book, chance: Random, spending: _Spending, parts: int) -> list[dict[str, Any]]:
    amounts = split(chance, spending.amount, parts)
    length = (spending.until - spending.since).days
    moments = sorted(chance.randint(0, length) for _ in range(parts))
    while len(amounts) < parts:  # too little money for whole grains: in fen then
        amounts = split(chance, spending.amount, parts, 1)
    course = spending.course
    return [
        _event(
            book,
            course,
            "spent",
            amount,
            spending.since + days(moment),
            counterparty=course.record.builder,
            evidence=paper(chance, spending.since),
        )
        for amount, moment in zip(amounts, moments, strict=True)
    ]


def _beside_projects(book: Book, served: list[Served]) -> list[dict[str, Any]]:
    """Working money in plan and donated goods out of it, quarter by quarter."""
    chance = book.chance("beside projects")
    rows: list[dict[str, Any]] = []
    for one in served:
        begin = one.term.starts
        while begin + days(91) <= min(one.term.ends, book.day):
            work, goods = chance.randint(20, 60) * 10_000, chance.randint(5, 90) * 1_000
            own = {"team": one.team, "counterparty": "示范市财政局", "plan": "in"}
            given = {
                "team": one.team,
                "counterparty": "示范市某基金会",
                "plan": "out",
                "form": "goods",
                "what": chance.choice(book.words.goods),
            }
            spent = work * chance.randint(80, 100) // 100
            for told, amount, stage, after in (
                (own, work, "committed", 0), (own, work, "arrived", 10), (own, spent, "spent", 60),
                (given, goods, "committed", 5), (given, goods, "arrived", 30), (given, goods, "spent", 50),
            ):  # fmt: skip
                rows.append(told | {"amount": Decimal(amount), "stage": stage, "day": begin + days(after)})
            begin += days(91)
    return rows
