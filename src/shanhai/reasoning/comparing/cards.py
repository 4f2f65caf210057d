"""Definition cards held against each other: are two figures told of the same thing, and if not, what differs?"""

import datetime
import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from shanhai.catalogue.cards import load_cards, payer_words, small_place, unspecific
from shanhai.catalogue.definitions import load_definitions
from shanhai.catalogue.units import load_units
from shanhai.model import Claim, Kind, Report, Role, Status
from shanhai.reasoning.comparing.same import apart, differ, place_core, span_of
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.solving.intervals import Interval

_BATCH = re.compile("第[一二三四五六七八九十百\\d]+[批轮届期]")
_BESIDE = re.compile(
    r"[（(][^（）()]*[）)]|(?:截[至止]到?)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?[底末初]?"
)
"""Units in brackets and dates, as the head of a table's column adds them."""
_LAST_WEEKS = datetime.timedelta(days=45)
_YEAR = datetime.timedelta(days=366)
Days = tuple[datetime.date, datetime.date]
"""The first and the last day."""
_PARTS = ("stage", "form", "scope", "cumulative")
_ALIKE, _VERY_ALIKE = 0.5, 0.75
_HEAD = 2


class Card(msgspec.Struct, eq=False, gc=False):
    """One claim as it is compared.

    Attributes:
        evidence: the number of its report in the case.
        claim: the claim.
        unit, family: the unit that it is compared in; units of one family count one thing in different ways.
        interval: what it allows, in that unit.
        core: what is counted, in the report's words, without place, team and words of the card.
        pairs: the pairs of characters of the core.
        passage: the number of its passage; -1 where the report is not at hand.
        in_table: whether it is a cell.
        town: the town or village within its place that the sentence tells it of; "" where it tells none.
        payer: who paid, for money; None where the text does not say.
        days: the first and last day that it counts; None where the text does not say.
    """

    evidence: int
    claim: Claim
    unit: str
    family: str
    interval: Interval
    core: str
    pairs: frozenset[str]
    passage: int
    in_table: bool
    town: str
    payer: str | None
    days: Days | None

    @property
    def head(self) -> str:
        """The last characters of the core: as a rule the noun."""
        return self.core[-_HEAD:]

    @property
    def place(self) -> str:
        """The place's own name in short; "" where none is told."""
        return place_core(self.claim.place)


class Comparison(msgspec.Struct, frozen=True):
    """How two cards meet.

    Attributes:
        differs: the parts in which they differ, each with both values; none where they tell of the same.
        unsaid: the parts that only one of them tells.
    """

    differs: dict[str, tuple[str, str]]
    unsaid: tuple[str, ...]


def cards_of(number: int, evidence: Evidence) -> list[Card]:
    """The cards of a report's claims that can be held against others: no background, no vague figures."""
    report = evidence.report
    starts = [p.start for p in report.passages] if report else []
    found = []
    for claim in evidence.claims:
        if claim.minor or claim.value is None or claim.kind is Kind.FROM_TO:
            continue
        passage, in_table, town = -1, False, ""
        if report:
            town = _town(report, claim)
            passage = bisect_right(starts, report.map.to_mended(claim.start)) - 1
            in_table = report.passages[passage].role is Role.TABLE
        found.append(_card(number, claim, passage, days_of(claim, evidence.date), in_table, town))
    return found


def _town(report: Report, claim: Claim) -> str:
    """The last town or village named in the sentence before the figure."""
    sentence = report.map.to_mended_span(claim.sentence.start, claim.sentence.end)
    lead = report.text[sentence.start : report.map.to_mended(claim.start)]
    found = [m["name"] or m["group"] for m in small_place().finditer(lead)]
    return found[-1] if found else ""


def days_of(claim: Claim, published: datetime.date | None) -> Days | None:
    """The days that a figure counts: a report cannot count beyond the day of its own publication.

    A review told in the last weeks of its year counts the year; what is told of a year at its middle counts half.
    """
    days = span_of(claim.period)
    if days is None or published is None or claim.status is Status.EXPECTED:
        return days
    early = published < days[1] - _LAST_WEEKS
    return (days[0], published) if early and days[0] <= published else days


def _card(number: int, claim: Claim, passage: int, days: Days | None, in_table: bool, town: str) -> Card:
    units = load_units()
    factor, unit = units.converted(1, claim.unit)
    kind = units.kind_of.get(unit, "")
    core = core_of(claim)
    payer = None
    if kind == "money" and claim.measure:
        pattern, named = payer_words()
        told = pattern.findall(claim.measure)
        payer = named[told[-1]] if told else None
    return Card(
        number,
        claim,
        unit,
        "people" if kind in load_cards().people else unit,
        Interval.of(claim.bounds, factor),
        core,
        frozenset(core[i : i + 2] for i in range(len(core) - 1)),
        passage,
        in_table,
        town,
        payer,
        days,
    )


def core_of(claim: Claim) -> str:
    """What a claim counts, in its report's words, without place, team and the words of the definition card."""
    told = claim.measure or ""
    for name in (claim.party, claim.place):
        if name:
            told = told.replace(name, "")
    told = _BATCH.sub("", _BESIDE.sub("", told))
    return unspecific().sub("", told)


def same_topic(one: Card, other: Card) -> bool:
    """Whether two figures may be told of the same thing: unit, kind, and what is counted."""
    if one.family != other.family or one.claim.kind is not other.claim.kind:
        return False
    a, b = one.claim, other.claim
    if a.area != b.area and None not in (a.area, b.area):
        return False
    likeness = alike(one, other)
    if a.indicator is not None and a.indicator == b.indicator:
        return likeness >= _ALIKE
    return likeness >= _VERY_ALIKE


def alike(one: Card, other: Card) -> float:
    """How alike the words are that say what is counted, from 0 to 1; 1 where one says no more than the other."""
    if one.core == other.core:
        return 1.0
    if not one.pairs or not other.pairs:
        return 1.0 if not (one.core and other.core) else 0.0
    shared = len(one.pairs & other.pairs)
    short, long = sorted((one.core, other.core), key=len)
    if len(short) <= _HEAD + 1 and long.endswith(short):
        return _VERY_ALIKE
    return shared / min(len(one.pairs), len(other.pairs))


def compare(one: Card, other: Card) -> Comparison | None:
    """How two cards of one topic meet; None where they tell of another place, time or team altogether."""
    a, b = one.claim, other.claim
    if apart(a.place, b.place) or differ(a.party, b.party) or one.town != other.town:
        return None
    differs: dict[str, tuple[str, str]] = {}
    unsaid: list[str] = []
    time = _times(one, other, differs, unsaid)
    if not time:
        return None
    if one.unit != other.unit:
        differs["counted"] = (one.unit, other.unit)
    for part in _PARTS:
        _hold(part, _told(a, part), _told(b, part), differs, unsaid)
    _hold("payer", one.payer, other.payer, differs, unsaid)
    _hold("status", a.status and a.status.value, b.status and b.status.value, differs, unsaid)
    if (a.place is None) != (b.place is None):
        unsaid.append("place")
    if "scope" not in differs and _group(a.party) != _group(b.party):
        differs["scope"] = (a.party or "", b.party or "")
    return Comparison(differs, tuple(p for p in unsaid if p not in differs))


def _told(claim: Claim, part: str) -> object:
    """What a card tells of one part; the stage that all figures of an indicator have, where the text names none."""
    told = getattr(claim.definition, part)
    if part == "stage" and told is None and claim.indicator:
        return load_cards().stages.get(claim.indicator)
    return told


def _hold(
    part: str, one: object, other: object, differs: dict[str, tuple[str, str]], unsaid: list[str]
) -> None:
    if one == other:
        return
    if one is None or other is None:
        unsaid.append(part)
    else:
        differs[part] = (str(one).lower(), str(other).lower())


def _times(one: Card, other: Card, differs: dict[str, tuple[str, str]], unsaid: list[str]) -> bool:
    """Hold the times against each other; False where they are two times altogether."""
    since, other_since = one.claim.definition.since, other.claim.definition.since
    if since and other_since and since != other_since:
        differs["since"] = (since.isoformat(), other_since.isoformat())
        return True
    if bool(since) != bool(other_since):
        unsaid.append("since")
    if one.days is None or other.days is None:
        if one.days is not other.days:
            unsaid.append("period")
        return True
    if one.days == other.days or _one_term(one.days, other.days):
        return True
    if _within(one.days, other.days) or _within(other.days, one.days):
        return False
    if one.days[0] > other.days[1] or other.days[0] > one.days[1]:
        return False
    differs["period"] = (one.claim.period or "", other.claim.period or "")
    return True


def _one_term(one: Days, other: Days) -> bool:
    """Whether two times of a year or more begin and end in the same weeks (三年来 in two reports of one month)."""
    near = all(abs(a - b) <= _LAST_WEEKS for a, b in zip(one, other, strict=True))
    return near and all(last - first > _YEAR for first, last in (one, other))


def _within(inner: Days, outer: Days) -> bool:
    """Whether one time is a part of another: half a year and its year are two times that nobody takes for one."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _group(party: str | None) -> str:
    """The word by which a party is one group of a team; "" for a whole team or none."""
    words: Sequence[str] = load_definitions().scope.get("one_group", ())
    return next((w for w in words if party and w in party), "")
