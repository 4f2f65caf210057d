"""3,000 activities of all sorts, needs, offers and what was matched."""

import datetime
from collections.abc import Sequence
from random import Random
from typing import Any

from shanhai.programme.demonstration.book import Book, days, paper
from shanhai.programme.demonstration.people import Served

ACTIVITIES = 3_000
NEEDS, OFFERS, MATCHES = 40, 30, 24
_SORTS = {
    "training": 30, "clinic": 22, "mentoring": 9, "exchange": 7, "visit": 7, "sale": 6, "placement": 5, "donation": 4,
    "household_pairing": 4, "fair": 3, "institution_pairing": 2, "agreement": 2, "firm": 2, "brand": 1, "survey": 2,
    "planting": 2,
}  # fmt: skip
"""How often each sort comes, of a hundred or so."""
_GROUP_OF = {"clinic": "医疗组", "mentoring": "教育组", "sale": "产业组", "firm": "产业组"}


def enter_activities(book: Book, served: list[Served]) -> list[dict[str, Any]]:
    """All activities; what stands in each is handed back, for the results that follow from them."""
    chance = book.chance("activities")
    first = served[0].term.starts
    span = (book.day - first).days
    moments = sorted(first + days(chance.randint(0, span)) for _ in range(ACTIVITIES))
    sorts = chance.choices(sorted(_SORTS), [_SORTS[sort] for sort in sorted(_SORTS)], k=ACTIVITIES)
    rows = [_activity(book, served, chance, day, sort) for day, sort in zip(moments, sorts, strict=True)]
    book.enter("activity", rows)
    return rows


def _activity(
    book: Book, served: Sequence[Served], chance: Random, day: datetime.date, sort: str
) -> dict[str, Any]:
    one = next(s for s in reversed(served) if s.term.starts <= day)
    group = _GROUP_OF.get(sort) or chance.choice(book.words.groups)
    place = book.place(chance)
    row: dict[str, Any] = {
        "sort": sort,
        "name": f"{book.name_of(place)}{chance.choice(book.words.topics[sort])}",
        "day": day,
        "places": [place],
        "team": one.groups[group],
        "member": chance.choice(one.members[group]),
        "partner": f"{book.name_of(place)}某单位",
        "counts": _counts(chance, sort),
        "evidence": paper(chance, day),
    }
    if sort in ("sale", "firm", "donation"):
        row["amount"] = chance.randint(5, 400) * 1_000 * (50 if sort == "firm" else 1)
    if stages := _STAGES.get(sort):
        row["stage"] = chance.choice(stages)
    if sort == "training":
        row["ends"] = min(day + days(row["counts"]["days"] - 1), book.day)
    return row


_STAGES = {
    "mentoring": ("agreed", "under_way", "done"),
    "institution_pairing": ("agreed", "under_way"),
    "agreement": ("signed", "in_force"),
    "firm": ("contact", "signed", "arrived", "producing"),
    "sale": ("purchase", "canteen", "livestream", "online", "fair", "shop"),
    "brand": ("applied", "granted"),
}


def _counts(chance: Random, sort: str) -> dict[str, int]:
    n = chance.randint
    if sort == "training":
        people, length = n(15, 90), n(1, 5)
        return {"trained": people, "attendances": people * length, "days": length}
    if sort == "placement":
        near, far = n(0, 30), n(1, 25)
        return {"placed": near + far, "placed_near": near, "placed_far": far}
    if sort == "planting":
        trees = n(200, 5000)
        return {"trees": trees, "survived": trees * n(70, 96) // 100}
    if sort == "fair":
        jobs = n(80, 900)
        return {"jobs_offered": jobs, "intentions": jobs * n(10, 60) // 100}
    if sort == "mentoring":
        pairs = n(1, 6)
        return {"pairs": pairs, "mentored": pairs}
    if sort == "institution_pairing":
        return {chance.choice(("schools", "hospitals", "towns", "villages")): n(1, 3)}
    simple = {
        "clinic": {"treated": n(20, 260), "screened": n(0, 120)},
        "exchange": {"participants": n(10, 120)},
        "visit": {"person_times": n(4, 40)},
        "sale": {"orders": n(5, 800)},
        "donation": {"pieces": n(10, 900)},
        "household_pairing": {"households": n(5, 40), "visits": n(5, 80)},
        "agreement": {"agreements": 1},
        "firm": {"jobs": n(5, 80)},
        "brand": {"brands": 1},
        "survey": {"sites": n(2, 30)},
    }
    return simple[sort]


def enter_needs(book: Book) -> None:
    """What was asked for and offered; a matched need has its match."""
    chance, words = book.chance("needs"), book.words
    first = book.day - days(1200)
    kinds = len(words.needs)

    def rows(number: int, side: str, told: Sequence[str], said_by: str) -> list[dict[str, Any]]:
        return [
            {
                "side": side,
                "summary": told[n % kinds],
                "area": words.need_areas[n % kinds],
                "said_by": said_by,
                "places": [book.place(chance)],
                "day": (day := first + days(chance.randint(0, 900))),
                "due": day + days(chance.randint(120, 500)),
                "state": ("met" if n % 3 else "matched") if n < MATCHES else "open",
            }
            for n in range(number)
        ]

    asked = book.enter("need", rows(NEEDS, "asked", words.needs, "受援县主管部门"))
    offered = book.enter("need", rows(OFFERS, "offered", words.offers, "示范市某单位"))
    book.enter(
        "match",
        (
            {
                "need": asked[n],
                "offer": offered[n],
                "day": (day := max(asked[n].day, offered[n].day) + days(30)),
                "due": day + days(180),
                "state": "done" if n % 3 else "under_way",
            }
            for n in range(MATCHES)
        ),
    )
