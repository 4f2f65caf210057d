"""The draft checker: every number of a draft held against the draft itself and its evidence."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from shanhai.catalogue.cards import load_cards
from shanhai.catalogue.units import load_units
from shanhai.model import Claim, Finding
from shanhai.reasoning.case import Case
from shanhai.reasoning.checked import Checked, Reasoned
from shanhai.reasoning.checks import arithmetic, plausibility, promises, recycled, rules
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.facts import facts
from shanhai.reasoning.promises import promises as promised
from shanhai.reasoning.reason import case_of, groups_of, of_facts
from shanhai.reasoning.same import place_core
from shanhai.reasoning.verdicts import judged, sourced

OWN = (arithmetic.find, rules.find)
"""The checks that hold a report against itself."""
TOGETHER = (plausibility.find, promises.find, recycled.find)
"""The checks that hold it against others."""


def check(
    draft: Evidence,
    others: Sequence[Evidence],
    *,
    on: datetime.date | None = None,
    seconds: float = 5.0,
    files: int = 0,
) -> Checked:
    """Hold a draft against itself and its evidence.

    Args:
        draft: the report that is checked.
        others: its evidence; no two docs are the same, the draft's among them.
        on: the day on which promises count as due; nothing is due where it is None.
        seconds: how long one group of figures may take.
        files: how many of ``others``, from the first, are looked at by themselves too.

    What evidence says of other things than the draft is left aside, so that a thousand earlier reports cost little.
    """
    beside = list(others[:files])
    own = Case((draft, *beside), {e.doc: e.doc for e in (draft, *beside)}, on, seconds)
    near = case_of([draft, *beside, *_relevant([draft, *beside], others[files:])], on=on, seconds=seconds)
    asked = {draft.doc, *(e.doc for e in beside)}
    groups = groups_of(near)
    found: list[Finding] = [f for one in OWN for f in one(own)]
    found += [f for one in TOGETHER for f in one(near) if _names(f, asked)]
    found += [f for f in of_facts(near, groups) if _names(f, asked)]
    told = [
        f for f in facts(near, groups.groups) if any(c.doc in asked for c in (*f.supporting, *f.opposing))
    ]
    pledges = tuple(
        p for p in promised(near) if p.cited.doc in asked or any(a.doc in asked for a in p.answers)
    )
    numbers = judged(near, groups.groups, found)
    found += sourced(numbers, told, given=bool(others))
    numbers = judged(near, groups.groups, found)
    evidence = {e.doc: e for e in (draft, *others)}
    return Checked(draft, numbers, Reasoned(tuple(told), tuple(found), pledges), evidence)


def _names(finding: Finding, docs: set[str]) -> bool:
    return any(c.doc in docs for c in finding.claims)


Topic = tuple[str, str, str | None]


def _relevant(asked: Sequence[Evidence], others: Iterable[Evidence]) -> Iterator[Evidence]:
    """The evidence cut down to the claims that can have to do with what is asked: of the same field of work, unit
    and place, or the same telling figure."""
    topics: Mapping[Topic, set[str]] = defaultdict(set)
    values = set()
    for evidence in asked:
        for claim in evidence.claims:
            topics[_topic(claim)].add(place_core(claim.place))
            values.add((claim.value, claim.unit))
    for evidence in others:
        kept = tuple(c for c in evidence.claims if (c.value, c.unit) in values or _near(c, topics))
        if kept:
            yield Evidence(evidence.doc, kept, evidence.report)


def _near(claim: Claim, topics: Mapping[Topic, set[str]]) -> bool:
    places = topics.get(_topic(claim))
    if places is None:
        return False
    place = place_core(claim.place)
    return not place or "" in places or place in places


def _topic(claim: Claim) -> Topic:
    units = load_units()
    unit = units.same_as.get(claim.unit, claim.unit)
    people = units.kind_of.get(unit, "") in load_cards().people
    return claim.kind.value, "people" if people else unit, claim.area
