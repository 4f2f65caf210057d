"""Rules: shares that aid money must keep, each with its place, its time and who stated it.

One file a rule in ``data/rules``; the file's name is the rule's key. Files in the folder ``rules`` of a user's own
catalogue add rules or replace built-in ones. See docs/rules.md.
"""

import re
from decimal import Decimal
from enum import StrEnum
from functools import cache

import msgspec

from shanhai.catalogue.files import data_file, decode, decode_all, overlaid_files
from shanhai.catalogue.indicators import load_indicators
from shanhai.catalogue.places import load_gazetteer
from shanhai.model import CatalogueError

_TIME = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_CODE = re.compile(r"\d{6}(?:\d{3})?")
EVIDENCE = ("A", "B", "C", "S", "own")
"""Official text, press copy of one, scholarly or secondary, a report itself, and what a unit enters of its own."""


class Must(StrEnum):
    """How the share stands to the threshold."""

    AT_LEAST = "at_least"
    OVER = "over"


class RuleSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who stated a rule, when, and what sort of evidence it is (see ``EVIDENCE``)."""

    who_zh: str
    who_en: str
    when: str
    evidence: str


class RuleVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule as it holds somewhere for some time.

    Where the times of two versions overlap for one place, it is not known which of them holds.

    Attributes:
        where: places of the receiving side, as names or codes of the catalogue; it holds for all that lies in them.
        threshold: in per cent.
        must: whether the share must reach the threshold or pass it.
        source: who stated it.
        since, until: the first and the last year, month or day; open where left out.
        unknown_zh, unknown_en: what is not known of it.
    """

    where: tuple[str, ...]
    threshold: Decimal
    must: Must
    source: RuleSource
    since: str | None = None
    until: str | None = None
    unknown_zh: str = ""
    unknown_en: str = ""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A share that aid money must keep.

    Attributes:
        name_zh, name_en: what the share is called.
        text_zh, text_en: what is asked.
        indicator: the catalogue's code of the stated share.
        numerator_zh, numerator_en, denominator_zh, denominator_en: what is divided by what.
        money: the indicators of the money that the share is of.
        named_by: words that name the share in a sentence.
        inside, outside, unclassified: words that class an amount.
        read_as: indicators of other shares that the share may be read as; then words must name it.
        versions: where and when which threshold holds.
    """

    name_zh: str
    name_en: str
    text_zh: str
    text_en: str
    indicator: str
    numerator_zh: str
    numerator_en: str
    denominator_zh: str
    denominator_en: str
    money: tuple[str, ...]
    named_by: tuple[str, ...]
    inside: tuple[str, ...]
    versions: tuple[RuleVersion, ...]
    outside: tuple[str, ...] = ()
    unclassified: tuple[str, ...] = ()
    read_as: tuple[str, ...] = ()

    def problems(self) -> list[str]:
        """What is wrong with the entry."""
        known = load_indicators()
        found = [
            f"{c!r} is no indicator of the catalogue"
            for c in (self.indicator, *self.money, *self.read_as)
            if c not in known
        ]
        found += [
            f"{key}: must give at least one"
            for key in ("money", "named_by", "inside", "versions")
            if not getattr(self, key)
        ]
        for number, version in enumerate(self.versions, 1):
            found += [f"versions, number {number}: {p}" for p in _version_problems(version)]
        return found


class RuleWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that all rules share; see the file."""

    undecided: tuple[str, ...]
    fillers: tuple[str, ...]
    money: tuple[str, ...]
    people: tuple[str, ...]
    each: tuple[str, ...]


def _version_problems(version: RuleVersion) -> list[str]:
    found = []
    if not 0 < version.threshold <= 100:
        found.append(f"threshold: {version.threshold} is no share; write per cent, above 0 and up to 100")
    if version.source.evidence not in EVIDENCE:
        found.append(f"source: evidence {version.source.evidence!r} must be one of {', '.join(EVIDENCE)}")
    for key, time in (
        ("since", version.since),
        ("until", version.until),
        ("source: when", version.source.when),
    ):
        if time is not None and not _TIME.fullmatch(time):
            found.append(f"{key}: {time!r} is no year, month or day; write '2014', '2014-08' or '2014-08-25'")
    if version.since and version.until and version.since[:4] > version.until[:4]:
        found.append(f"since {version.since} lies after until {version.until}")
    if not version.where:
        found.append("where: must give at least one place")
    for place in version.where:
        try:
            code_of(place)
        except CatalogueError as e:
            found += e.problems
    return found


def code_of(place: str) -> str:
    """The code of a place given by code or by name.

    Raises:
        CatalogueError: when no place, or more than one of the highest level, is meant.
    """
    places = load_gazetteer()
    if _CODE.fullmatch(place):
        if places.by_code(place) is None:
            raise CatalogueError((f"where: there is no place with the code {place}",))
        return place
    named = [r for r in places.named(place) if r.ends is None]
    codes = sorted({r.code for r in named if r.name == place} or {r.code for r in named})
    if len(codes) != 1:
        meant = (
            f"may be any of {', '.join(codes)}; write the code" if codes else "is no place of the catalogue"
        )
        raise CatalogueError((f"where: {place!r} {meant}",))
    return codes[0]


@cache
def load_rule_words() -> RuleWords:
    """The words that all rules share.

    Raises:
        CatalogueError: when the file does not hold what it must.
    """
    return decode(data_file("rule_words.yaml"), RuleWords)


@cache
def load_rules() -> dict[str, Rule]:
    """The rules by key, in the order of keys; a user's own files lie over the built-in ones.

    Raises:
        CatalogueError: when a file does not hold what it must; all problems together.
    """
    rules = decode_all(overlaid_files("rules"), Rule)
    problems = [f"rules/{key}.yaml: {p}" for key, rule in rules.items() for p in rule.problems()]
    if problems:
        raise CatalogueError(tuple(problems))
    return rules
