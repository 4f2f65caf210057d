"""A claim: one quantity that a report states, with its place, meaning and definition."""

import unicodedata
from datetime import date
from enum import StrEnum

import msgspec

from shanhai.model.errors import InvariantBroken
from shanhai.model.numbers import Number
from shanhai.model.quantities import Approx, Bounds, Kind
from shanhai.model.spans import Span


class Status(StrEnum):
    """Whether the figure has come about."""

    DONE = "done"
    EXPECTED = "expected"


class Definition(msgspec.Struct, frozen=True, gc=False):
    """What exactly is counted (口径); each part None where the text does not say.

    Attributes:
        counted: the unit of account (人, 人次, 户, …).
        stage: planned, agreed, arrived, started, completed, in_use or spent.
        form: money, goods or both.
        cumulative: whether the figure adds up over time.
        since: since when it adds up.
        scope: whole_team, one_group or one_county.
    """

    counted: str | None = None
    stage: str | None = None
    form: str | None = None
    cumulative: bool | None = None
    since: date | None = None
    scope: str | None = None


class Sides(msgspec.Struct, frozen=True):
    """The pairing that a report as a whole is about; each part None where it is not clear.

    Attributes:
        sending: the assisting place, as the report writes it.
        receiving: the assisted place.
        team: the team, with its batch and phase.
    """

    sending: str | None = None
    receiving: str | None = None
    team: str | None = None


class Claim(msgspec.Struct, frozen=True, gc=False):
    """One quantity that a report states.

    ``start`` and ``end`` count the characters of the report's source text, and ``quote`` is exactly what stands
    there. The numerals of the quote are the numerals that the value was read from; a claim for which this does not
    hold cannot be made.

    Attributes:
        doc: the report's name.
        start, end, quote: the stretch of the source text.
        value, from_value, upper, unit, approx, kind, bounds, digits, minor: as in ``Quantity``.
        status: done or expected.
        area: one of the catalogue's areas; None until read.
        indicator: a catalogue code; None where the catalogue has none that fits.
        measure: what is counted, in the report's words.
        period: ISO date, month, year or interval; None where the text does not say.
        place, party: as the text says; None where it does not.
        definition: what exactly is counted.
        sentence: the sentence around it, in source characters.
        repeats: where the report tells the same claim for the first time; None where this is the first.
        skipped: stretches inside the quote that hold numerals of something else, such as the number of a page
            that breaks the sentence; source characters.

    Raises:
        InvariantBroken: when the quote's numerals are not ``digits``.
    """

    doc: str
    start: int
    end: int
    quote: str
    value: Number | None
    unit: str
    approx: Approx
    kind: Kind
    bounds: Bounds
    sentence: Span
    from_value: Number | None = None
    upper: Number | None = None
    digits: str = ""
    minor: bool = False
    status: Status | None = None
    area: str | None = None
    indicator: str | None = None
    measure: str | None = None
    period: str | None = None
    place: str | None = None
    party: str | None = None
    definition: Definition = Definition()
    skipped: tuple[Span, ...] = ()
    repeats: Span | None = None

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.quote):
            raise InvariantBroken(
                f"{self.doc} {self.start}–{self.end}: the quote has {len(self.quote)} characters"
            )
        if numerals(self._own()) != self.digits:
            raise InvariantBroken(
                f"{self.doc} {self.start}–{self.end}: {self.quote!r} does not hold the numerals {self.digits!r}"
            )

    def _own(self) -> str:
        """The quote without what was skipped."""
        own = self.quote
        for span in reversed(self.skipped):
            own = own[: span.start - self.start] + own[span.end - self.start :]
        return own


class _Numerals(dict[int, str | None]):
    """For ``str.translate``: what each character is among the numerals, nothing for all others."""

    def __missing__(self, character: int) -> str | None:
        plain = unicodedata.normalize("NFKC", chr(character))
        found = self[character] = "".join(_SIMPLIFIED.get(c, c) for c in plain if c in _KEPT) or None
        return found


_SIMPLIFIED = dict(zip("兩萬億○幾數", "两万亿〇几数", strict=True))
_KEPT = frozenset("0123456789一二两三四五六七八九十百千万亿零〇半几数") | _SIMPLIFIED.keys()
_NUMERALS = _Numerals()


def numerals(text: str) -> str:
    """The numerals of ``text`` in order: ASCII digits and simplified Chinese numerals, nothing else.

    >>> numerals("１.6萬(wàn)人")
    '16万'
    """
    return text.translate(_NUMERALS)
