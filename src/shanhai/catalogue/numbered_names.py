"""Names, slogans and idioms with numbers in them, which count nothing."""

from functools import cache

import msgspec

from shanhai.catalogue.files import data_file, decode


class NumberedNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words by sort."""

    idioms: tuple[str, ...]
    political: tuple[str, ...]
    programmes: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        """All of them."""
        return frozenset({*self.idioms, *self.political, *self.programmes, *self.places})


@cache
def load_numbered_names() -> NumberedNames:
    """The names with numbers in them.

    Raises:
        CatalogueError: when the file does not hold what it must.
    """
    return decode(data_file("names_with_numbers.yaml"), NumberedNames)
