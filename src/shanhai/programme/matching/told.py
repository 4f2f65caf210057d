"""What matching takes and gives, as plain data: what a statement says, what the register holds, what came of it."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from shanhai.model import Bounds, Kind

if TYPE_CHECKING:
    from shanhai.programme.matching.items import Items

Days = tuple[datetime.date, datetime.date]
"""The first and the last day."""


class Verdict(StrEnum):
    """What the register says to a statement."""

    BACKED = "backed"
    DIFFERS = "differs"
    ABSENT = "absent"
    UNLIKE = "unlike"


class Said(msgspec.Struct, frozen=True):
    """One statement as it is held against the register.

    Attributes:
        indicator: the catalogue's code; "" where the reader found none.
        unit: as told, without 万 or 亿.
        kind: what sort of figure it is.
        value: as told, in the unit.
        bounds: what it commits its writer to, in the unit.
        expected: it is told of what is yet to come.
        days: the days that it counts; None where no period is told.
        since: since when it adds up; None where it does not say.
        cumulative: it is told as adding up.
        place, code: where, as told, and that place's code; "" where it has none.
        party: who, as told.
        scope, stage, form: parts of its definition card; "" where not told.
        core: what is counted, without words that say nothing of it.
        measure: what is counted, in the report's words.
    """

    indicator: str
    unit: str
    kind: Kind
    value: Decimal
    bounds: Bounds
    expected: bool = False
    days: Days | None = None
    since: datetime.date | None = None
    cumulative: bool = False
    place: str = ""
    code: str = ""
    party: str = ""
    scope: str = ""
    stage: str = ""
    form: str = ""
    core: str = ""
    measure: str = ""


class Way(StrEnum):
    """How what the register holds stands in time.

    DAY: it belongs to its day. STANDING: it counts in every period that it reaches into. ALWAYS: it has no time.
    PERIOD: it is told of exactly its period.
    """

    DAY = "day"
    STANDING = "standing"
    ALWAYS = "always"
    PERIOD = "period"


class Item(msgspec.Struct, frozen=True):
    """What one record adds to a figure.

    Attributes:
        kind, key: the record's; kind is "" where records are not named (members).
        amount: what it adds.
        first, last: its days; last is None where it goes on.
        codes: the codes of its places; none where it tells none.
        team: its team's name.
        name: what it or its project is called.
        project: the key of its project; its own where it is one.
        cumulative: it counts from ``first`` on and is not added to others (PERIOD only).
    """

    kind: str
    key: str
    amount: Decimal
    first: datetime.date | None = None
    last: datetime.date | None = None
    codes: tuple[str, ...] = ()
    team: str = ""
    name: str = ""
    project: str = ""
    cumulative: bool = False


class Reading(msgspec.Struct, frozen=True):
    """One way to understand what is counted, in Chinese and English, what it counts, and how that stands in time."""

    zh: str
    en: str
    way: Way
    items: "Items"


class Measure(msgspec.Struct, frozen=True):
    """What of the register an indicator's figures are held against.

    Attributes:
        unit: of its figures; "" where things are counted by whatever noun.
        readings: the ways to understand it that the statement leaves open; one where it leaves none.
        part: the statement tells of a part of it only.
    """

    unit: str
    readings: tuple[Reading, ...]
    part: bool = False

    @property
    def timeless(self) -> bool:
        """Whether no period is needed."""
        return all(r.way is Way.ALWAYS for r in self.readings)


class Frame(msgspec.Struct, frozen=True):
    """What else matching needs to know of a pairing.

    Attributes:
        receiving: the code of the receiving place.
        whole: codes that mean the pairing as a whole.
        sending: the sending place's name.
        begins: since when the register is kept; None where it tells no term.
        terms: the days of each batch.
        teams: the names of its teams.
    """

    receiving: str = ""
    whole: frozenset[str] = frozenset()
    sending: str = ""
    begins: datetime.date | None = None
    terms: Mapping[int, Days] = {}
    teams: frozenset[str] = frozenset()


class Matched(msgspec.Struct, frozen=True):
    """What came of holding a statement against the register.

    Attributes:
        verdict: the verdict.
        zh, en: why.
        figure: the register's figure; None where it has none.
        difference: the figure less the value told; None where it does not differ.
        items: records that the figure is made of; not all of many.
        count: of how many it is made.
        explains: the fewest records that make up the difference; none where no one or two do.
    """

    verdict: Verdict
    zh: str
    en: str
    figure: Decimal | None = None
    difference: Decimal | None = None
    items: tuple[Item, ...] = ()
    explains: tuple[Item, ...] = ()
    count: int = 0
