"""The words of the demonstration, from ``words.yaml``."""

import datetime
from functools import cache
from importlib.resources import files

import msgspec

from shanhai.catalogue.files import decode


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the demonstration's records are called; lists by group (Chinese name, "" for the officials), area or sort."""

    name_zh: str
    name_en: str
    sending: str
    receiving: str
    receiving_code: str
    first_batch: int
    first_term: datetime.date
    groups: tuple[str, ...]
    professions: dict[str, tuple[str, ...]]
    posts: dict[str, tuple[str, ...]]
    units: dict[str, str]
    grades: dict[str, str]
    funders: tuple[str, ...]
    projects: dict[str, tuple[str, ...]]
    townships_of: dict[str, tuple[str, ...]]
    goods: tuple[str, ...]
    topics: dict[str, tuple[str, ...]]
    needs: tuple[str, ...]
    offers: tuple[str, ...]
    need_areas: tuple[str, ...]
    honours: tuple[str, ...]
    matters: tuple[str, ...]


@cache
def load_words() -> Words:
    """The words."""
    return decode(files("shanhai.programme.demonstration") / "words.yaml", Words)
