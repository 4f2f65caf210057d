"""A target as pages and files show it: its figure, or why it has none, and what was not added to it."""

from decimal import Decimal

import msgspec
from django.utils.translation import gettext as _

from shanhai.programme.models import Target
from shanhai.programme.queries.boards.targets import Course, Judged
from shanhai.web.boards.words import COURSES, Word, is_english
from shanhai.web.frame.templatetags.frame import both


class ShownTarget(msgspec.Struct, frozen=True):
    """One target.

    Attributes:
        figure: as ``Standing.shown`` has it; "" where there is none.
        value: the same where it is one number; None for a ratio, which is shown with its parts.
        why: why there is none.
        notes: what was not added, and what else is to be known of the figure.
        rate: how far it is on its way, in per cent.
        width: the same, between 0 and 100.
        from_baseline: whether the way begins at a baseline.
        course, word, meaning: how it is to be taken.
    """

    target: Target
    figure: str
    value: Decimal | None
    why: str
    notes: list[str]
    rate: Decimal | None
    width: Decimal | None
    from_baseline: bool
    course: Course
    word: Word
    meaning: Word


def shown_target(one: Judged) -> ShownTarget:
    """A target as it is shown."""
    rolled, progress = one.standing.rolled, one.standing.progress
    figure = one.standing.shown(is_english())
    notes = [both(note.zh, note.en) for note in one.standing.notes]
    why = ""
    if not figure:
        why, notes = (notes[0] if notes else _("没有登记完成情况")), notes[1:]
    elif progress.zh:
        notes.append(both(progress.zh, progress.en))
    share = progress.share
    return ShownTarget(
        one.target,
        figure,
        one.standing.value if rolled.denominator is None else None,
        why,
        notes,
        share,
        None if share is None else min(max(share, Decimal(0)), Decimal(100)),
        progress.from_baseline,
        one.course,
        *COURSES[one.course],
    )
