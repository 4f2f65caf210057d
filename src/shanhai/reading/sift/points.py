"""The features that speak for spam or against it, each with its weight.

A line's points add up; the reasons of those that weigh most are told to the user.
"""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from shanhai.catalogue.furniture import load_furniture
from shanhai.reading.sift.foreign import Reference, pairs_of
from shanhai.reading.sift.page import Page


class Point(NamedTuple):
    """One feature: its weight, and the words for it ("" where it speaks against spam)."""

    weight: float
    reason: str = ""


OTHER_SCRIPT = Point(3.0, "not in the page's script")
AFTER_END = Point(2.0, "after the end of the article")
AFTER_TEXT = Point(1.0, "after the last paragraph")
TOP = Point(1.0, "the first line of the page")
LINKS = Point(1.0, "made of links")

LONG_LIST = Point(2.0, "a list of many short items")
LIST = Point(1.0, "a list of short items")
BARRED = Point(1.0, "items set apart by bars")
TITLES = Point(1.0, "titles in a row")
KEYWORD = Point(1.5, "one word in most items")
FOREIGN_KEYWORD = Point(2.5, "one word in most items that the page does not have")
SEARCHES = Point(1.0, "worded as searches are")
GLUED_LETTERS = Point(1.0, "letters and numbers run into words")
WITHOUT_SUBJECT = Point(1.0, "names no subject of the field")
PLACES = Point(1.0, "places that the page does not name")
NO_SENTENCE = Point(0.5, "no sentence")
ENUMERATED = Point(-2.5)
CLAUSES = Point(-1.5)
OTHER_COMMAS = Point(0.5, "commas unlike the page's")
ITEMS_KNOWN = Point(-3.0)
ITEMS_MEASURED = Point(-3.0)
ITEMS_NAMES = Point(-2.5)
INTRODUCED = Point(-2.5)
FEW_SUBJECTS = Point(-1.0)
SUBJECTS = Point(-2.0)
SENTENCES = Point(-1.0)

CONTACT = Point(2.0, "gives a way to reach the advertiser")
ASKS = (
    Point(1.0, "asks the reader to act"),
    Point(1.5, "asks the reader to act"),
    Point(2.0, "asks the reader to act"),
)
DECORATED = Point(0.5, "decorated")
OFF_SUBJECT = Point(1.5, "names no subject of the field")
ON_SUBJECT = Point(-1.5)
COUNTS = Point(-1.0)
SPOKEN = Point(-2.0)

FOREIGN = ((0.9, 2.0), (0.8, 1.5), (0.65, 0.75), (0.45, 0.0), (0.0, -1.5))
"""Share of a line's words that neither page nor field has, and its weight."""
HALVED = 0.5
"""What is left of that weight where the page has too little prose, or the line too few words, to tell."""
FEW_PAIRS = 6

MANY_ITEMS = 8
LONG_ITEM = 6
"""Characters (median) from which items are titles rather than names."""
MOSTLY_LINKED = 0.6
BARS = re.compile(r"\s*[|｜]+\s*")
UNDERSCORES = re.compile(r"\s*[_＿]+\s*")
UNITS = "元|%|％|人|名|个|项|家|户|亩|吨|公里|米|批|所|台|例|场|期|份|年|月|次|只|头|座|条|间|公斤|倍"
MEASURED = re.compile(rf"\d\s*[余多万亿]*(?:{UNITS})[次里斤]?(?:以上|左右)?$|^[-\d,.%％\s]+$")
COUNTED = re.compile(r"\d\s*[余多万]*(?:人次|个|名|人|户|亩|所|项|台|例|场|批|家|件|箱|袋|册|吨)")
GLUED = re.compile(r"[一-鿿][A-Za-z]|[A-Za-z]\d*[一-鿿]|[一-鿿]\d+$")
PLACE = re.compile(r"[县市区旗州盟]$")
NAME = re.compile(r"[一-鿿]{2,3}|[一-鿿]{1,6}·[一-鿿·]{1,8}")
SEARCH = re.compile(r"怎么|如何|哪[里家个]|多少|什么|吗$|排行榜")
SPEECH = re.compile(r"[“「]|说[：:]")
INTRODUCTION = re.compile(r"^[^，。|｜]{2,16}[：:]")
DECORATION = re.compile(r"[！!★☆◆●►▶→✔✅]|^[【\[]")
PLACE_SUBJECTS = frozenset("县乡村镇")


def of_place(page: Page, at: int, other_script: bool) -> list[Point]:
    """What the place of a line, its script and its links say."""
    points = [OTHER_SCRIPT] if other_script else []
    if at > page.closed:
        points.append(AFTER_END)
    elif at > page.last_prose:
        points.append(AFTER_TEXT)
    elif at == 0:
        points.append(TOP)
    if page.lines[at].linked >= MOSTLY_LINKED:
        points.append(LINKS)
    return points


def of_list(line: str, items: list[str], reference: Reference, of_field: bool) -> list[Point]:
    """What the items of a list say."""
    count = len(items)
    length = sorted(map(len, items))[count // 2]
    points = [LONG_LIST if count >= MANY_ITEMS else LIST]
    barred = len(BARS.findall(line)) >= 3 or len(UNDERSCORES.findall(line)) >= 3
    if barred:
        points.append(BARRED)
    elif line.count("、") >= count / 2:
        points.append(ENUMERATED)
    elif "," in line and not reference.half_width:
        points.append(OTHER_COMMAS)
    elif count < MANY_ITEMS and ("," in line or "，" in line):
        points.append(CLAUSES)
    if length >= LONG_ITEM and max(line.count(" "), line.count("_")) >= count - 1:
        points.append(TITLES)
    keyword, share = _keyword(items)
    if share >= 0.5 and count >= 4 and len(set(items)) > count / 2:
        points.append(FOREIGN_KEYWORD if reference.foreign([keyword]) else KEYWORD)
    else:
        keyword = ""
    if sum(bool(GLUED.search(item)) for item in items) >= count / 4:
        points.append(GLUED_LETTERS)
    if sum(bool(SEARCH.search(item)) for item in items) >= count / 3:
        points.append(SEARCHES)
    points.append(_foreign([pair for pair in pairs_of(line) if pair != keyword], reference))
    points += _sentence(line, barred) + _subjects(items, of_field) + _like_data(items, reference)
    if "、" not in line and _elsewhere(items, reference):
        points.append(PLACES)
    if not barred and _names(items):
        points.append(ITEMS_NAMES)
    if INTRODUCTION.match(line):
        points.append(INTRODUCED)
    return points


def of_advertisement(line: str, reference: Reference, of_field: bool) -> list[Point]:
    """What a sentence says that may be an advertisement."""
    points = [_foreign(pairs_of(line), reference)]
    if NO_SENTENCE in _sentence(line, barred=True):
        points.append(NO_SENTENCE)
    if contact_form().search(line):
        points.append(CONTACT)
    asked = len(set(solicitation_form().findall(line)))
    if asked:
        points.append(ASKS[min(asked, len(ASKS)) - 1])
    if DECORATION.search(line):
        points.append(DECORATED)
    if COUNTED.search(line):
        points.append(COUNTS)
    if SPEECH.search(line):
        points.append(SPOKEN)
    if names_subject(line):
        points.append(ON_SUBJECT)
    elif of_field:
        points.append(OFF_SUBJECT)
    return points


def _foreign(pairs: list[str], reference: Reference) -> Point:
    share = reference.foreign(pairs)
    weight = next(weight for least, weight in FOREIGN if share >= least)
    if reference.small or len(pairs) < FEW_PAIRS:
        weight *= HALVED
    return Point(weight, f"{share:.0%} of its words foreign to the page" if weight > 0 else "")


def _sentence(line: str, barred: bool) -> list[Point]:
    """Whether the words that carry a sentence are there."""
    carrying = sum(character in function_words() for character in line)
    if carrying < len(line) / 60:
        return [NO_SENTENCE]
    return [SENTENCES] if carrying >= len(line) / 18 and not barred else []


def _subjects(items: list[str], of_field: bool) -> list[Point]:
    subjects = [subject_form().search(PLACE.sub("", item)) for item in items]
    naming = sum(found is not None and found[0] not in PLACE_SUBJECTS for found in subjects)
    if naming == 0:
        return [WITHOUT_SUBJECT] if of_field else []
    return [SUBJECTS if naming >= len(items) / 4 else FEW_SUBJECTS]


def _like_data(items: list[str], reference: Reference) -> list[Point]:
    """Whether the items are the page's own, or figures."""
    held = reference.held(items)
    points = [ITEMS_KNOWN] if held >= 2 and held >= len(items) / 8 else []
    if sum(bool(MEASURED.search(item)) for item in items) >= len(items) / 3:
        points.append(ITEMS_MEASURED)
    return points


def _elsewhere(items: list[str], reference: Reference) -> bool:
    """Whether most items are places, none of which the page names."""
    places = sum(bool(PLACE.search(item)) for item in items)
    return places >= len(items) * 0.6 and not reference.held(items)


def _names(items: list[str]) -> bool:
    """Whether nearly all items could be names of people."""
    named = sum(bool(NAME.fullmatch(item)) for item in items)
    return named >= len(items) * 0.8 and sum(bool(PLACE.search(item)) for item in items) < len(items) / 2


def _keyword(items: list[str]) -> tuple[str, float]:
    """The pair of characters that most items have, and the share of items that have it."""
    pairs = Counter(pair for item in items for pair in set(pairs_of(item)))
    if not pairs:
        return "", 0.0
    pair, count = max(pairs.items(), key=lambda counted: (counted[1], counted[0]))
    return pair, count / len(items)


@cache
def subject_form() -> re.Pattern[str]:
    """The subjects of the field."""
    return re.compile("|".join(map(re.escape, load_furniture().field.subjects)))


def names_subject(line: str) -> bool:
    """Whether ``line`` names a subject of the field."""
    single, words = _subject_forms()
    return (single.search(line) or words.search(line)) is not None


@cache
def _subject_forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Subjects of one character, which most lines hold one of and which are found fast, and the others."""
    subjects = load_furniture().field.subjects
    single = [subject for subject in subjects if len(subject) == 1]
    return re.compile(f"[{''.join(single)}]"), re.compile("|".join(s for s in subjects if len(s) > 1))


@cache
def contact_form() -> re.Pattern[str]:
    """Ways to be reached."""
    return re.compile("|".join(load_furniture().contacts))


@cache
def solicitation_form() -> re.Pattern[str]:
    """Words that ask the reader to act."""
    return re.compile("|".join(map(re.escape, load_furniture().solicitations)))


@cache
def function_words() -> frozenset[str]:
    """Words that carry a sentence."""
    return frozenset(load_furniture().function_words)
