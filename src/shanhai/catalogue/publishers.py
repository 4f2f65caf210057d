"""Kinds of source, and the words of publishers' names and titles that show them."""

from functools import cache

import msgspec

from shanhai.catalogue.files import data_file, decode
from shanhai.model import CatalogueError

UNKNOWN = "unknown"
"""The kind of a source that nothing is known of."""


class SourceKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of source.

    Attributes:
        name_zh, name_en: what it is called.
        publisher, title: words that show it in the name of the publisher and in the title.
        title_decides: whether its words in the title weigh more than any publisher.
    """

    name_zh: str
    name_en: str
    publisher: tuple[str, ...]
    title: tuple[str, ...] = ()
    title_decides: bool = False


@cache
def load_publishers() -> dict[str, SourceKind]:
    """The kinds of source by key, in the order of precedence.

    Raises:
        CatalogueError: when the file does not hold what it must.
    """
    kinds = decode(data_file("publishers.yaml"), dict[str, SourceKind])
    problems = [
        f"publishers.yaml: {key}: publisher: no words" for key, kind in kinds.items() if not kind.publisher
    ]
    if UNKNOWN in kinds:
        problems.append(f"publishers.yaml: {UNKNOWN} is what is left over; it has no words")
    if problems:
        raise CatalogueError(tuple(problems))
    return kinds
