"""What a reviewer writes: the forms of a decision, filled in beforehand, and what becomes of them after a conflict."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.http import QueryDict
from django.urls import reverse

from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import STANDING, Decision, Statement
from shanhai.ledger.queries import room
from shanhai.model import Claim
from shanhai.web.room import locating
from shanhai.web.room.cards import decided, seen_of
from shanhai.web.room.forms import FigureForm, ReasonForm, initial_of
from shanhai.web.room.text import OpenReport

MOST_PARTS = 9


class Writing:
    """A decision that is being written.

    Args:
        opened: the report.
        decision: correct, split, merge or add.
        before: the figures that it is about.
        posted: what was sent; None before.
    """

    def __init__(
        self,
        opened: OpenReport,
        decision: Decision,
        before: Sequence[Statement] = (),
        posted: QueryDict | None = None,
    ) -> None:
        self.opened, self.decision, self.before, self.posted = opened, decision, list(before), posted
        self.seen = [seen_of(s) for s in before]
        self.figures: list[FigureForm] = []
        self.reason = ReasonForm(posted)
        self.reason.fields["reason"].required = decision != Decision.ADD
        self.conflict: dict[str, Any] = {}

    def propose(self, claims: Sequence[Claim]) -> None:
        """Begin with these claims, one form each."""
        report = self.opened.report
        self.figures = [self._form(n, initial=initial_of(claim, report)) for n, claim in enumerate(claims)]

    def take(self, parts: int = 1) -> bool:
        """Read what was sent; whether it can be decided so."""
        self.figures = [self._form(n, self.posted) for n in range(parts)]
        fits = [form.is_valid() for form in self.figures]
        return all([*fits, self.reason.is_valid()])

    def restore(self, parts: int) -> None:
        """Show what was sent without judging it."""
        posted = self.posted
        assert posted is not None
        names = list(FigureForm.base_fields)
        self.figures = [
            self._form(n, initial={name: posted.get(f"f{n}-{name}", "") for name in names})
            for n in range(parts)
        ]
        self.reason = ReasonForm(initial={"reason": posted.get("reason", "")})

    @property
    def claims(self) -> list[Claim]:
        """What the forms say, after ``take``."""
        return [form.claim for form in self.figures if form.claim]

    def complain(self, message: str) -> None:
        """Tell above the forms why nothing was stored."""
        self.figures[0].add_error(None, message)

    def after_conflict(self, message: str) -> None:
        """Turn to what stands now, with what was typed kept: correct what came instead, or add where nothing stands."""
        actor, row = self.opened.actor, self.opened.row
        now: list[Statement] = []
        for statement in self.before:
            found = room.standing_in_place_of(actor, room.statement_of(actor, row, statement.key))
            if found.state in STANDING and found.pk not in [s.pk for s in now]:
                now.append(found)
        reviews = room.decisions_about(actor, self.before)
        self.conflict = {
            "message": message,
            "theirs": decided(reviews[-1]) if reviews else None,
            "instead": now,
            "added": not now,
        }
        if not now:
            self.decision = Decision.ADD
        elif self.decision == Decision.MERGE and len(now) == 1:
            self.decision = Decision.CORRECT
        self.before, self.seen = now, [seen_of(s) for s in now]

    def address(self) -> str:
        """Where the form is sent."""
        sha256 = self.opened.sha256
        if self.decision in (Decision.ADD, Decision.MERGE):
            return reverse(f"room:{self.decision}", args=[sha256])
        return reverse(f"room:{self.decision}", args=[sha256, self.before[0].key])

    def context(self) -> dict[str, Any]:
        """For ``room/parts/writing.html``."""
        first = self.before[0] if self.before else None
        return {
            "writing": self,
            "statement": first,
            "back": reverse("room:card", args=[self.opened.sha256, first.key]) if first else "",
            "can_grow": self.decision == Decision.SPLIT and len(self.figures) < MOST_PARTS,
        }

    def _form(self, number: int, data: QueryDict | None = None, **more: Any) -> FigureForm:
        alone = self.decision == Decision.CORRECT and self.before
        before = claim_of(self.before[0], self.opened.row.doc) if alone else None
        return FigureForm(
            data,
            prefix=f"f{number}",
            report=self.opened.report,
            before=before,
            use_required_attribute=False,
            **more,
        )


def parts_of(opened: OpenReport, claim: Claim) -> list[Claim]:
    """What a figure may be split into: what the reader finds in its words, else the figure twice."""
    try:
        places = locating.quantities_within(opened.report, claim.start, claim.end)
    except locating.NoPlace:
        places = []
    found = [locating.proposed(opened.report, place) for place in places[:MOST_PARTS]]
    told = [
        msgspec.structs.replace(
            one,
            status=claim.status,
            area=claim.area,
            indicator=claim.indicator,
            period=claim.period,
            place=claim.place,
            party=claim.party,
        )
        for one in found
        if one
    ]
    return told if len(told) > 1 else [claim, claim]


def merged(opened: OpenReport, claims: Sequence[Claim]) -> Claim:
    """What several figures may be as one: what the reader finds from the first's begin to the last's end.

    Raises:
        NoPlace: they do not lie in one paragraph.
    """
    place = locating.stretch(opened.report, min(c.start for c in claims), max(c.end for c in claims))
    return locating.moved(locating.proposed(opened.report, place) or claims[0], place)
