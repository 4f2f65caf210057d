"""The two sides of a pairing: who is as a rule assisted, and words that mark who assists."""

from functools import cache

import msgspec

from shanhai.catalogue.files import data_file, decode


class Sides(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Provinces and words; see the file."""

    assisted: tuple[str, ...]
    assisting_after: tuple[str, ...]
    teams: tuple[str, ...]
    institutions: tuple[str, ...]
    arrivals: tuple[str, ...]
    programme: tuple[str, ...]


@cache
def load_sides() -> Sides:
    """The words of the two sides.

    Raises:
        CatalogueError: when the file does not hold what it must.
    """
    return decode(data_file("sides.yaml"), Sides)
