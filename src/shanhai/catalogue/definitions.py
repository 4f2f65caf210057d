"""Words that fill the definition card, and events that reports count from."""

import re
from functools import cache

import msgspec

from shanhai.catalogue.files import data_file, decode
from shanhai.model import CatalogueError

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


class DefinitionWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For each part of the card its values, each with the words that tell it."""

    stage: dict[str, tuple[str, ...]]
    form: dict[str, tuple[str, ...]]
    cumulative: dict[str, tuple[str, ...]]
    scope: dict[str, tuple[str, ...]]


@cache
def load_definitions() -> DefinitionWords:
    """The words of the definition card.

    Raises:
        CatalogueError: when the file does not hold what it must.
    """
    return decode(data_file("definitions.yaml"), DefinitionWords)


@cache
def load_events() -> dict[str, str]:
    """Events that reports count from, to their month (``2012-11``).

    Raises:
        CatalogueError: when the file does not hold what it must.
    """
    events = decode(data_file("events.yaml"), dict[str, str])
    wrong = [
        f"events.yaml: {name}: {month!r} is no month; write 2012-11"
        for name, month in events.items()
        if not _MONTH.fullmatch(month)
    ]
    if wrong:
        raise CatalogueError(tuple(wrong))
    return events
