"""How facts are graded: points by part and letters by points."""

from enum import StrEnum
from functools import cache
from itertools import pairwise

import msgspec

from shanhai.catalogue.files import data_file, decode
from shanhai.catalogue.publishers import UNKNOWN, load_publishers
from shanhai.model import CatalogueError


class Part(StrEnum):
    """What the texts must tell for a definition to be complete."""

    INDICATOR = "indicator"
    PERIOD = "period"
    PLACE = "place"
    COUNTING = "counting"
    SINCE = "since"


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that must be told, worth one point."""

    part: Part
    name_zh: str
    name_en: str


class ByRegister(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The letters of a draft's figure that the register bears out, and of one that it contradicts."""

    backed: str
    differs: str


class Grading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rule; see the file."""

    most_for_sources: int
    best_source: dict[str, int]
    asked: tuple[Asked, ...]
    agreed: int
    alone: int
    opposed: int
    letters: dict[str, int]
    opposed_at_best: str
    unknown_at_best: str
    register: ByRegister

    @property
    def out_of(self) -> int:
        """The most points there are."""
        return self.most_for_sources + max(self.best_source.values()) + len(self.asked) + self.agreed

    def problems(self) -> list[str]:
        """What is wrong with the rule."""
        found = []
        kinds = {*load_publishers(), UNKNOWN}
        if set(self.best_source) != kinds:
            found.append(f"best_source: must give points to exactly {', '.join(sorted(kinds))}")
        least = list(self.letters.values())
        if not least or least[-1] != 0 or any(a <= b for a, b in pairwise(least)):
            found.append("letters: must fall from the best to 0")
        elif least[0] > self.out_of:
            found.append(f"letters: the best asks {least[0]} points of {self.out_of}")
        found += [
            f"{key}: {letter!r} is no letter of letters"
            for key, letter in (
                ("opposed_at_best", self.opposed_at_best),
                ("unknown_at_best", self.unknown_at_best),
                ("register.backed", self.register.backed),
                ("register.differs", self.register.differs),
            )
            if letter not in self.letters
        ]
        return found


@cache
def load_grading() -> Grading:
    """The rule by which facts are graded.

    Raises:
        CatalogueError: when the file does not hold what it must.
    """
    grading = decode(data_file("grading.yaml"), Grading)
    problems = [f"grading.yaml: {p}" for p in grading.problems()]
    if problems:
        raise CatalogueError(tuple(problems))
    return grading
