"""Words that tell a change, and which way it goes."""

from functools import cache

import msgspec

from shanhai.catalogue.files import data_file, decode
from shanhai.model import CatalogueError


class Changes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words by what they tell; see the file."""

    rise: tuple[str, ...]
    fall: tuple[str, ...]
    rise_to: tuple[str, ...]
    fall_to: tuple[str, ...]
    rise_by: tuple[str, ...]
    fall_by: tuple[str, ...]
    shift: tuple[str, ...]

    @property
    def to(self) -> frozenset[str]:
        """All that tell a move to a new level."""
        return frozenset({*self.rise, *self.fall, *self.rise_to, *self.fall_to, *self.shift})

    @property
    def up(self) -> frozenset[str]:
        """All that tell a rise by so much."""
        return frozenset({*self.rise, *self.rise_by})

    @property
    def down(self) -> frozenset[str]:
        """All that tell a fall by so much."""
        return frozenset({*self.fall, *self.fall_by})


@cache
def load_changes() -> Changes:
    """The words of change.

    Raises:
        CatalogueError: when the file does not hold what it must, or a word tells both ways.
    """
    words = decode(data_file("changes.yaml"), Changes)
    both = sorted(words.up & words.down)
    if both:
        raise CatalogueError(
            (f"changes.yaml: {'、'.join(both)} tell a rise and a fall; keep each on one side",)
        )
    return words
