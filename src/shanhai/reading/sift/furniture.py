"""Furniture: what the page says about itself and other pages, known by its words and by where it stands."""

import re
from functools import lru_cache

from shanhai.catalogue.furniture import Cues, Group, Opens, load_cues, load_furniture
from shanhai.model import Role
from shanhai.reading.extracted import BlockKind
from shanhai.reading.sift.page import Page

FIGURE = re.compile(r"\d[\d,.]*\s*[余多]?\s*(?:[万亿]|元|%|％|户|名|项|亩|吨|家|所|人次|人|件)")
"""A figure that a report states; dates, counts of readers and of copies are none."""
LINKED = 0.8
"""Share of characters in links from which a short line is a link to another page."""
HALF_LINKED = 0.5
"""The same below the last paragraph, where dates stand beside the links."""
SHORT = 60
"""Characters up to which a line without full stop may be a headline or a menu."""
SENTENCE = 20
"""Characters from which a line that ends as a sentence, and has a comma, is one."""
NOTICES = 2
"""Different cues of a notice that set apart a whole paragraph of prose."""
NOTICES_ABOVE = 2
NOTICES_BELOW = 6
"""Lines at the top and at the foot of a page among which paragraphs of prose may be notices."""
MOST_LINKS = 40


def set_furniture_apart(page: Page) -> None:
    """Settle the lines that show a cue, those that the markup tells, and what follows from them."""
    cues = load_cues()
    first_prose = next((at for at, prose in enumerate(page.prose) if prose), len(page.lines))
    for at, line in enumerate(page.lines):
        if line.kind is BlockKind.HIDDEN:
            page.give(at, Role.HIDDEN, "hidden by the page's markup")
        elif (
            line.linked >= LINKED
            and len(page.texts[at]) <= SHORT
            and (not page.marked[at] or at > first_prose)
        ):
            page.give(at, Role.FURNITURE, "link to another page")
        elif at not in page.drawn and (group := _group(page, at)):
            page.groups[at] = group
            page.give(at, group.role, group.reason)
        elif line.kind is BlockKind.NAVIGATION and not (page.prose[at] and line.linked < LINKED):
            page.give(at, Role.FURNITURE, "navigation in the page's markup")
    _find_ends(page)
    _follow_notices(page, cues)
    for at in range(page.last_prose + 1, len(page.lines)):
        if page.lines[at].linked >= HALF_LINKED and page.open(at) and len(page.texts[at]) <= SHORT:
            page.give(at, Role.FURNITURE, "link to another page")


def _group(page: Page, at: int) -> Group | None:
    """The group whose cue line ``at`` shows, if it may set this line apart."""
    line = page.texts[at]
    prose = page.prose[at] or (
        len(line) >= SENTENCE and line.endswith("。") and ("，" in line or "," in line)
    )
    at_edge = at < NOTICES_ABOVE or at >= len(page.lines) - NOTICES_BELOW
    known = _group_of_short if len(line) <= SHORT else _group_of
    return known(line, prose, page.marked[at], prose and at_edge)


def _group_of(line: str, prose: bool, marked: bool, at_edge: bool) -> Group | None:
    """The group whose cue ``line`` shows; ``at_edge`` says of prose whether it stands at the top or foot."""
    cues = load_cues()
    group = cues.starting_group(line)
    if group and (group.prose or not prose) and not (group.unless_figures and FIGURE.search(line)):
        return group
    if not prose and not marked:
        group = cues.whole_group(line)
        if group is None and cues.is_menu(line):
            group = cues.groups["tools"]
        if group:
            return group
    if not prose or at_edge:
        for group, count in cues.holding_groups(line):
            if not prose or (group.prose and count >= NOTICES):
                return group
    return None


_group_of_short = lru_cache(maxsize=4096)(_group_of)
"""Remembers short lines: sites repeat their menus on every page."""


def _find_ends(page: Page) -> None:
    """Find the last line of prose, and the first line after prose that ends the article."""
    seen_prose = False
    for at, group in enumerate(page.groups):
        if page.prose[at] and page.content(at):
            seen_prose = True
            page.last_prose = at
        elif seen_prose and group and group.closes and at < page.closed:
            page.closed = at


def _follow_notices(page: Page, cues: Cues) -> None:
    """Set apart the paragraphs below a notice that carry it on."""
    notice = None
    for at, line in enumerate(page.texts):
        group = page.groups[at]
        if group and group.opens is Opens.NOTICES:
            notice = group
        elif notice and page.open(at):
            if cues.holding_groups(line):
                page.groups[at] = notice
                page.give(at, notice.role, f"{notice.reason}, carried on")
            else:
                notice = None


def set_tail_apart(page: Page) -> None:
    """Settle short lines that list other pages, or that stand where the article has ended."""
    _follow_links(page)
    for at in range(max(page.closed, page.last_prose) + 1, len(page.lines)):
        caption = page.texts[at].startswith(load_furniture().captions.begins)
        if page.open(at) and not page.marked[at] and not caption and len(page.texts[at]) <= SHORT:
            page.give(at, Role.FURNITURE, "after the end of the article")


def _follow_links(page: Page) -> None:
    """Set apart the headlines below a line that announces other pages, unless prose shows that it was a heading."""
    at = 0
    while at < len(page.lines):
        group = page.groups[at]
        at += 1
        if not group or group.opens is not Opens.LINKS:
            continue
        run: list[int] = []
        while at < len(page.lines) and len(run) < MOST_LINKS and page.open(at) and _is_headline(page, at):
            run.append(at)
            at += 1
        if at < len(page.lines) and page.prose[at] and page.content(at):
            del run[-1:]
        for headline in run:
            page.give(headline, Role.FURNITURE, "headline of another page")


def _is_headline(page: Page, at: int) -> bool:
    return not page.prose[at] and not page.marked[at] and len(page.texts[at]) <= SHORT
