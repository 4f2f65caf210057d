"""The statements behind a fact as the page shows them: the sentence around the figure, who reported it, its interval."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from shanhai.catalogue.units import load_units
from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import Fact, FactStatement, Report
from shanhai.ledger.packing import report_of
from shanhai.model import Claim, Number
from shanhai.publishing.page.excerpts import after, before, cut
from shanhai.publishing.page.masking import without_private
from shanhai.web.facts.pictures import Bar, Ends, bars, ends_of
from shanhai.web.frame.amounts import amount
from shanhai.web.links import room_path


class Sentence(msgspec.Struct, frozen=True):
    """A sentence in three parts around its figure; identity and telephone numbers are masked."""

    before: str
    quote: str
    after: str

    @property
    def whole(self) -> str:
        """The sentence in one."""
        return f"{self.before}{self.quote}{self.after}"


class Told(msgspec.Struct, frozen=True):
    """One statement for a fact, or against it.

    Attributes:
        supports: which of the two.
        sentence: around its figure.
        report: where it stands.
        room: the address of the sentence in the reading room.
        amount: the interval that it commits its writer to.
        bar: that interval beside the fact's; None where it is open both ways.
    """

    supports: bool
    sentence: Sentence
    report: Report
    room: str
    amount: str
    bar: Bar | None


def told_of(fact: Fact, tellings: Sequence[FactStatement]) -> tuple[list[Told], Bar | None]:
    """The statements of a fact, and the fact's own interval on the axis that all share."""
    claims = [claim_of(t.statement, t.statement.report.doc) for t in tellings]
    own = ends_of(fact.low, fact.high, fact.closed)
    drawn = bars([own, *(_ends(claim, fact.unit) for claim in claims)])
    found = []
    for telling, claim, bar in zip(tellings, claims, drawn[1:], strict=True):
        report = telling.statement.report
        room = room_path(report.source.sha256, telling.statement.key)
        found.append(Told(telling.supports, sentence_of(claim, report), report, room, _amount(claim), bar))
    return found, drawn[0]


def sentence_of(claim: Claim, row: Report) -> Sentence:
    """The sentence around a claim, as the mended report has it."""
    report = report_of(row)
    around = report.map.to_mended_span(claim.sentence.start, claim.sentence.end)
    figure = report.map.to_mended_span(claim.start, claim.end)
    quote = cut(report.text[figure.start : figure.end])
    first, last = before(report.text, around, figure), after(report.text, around, figure)
    return Sentence(without_private(first), quote, without_private(last))


def _amount(claim: Claim) -> str:
    low, high = claim.bounds.low, claim.bounds.high
    closed = {(True, True): "both", (True, False): "low", (False, True): "high", (False, False): "none"}
    ends = closed[claim.bounds.low_closed, claim.bounds.high_closed]
    return amount(None if low is None else str(low), None if high is None else str(high), ends, claim.unit)


def _ends(claim: Claim, unit: str) -> Ends | None:
    """What a claim allows, in the fact's unit; None where its unit cannot be turned into that."""
    factor, compared = load_units().converted(1, claim.unit)
    if compared != unit and claim.unit != unit:
        return None
    by = Fraction(1) if claim.unit == unit else Fraction(factor)
    low, high = (_times(end, by) for end in (claim.bounds.low, claim.bounds.high))
    return None if low is None and high is None else (low, high)


def _times(end: Number | None, by: Fraction) -> Decimal | None:
    if end is None:
        return None
    exact = Fraction(end) * by
    return Decimal(exact.numerator) / Decimal(exact.denominator)
