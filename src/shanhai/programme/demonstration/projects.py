"""120 projects: gathered ones with parts, single ones, co-funding; what became of each, and the assets that they left."""

import datetime
import math
from decimal import Decimal
from random import Random
from typing import Any

import msgspec

from shanhai.programme.demonstration.book import FEN, Book, days, paper
from shanhai.programme.demonstration.people import Served

PROJECTS_OF_TERM = 40
_PARTS = (5, 3, 3)
"""Parts of the projects that gather others: the first is an umbrella, the others have parts without being one."""
_CO_FUNDED = 10
_VISITS_OF_IDLE = 2


class Course(msgspec.Struct, frozen=True):
    """How a project went.

    Attributes:
        record: the project.
        amount: its planned money in fen.
        fate: done, running, stalled (begun, not finished), held (money came, nothing begun), ahead, cancelled, gathers.
    """

    record: Any
    amount: int
    fate: str


def enter_projects(book: Book, served: list[Served]) -> list[Course]:
    """All projects, those that gather others before their parts."""
    courses = [course for one in served for course in _of_term(book, one)]
    chance = book.chance("cofunding")
    funded = chance.sample([c for c in courses if c.fate != "gathers"], _CO_FUNDED)
    book.enter(
        "cofunding",
        (
            {
                "project": course.record,
                "funder": chance.choice(book.words.funders),
                "share": Decimal(chance.randint(1, 8) * 5) / 100 if n >= 2 else None,
            }
            for n, course in enumerate(funded)
        ),
    )
    _leave_assets(book, courses)
    return courses


def _of_term(book: Book, one: Served) -> list[Course]:
    chance = book.chance(f"projects {one.term.key}")
    singles = [_row(book, one, chance, n) for n in range(PROJECTS_OF_TERM - len(_PARTS))]
    courses: list[Course] = []
    begin = 0
    for number, parts in enumerate(_PARTS):
        own = singles[begin : begin + parts]
        begin += parts
        gathering = _gathering(book, one, own, number)
        (above,) = book.enter("project", [gathering])
        courses.append(Course(above, int(gathering["planned"] * FEN), "gathers"))
        courses += _entered(book, [(row | {"parent": above}, fate) for row, fate in own])
    return courses + _entered(book, singles[begin:])


def _entered(book: Book, told: list[tuple[dict[str, Any], str]]) -> list[Course]:
    records = book.enter("project", [row for row, _ in told])
    return [
        Course(record, int(row["planned"] * FEN), fate)
        for record, (row, fate) in zip(records, told, strict=True)
    ]


def _gathering(
    book: Book, one: Served, parts: list[tuple[dict[str, Any], str]], number: int
) -> dict[str, Any]:
    """A project that gathers others: its plan is what theirs come to."""
    rows = [row for row, _ in parts]
    started = [row["started"] for row in rows if row.get("started")]
    return {
        "name": f"第{one.term.batch}批{('民生补短板总项目', '产业配套组团项目', '教育医疗组团项目')[number]}",
        "area": rows[0]["area"],
        "term": one.term,
        "team": one.team,
        "umbrella": number == 0,
        "level": "prefecture",
        "livelihood": "whole",
        "status": "2" if started else "1",
        "planned": sum(row["planned"] for row in rows),
        "planned_start": min(row["planned_start"] for row in rows),
        "planned_end": max(row["planned_end"] for row in rows),
        "started": min(started, default=None),
        "places": sorted({(place[0], "") for row in rows for place in row["places"]}),
    }


def _row(book: Book, one: Served, chance: Random, number: int) -> tuple[dict[str, Any], str]:
    area = chance.choices(sorted(book.words.projects), (3, 5, 2, 5, 6, 6, 8))[0]
    place = book.place(chance)
    planned_start = one.term.starts + days(chance.randint(60, 620))
    planned_end = planned_start + days(chance.randint(180, 560))
    amount = round(math.exp(chance.uniform(math.log(300_000), math.log(26_000_000))), -4)
    livelihood = chance.choices(("whole", "part", "none", "unclassified"), (74, 9, 9, 8))[0]
    row = {
        "name": f"{book.name_of(place)}{chance.choice(book.words.projects[area])}",
        "area": area,
        "term": one.term,
        "team": one.groups[chance.choice(book.words.groups)],
        "level": chance.choices(
            ("below", "county", "prefecture", "province", "unclassified"), (46, 34, 10, 3, 7)
        )[0],
        "livelihood": livelihood,
        "livelihood_share": Decimal(chance.randint(6, 16)) / 20 if livelihood == "part" else None,
        "delivery": chance.choice(("turnkey", "cheque", "cheque")),
        "planned": Decimal(int(amount)),
        "planned_start": planned_start,
        "planned_end": planned_end,
        "places": [place],
        "builder": f"{book.name_of(place)}项目管理中心",
        "receiver": f"{book.name_of(place)}主管部门",
        "evidence": paper(chance, planned_start),
    }
    fate, dates = _course(book, one, chance, number, planned_start, planned_end)
    return row | dates, fate


def _course(
    book: Book, one: Served, chance: Random, number: int, start: datetime.date, end: datetime.date
) -> tuple[str, dict[str, Any]]:
    begun = start + days(chance.choice((0, 5, 12, 20, 30, 45, 130, 240)))
    done = begun + days((end - start).days * chance.choice((0.9, 1, 1, 1.05, 1.1, 1.3)))
    turn = (number * 7 + one.term.batch) % 36
    if turn == 0:
        return "cancelled", {"status": "5"}
    if turn in (1, 2) and start < book.day:
        return "held", {"status": "1"}
    if begun > book.day:
        return "ahead", {"status": "1"}
    if turn in (3, 4, 5):
        return "stalled", {"status": "6" if turn == 3 else "2", "started": begun}
    if done > book.day:
        return "running", {"status": "2", "started": begun}
    closed = done + days(240) < book.day and number % 5
    return "done", {"status": "4" if closed else "3", "started": begun, "ended": done}


def _leave_assets(book: Book, courses: list[Course]) -> None:
    """An asset of each finished project that is older than two months; one in eight lies idle."""
    chance = book.chance("assets")
    finished = [
        c for c in courses if c.fate == "done" and c.record.ended and c.record.ended + days(60) < book.day
    ]
    found = []
    for n, course in enumerate(finished):
        given = course.record.ended + days(chance.randint(20, 60))
        use = {3: "idle", 7: "partly"}.get(n % 16, "in_use")
        found.append(
            {
                "project": course.record,
                "name": course.record.name,
                "value": Decimal(int(course.amount * 0.9)) / FEN,
                "handed_over": given,
                "owner": course.record.receiver,
                "use": use,
                "since": given,
            }
        )
    assets = book.enter("asset", found)
    visits: list[dict[str, Any]] = []
    for n, asset in enumerate(assets):
        day = asset.handed_over + days(chance.randint(60, 180))
        use = "idle" if n % 16 in (3, 11) else asset.use
        for _ in range(_VISITS_OF_IDLE if use == "idle" else 1):
            if day <= book.day:
                note = "大门上锁，未见使用" if use == "idle" else "正常使用"
                visits.append({"asset": asset, "day": day, "use": use, "by": "援藏办项目科", "note": note})
            day += days(chance.randint(90, 200))
    book.enter("visit", visits)
