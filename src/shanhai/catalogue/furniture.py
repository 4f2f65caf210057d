"""What stands on a page beside the report, as data: cues, menus, captions, names of elements."""

import re
from collections import defaultdict
from enum import StrEnum
from functools import cache, lru_cache

import msgspec

from shanhai.catalogue.files import data_file, decode
from shanhai.model import CatalogueError, Role

FILE = "furniture.yaml"

BEFORE = " \t\u3000\xa0[]【】()（）〔〕<>《》“”\"'|｜●■◆▲※*·•>→-—_=～~#＊☆★◇□○"
"""Marks that may stand around a cue."""
AFTER = r"[\s\[\]【】()（）〔〕<>《》“”\"'|｜:：.。,，、…>»→\-—_=～~!！?？*]*"
LABEL_ENDS = r"\s*[】\])）]?\s*[:：/／丨|｜]"
MENU_SEPARATORS = re.compile(r"[\s|｜丨/·•【】\[\]()（）<>:：,，、&\-—_]+")
MENU_BARS = re.compile(r"[|｜丨]")
LONGEST_MENU_ITEM = 8
LONGEST_FORM = 160
"""Characters; no longer line is compared with the patterns."""


class Opens(StrEnum):
    """What may follow a line of a group."""

    NOTHING = ""
    NOTICES = "notices"
    LINKS = "links"


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Regular expressions for whole lines, and signs one of which such a line holds (none: any line is tried)."""

    signs: tuple[str, ...]
    forms: tuple[str, ...]


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of furniture; the head of the file says what each key means."""

    role: Role
    reason: str
    definition: str
    examples: tuple[str, ...]
    wholes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    prose: bool = False
    unless_figures: bool = False
    closes: bool = False
    opens: Opens = Opens.NOTHING


class Menu(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of menus."""

    words: tuple[str, ...]
    examples: tuple[str, ...]


class Captions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How captions begin and end."""

    begins: tuple[str, ...]
    ends: tuple[str, ...]


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Class and id names of HTML elements."""

    furniture: tuple[str, ...]
    captions: tuple[str, ...]


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language of the field."""

    subjects: tuple[str, ...]
    pairs: str


class Furniture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    groups: dict[str, Group]
    menu: Menu
    captions: Captions
    names: Names
    field: Field
    function_words: str
    solicitations: tuple[str, ...]
    contacts: tuple[str, ...]


class Cues:
    """The groups, ready to be found. Expressions are compiled when a line first needs them: a report needs few."""

    def __init__(self, furniture: Furniture) -> None:
        self.groups = furniture.groups
        starting: dict[str, list[str]] = defaultdict(list)
        for key, group in self.groups.items():
            for first, form in _starting_forms(group):
                starting[first].append(f"(?P<{key}>{form})")
        self.starting = {first: "|".join(forms) for first, forms in starting.items()}
        self.patterns = tuple(
            ("|".join(f"(?:{form})" for form in pattern.forms), group)
            for group in self.groups.values()
            for pattern in group.patterns
        )
        self._compiled: dict[str, re.Pattern[str]] = {}
        self.signs = _by_sign([pattern for group in self.groups.values() for pattern in group.patterns])
        self.first_signs = frozenset(self.signs)
        holding = [group for group in self.groups.values() if group.holds]
        self.held = re.compile("|".join(re.escape(cue) for group in holding for cue in group.holds))
        self.holding = tuple((re.compile("|".join(map(re.escape, group.holds))), group) for group in holding)
        self.menu = frozenset(furniture.menu.words) | frozenset(furniture.groups["tools"].wholes)

    @property
    def compiled(self) -> int:
        """How many expressions were needed so far."""
        return len(self._compiled)

    def _form(self, form: str) -> re.Pattern[str]:
        found = self._compiled.get(form)
        if found is None:
            found = self._compiled[form] = re.compile(form)
        return found

    def starting_group(self, line: str) -> Group | None:
        """The group one of whose cues ``line`` begins with, or is."""
        line = line.lstrip(BEFORE)
        form = self.starting.get(line[:1])
        found = self._form(form).match(line) if form else None
        return self.groups[found.lastgroup] if found and found.lastgroup else None

    def whole_group(self, line: str) -> Group | None:
        """The group one of whose patterns ``line`` is from its beginning to its end."""
        if len(line) <= LONGEST_FORM:
            tried = {number for sign in self.first_signs.intersection(line) for number in self.signs[sign]}
            for number in sorted(tried.union(self.signs.get("", ()))):
                form, group = self.patterns[number]
                if self._form(form).fullmatch(line):
                    return group
        return None

    def holding_groups(self, line: str) -> list[tuple[Group, int]]:
        """The groups whose cues stand anywhere in ``line``, each with how many different ones do."""
        if not self.held.search(line):
            return []
        found = ((group, len(set(form.findall(line)))) for form, group in self.holding)
        return [(group, count) for group, count in found if count]

    def is_menu(self, line: str) -> bool:
        """Whether ``line`` is nothing but short items, half of them words of menus, or several of them between bars."""
        if "，" in line or "。" in line or not MENU_SEPARATORS.search(line):
            return False
        items = [item for item in MENU_SEPARATORS.split(line) if item]
        if len(items) < 2 or max(map(len, items)) > LONGEST_MENU_ITEM:
            return False
        known = sum(item in self.menu for item in items)
        return known * 2 >= len(items) or (known >= 2 and len(MENU_BARS.findall(line)) >= len(items) - 1)


def _starting_forms(group: Group) -> list[tuple[str, str]]:
    """The first characters of a group's cues, each with the form of the cues that begin with it."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for cue in sorted(group.wholes, key=len, reverse=True):
        by_first[cue[0]].append(re.escape(cue) + AFTER + r"\Z")
    for cue in sorted(group.labels, key=len, reverse=True):
        by_first[cue[0]].append(_spaced(cue) + LABEL_ENDS)
    for cue in sorted(group.starts, key=len, reverse=True):
        by_first[cue[0]].append(re.escape(cue))
    return [(first, "|".join(forms)) for first, forms in by_first.items()]


def _by_sign(patterns: list[Pattern]) -> dict[str, tuple[int, ...]]:
    """The first characters of signs, each with the numbers of its patterns; those without signs stand under ""."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, pattern in enumerate(patterns):
        for first in {sign[0] for sign in pattern.signs} or {""}:
            numbers[first].append(number)
    return {first: tuple(found) for first, found in numbers.items()}


def _spaced(cue: str) -> str:
    """``cue`` with spaces between its characters, as short labels are written (来　源)."""
    return r"\s{0,4}".join(map(re.escape, cue)) if len(cue) <= 4 and not cue.isascii() else re.escape(cue)


@cache
def load_furniture() -> Furniture:
    """The content of ``furniture.yaml``, as it is: to check it each time would cost more than reading a report.

    Raises:
        CatalogueError: when the file has not the keys that it must.
    """
    return decode(data_file(FILE), Furniture)


def sound_furniture() -> Furniture:
    """The content of ``furniture.yaml``, checked.

    Raises:
        CatalogueError: when the file does not hold what it must; all problems are named together.
    """
    furniture = load_furniture()
    if problems := check(furniture):
        raise CatalogueError(tuple(problems))
    return furniture


def check(furniture: Furniture) -> list[str]:
    """What is wrong with ``furniture``, one line a problem."""
    problems = []
    for key, group in furniture.groups.items():
        if group.role not in (Role.FURNITURE, Role.BYLINE):
            problems.append(f"{FILE}: {key}: role is {group.role}; a group gives furniture or byline")
        for pattern in group.patterns:
            problems += [f"{FILE}: {key}: {form!r}: {why}" for form, why in _faulty(pattern.forms)]
    problems += [f"{FILE}: contacts: {form!r}: {why}" for form, why in _faulty(furniture.contacts)]
    if "tools" not in furniture.groups:
        problems.append(f"{FILE}: groups: tools is missing; menus are made of its words")
    return problems or _unlike_examples(furniture)


def _faulty(forms: tuple[str, ...]) -> list[tuple[str, str]]:
    faults = []
    for form in forms:
        try:
            re.compile(form)
        except re.error as e:
            faults.append((form, f"is no regular expression ({e})"))
    return faults


def _unlike_examples(furniture: Furniture) -> list[str]:
    """The examples that their group's cues do not find."""
    cues = Cues(furniture)
    problems = []
    for key, group in furniture.groups.items():
        for example in group.examples:
            found = [cues.starting_group(example), cues.whole_group(example)]
            found += [holding for holding, _ in cues.holding_groups(example)]
            if group not in found:
                problems.append(f"{FILE}: {key}: example {example!r} is not found; mend it or its cue")
    for example in furniture.menu.examples:
        if not cues.is_menu(example):
            problems.append(f"{FILE}: menu: example {example!r} is no menu; add its words")
    return problems


@cache
def load_cues() -> Cues:
    """The cues of ``furniture.yaml``, compiled once."""
    return Cues(load_furniture())


@cache
def _name_forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = load_furniture().names
    return _names(names.furniture), _names(names.captions)


def _names(known: tuple[str, ...]) -> re.Pattern[str]:
    """Names as whole class names, or with the affixes that templates put around them."""
    words = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    before = r"(?:[a-z0-9]{1,12}[-_])?(?:site|page|main|top|bottom|left|right|sub|inner|[a-z]{1,2})?[-_]?"
    after = (
        r"[-_]?(?:bar|wrap|wrapper|box|list|area|inner|main|con|content|container|tit|title|news|[0-9]{1,2})?"
    )
    return re.compile(rf"(?:^|\s){before}(?:{words}){after}(?=\s|$)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def names_furniture(names: str) -> bool:
    """Whether ``names`` (class names and id of an element, with spaces between) name furniture.

    >>> names_furniture("article-body"), names_furniture("g-footer clearfix")
    (False, True)
    """
    return _name_forms()[0].search(names) is not None


@lru_cache(maxsize=4096)
def names_caption(names: str) -> bool:
    """Whether ``names`` name a caption."""
    return _name_forms()[1].search(names) is not None
