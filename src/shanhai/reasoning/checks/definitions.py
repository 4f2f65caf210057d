"""Definitions before contradiction: facts whose claims exclude one another, and figures that look alike and are not.

Two figures are called a contradiction only when nothing in their definition cards tells them apart.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from shanhai.model import Cited, Code, Finding, Message, Severity
from shanhai.reasoning.case import Case
from shanhai.reasoning.comparing.around import likeness, thing_of, tied
from shanhai.reasoning.comparing.cards import Card, Comparison, alike, compare, same_topic
from shanhai.reasoning.comparing.within import unlike_in_one
from shanhai.reasoning.facts.grouping import Group, Pairings, keys, split
from shanhai.reasoning.solving.intervals import number
from shanhai.reasoning.wording import Scale

PARTS = {
    "counted": Message("计量单位（人、人次、户）", "what is counted (persons, person-times, households)"),
    "stage": Message("阶段（计划、签约、到位、完成）", "the stage (planned, agreed, arrived, completed)"),
    "form": Message("形式（资金、物资、款物）", "the form (money, goods, both)"),
    "scope": Message("范围（全队、其中一组）", "the scope (whole team, one group of it)"),
    "cumulative": Message("是否累计", "whether it is cumulative"),
    "since": Message("累计起点", "since when it is cumulative"),
    "period": Message("统计期（自然年、审计年度等）", "the period (calendar year, audit year)"),
    "payer": Message("出资方", "who paid"),
    "status": Message("已实现还是预期", "done or expected"),
    "place": Message("地点", "the place"),
    "party": Message("主体", "the team"),
}
"""The parts of a definition card, in the messages."""
_MOST = 60
"""Facts of one indicator and time that are held against each other pair by pair."""
_ENOUGH_ALIKE = 0.6


def contradictions(groups: Sequence[Group]) -> Iterator[Finding]:
    """The facts whose claims exclude one another."""
    for group in groups:
        supporting, opposing = split(group)
        for told in _distinct(opposing):
            yield _contradicted(_nearest(supporting, told), told, group)


def _distinct(cards: Sequence[Card]) -> list[Card]:
    """One card for each value that is told."""
    return list({(c.interval, c.evidence): c for c in cards}.values())


def _nearest(cards: Sequence[Card], other: Card) -> Card:
    """The card whose definition says the same as the other's most fully, the first of these."""
    return min(cards, key=lambda c: len(_unsaid(c, other)))


def _unsaid(one: Card, other: Card) -> tuple[str, ...]:
    comparison = compare(one, other)
    return comparison.unsaid if comparison else ()


def _contradicted(one: Card, other: Card, group: Group) -> Finding:
    unsaid = _unsaid(one, other)
    a, b = _quoted(one), _quoted(other)
    zh = f"同一件事说法不一：《{one.claim.doc}》说“{a}”，《{other.claim.doc}》说“{b}”，两数不能同时成立。"
    en = (
        f"The same thing is reported differently: {one.claim.doc} says {a}, {other.claim.doc} says {b}; "
        "both cannot be true."
    )
    if unsaid:
        zh += f"其中一处没有写明：{_names(unsaid, 'zh')}；口径若不同，则不算矛盾。"
        en += f" One of them leaves open {_names(unsaid, 'en')}; if the two differ there, this is no contradiction."
    return Finding(
        Code.CONTRADICTED,
        Severity.WARNING if unsaid else Severity.ERROR,
        Message(zh, en),
        (Cited.of(one.claim), Cited.of(other.claim)),
        {
            "check": "definitions",
            "values": [one.claim.value, other.claim.value],
            "unit": one.unit,
            "difference": number(one.interval.distance(other.interval)),
            "unsaid": list(unsaid),
            "sources": len({c.evidence for c in group.cards}),
        },
        Message(
            "请以原始台账或正式批复为准，核对两处的数；若口径不同，请在文中写明。",
            "Check both against the original record or the formal approval; if they count different things, say so in the text.",
        ),
    )


def not_comparable(
    case: Case, groups: Sequence[Group], asked: Collection[str] | None = None
) -> Iterator[Finding]:
    """The facts of different reports that look alike, exclude one another, and differ in their definition.

    ``asked`` names the reports one of which must tell one of the two facts; all where it is None.
    """
    index: dict[tuple[object, ...], list[Group]] = defaultdict(list)
    pairings = Pairings(case.evidence)
    for group in groups:
        card = pairings.wide(group.first)
        since = "since" if card.claim.definition.since else card.days and card.days[1].year
        names = {name for name, _ in keys(group.first)} | {card.head, thing_of(card) or ""} - {""}
        for name in sorted(names):
            index[card.family, card.claim.kind, card.place, name, since].append(group)
    met: set[frozenset[int]] = set()
    for alike_groups in index.values():
        for one, other in combinations(alike_groups[:_MOST], 2):
            pair = frozenset((id(one), id(other)))
            if pair in met or not _told_by(asked, one, other):
                continue
            met.add(pair)
            finding = _apart(case, one, other, pairings)
            if finding:
                yield finding


def _told_by(asked: Collection[str] | None, *groups: Group) -> bool:
    return asked is None or any(c.claim.doc in asked for group in groups for c in group.cards)


def _apart(case: Case, one: Group, other: Group, pairings: Pairings) -> Finding | None:
    """The finding for two facts; None where they do not look alike, agree, or nothing tells them apart."""
    pair = _two_reports(case, one, other)
    a, b = pair or (one.first, other.first)
    if a.unit == b.unit and a.interval.meets(b.interval):
        return None
    if pair is None and a.evidence != b.evidence:
        return None
    first, second = pairings.wide(a), pairings.wide(b)
    if likeness(first, second) < _ENOUGH_ALIKE:
        return None
    comparison = compare(first, second)
    if comparison is None or not comparison.differs or "place" in comparison.unsaid:
        return None
    if pair is None:
        return _differs(a, b, comparison) if unlike_in_one(first, second, comparison, case) else None
    if set(comparison.differs) == {"status"}:
        return None
    loose = not (a.core and b.core) or not same_topic(a, b) or alike(a, b) < _ENOUGH_ALIKE
    if loose and (not tied(first, second) or pairings.differ(a.evidence, b.evidence)):
        return None
    return _differs(a, b, comparison)


def _two_reports(case: Case, one: Group, other: Group) -> tuple[Card, Card] | None:
    """One card of each fact, from reports that are no copies of one another."""
    for a in one.cards:
        for b in other.cards:
            first, second = a.claim.doc, b.claim.doc
            if case.original.get(first, first) != case.original.get(second, second):
                return a, b
    return None


def _differs(a: Card, b: Card, comparison: Comparison) -> Finding:
    parts = list(comparison.differs)
    zh = f"“{_quoted(a)}”（《{a.claim.doc}》）与“{_quoted(b)}”（《{b.claim.doc}》）不能直接比较，不算矛盾：口径不同——{_names(parts, 'zh')}。"
    en = (
        f"{_quoted(a)} ({_where(a)}) and {_quoted(b)} ({_where(b)}) are not comparable, and no contradiction: "
        f"they differ in {_names(parts, 'en')}."
    )
    return Finding(
        Code.NOT_COMPARABLE,
        Severity.INFO,
        Message(zh, en),
        (Cited.of(a.claim), Cited.of(b.claim)),
        {
            "check": "definitions",
            "differs": parts,
            "values": {part: list(both) for part, both in comparison.differs.items()},
            "unsaid": list(comparison.unsaid),
        },
        Message(
            f"引用时请写明{_names(parts, 'zh')}；要比较，请找口径相同的数。",
            f"When quoting either, tell {_names(parts, 'en')}; to compare, find figures that count the same.",
        ),
    )


def _names(parts: Sequence[str], language: str) -> str:
    names = [getattr(PARTS[p], language) if p in PARTS else p for p in parts]
    return ("、" if language == "zh" else ", ").join(names)


def _quoted(card: Card) -> str:
    return "".join(card.claim.quote.split())


def _where(card: Card) -> str:
    return card.claim.doc


def shown(card: Card) -> str:
    """A card's value in its report's scale."""
    value = card.claim.value
    return "" if value is None else Scale.of([card.claim], card.claim.unit).full(value)
