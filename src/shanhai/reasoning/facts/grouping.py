"""Facts: claims about the same thing, within one report and across many, put together."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from shanhai.catalogue.cards import county
from shanhai.claims.find import find_sides
from shanhai.model import Cited, Fact, Kind, Sides, Status
from shanhai.reasoning.case import Case
from shanhai.reasoning.comparing.around import widened
from shanhai.reasoning.comparing.cards import Card, Comparison, alike, compare, same_topic
from shanhai.reasoning.comparing.same import apart
from shanhai.reasoning.effort import COMPARISON, Effort
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.facts.grades import grade
from shanhai.reasoning.solving.intervals import Interval
from shanhai.reasoning.sources.publishers import kind_of_source

_SAYS_ENOUGH = 0.75
"""How alike the words of two claims must be where one of them leaves a part of the card unsaid."""
_TELLING_WORDS = 4
"""So many characters of what is counted make it likely that the same words mean the same thing."""
_MAY_BE_UNSAID = frozenset({"stage", "form", "scope", "cumulative"})


class Group(msgspec.Struct, eq=False):
    """The cards of one fact; the first is the one that the others are held against.

    Attributes:
        cards: in the order of the case.
        unsaid: the parts that some card tells and another leaves open.
    """

    cards: list[Card]
    unsaid: set[str]

    @property
    def first(self) -> Card:
        """The card that stands for the fact."""
        return self.cards[0]


class Pairings:
    """The pairing that each report as a whole is about, and what its sentences tell, looked up when it is asked for."""

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self._evidence = evidence
        self._found: dict[int, Sides] = {}
        self._wide: dict[int, tuple[Card, Card]] = {}

    def differ(self, one: int, other: int) -> bool:
        """Whether two reports are about two pairings, as far as both say."""
        a, b = self._of(one), self._of(other)
        return apart(a.sending, b.sending) or apart(a.receiving, b.receiving)

    def told_apart(self, one: Card, other: Card) -> bool:
        """Whether the sentences around two figures tell their definitions apart, where the claims do not."""
        comparison = compare(self.wide(one), self.wide(other))
        return comparison is None or bool(comparison.differs)

    def wide(self, card: Card) -> Card:
        """A card with what its sentence adds; read once."""
        if id(card) not in self._wide:
            self._wide[id(card)] = card, widened(card, self._evidence[card.evidence])
        return self._wide[id(card)][1]

    def _of(self, number: int) -> Sides:
        if number not in self._found:
            report = self._evidence[number].report
            self._found[number] = find_sides(report) if report else Sides()
        return self._found[number]


class Grouped(msgspec.Struct):
    """All facts of a case.

    Attributes:
        groups: in the order in which their first claims stand.
        unsettled: the cards of groups that would have taken too much work.
    """

    groups: list[Group]
    unsettled: list[list[Card]]


def grouped(cards: Sequence[Card], evidence: Sequence[Evidence], seconds: float) -> Grouped:
    """The cards put together by what they tell of.

    Each card joins the first fact that it tells the same as; facts are looked for among those of the same unit,
    kind and place that share the indicator or the noun, and the time.
    """
    pairings = Pairings(evidence)
    buckets: dict[tuple[object, ...], list[Card]] = defaultdict(list)
    for card in cards:
        buckets[card.family, card.claim.kind, card.place].append(card)
    found: list[Group] = []
    unsettled: list[list[Card]] = []
    for bucket in buckets.values():
        effort = Effort(seconds)
        index: dict[tuple[str, str], list[Group]] = defaultdict(list)
        for at, card in enumerate(bucket):
            if effort.left <= 0:
                unsettled.append(bucket[at:])
                break
            group = _joined(card, index, pairings, effort)
            if group is None:
                group = Group([card], set())
                found.append(group)
                for key in keys(card):
                    index[key].append(group)
    order = {id(card): i for i, card in enumerate(cards)}
    found.sort(key=lambda g: order[id(g.first)])
    return Grouped(found, unsettled)


def keys(card: Card) -> list[tuple[str, str]]:
    """By what a fact is looked for: indicator and noun, each with its time."""
    time = card.claim.period or ""
    noun = card.head or f"={card.claim.area}"
    return [(name, time) for name in (card.claim.indicator or "", noun) if name]


def _joined(
    card: Card, index: dict[tuple[str, str], list[Group]], pairings: Pairings, effort: Effort
) -> Group | None:
    """The fact that a card tells of, joined by it; None where there is none yet."""
    for key in keys(card):
        for group in index.get(key, ()):
            effort.spend(COMPARISON)
            comparison = _same(card, group.first, pairings)
            if comparison is None:
                continue
            group.cards.append(card)
            group.unsaid |= set(comparison.unsaid)
            return group
    return None


def _same(card: Card, first: Card, pairings: Pairings) -> Comparison | None:
    """How two cards of the same thing meet; None where they may well tell of two things."""
    if card.evidence == first.evidence and not _told_again(card, first):
        return None
    if not same_topic(card, first):
        return None
    comparison = compare(card, first)
    if comparison is None or comparison.differs or not set(comparison.unsaid) <= _MAY_BE_UNSAID:
        return None
    if comparison.unsaid and alike(card, first) < _SAYS_ENOUGH:
        return None
    if not card.interval.meets(first.interval):
        if card.claim.status is Status.EXPECTED and card.evidence != first.evidence:
            return None
        if not (_anchored(card, first) and _timed(card, first)) or pairings.told_apart(card, first):
            return None
        if not _named(card, first) and pairings.differ(card.evidence, first.evidence):
            return None
    return comparison


def _anchored(card: Card, first: Card) -> bool:
    """Whether a place, a team, or payer and start that both tell say that they speak of one thing."""
    a, b = card.claim, first.claim
    if (a.place is not None and b.place is not None) or (a.party is not None and b.party is not None):
        return True
    if card.core != first.core:
        return False
    since = a.definition.since
    paid = card.payer is not None and card.payer == first.payer
    return (paid and since is not None and since == b.definition.since) or county().match(
        card.core
    ) is not None


def _named(card: Card, first: Card) -> bool:
    """Whether both tell place and team themselves, so that what their reports are about as a whole adds nothing."""
    return None not in (card.claim.place, first.claim.place, card.claim.party, first.claim.party)


def _timed(card: Card, first: Card) -> bool:
    """Whether both tell one time: without it two reports may each be right for their own day."""
    return card.days is not None and card.days == first.days


def _told_again(card: Card, first: Card) -> bool:
    """Whether one report tells one thing twice: marked as a repeat, or in the same words far apart.

    A list tells many things in like words side by side, so figures of one passage or of a table are never one.
    """
    a, b = card.claim, first.claim
    if a.repeats is not None and (a.value, a.unit) == (b.value, b.unit):
        return True
    apart = card.passage != first.passage and not (card.in_table or first.in_table)
    return (
        apart
        and a.kind is Kind.LEVEL
        and a.measure == b.measure
        and len(card.core) >= _TELLING_WORDS
        and a.period is not None
        and (a.period, a.place, a.party) == (b.period, b.place, b.party)
    )


def split(group: Group) -> tuple[list[Card], list[Card]]:
    """The cards that agree with one another, and those that exclude them.

    Those that agree are the largest number of independent reports whose intervals share a value; the tighter
    interval decides between equals, then the order.
    """
    best: list[Card] = []
    for candidate in group.cards:
        point = candidate.interval
        agreeing = [c for c in group.cards if c.interval.meets(point)]
        if len({c.evidence for c in agreeing}) > len({c.evidence for c in best}):
            best = agreeing
        if len(best) == len(group.cards):
            break
    common = intersection(best)
    if common is None:
        best = [c for c in best if c.interval.meets(best[0].interval)]
    return best, [c for c in group.cards if c not in best]


def intersection(cards: Iterable[Card]) -> Interval | None:
    """What all cards allow; None where they exclude one another."""
    common: Interval | None = None
    for card in cards:
        common = card.interval if common is None else common.meet(card.interval)
        if common.empty:
            return None
    return common


def facts(case: Case, groups: Sequence[Group]) -> Iterator[Fact]:
    """The facts of the groups, graded."""
    kinds = [kind_of_source(e) for e in case.evidence]
    told: Counter[str] = Counter()
    for group in groups:
        supporting, opposing = split(group)
        tell = {case.original.get(c.claim.doc, c.claim.doc): kinds[c.evidence] for c in supporting}
        common = intersection(supporting)
        claim = group.first.claim
        about = _about(group.first)
        told[about] += 1
        yield Fact(
            id=_id(about, told[about]),
            indicator=claim.indicator,
            unit=group.first.unit,
            kind=claim.kind,
            measure=claim.measure,
            place=claim.place,
            party=claim.party,
            period=claim.period,
            definition=claim.definition,
            bounds=common.bounds() if common else None,
            supporting=tuple(Cited.of(c.claim) for c in supporting),
            opposing=tuple(Cited.of(c.claim) for c in opposing),
            sources=len(tell),
            releases=tuple(tell),
            grade=grade(
                sources=tuple(tell.values()),
                supporting=tuple(c.claim for c in supporting),
                opposed=bool(opposing),
            ),
        )


def _about(card: Card) -> str:
    """What a fact is about, in a form that can be compared."""
    claim, d = card.claim, card.claim.definition
    about = (
        claim.indicator, card.unit, claim.kind.value, card.core, claim.place, claim.party, claim.period,
        d.counted, d.stage, d.form, d.cumulative, d.since, d.scope, card.payer, claim.status,
    )  # fmt: skip
    return repr(about)


def _id(about: str, number: int) -> str:
    """The id of a fact; facts that only the sentences around their claims keep apart are numbered."""
    told = about if number == 1 else f"{about} {number}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
