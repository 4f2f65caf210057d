"""What the remaining lines are to the report: its title, headings, captions, tables and body."""

import re

from shanhai.catalogue.furniture import load_furniture
from shanhai.model import Role
from shanhai.reading.extracted import BlockKind
from shanhai.reading.sift.page import Page

TITLE_AMONG = 25
"""Lines at the top among which the title is sought."""
LONGEST_TITLE = 80
LIKELY_TITLE = 8
"""Characters from which the first candidate is taken at once; shorter ones may be the site's name."""
LEAST_MATCH = 6
BEFORE_TITLE = 6
"""Marks and spaces that may stand before the title where it is said again."""
LONGEST_HEADING = 50
LONGEST_CAPTION = 70
PICTURE_BLANKS = 3
"""Blank lines more than usual that an empty picture slot leaves in plain text."""

ENDINGS = tuple("。！？!?；;，,：:、…")
"""How lines end that are no headings: as sentences do, or open to the next line."""
CLOSING = "”’」』）) "
NUMBERED = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]")
NOT_LETTERS = re.compile(r"[\W_]+")
SALUTATION = re.compile(r".{0,20}(?:同志们|各位[一-鿿]{1,8}|尊敬的[一-鿿]{1,12})\s*[：:]?")
SUBTITLE = ("—", "-", "－")
"""How a subtitle begins; the line above it is the title."""


def set_repeats_apart(page: Page) -> None:
    """Settle the paragraphs that stand on the page a second time, character for character."""
    seen = set()
    for at in page.undecided():
        if page.prose[at]:
            line = page.texts[at]
            if line in seen:
                page.give(at, Role.REPEAT, "stands on the page before")
            seen.add(line)


def find_title(page: Page) -> None:
    """Settle which line is the title, and which say it again."""
    at = _title(page)
    if at is None:
        return
    page.give(at, Role.TITLE, "")
    title = _letters(page.texts[at])
    if len(title) < LEAST_MATCH:
        return
    begins = title[0]
    for again in page.undecided():
        line = page.texts[again]
        if begins in line[:BEFORE_TITLE] and _letters(line) == title:
            page.give(again, Role.REPEAT, "the title again")


def _title(page: Page) -> int | None:
    above = _above_text(page)
    stated = _letters(page.title)
    if stated:
        for at in above:
            line = _letters(page.texts[at])
            if line == stated or stated in line or (len(line) >= LEAST_MATCH and line in stated):
                return at
    candidates = [at for at in above if _may_be_title(page.texts[at])]
    titles = [at for at in candidates if not page.texts[at].startswith(SUBTITLE)]
    if titles and any(at + 1 in candidates and at + 1 not in titles for at in titles):
        return next(at for at in titles if at + 1 in candidates and at + 1 not in titles)
    for at in candidates:
        if page.lines[at].kind is BlockKind.HEADING:
            return at
    for at in candidates:
        if len(page.texts[at]) >= LIKELY_TITLE:
            return at
    return max(candidates, key=lambda at: len(page.texts[at]), default=None)


def _above_text(page: Page) -> list[int]:
    """The open lines above the first paragraph; those of the site's head left out where others follow it."""
    site: list[int] = []
    found: list[int] = []
    for at in range(min(TITLE_AMONG, len(page.texts))):
        if page.prose[at] and page.content(at):
            break
        if page.verdicts[at].role is Role.BYLINE and found:
            break
        if page.verdicts[at].role is Role.FURNITURE and found:
            site, found = site + found, []
        elif page.open(at) and len(page.texts[at]) <= LONGEST_TITLE and not page.lines[at].cells:
            found.append(at)
    return found or site


def _may_be_title(line: str) -> bool:
    return (
        len(line) >= 4
        and not line.rstrip(CLOSING).rstrip("！？!?").endswith(ENDINGS)
        and not NUMBERED.match(line)
        and not SALUTATION.fullmatch(line)
    )


def _letters(line: str) -> str:
    return NOT_LETTERS.sub("", line)


def name_content(page: Page) -> None:
    """Give every line that is still open its role in the report."""
    usual = _usual_blanks(page)
    opening = _opening_captions(page)
    for at in page.undecided():
        line = page.lines[at]
        if line.kind is BlockKind.ROW or line.cells or at in page.drawn:
            page.give(at, Role.TABLE, "")
        elif line.kind is BlockKind.CAPTION:
            page.give(at, Role.CAPTION, "caption in the page's markup")
        elif line.kind is BlockKind.HEADING:
            page.give(at, Role.HEADING, "")
        elif at in opening:
            page.give(at, Role.CAPTION, "between title and text, among captions")
        elif not page.prose[at]:
            _name_short(page, at, usual)


def _name_short(page: Page, at: int, usual: int) -> None:
    line = page.texts[at]
    captions = load_furniture().captions
    if len(line) > LONGEST_CAPTION:
        return
    if line.startswith(captions.begins):
        page.give(at, Role.CAPTION, "begins as captions do")
    elif line.rstrip("。 ").rstrip("）)").endswith(captions.ends):
        page.give(at, Role.CAPTION, "ends as captions do")
    elif len(line) > LONGEST_HEADING or line.rstrip(CLOSING).endswith(ENDINGS) or _has_clauses(line):
        return
    elif page.lines[at].blanks >= usual + PICTURE_BLANKS and not NUMBERED.match(line):
        page.give(at, Role.CAPTION, "stands by an empty picture")
    else:
        page.give(at, Role.HEADING, "")


def _has_clauses(line: str) -> bool:
    """Whether it is more than the one or two clauses of a heading."""
    return "。" in line or "；" in line or ";" in line or line.count("，") + line.count(",") > 1


def _usual_blanks(page: Page) -> int:
    blanks = sorted(line.blanks for line in page.lines)
    return blanks[len(blanks) // 2] if blanks else 0


def _opening_captions(page: Page) -> frozenset[int]:
    """The single sentences right below the title that are captions, as one of them shows by its end."""
    ends = load_furniture().captions.ends
    run: list[int] = []
    for at in range(len(page.lines)):
        line = page.texts[at]
        if not page.open(at):
            if run:
                break
            continue
        if len(line) <= LONGEST_CAPTION and line.count("。") == 1 and line.endswith("。"):
            run.append(at)
        else:
            break
    ended = sum(page.texts[at].rstrip("。").rstrip("）)").endswith(ends) for at in run)
    return frozenset(run) if len(run) >= 2 and ended >= 1 else frozenset()
