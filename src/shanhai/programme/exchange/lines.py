"""What an exchange file holds: a header, and one line a record, with what the other side needs and nothing else."""

import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

import msgspec

FORMAT = "shanhai-exchange"
VERSION = 1
"""It changes when a line does."""


class Side(StrEnum):
    """Whose register it is."""

    SENDING = "sending"
    RECEIVING = "receiving"

    @property
    def other(self) -> "Side":
        """The side that this one exchanges files with."""
        return Side.RECEIVING if self is Side.SENDING else Side.SENDING


class Holds(StrEnum):
    """What a file's lines are."""

    REGISTER = "register"
    NOTES = "notes"


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place by name, and by code where it has one."""

    name: Annotated[str, msgspec.Meta(max_length=64)]
    code: Annotated[str, msgspec.Meta(max_length=9)] = ""

    def is_same(self, other: "Place") -> bool:
        """Whether both mean one place: by their codes where both have one, else by their names."""
        return self.code == other.code if self.code and other.code else self.name == other.name


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="header", tag_field="line"):
    """The first line of a file: whose it is, of what, from when to when.

    Attributes:
        holds: records of a register, or notes about a comparison.
        side: which side made it.
        sending, receiving: the pairing's places.
        starts, ends: the period, both days within it.
        office: who made it, as an office.
        at: when.
        public: the key that its signature is checked with, in hexadecimal.
        lines: how many follow.
        content: the SHA-256 of those lines.
        about: of notes, the comparison that they are about.
    """

    format: str
    version: int
    holds: Holds
    side: Side
    sending: Place
    receiving: Place
    starts: datetime.date
    ends: datetime.date
    office: Annotated[str, msgspec.Meta(max_length=60)]
    at: Annotated[datetime.datetime, msgspec.Meta(tz=True)]
    public: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    lines: Annotated[int, msgspec.Meta(ge=0, le=10**6)]
    content: str
    about: Annotated[str, msgspec.Meta(max_length=64)] = ""


class Project(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="project", tag_field="line"):
    """A project."""

    key: str
    name: str
    area: str = ""
    level: str = ""
    livelihood: str = ""
    delivery: str = ""
    status: str = ""
    currency: str = ""
    planned: Decimal | None = None
    planned_start: datetime.date | None = None
    planned_end: datetime.date | None = None
    started: datetime.date | None = None
    ended: datetime.date | None = None


class Money(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="money", tag_field="line"):
    """A money event; ``project`` is a project's number on the same side, "" for none."""

    key: str
    day: datetime.date
    stage: str
    plan: str
    form: str
    amount: Decimal
    currency: str
    project: str = ""
    what: str = ""
    counterparty: str = ""


class Activity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="activity", tag_field="line"):
    """An activity, with its counts."""

    key: str
    day: datetime.date
    sort: str
    name: str
    ends: datetime.date | None = None
    project: str = ""
    partner: str = ""
    stage: str = ""
    counts: dict[str, int] = {}
    amount: Decimal | None = None
    currency: str = ""


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="figure", tag_field="line"):
    """A target, or a result held against one. A ratio has numerator and denominator and no value."""

    key: str
    of: Literal["target", "result"]
    indicator: str
    unit: str
    starts: datetime.date
    ends: datetime.date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    cumulative: bool = False
    definition: str = ""
    project: str = ""


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="note", tag_field="line"):
    """What a side says of a row of a comparison."""

    row: str
    text: str


Line = Project | Money | Activity | Figure
"""A record of a register."""

_ENCODER = msgspec.json.Encoder(order="deterministic")


def encoded(line: "Line | Note | Header") -> bytes:
    """A line as bytes: one spelling for one content."""
    return _ENCODER.encode(line)


def kind_of(line: Line) -> str:
    """What sort of record a line is."""
    return str(line.__struct_config__.tag)


def name_of(line: Line) -> str:
    """What a line is known by among those of its kind: targets and results are numbered apart."""
    return f"{line.of}:{line.key}" if isinstance(line, Figure) else line.key


def day_of(line: Line) -> datetime.date | None:
    """The day that puts a line into a period; projects stand in any."""
    if isinstance(line, Project):
        return None
    return line.ends if isinstance(line, Figure) else line.day


def sorted_lines(lines: "list[Line] | list[Note]") -> "list[Line | Note]":
    """Lines in the one order that a file has."""
    return sorted(lines, key=encoded)
