"""Words that tell whether a figure has come about."""

import re
from functools import cache

import msgspec

from shanhai.catalogue.files import data_file, decode
from shanhai.model import CatalogueError


class StatusWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns by how far they reach; see the file."""

    sentence: tuple[str, ...]
    paragraph: tuple[str, ...]
    section: tuple[str, ...]
    done: tuple[str, ...]
    document: tuple[str, ...]


class StatusPatterns(msgspec.Struct, frozen=True):
    """The words, compiled: ``cue`` finds all that reach or end a reach, by group; ``section`` and ``document`` are for
    headings and titles.
    """

    cue: re.Pattern[str]
    section: re.Pattern[str]
    document: re.Pattern[str]


@cache
def load_status() -> StatusPatterns:
    """The patterns.

    Raises:
        CatalogueError: when the file does not hold what it must, or a pattern is none.
    """
    words = decode(data_file("status.yaml"), StatusWords)
    try:
        return StatusPatterns(
            re.compile(
                f"(?P<paragraph>{'|'.join(words.paragraph)})|(?P<sentence>{'|'.join(words.sentence)})"
                f"|(?P<done>{'|'.join(words.done)})|(?P<year>(?:到|在|于|至)?(?P<when>20\\d\\d)年)|(?P<stop>[。；;！？])"
            ),
            re.compile("|".join(words.section)),
            re.compile("|".join(words.document)),
        )
    except re.error as e:
        raise CatalogueError((f"status.yaml: {e}; mend the pattern",)) from None
