"""Facts: what all claims about one thing support together; promises: figures and dates yet to come."""

from enum import StrEnum

import msgspec

from shanhai.model.claims import Definition
from shanhai.model.findings import Cited, Message
from shanhai.model.quantities import Bounds, Kind


class GradePart(msgspec.Struct, frozen=True):
    """One part of a grade: what was looked at, the points given, the most there are, and why."""

    name: str
    points: int
    out_of: int
    why: Message


class Grade(msgspec.Struct, frozen=True):
    """How far a fact can be relied on; the parts explain the score.

    Attributes:
        letter: from A (best) to E.
        points, out_of: the sum over the parts.
        parts: in the order of the rule.
    """

    letter: str
    points: int
    out_of: int
    parts: tuple[GradePart, ...]


class Fact(msgspec.Struct, frozen=True):
    """What all comparable claims about one thing allow.

    Attributes:
        id: from the content of what it is about.
        indicator, unit, kind, measure, place, party, period, definition: what it is about.
        bounds: the interval that all claims for it allow; None where no value satisfies them all.
        supporting: the claims that agree with one another.
        opposing: claims about the same thing that exclude the others.
        sources: how many independent sources tell it; copies of one release are one.
        releases: the docs of these sources, of copies the earliest.
        grade: how far it can be relied on.
    """

    id: str
    indicator: str | None
    unit: str
    kind: Kind
    measure: str | None
    place: str | None
    party: str | None
    period: str | None
    definition: Definition
    bounds: Bounds | None
    supporting: tuple[Cited, ...]
    opposing: tuple[Cited, ...]
    sources: int
    grade: Grade
    releases: tuple[str, ...] = ()


class PromiseState(StrEnum):
    """What has become of a promise."""

    OPEN = "open"
    DUE = "due"
    KEPT = "kept"
    DELAYED = "delayed"
    CONTRADICTED = "contradicted"


class Promise(msgspec.Struct, frozen=True):
    """A figure or a date that a report tells as yet to come.

    Attributes:
        what: the sentence's words for what is promised.
        cited: the figure, or the date where no figure is promised.
        due: ISO date, month or year by which it is to come about; None where no date is given.
        state: what has become of it.
        answers: claims of later reports that close, delay or contradict it.
    """

    what: str
    cited: Cited
    due: str | None
    state: PromiseState
    answers: tuple[Cited, ...] = ()


class Verdict(StrEnum):
    """What a draft's number is worth beside its evidence, worst first."""

    DOES_NOT_ADD_UP = "does_not_add_up"
    DIFFERS = "differs"
    REPEATS = "repeats"
    DEFINITION = "differs_by_definition"
    ROUNDED = "backed_when_rounded"
    BACKED = "backed"
    PROMISED = "promised_only"
    NO_SOURCE = "no_source"
