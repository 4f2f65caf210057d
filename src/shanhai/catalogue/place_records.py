"""What the gazetteer is made of: places, names kept by hand, and area that moved."""

from enum import StrEnum

import msgspec


class PlaceLevel(StrEnum):
    """The levels of the administrative order, highest first."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWN = "town"


class Succession(StrEnum):
    """How it is known where a place's area went."""

    NONE = ""
    NAME = "name"  # the name goes on under a code that begins when this one ends
    RENAMED = "renamed"  # the code goes on under another name
    COUNTIES = "counties"  # a prefecture went where its counties went
    AREACODES = "areacodes"  # the succession facts of areacodes
    BOTH = "both"  # those facts add codes to what the name says


class NameKind(StrEnum):
    """What a name kept by hand is to the place."""

    SHORT = "short"
    FORMER = "former"
    VARIANT = "variant"
    LETTER = "letter"


class PlaceRecord(msgspec.Struct, frozen=True):
    """One code under one name.

    Attributes:
        code, name, level: as in the list.
        parent: the code of the place above it, "" for provinces.
        begins: the first year whose list has it; 1981 where it is older, None where not known (towns).
        ends: the first year whose list has it no more; None where it is in force.
        successors: the codes that its area went to when it ended; several where it was split.
        succession: how the successors are known.
        lon, lat: degrees of the seat, for a dot on a map; None where no source has them.
    """

    code: str
    name: str
    level: PlaceLevel
    parent: str
    begins: int | None
    ends: int | None = None
    successors: tuple[str, ...] = ()
    succession: Succession = Succession.NONE
    lon: float | None = None
    lat: float | None = None

    @property
    def is_current(self) -> bool:
        """Whether the newest list has it."""
        return self.ends is None

    def holds(self, year: int) -> bool:
        """Whether the list of the year has it."""
        return (self.begins is None or self.begins <= year) and (self.ends is None or year < self.ends)


class Transfer(msgspec.Struct, frozen=True):
    """Area that left a place while its code lived on: figures from before ``year`` cover more."""

    code: str
    year: int
    to: str


class ExtraName(msgspec.Struct, frozen=True):
    """A name kept by hand, beside the full names and what they are shortened to."""

    name: str
    codes: tuple[str, ...]
    kind: NameKind
