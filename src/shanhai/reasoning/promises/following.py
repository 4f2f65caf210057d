"""Promises: figures and dates told as yet to come, and what later reports say has become of them.

Later reports close a promise (the same thing told as done, with at least what was promised), delay it (promised again for
later) or contradict it (told as done with less when its time was over, or as not done). What is not clearly about the
same thing leaves it open.
"""

from collections.abc import Iterator

import msgspec

from shanhai.model import Cited, Promise, PromiseState
from shanhai.reasoning.case import Case
from shanhai.reasoning.promises.answers import Acts, Answer, Figures
from shanhai.reasoning.promises.due import ends
from shanhai.reasoning.promises.pledges import Pledge, pledges_of


class Kept(msgspec.Struct, frozen=True):
    """A promise with what it was made of.

    Attributes:
        pledge: the promise as its report tells it.
        promise: with what has become of it.
        later_due: the due date of the latest delay.
    """

    pledge: Pledge
    promise: Promise
    later_due: str | None = None


def promises(case: Case) -> tuple[Promise, ...]:
    """All promises of a case, reports in the order given and promises in text order; copies tell none of their own."""
    return tuple(kept.promise for kept in followed(case))


def followed(case: Case) -> Iterator[Kept]:
    """All promises with what they were made of."""
    pledges = list(_first_told(case))
    figures, acts = Figures(case, pledges), Acts(case, pledges)
    for i, pledge in enumerate(pledges):
        answers = [*(figures.to(i) if pledge.claim else ()), *acts.to(i)]
        yield _settled(case, pledge, answers)


def _first_told(case: Case) -> Iterator[Pledge]:
    """The promises of all reports; what several copies of one release tell is one promise."""
    told: set[tuple[str, object]] = set()
    kept: dict[str, list[Pledge]] = {}
    for evidence in sorted(case.evidence, key=lambda e: case.original[e.doc] != e.doc):
        own = set()
        kept[evidence.doc] = []
        for pledge in pledges_of(evidence):
            claim = pledge.claim
            thing = (claim.value, claim.upper, claim.unit) if claim else (pledge.cited.quote,)
            key = (case.original[evidence.doc], thing)
            own.add(key)
            if key not in told:
                kept[evidence.doc].append(pledge)
        told |= own
    for evidence in case.evidence:
        yield from kept[evidence.doc]


def _settled(case: Case, pledge: Pledge, answers: list[Answer]) -> Kept:
    """The promise with the state that its last answers give it."""
    state, later_due = PromiseState.OPEN, None
    if pledge.due and case.on and ends(pledge.due) < case.on:
        state = PromiseState.DUE
    telling: list[Cited] = []
    for wanted in (PromiseState.KEPT, PromiseState.CONTRADICTED, PromiseState.DELAYED):
        found = [a for a in answers if a.state is wanted]
        if found:
            state, telling = wanted, [a.cited for a in found]
            later_due = found[-1].due
            break
    return Kept(
        pledge,
        Promise(pledge.what, pledge.cited, pledge.due, state, tuple(dict.fromkeys(telling))),
        later_due,
    )
