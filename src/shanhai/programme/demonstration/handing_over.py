"""What each term hands over to the next: the projects that were not finished then, with what is left to do."""

from itertools import pairwise
from typing import Any

from shanhai.programme.demonstration.book import Book, days
from shanhai.programme.demonstration.people import Served
from shanhai.programme.demonstration.projects import Course


def enter_handovers(book: Book, served: list[Served], courses: list[Course]) -> None:
    """A hand-over between each two terms, and its open matters."""
    chance = book.chance("handing over")
    for before, after in pairwise(served):
        (handover,) = book.enter(
            "handover",
            [
                {
                    "from_term": before.term,
                    "to_term": after.term,
                    "day": after.term.starts,
                    "given_by": before.members[""][0].name,
                    "taken_by": after.members[""][0].name,
                }
            ],
        )
        rows: list[dict[str, Any]] = []
        for course in courses:
            project = course.record
            ended = project.ended is not None and project.ended <= before.term.ends
            if project.term_id != before.term.pk or ended or course.fate in ("gathers", "cancelled"):
                continue
            done = project.ended is not None
            rows.append(
                {
                    "handover": handover,
                    "about": f"project:{project.key}",
                    "summary": chance.choice(book.words.matters),
                    "state": "done" if done else chance.choice(("open", "taken")),
                    "due": after.term.starts + days(chance.randint(60, 300)),
                    "successor": chance.choice(after.members[""]),
                }
            )
        book.enter("matter", rows)
