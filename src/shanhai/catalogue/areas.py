"""Areas: the 16 fields of work that a figure can belong to. One file an area; the file's name is its key."""

from functools import cache

import msgspec

from shanhai.catalogue.files import data_files, decode_all
from shanhai.model import CatalogueError


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One area.

    Attributes:
        order: where it stands in lists.
        name_zh, name_en: what it is called.
        definition_zh, definition_en: what belongs to it.
        neighbours: other areas' keys, each with where the line to it runs.
        words: words that speak for the area where no indicator does.
    """

    order: int
    name_zh: str
    name_en: str
    definition_zh: str
    definition_en: str
    neighbours: dict[str, str] = {}
    words: tuple[str, ...] = ()


@cache
def load_areas() -> dict[str, Area]:
    """The areas by key, in their order.

    Raises:
        CatalogueError: when a file does not hold what it must, or names a neighbour that does not exist.
    """
    areas = decode_all(data_files("areas"), Area)
    problems = [
        f"areas/{key}.yaml: neighbours: {other!r} is no area; name one of {', '.join(sorted(areas))}"
        for key, area in areas.items()
        for other in area.neighbours
        if other not in areas
    ]
    if problems:
        raise CatalogueError(tuple(problems))
    return dict(sorted(areas.items(), key=lambda item: item[1].order))
