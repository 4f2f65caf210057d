"""What stands on a page beside the report, as data: cues, menus, captions, names of elements."""

import re
from enum import StrEnum
from functools import cache, lru_cache

import msgspec

from shanhai.catalogue.files import data_file, decode
from shanhai.model import CatalogueError

FILE = "furniture.yaml"


class SetApart(StrEnum):
    """The roles that a group may give."""

    FURNITURE = "furniture"
    BYLINE = "byline"


class Opens(StrEnum):
    """What may follow a line of a group."""

    NOTHING = ""
    NOTICES = "notices"
    LINKS = "links"


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of furniture; the head of the file says what each key means."""

    role: SetApart
    reason: str
    definition: str
    examples: tuple[str, ...]
    wholes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    prose: bool = False
    closes: bool = False
    opens: Opens = Opens.NOTHING


class Captions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How captions begin and end."""

    begins: tuple[str, ...]
    ends: tuple[str, ...]


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Class and id names of HTML elements."""

    furniture: tuple[str, ...]
    captions: tuple[str, ...]


class Furniture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    groups: dict[str, Group]
    menu: tuple[str, ...]
    captions: Captions
    names: Names
    function_words: str
    contacts: tuple[str, ...]
