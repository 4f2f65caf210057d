"""The draft checker: every number of a draft held against the draft itself and its evidence."""

import datetime
from collections.abc import Iterable, Sequence
from functools import cache

from shanhai.catalogue.cards import load_cards
from shanhai.catalogue.units import load_units
from shanhai.model import Claim, Finding, Kind
from shanhai.reasoning.case import Case
from shanhai.reasoning.checked import Checked, Reasoned
from shanhai.reasoning.checks import arithmetic, plausibility, promises, recycled, rules
from shanhai.reasoning.comparing.same import apart, differ
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.facts.grouping import facts
from shanhai.reasoning.promises.following import followed
from shanhai.reasoning.reason import groups_of, of_facts
from shanhai.reasoning.register import Answer, by_place, findings, graded
from shanhai.reasoning.sources.copies import originals
from shanhai.reasoning.sources.fingerprints import telling
from shanhai.reasoning.verdicts import judged, sourced

OWN = (arithmetic.find, rules.find)
"""The checks that hold a report against itself."""


def check(
    draft: Evidence,
    others: Sequence[Evidence],
    *,
    on: datetime.date | None = None,
    seconds: float = 5.0,
    files: int = 0,
    register: Sequence[Answer] = (),
) -> Checked:
    """Hold a draft against itself and its evidence.

    Args:
        draft: the report that is checked.
        others: its evidence; no two docs are the same, the draft's among them.
        on: the day on which promises count as due; nothing is due where it is None.
        seconds: how long one group of figures may take.
        files: how many of ``others``, from the first, are looked at by themselves too.
        register: what registers say to the draft's numbers, which goes before what reports say.

    What evidence says of other things than the draft is left aside, so that a thousand earlier reports cost little.
    """
    asked = (draft, *others[:files])
    docs = {e.doc for e in asked}
    topic, figures = _related(asked, others[files:])
    own = Case(asked, {e.doc: e.doc for e in asked}, on, seconds)
    near = _case((*asked, *topic), on, seconds)
    wide = _case((*asked, *figures), on, seconds)
    groups, pledges = groups_of(near), list(followed(near))
    together = (
        plausibility.find(near),
        promises.told(pledges, near),
        recycled.find(wide),
        of_facts(near, groups, docs),
    )
    found: list[Finding] = [f for one in OWN for f in one(own)]
    found += [f for some in together for f in some if _names(f, docs)]
    answers = by_place(register)
    found += findings(draft.claims, answers)
    told = [f for f in facts(near, groups.groups) if any(c.doc in docs for c in (*f.supporting, *f.opposing))]
    kept = [k.promise for k in pledges if any(c.doc in docs for c in (k.promise.cited, *k.promise.answers))]
    told = [graded(fact, draft.doc, answers) for fact in told]
    given = bool(others or register)
    found += sourced(judged(near, groups.groups, found, answers), told, given=given)
    return Checked(
        draft,
        judged(near, groups.groups, found, answers),
        Reasoned(tuple(told), tuple(found), tuple(kept)),
        {e.doc: e for e in (draft, *others)},
    )


def _case(evidence: tuple[Evidence, ...], on: datetime.date | None, seconds: float) -> Case:
    """The case of a draft, the first report: it may be a copy, but nothing is a copy of what is not yet out."""
    draft = evidence[0].doc
    original = originals(evidence)
    copies = [e.doc for e in evidence if e.doc != draft and original[e.doc] == original[draft]]
    if copies:
        first = original[draft] if original[draft] != draft else copies[0]
        original |= dict.fromkeys((draft, *copies), first)
    return Case(evidence, original, on, seconds)


def _names(finding: Finding, docs: set[str]) -> bool:
    return any(c.doc in docs for c in finding.claims)


def _related(asked: Sequence[Evidence], others: Iterable[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """The evidence cut down to the claims that can have to do with what is asked: those of the same field of work,
    unit, place and team; and the sentences that tell the same figure of the same thing, wherever and whenever."""
    about = _About(asked)
    near, alike = [], []
    for evidence in others:
        kept = tuple(c for c in evidence.claims if about.near(c))
        if kept:
            near.append(Evidence(evidence.doc, kept, evidence.report))
        sentences = {c.sentence for c in evidence.claims if (c.value, c.unit, c.indicator) in about.values}
        if sentences:
            same = tuple(c for c in evidence.claims if c.sentence in sentences)
            alike.append(Evidence(evidence.doc, same, evidence.report))
    return near, alike


Topic = tuple[Kind, str, str | None]


class _About:
    """What some reports are about: topics, places, teams and telling figures.

    Whether a place or a team can be one of theirs is looked up once for each.
    """

    def __init__(self, asked: Sequence[Evidence]) -> None:
        claims = [c for e in asked for c in e.claims]
        self.topics = {_topic(c) for c in claims}
        self.values = {(c.value, c.unit, c.indicator) for c in claims if telling(c)}
        self._places = list(dict.fromkeys(c.place for c in claims))
        self._teams = list(dict.fromkeys(c.party for c in claims))
        self._possible: dict[tuple[str | None, str | None], bool] = {}

    def near(self, claim: Claim) -> bool:
        """Whether a claim can tell of the same thing as one of theirs."""
        if _topic(claim) not in self.topics:
            return False
        key = claim.place, claim.party
        if key not in self._possible:
            self._possible[key] = any(not apart(claim.place, p) for p in self._places) and any(
                not differ(claim.party, t) for t in self._teams
            )
        return self._possible[key]


def _topic(claim: Claim) -> Topic:
    return claim.kind, _counted(claim.unit), claim.area


@cache
def _counted(unit: str) -> str:
    """What a unit counts: people, or units of the same meaning; looked up once, as evidence has many claims."""
    units = load_units()
    unit = units.same_as.get(unit, unit)
    return "people" if units.kind_of.get(unit, "") in load_cards().people else unit
