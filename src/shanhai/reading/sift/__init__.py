"""Sifting: which lines of a page are the report, and which stand beside it.

Nothing is thrown away: each line gets a role and the reason for it. Cues settle most furniture (``furniture``), how a
stretch is built and how foreign it is settles spam (``spam``), and what is left is named by its place (``structure``).
"""

from collections.abc import Sequence

from shanhai.reading.sift.furniture import set_furniture_apart, set_tail_apart
from shanhai.reading.sift.lines import Line, Verdict
from shanhai.reading.sift.page import Page
from shanhai.reading.sift.spam import set_spam_apart
from shanhai.reading.sift.structure import find_title, name_content, set_repeats_apart

__all__ = ["Line", "Verdict", "sift"]


def sift(text: str, lines: Sequence[Line], title: str = "") -> list[Verdict]:
    """The role of each line, and what decided it.

    Args:
        text: the mended text, in simplified script.
        lines: its non-blank lines, in order.
        title: the title as the page's metadata state it, mended; "" where they do not. It may end in the site's name.
    """
    page = Page(text, lines, title)
    set_furniture_apart(page)
    set_spam_apart(page)
    set_repeats_apart(page)
    find_title(page)
    set_tail_apart(page)
    name_content(page)
    return page.verdicts
