"""Injected spam: stretches that are built like lists or solicitations and foreign to the page and the field.

Nothing here knows a bad word. A line that looks like a list of titles, or like an advertisement, is scored by how it
is built, where it stands and how little it shares with the page; what weighed most becomes the reason.
"""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from shanhai.catalogue.furniture import load_furniture
from shanhai.model import Role
from shanhai.reading.sift.foreign import Reference, pairs_of
from shanhai.reading.sift.page import Page, is_marked

THRESHOLD = 4.5
"""Points from which a line is spam."""
BESIDE_SPAM = 3.0
"""Points from which a line next to spam is spam."""

FEW_ITEMS = 4
MANY_ITEMS = 8
LONGEST_ITEM = 18
"""Characters (median) up to which items are names or titles."""
SHORTEST = 12
"""Characters below which a line is too short to be judged by itself."""
TRADITIONAL = 0.08
"""Share of traditional-only characters from which a text is in traditional script; real pages have 0.2 to 0.4."""
SIMPLIFIED = 0.01
FIELD_PAGE = 0.6
"""Share of prose with a subject of the field from which a page is a report of it, so that other prose stands out."""
REASONS = 3

BARS = re.compile(r"\s*[|｜]+\s*")
UNDERSCORES = re.compile(r"\s*[_＿]+\s*")
COMMAS = re.compile(r"\s*[,，;；]+\s*")
ENUMERATION = re.compile(r"\s*、\s*")
SPACES = re.compile(r"[\s/·•]+")
UNITS = "元|%|％|人|名|个|项|家|户|亩|吨|公里|米|批|所|台|例|场|期|份|年|月|次|只|头|座|条|间|公斤|倍"
MEASURED = re.compile(rf"\d\s*[余多万亿]*(?:{UNITS})[次里斤]?(?:以上|左右)?$|^[-\d,.%％\s]+$")
COUNTED = re.compile(r"\d\s*[余多万]*(?:人次|个|名|人|户|亩|所|项|台|例|场|批|家|件)")
GLUED = re.compile(r"[一-鿿][A-Za-z]|[A-Za-z]\d*[一-鿿]|[一-鿿]\d+$")
PLACE = re.compile(r"[县市区旗州盟]$")
LED = re.compile(r"^[^，。|｜]{2,16}[：:]")
DECORATED = re.compile(r"[！!★☆◆●►▶→✔✅]|^[【\[]")
TABLE_CELL = re.compile(r"^[-:\s\d,.%％]*$")


class Point(NamedTuple):
    """One feature that a line shows: what it counts, and the words for it ("" where it speaks against spam)."""

    weight: float
    reason: str = ""


def set_spam_apart(page: Page) -> None:
    """Settle the lines that are injected spam."""
    candidates = _candidates(page)
    if not candidates:
        return
    prose = [page.texts[at] for at in range(len(page.texts)) if page.prose[at] and page.content(at)]
    in_question = {page.texts[at] for at in candidates}
    reference = Reference([line for line in prose if line not in in_question])
    scores: dict[int, list[Point]] = {}
    for at, items in candidates.items():
        points = _place(page, at)
        points += _list(page, at, items, reference) if items else _advertisement(page, at, reference)
        scores[at] = points
    _decide(page, scores)


def _decide(page: Page, scores: dict[int, list[Point]]) -> None:
    totals = {at: sum(point.weight for point in points) for at, points in scores.items()}
    spam = {at for at, total in totals.items() if total >= THRESHOLD}
    for at in sorted(totals):
        if at - 1 in spam and totals[at] >= BESIDE_SPAM:
            spam.add(at)
    for at in sorted(totals, reverse=True):
        if at + 1 in spam and totals[at] >= BESIDE_SPAM:
            spam.add(at)
    for at in spam:
        told = sorted((point for point in scores[at] if point.reason), reverse=True)[:REASONS]
        page.give(at, Role.SPAM, "; ".join(point.reason for point in told))


def _candidates(page: Page) -> dict[int, list[str]]:
    """The lines that are looked at, each with its items if it is a list, without if it reads like an advertisement."""
    subjects, contacts, solicitations = _forms()
    foreign_prose = [at for at in range(len(page.texts)) if page.prose[at] and not subjects.search(page.texts[at])]
    of_field = len(foreign_prose) < (1 - FIELD_PAGE) * sum(page.prose)
    traditional = page.is_traditional()
    tables = _tables(page)
    found: dict[int, list[str]] = {}
    for at, line in enumerate(page.texts):
        if len(line) < SHORTEST or not page.open(at) or is_marked(page.lines[at]) or at in tables:
            continue
        items = [] if page.prose[at] and line.count("|") < FEW_ITEMS else _items(line)
        if items or _other_script(page, at, traditional) or contacts.search(line):
            found[at] = items
        elif of_field and not subjects.search(line) and solicitations.search(line):
            found[at] = items
    return found


def _items(line: str) -> list[str]:
    """The items of a line that is a list of short ones; none for others."""
    for separator, least in ((BARS, 3), (UNDERSCORES, 3), (ENUMERATION, 3), (COMMAS, 4), (SPACES, 3)):
        items = [item for item in separator.split(line) if item]
        if len(items) > least:
            return items if sorted(map(len, items))[len(items) // 2] <= LONGEST_ITEM else []
    return []


def _place(page: Page, at: int) -> list[Point]:
    """What the place of a line, and its script, say."""
    points = []
    if _other_script(page, at, page.is_traditional()):
        points.append(Point(3.0, "not in the page's script"))
    if at > page.closed:
        points.append(Point(2.0, "after the end of the article"))
    elif at > page.last_prose:
        points.append(Point(1.0, "after the last paragraph"))
    if page.lines[at].linked >= 0.6:
        points.append(Point(1.0, "made of links"))
    return points


def _list(page: Page, at: int, items: list[str], reference: Reference) -> list[Point]:
    """What the items of a list say."""
    line = page.texts[at]
    count = len(items)
    many = count >= MANY_ITEMS
    points = [Point(2.0 if many else 1.0, f"a list of {count} short items")]
    if len(BARS.findall(line)) >= 3 or len(UNDERSCORES.findall(line)) >= 3:
        points.append(Point(1.0, "items set apart by bars"))
    elif line.count("、") >= 3:
        points.append(Point(-1.5))
    keyword, share = _keyword(items)
    if share >= 0.5 and len(set(items)) > count / 2:
        points.append(Point(1.5, f"{keyword} in most items"))
    if sum(bool(GLUED.search(item)) for item in items) >= count / 4:
        points.append(Point(1.0, "letters and digits run into words"))
    pairs = [pair for pair in pairs_of(line) if pair != keyword or share < 0.5]
    points.append(_foreign(reference.foreign(pairs), reference))
    points.append(_carried(line))
    if reference.holds(items) >= 0.3:
        points.append(Point(-3.0))
    if sum(bool(MEASURED.search(item)) for item in items) >= count / 3:
        points.append(Point(-2.5))
    if LED.match(line) or (at and page.texts[at - 1].endswith(("：", ":"))):
        points.append(Point(-2.0))
    return points


def _advertisement(page: Page, at: int, reference: Reference) -> list[Point]:
    """What a sentence says that may be an advertisement."""
    line = page.texts[at]
    subjects, contacts, solicitations = _forms()
    points = [_foreign(reference.foreign(pairs_of(line)), reference), _carried(line)]
    if contacts.search(line):
        points.append(Point(2.0, "gives a way to reach the advertiser"))
    asked = len(set(solicitations.findall(line)))
    if asked:
        points.append(Point(min(0.5 + 0.5 * asked, 2.0), "asks the reader to act"))
    if DECORATED.search(line):
        points.append(Point(0.5, "decorated"))
    points.append(Point(-1.5) if subjects.search(line) else Point(1.5, "names no subject of the field"))
    return points


def _foreign(share: float, reference: Reference) -> Point:
    weight = next((w for least, w in ((0.9, 2.0), (0.8, 1.5), (0.65, 0.75), (0.45, 0.0)) if share >= least), -1.5)
    if reference.small:
        weight /= 2
    return Point(weight, f"{share:.0%} of its words foreign to the page" if weight > 0 else "")


def _carried(line: str) -> Point:
    """Whether the words that carry a sentence are lacking."""
    carrying = sum(character in _function_words() for character in line)
    return Point(0.5, "no sentence") if carrying < len(line) / 60 else Point(0.0)


def _keyword(items: list[str]) -> tuple[str, float]:
    """The pair of characters that most items have, and the share of items that have it."""
    pairs = Counter(pair for item in items for pair in set(pairs_of(item)))
    if not pairs:
        return "", 0.0
    pair, count = max(pairs.items(), key=lambda counted: (counted[1], counted[0]))
    return pair, count / len(items)


def _other_script(page: Page, at: int, traditional: bool) -> bool:
    share = page.lines[at].traditional
    return share <= SIMPLIFIED if traditional else share >= TRADITIONAL


def _tables(page: Page) -> set[int]:
    """The lines of tables that are drawn with bars: neighbours with as many bars, one of them with bare numbers."""
    found: set[int] = set()
    run: list[int] = []
    for at, line in [*enumerate(page.texts), (len(page.texts), "")]:
        bars = line.count("|") + line.count("｜")
        if run and (not bars or bars != run_bars):
            if len(run) > 1 and any(_is_drawn(page.texts[row]) for row in run):
                found.update(run)
            run = []
        if bars:
            run.append(at)
            run_bars = bars
    return found


def _is_drawn(line: str) -> bool:
    return any(TABLE_CELL.match(cell) and cell for cell in BARS.split(line.strip("|｜ ")))


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Subjects of the field, ways to be reached, words that ask the reader to act."""
    furniture = load_furniture()
    subjects = "|".join(map(re.escape, furniture.field.subjects))
    return re.compile(subjects), re.compile("|".join(furniture.contacts)), re.compile("|".join(furniture.solicitations))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load_furniture().function_words)
