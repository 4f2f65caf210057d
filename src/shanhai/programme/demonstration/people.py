"""The pairing's arrangement, its three terms, their teams, posts, members, assessments and honours."""

import datetime
from typing import Any

import msgspec

from shanhai.programme.demonstration.book import Book, days

TERMS = 3
MEMBERS_OF_TERM = 20


class Served(msgspec.Struct, frozen=True):
    """One term: its record, its team, the groups within it by name, their members by group ("" for the team itself)."""

    term: Any
    team: Any
    groups: dict[str, Any]
    members: dict[str, list[Any]]


def enter_terms(book: Book) -> list[Served]:
    """All that is of people, in the order of the terms."""
    begin = book.words.first_term
    book.enter("arrange", [{"mode": "paired", "since": datetime.date(1995, 1, 1)}])
    terms = book.enter(
        "term",
        [
            {
                "key": f"P{book.words.first_batch + n}",
                "batch": book.words.first_batch + n,
                "starts": begin.replace(year=begin.year + 3 * n),
                "ends": begin.replace(year=begin.year + 3 * n + 3) - days(1),
            }
            for n in range(TERMS)
        ],
    )
    served = [_one(book, term) for term in terms]
    _assess(book, served)
    _honour(book, served)
    return served


def _one(book: Book, term: Any) -> Served:
    top = {"key": f"T{term.batch}", "name": f"第{term.batch}批工作队", "term": term}
    (team,) = book.enter("team", [top])
    rows = [
        {"key": f"T{term.batch}-{n}", "name": f"第{term.batch}批{name}", "term": term, "parent": team}
        for n, name in enumerate(book.words.groups, 1)
    ]
    groups = dict(zip(book.words.groups, book.enter("team", rows), strict=True))
    members = {name: _members(book, term, groups.get(name, team), name) for name in ("", *groups)}
    return Served(term, team, groups, members)


def _members(book: Book, term: Any, team: Any, group: str) -> list[Any]:
    chance, words = book.chance(f"members {team.key}"), book.words
    number = MEMBERS_OF_TERM // (len(words.groups) + 1)
    receiving = [f"{book.name_of(book.place(chance))}受援单位" for _ in range(number)]
    posts = book.enter(
        "post",
        [
            {
                "name": words.posts[group][n % len(words.posts[group])],
                "team": team,
                "profession": words.professions[group][n % len(words.professions[group])],
                "grade": words.grades[group],
                "receiving_unit": receiving[n],
                "starts": term.starts,
            }
            for n in range(number)
        ],
    )
    before = book.entered.get("member", 0)
    return book.enter(
        "member",
        [
            {
                "name": f"队员{before + n + 1:02}",
                "team": team,
                "post": post,
                "profession": post.profession,
                "grade": post.grade,
                "sending_unit": words.units[group],
                "receiving_unit": post.receiving_unit,
                "starts": term.starts,
                "ends": term.ends if term.ends < book.day else None,
            }
            for n, post in enumerate(posts)
        ],
    )


def _assess(book: Book, served: list[Served]) -> None:
    chance = book.chance("assessments")
    results = ("excellent", "competent", "competent", "competent", "competent", "basic")
    book.enter(
        "assess",
        (
            {
                "member": member,
                "form": "yearly",
                "starts": datetime.date(year, 1, 1),
                "ends": datetime.date(year, 12, 31),
                "result": chance.choice(results),
                "assessor": "示范市委组织部",
            }
            for one in served
            for year in range(one.term.starts.year + 1, one.term.ends.year)
            for members in one.members.values()
            for member in members
            if datetime.date(year, 12, 31) < book.day
        ),
    )


def _honour(book: Book, served: list[Served]) -> None:
    chance = book.chance("honours")
    rows: list[dict[str, Any]] = []
    for one in served:
        for name in book.words.honours:
            day = one.term.starts + days(chance.randint(200, 1000))
            member = chance.choice(one.members[""]) if "干部" in name else None
            level = chance.choice(("provincial", "prefecture", "county"))
            if day <= book.day:
                rows.append({"name": name, "team": one.team, "member": member, "level": level, "day": day})
    book.enter("honour", rows)
