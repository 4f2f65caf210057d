"""Activities: the sorts of work that a programme does beside its projects, what of each is counted, and its stages.

One file a sort in ``data/activities``; the file's name is its key. Files in the folder ``activities`` of a user's own
catalogue add sorts or replace built-in ones.
"""

from functools import cache

import msgspec

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.files import decode_all, overlaid_files
from shanhai.catalogue.indicators import load_indicators
from shanhai.catalogue.units import load_units
from shanhai.model import CatalogueError

_LONGEST_KEY = 32


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is counted of an activity: what it is called, its unit, and the indicator that it adds to."""

    name_zh: str
    name_en: str
    unit: str
    indicator: str = ""


class ActivityStage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One stage that an activity may be in."""

    name_zh: str
    name_en: str


class ActivitySort(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sort of activity.

    Attributes:
        name_zh, name_en: what it is called.
        definition_zh, definition_en: what belongs to it, and where it ends.
        area: the catalogue's area.
        counts: what is counted of it, by key.
        stages: what it may be in, by key, in order; none where it is over as soon as it happened.
        stage_zh, stage_en: what the stages are called.
        money: whether it has an amount of money.
    """

    name_zh: str
    name_en: str
    definition_zh: str
    definition_en: str
    area: str
    counts: dict[str, Counted] = {}
    stages: dict[str, ActivityStage] = {}
    stage_zh: str = "进展"
    stage_en: str = "stage"
    money: bool = False

    def problems(self) -> list[str]:
        """What is wrong with the entry."""
        found = [] if self.area in load_areas() else [f"area: {self.area!r} is no area of the catalogue"]
        for key, counted in self.counts.items():
            if counted.indicator and counted.indicator not in load_indicators():
                found.append(f"counts: {key}: {counted.indicator!r} is no indicator of the catalogue")
            if counted.unit not in load_units().kind_of:
                found.append(f"counts: {key}: {counted.unit!r} is no unit of the catalogue")
        found += [
            f"{key!r}: a key has at most {_LONGEST_KEY} letters"
            for key in self.stages
            if len(key) > _LONGEST_KEY
        ]
        return found


@cache
def load_activities() -> dict[str, ActivitySort]:
    """The sorts of activities by key.

    Raises:
        CatalogueError: when a file does not hold what it must; all problems together.
    """
    found = decode_all(overlaid_files("activities"), ActivitySort)
    problems = [f"activities/{name}.yaml: {p}" for name, sort in found.items() for p in sort.problems()]
    problems += [
        f"activities/{name}.yaml: a key has at most {_LONGEST_KEY} letters"
        for name in found
        if len(name) > _LONGEST_KEY
    ]
    problems += _told_apart(found)
    if problems:
        raise CatalogueError(tuple(problems))
    return found


def _told_apart(sorts: dict[str, ActivitySort]) -> list[str]:
    """Keys that mean one thing in one sort and another in another: counts and stages are written without their sort."""
    problems = []
    for part in ("counts", "stages"):
        first: dict[str, tuple[str, str, str]] = {}
        for name, sort in sorts.items():
            for key, told in getattr(sort, part).items():
                words = (told.name_zh, told.name_en)
                before = first.setdefault(key, (name, *words))
                if before[1:] != words:
                    problems.append(
                        f"activities/{name}.yaml: {part}: {key!r} is {told.name_zh!r} here and {before[1]!r} in "
                        f"{before[0]}.yaml; give one of them another key"
                    )
    return problems
