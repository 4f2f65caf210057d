"""Plans under change control: first versions approved, later changes approved, refused and still waiting."""

import datetime
from decimal import Decimal
from random import Random
from typing import Any

from shanhai.ledger.rights import Right
from shanhai.programme.actions.plans import Asked, approve, ask, refuse
from shanhai.programme.demonstration.book import Book, days, paper
from shanhai.programme.demonstration.projects import Course
from shanhai.programme.models import PlanVersion, Project

_UNDER_CONTROL, _LATER, _REFUSED, _WAITING = 24, 8, 2, 4
"""So many projects have an approved plan; of these, so many were put off, were refused more money, and wait for an answer."""
_RISES = (Decimal("1.1"), Decimal("1.2"))
_REASONS = ("汛期停工，工期顺延", "选址调整，需重新勘察", "设备到货推迟")


def enter_plans(book: Book, courses: list[Course]) -> None:
    """Versions of plans; where the actor may not approve, all of them wait."""
    chance = book.chance("plans")
    dated = [c for c in courses if c.record.planned_end and c.fate not in ("gathers", "cancelled")]
    projects = [course.record for course in chance.sample(dated, _UNDER_CONTROL)]
    may_approve = book.actor.may(Right.APPROVE, book.pairing.pk)
    for number, project in enumerate(projects):
        first = ask(project, Asked(), actor=book.actor, at=book.at)
        if not may_approve:
            continue
        _approve(book, chance, first, project.planned_start)
        if number < _LATER:
            later = _ask(book, project, chance.choice(_REASONS), _put_off(chance, project))
            _approve(book, chance, later, project.planned_end)
        elif number < _LATER + _REFUSED:
            version = _ask(book, project, "增加附属设施", _more(chance, project))
            refuse(version, why="超出年度资金盘子，列入下一批", actor=book.actor, at=book.at)
        elif number < _LATER + _REFUSED + _WAITING:
            _ask(book, project, "材料涨价，申请追加", _more(chance, project))


def _ask(book: Book, project: Project, reason: str, values: dict[str, Any]) -> PlanVersion:
    return ask(project, Asked(values, reason), actor=book.actor, at=book.at)


def _approve(book: Book, chance: Random, version: PlanVersion, day: datetime.date | None) -> None:
    document = paper(chance, min(day or book.day, book.day))
    approve(version, document=document, actor=book.actor, at=book.at)


def _put_off(chance: Random, project: Project) -> dict[str, Any]:
    assert project.planned_end is not None
    return {"planned_end": project.planned_end + days(30 * chance.randint(2, 6))}


def _more(chance: Random, project: Project) -> dict[str, Any]:
    assert project.planned is not None
    return {"planned": (project.planned * chance.choice(_RISES)).quantize(Decimal("1000"))}
