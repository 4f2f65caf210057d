"""What a claim says, as matching takes it."""

import datetime
from decimal import Decimal

from shanhai.catalogue.units import load_units
from shanhai.model import Bounds, Claim, Number, Status
from shanhai.programme.matching.told import Said
from shanhai.reasoning.comparing.cards import core_of, days_of
from shanhai.reasoning.comparing.same import span_of


def said_of(claim: Claim, date: datetime.date | None, code: str) -> Said:
    """What a claim says.

    Args:
        claim: the claim.
        date: of its report, which gives the year where the claim tells only a month.
        code: of its place, "" where that says none.
    """
    factor, unit = load_units().converted(1, claim.unit)
    days = days_of(claim, date)
    told = span_of(claim.period)
    if told is not None and told[0] == told[1] == date:
        days = None  # the report's own date stands where the text tells none
    definition = claim.definition
    return Said(
        claim.indicator or "",
        unit,
        claim.kind,
        Decimal(claim.value or 0) * factor,
        Bounds(
            _times(claim.bounds.low, factor),
            _times(claim.bounds.high, factor),
            claim.bounds.low_closed,
            claim.bounds.high_closed,
        ),
        claim.status is Status.EXPECTED,
        days,
        definition.since,
        bool(definition.cumulative),
        claim.place or "",
        code,
        claim.party or "",
        definition.scope or "",
        definition.stage or "",
        definition.form or "",
        core_of(claim),
        claim.measure or "",
    )


def _times(bound: Number | None, factor: Number) -> Number | None:
    return None if bound is None else bound * factor
