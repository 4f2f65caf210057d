"""Furniture: what the page says about itself and other pages, known by its words and by where it stands."""

import re
from bisect import bisect_right

from shanhai.catalogue.furniture import Cues, Group, Opens, load_cues, load_furniture
from shanhai.model import Role
from shanhai.reading.extracted import BlockKind
from shanhai.reading.sift.page import Page, is_marked

LINKED = 0.8
"""Share of characters in links from which a short line is a link to another page."""
SHORT = 60
"""Characters up to which a line without full stop may be a headline or a menu."""
SENTENCE = 20
"""Characters from which a line that ends as a sentence, and has a comma, is one."""
NOTICES = 2
"""Different cues of a notice that set apart a whole paragraph of prose."""
MOST_LINKS = 40
ENUMERATED = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[①-⑳])[）)、.．,，]|[※*·●■◆]")


def set_furniture_apart(text: str, page: Page) -> None:
    """Settle the lines that show a cue, those that the markup tells, and what follows from them."""
    cues = load_cues()
    holding = _lines_with(cues.stems, text, page)
    for at, line in enumerate(page.lines):
        if line.kind is BlockKind.HIDDEN:
            page.give(at, Role.HIDDEN, "hidden by the page's markup")
            continue
        group = _group(page, at, cues, at in holding)
        if group:
            page.groups[at] = group
            page.give(at, group.role, group.reason)
        elif line.kind is BlockKind.NAVIGATION and not (page.prose[at] and line.linked < LINKED):
            page.give(at, Role.FURNITURE, "navigation in the page's markup")
        elif line.linked >= LINKED and line.kind is BlockKind.PARAGRAPH and len(page.texts[at]) <= SHORT:
            page.give(at, Role.FURNITURE, "link to another page")
    _find_ends(page)
    _follow_notices(page, cues, holding)


def _group(page: Page, at: int, cues: Cues, holds: bool) -> Group | None:
    """The group whose cue line ``at`` shows, if it may set this line apart."""
    line = page.texts[at]
    prose = page.prose[at] or (len(line) >= SENTENCE and line.endswith("。") and ("，" in line or "," in line))
    group = cues.starting_group(line)
    if group and (group.prose or not prose):
        return group
    if not prose and not is_marked(page.lines[at]):
        group = cues.whole_group(line)
        if group is None and cues.is_menu(line):
            group = cues.groups["tools"]
        if group:
            return group
    if holds:
        for group, count in cues.holding_groups(line):
            if not prose or (group.prose and count >= NOTICES):
                return group
    return None


def _lines_with(stems: tuple[str, ...], text: str, page: Page) -> set[int]:
    """The lines in which one of ``stems`` stands."""
    starts: list[int] = []
    found = set()
    for stem in stems:
        at = text.find(stem)
        while at >= 0:
            starts = starts or [line.start for line in page.lines]
            line = bisect_right(starts, at) - 1
            found.add(line)
            at = text.find(stem, page.lines[line].end if line >= 0 else at + 1)
    return found


def _find_ends(page: Page) -> None:
    """Find the last line of prose, and the first line after prose that ends the article."""
    seen_prose = False
    for at, group in enumerate(page.groups):
        if page.prose[at] and page.content(at):
            seen_prose = True
            page.last_prose = at
        elif seen_prose and group and group.closes and at < page.closed:
            page.closed = at


def _follow_notices(page: Page, cues: Cues, holding: set[int]) -> None:
    """Set apart the paragraphs below a notice that carry it on."""
    notice = None
    for at, line in enumerate(page.texts):
        group = page.groups[at]
        if group and group.opens is Opens.NOTICES:
            notice = group
        elif notice and page.open(at):
            if at in holding and (ENUMERATED.match(line) or cues.holding_groups(line)):
                page.groups[at] = notice
                page.give(at, notice.role, f"{notice.reason}, carried on")
            else:
                notice = None


def set_tail_apart(page: Page) -> None:
    """Settle short lines that list other pages, or that stand where the article has ended."""
    _follow_links(page)
    for at in range(max(page.closed, page.last_prose) + 1, len(page.lines)):
        if page.open(at) and not is_marked(page.lines[at]) and len(page.texts[at]) <= SHORT:
            if not page.texts[at].startswith(load_furniture().captions.begins):
                page.give(at, Role.FURNITURE, "after the end of the article")


def _follow_links(page: Page) -> None:
    """Set apart the headlines below a line that announces other pages, unless prose shows that it was a heading."""
    at = 0
    while at < len(page.lines):
        group = page.groups[at]
        at += 1
        if not group or group.opens is not Opens.LINKS:
            continue
        run = []
        while at < len(page.lines) and len(run) < MOST_LINKS and page.open(at) and _is_headline(page, at):
            run.append(at)
            at += 1
        if at < len(page.lines) and page.prose[at] and page.content(at):
            run.pop() if run else None
        for headline in run:
            page.give(headline, Role.FURNITURE, "headline of another page")


def _is_headline(page: Page, at: int) -> bool:
    return not page.prose[at] and not is_marked(page.lines[at]) and len(page.texts[at]) <= SHORT
