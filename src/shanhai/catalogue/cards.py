"""Words by which definition cards are held against each other (``data/cards.yaml``)."""

import re
from functools import cache

import msgspec

from shanhai.catalogue.definitions import load_definitions
from shanhai.catalogue.files import data_file, decode
from shanhai.catalogue.relations import any_of
from shanhai.catalogue.sides import load_sides


class Thing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is told in many words."""

    unit: str
    indicators: tuple[str, ...]
    words: tuple[str, ...]
    aside: tuple[str, ...]


class CardWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``cards.yaml``; what each is for stands there."""

    payers: dict[str, tuple[str, ...]]
    paid_from: tuple[str, ...]
    paid_by: tuple[str, ...]
    generic: tuple[str, ...]
    people: tuple[str, ...]
    stages: dict[str, str]
    small_places: tuple[str, ...]
    counties: tuple[str, ...]
    no_towns: tuple[str, ...]
    things: dict[str, Thing]
    whole_teams: tuple[str, ...]
    numbered_groups: tuple[str, ...]
    unlike_stages: tuple[tuple[str, str], ...]
    parts: tuple[str, ...]


@cache
def load_cards() -> CardWords:
    """The words of cards.

    Raises:
        CatalogueError: when the file does not hold what it must.
    """
    return decode(data_file("cards.yaml"), CardWords)


@cache
def payer_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all words that name a payer, and which payer each names."""
    payers = load_cards().payers
    named = {word: payer for payer, words in payers.items() for word in words}
    return re.compile(any_of(named)), named


@cache
def paid_behind() -> re.Pattern[str]:
    """A pattern of a payer told behind the figure that was paid (资金来自…, 均由…承担); the payer is one of its groups."""
    cards = load_cards()
    payer, reach = any_of(w for words in cards.payers.values() for w in words), "[^，。；]{0,12}?"
    return re.compile(
        f"(?:{any_of(cards.paid_from)}){reach}(?P<from>{payer})|由{reach}(?P<by>{payer}){reach}(?:{any_of(cards.paid_by)})"
    )


@cache
def team_words() -> re.Pattern[str]:
    """A pattern of words for a whole team, and for a group of one that is told by its number."""
    cards = load_cards()
    return re.compile(
        f"(?P<whole_team>{any_of(cards.whole_teams)})"
        f"|(?P<one_group>第[一二三四五六七八九十\\d]+[批期]?[㐀-鿿]{{0,4}}?(?:{any_of(cards.numbered_groups)}))"
    )


@cache
def county() -> re.Pattern[str]:
    """A pattern of a county's name at the begin of the words that say what is counted (洛隆县帮扶车间…)."""
    return re.compile(
        f"(?:(?![各全该每个多两三])[㐀-鿿]){{2,5}}?(?:{any_of(load_cards().counties)})[㐀-鿿]{{4}}"
    )


@cache
def small_place() -> re.Pattern[str]:
    """A pattern of the names of towns and villages behind the county that they lie in, or behind a word of place;
    words that only end like one (各乡镇, 示范村, 农村) are none."""
    kind = any_of(load_cards().small_places)
    none = any_of(load_cards().no_towns)
    return re.compile(
        f"(?:[县市区旗州]|(?<![实存现所])[在到赴为]|(?<=[，。；、])|^)(?P<name>(?:(?!{none}|[各全该每个多范乡农城新集本两三]|帮扶|结对)[㐀-鿿]){{2,5}}?(?:{kind}))|(?P<group>[两三四五六七八九十](?:县|市|区|州|地|镇|乡|村))"
    )


@cache
def unspecific() -> re.Pattern[str]:
    """A pattern of the words that say nothing of what is counted: generic ones, and those of the card itself."""
    cards, definitions, sides = load_cards(), load_definitions(), load_sides()
    words = {*cards.generic, *sides.teams}
    for part in ("stage", "form", "cumulative", "scope"):
        words |= {w for known in getattr(definitions, part).values() for w in known}
    words |= {w for known in cards.payers.values() for w in known}
    return re.compile(any_of(words))
