"""Injected spam: stretches that are built like lists or solicitations and foreign to the page and the field.

Nothing here knows a bad word. A line that looks like a list of titles, or like an advertisement, is scored by how it
is built, where it stands and how little it shares with the page (``points``); what weighed most becomes the reason.
"""

import re

from shanhai.model import Role
from shanhai.reading.sift.foreign import Reference
from shanhai.reading.sift.page import TRADITIONAL, Page
from shanhai.reading.sift.points import (
    BARS,
    INTRODUCED,
    UNDERSCORES,
    Point,
    contact_form,
    names_subject,
    of_advertisement,
    of_list,
    of_place,
    solicitation_form,
)

THRESHOLD = 4.5
"""Points from which a line is spam."""
BESIDE_SPAM = 3.0
"""Points from which a line next to spam is spam."""
REASONS = 3

FEW_ITEMS = 4
LONGEST_ITEM = 18
"""Characters (median) up to which items are names or titles."""
SHORTEST = 12
"""Characters below which a line is too short to be judged by itself."""
SIMPLIFIED = 0.01
"""Share of traditional-only characters up to which a line is in simplified script."""
FIELD_PAGE = 0.6
"""Share of prose with a subject of the field from which a page is a report of it, so that other prose stands out."""
SOLICITATIONS = 2
SHORT_LINE = 30
"""Characters up to which lines one below the other are the items of a list."""

COMMAS = re.compile(r"\s*[,，;；]+\s*")
DASHES = re.compile(r"(?<!\d)-+|-+(?!\d)")
ENUMERATION = re.compile(r"\s*、\s*")
SPACES = re.compile(r"[\s/·•]+")
SEPARATOR = re.compile(r"[-|｜_、,，；\s/·•]")
SPACE = re.compile(r"[\s/·•]")
TOKEN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/:@-]{4,}")
"""What any way to be reached holds; if it is all digits, it has as many as a telephone number."""
LEAST_NUMBER = 7


def set_spam_apart(page: Page) -> None:
    """Settle the lines that are injected spam."""
    field = _of_field(page)
    candidates = _candidates(page, field)
    lines_below = _list_of_lines(page, candidates)
    if not candidates and not lines_below:
        return
    reference = _reference(page, candidates.keys() | set(lines_below))
    scores = {at: _points(page, at, items, reference, field) for at, items in candidates.items()}
    _decide(page, scores)
    if lines_below:
        _decide_lines(page, lines_below, reference, field)


def _reference(page: Page, in_question: set[int]) -> Reference:
    """What the page says where nothing is in question."""
    sure = [
        at for at in range(len(page.texts)) if page.content(at) and at not in in_question and at < page.closed
    ]
    return Reference([page.texts[at] for at in sure if page.prose[at]], [page.texts[at] for at in sure])


def _points(page: Page, at: int, items: list[str], reference: Reference, field: bool) -> list[Point]:
    line = page.texts[at]
    points = of_place(page, at, _other_script(page, at))
    if not items:
        return points + of_advertisement(line, reference, field)
    listed = of_list(line, items, reference, field)
    if at and page.texts[at - 1].endswith(("：", ":")):
        listed.append(INTRODUCED)
    if contact_form().search(line) or solicitation_form().search(line):
        listed = max(listed, of_advertisement(line, reference, field), key=_total)
    return points + listed


def _total(points: list[Point]) -> float:
    return sum(point.weight for point in points)


def _decide(page: Page, scores: dict[int, list[Point]]) -> None:
    totals = {at: _total(points) for at, points in scores.items()}
    spam = {at for at, total in totals.items() if total >= THRESHOLD}
    for step, order in ((-1, sorted(totals)), (1, sorted(totals, reverse=True))):
        spam.update(at for at in order if at + step in spam and totals[at] >= BESIDE_SPAM)
    for at in spam:
        page.give(at, Role.SPAM, _reason(scores[at]))


def _decide_lines(page: Page, run: list[int], reference: Reference, field: bool) -> None:
    """Settle a run of short lines at the end of the page, one item a line."""
    items = [page.texts[at] for at in run]
    points = of_place(page, run[-1], False) + of_list(" ".join(items), items, reference, field)
    if _total(points) >= THRESHOLD:
        for at in run:
            page.give(at, Role.SPAM, _reason(points))


def _reason(points: list[Point]) -> str:
    told = sorted((point for point in points if point.reason), reverse=True)
    return "; ".join(point.reason for point in told[:REASONS])


def _of_field(page: Page) -> bool:
    """Whether nearly all of the page's prose is about subjects of the field, so that other prose stands out."""
    prose = [line for at, line in enumerate(page.texts) if page.prose[at]]
    return len(prose) >= 2 and sum(map(names_subject, prose)) >= FIELD_PAGE * len(prose)


def _candidates(page: Page, field: bool) -> dict[int, list[str]]:
    """The lines that are looked at, each with its items if it is a list, without if it reads like an advertisement."""
    found: dict[int, list[str]] = {}
    for at in page.undecided():
        line = page.texts[at]
        if len(line) < SHORTEST or page.marked[at] or at in page.drawn:
            continue
        items = [] if page.prose[at] and line.count("|") < FEW_ITEMS else items_of(line)
        strange = _other_script(page, at) or _gives_contact(line)
        if items or strange or (field and not names_subject(line) and _solicits(line)):
            found[at] = items
    return found


def _solicits(line: str) -> bool:
    """Whether ``line`` asks the reader to act more than once, in different words."""
    return len(set(solicitation_form().findall(line))) >= SOLICITATIONS


def _gives_contact(line: str) -> bool:
    """Whether ``line`` gives a way to reach someone; the forms are tried once, whatever the number of tokens."""
    told = any(
        len(token) >= LEAST_NUMBER or token.upper() != token.lower()
        for token in (found[0] for found in TOKEN.finditer(line))
    )
    return told and contact_form().search(line) is not None


def items_of(line: str) -> list[str]:
    """The items of a line that is a list of short ones; none for others.

    >>> items_of("防城港市| 闵行区| 民乐县| 鄄城县|")
    ['防城港市', '闵行区', '民乐县', '鄄城县']
    """
    if not SEPARATOR.search(line):
        return []
    if "|" in line or "｜" in line:
        separator = BARS
    elif line.count("_") >= FEW_ITEMS - 1:
        separator = UNDERSCORES
    elif "。" in line:
        return []
    elif len(DASHES.findall(line)) >= FEW_ITEMS - 1:
        separator = DASHES
    elif line.count("、") >= FEW_ITEMS - 1:
        separator = ENUMERATION
    elif line.count(",") + line.count("，") + line.count("；") >= FEW_ITEMS - 1:
        separator = COMMAS
    elif len(SPACE.findall(line)) >= FEW_ITEMS - 1:
        separator = SPACES
    else:
        return []
    items = [item for item in separator.split(line) if item]
    return (
        items if len(items) >= FEW_ITEMS and sorted(map(len, items))[len(items) // 2] <= LONGEST_ITEM else []
    )


def _list_of_lines(page: Page, candidates: dict[int, list[str]]) -> list[int]:
    """The short lines that run to the end of the page below its last prose, if they are enough for a list."""
    run: list[int] = []
    for at in range(page.last_prose + 1, len(page.texts)):
        if page.open(at) and at not in candidates and not page.marked[at]:
            line = page.texts[at]
            if len(line) > SHORT_LINE or line.endswith(("。", "；", "：")):
                return []
            run.append(at)
    return run if len(run) >= FEW_ITEMS and page.last_prose >= 0 else []


def _other_script(page: Page, at: int) -> bool:
    if not page.one_script:
        return False
    share = page.lines[at].traditional
    return share <= SIMPLIFIED if page.traditional else share >= TRADITIONAL
