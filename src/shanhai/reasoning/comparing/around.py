"""What the sentence around a figure tells of its definition beyond the claim: payer, group, time, in other words."""

import datetime
import re
from functools import cache, lru_cache

import msgspec

from shanhai.catalogue.cards import load_cards, paid_behind, payer_words, team_words
from shanhai.catalogue.definitions import load_definitions
from shanhai.catalogue.relations import any_of
from shanhai.catalogue.units import load_units
from shanhai.model import Definition
from shanhai.reasoning.comparing.cards import Card, Days, alike, core_of, same_topic
from shanhai.reasoning.comparing.same import span_of
from shanhai.reasoning.evidence import Evidence

_SINCE = re.compile(r"((?:19|20)\d\d)年(?:(\d{1,2})月)?以来")
_DATE = re.compile(r"((?:19|20)\d\d)年(?:(\d{1,2})月)?")
_YEARS = re.compile("([一二两三四五六七八九十])年来")
_NUMERALS = " 一二三四五六七八九十"
_TOLD_BEHIND = re.compile("^[，,]?(?:这是|即|是)([^。；！？]{4,60})")
_MONEY = re.compile("[\\d一二三四五六七八九十百千]+[余多]?[万亿]*元")
_TERM = datetime.timedelta(days=366)
"""Longer than this is the time of a team's term or of a programme, which few other figures share."""
_NEAR = 0.75
"""So alike are two tellings of one thing where one of them says no more than the other."""


def widened(card: Card, evidence: Evidence) -> Card:
    """The card with what its sentence adds to the claim; the card itself where that is nothing.

    Only for showing that definitions differ: what stands around a figure is too loose to call two figures one.
    """
    before, behind = _around(card, evidence)
    claim = card.claim
    measure = claim.measure
    if measure is None and (told := _TOLD_BEHIND.match(behind)):
        measure = told[1]
    days, since = _time(card, evidence, before + behind, measure or "")
    payer = _payer(card, measure or "", behind)
    definition = _definition(card, measure or "", before, since)
    core = _core(card, measure)
    if (core, definition, days, payer) == (card.core, claim.definition, card.days, card.payer):
        return card
    wider = msgspec.structs.replace(claim, measure=measure, definition=definition)
    pairs = frozenset(core[i : i + 2] for i in range(len(core) - 1))
    return msgspec.structs.replace(card, claim=wider, days=days, payer=payer, core=core, pairs=pairs)


def _core(card: Card, measure: str | None) -> str:
    """What is counted, without the words for a whole team or a group of it."""
    rest = team_words().sub("", measure) if measure else measure
    return (
        card.core
        if rest == card.claim.measure
        else core_of(msgspec.structs.replace(card.claim, measure=rest))
    )


def _around(card: Card, evidence: Evidence) -> tuple[str, str]:
    """The sentence before and behind a figure; nothing where the report is not at hand."""
    if evidence.report is None or card.in_table:
        return "", ""
    claim, text = card.claim, evidence.report.text
    sentence = evidence.mended(claim.sentence)
    figure = evidence.report.map.to_mended_span(claim.start, claim.end)
    return text[sentence.start : figure.start], text[figure.end : sentence.end]


def _time(
    card: Card, evidence: Evidence, sentence: str, measure: str
) -> tuple[Days | None, datetime.date | None]:
    """The days of a figure, and since when it adds up; told by the only date of its sentence or of its column."""
    claim, today = card.claim, evidence.date
    if (years := _YEARS.search(sentence)) and not _DATE.search(sentence):
        last = today or (card.days[1] if card.days else None)
        number = _NUMERALS.find(years[1].replace("两", "二"))
        return ((_earlier(last, number), last) if last else card.days), claim.definition.since
    if claim.period is not None:
        return card.days, claim.definition.since
    dates = list(_DATE.finditer(sentence or measure))
    if len(dates) != 1:
        return card.days, claim.definition.since
    period = dates[0][1] + (f"-{int(dates[0][2]):02d}" if dates[0][2] else "")
    days = span_of(period)
    if _SINCE.search(sentence) and days:
        until = span_of(f"{period}/{today:%Y-%m}") if today else None
        return until, days[0]
    return days, claim.definition.since


def _earlier(day: datetime.date, years: int) -> datetime.date:
    return day - datetime.timedelta(days=round(365.25 * years))


def _payer(card: Card, measure: str, behind: str) -> str | None:
    """Who paid: told behind the figure before the next amount, else in the words of what is counted."""
    if load_units().kind_of.get(card.unit) != "money":
        return card.payer
    pattern, named = payer_words()
    upto = _MONEY.search(behind)
    if told := paid_behind().search(behind[: upto.start()] if upto else behind):
        return named[told["from"] or told["by"]]
    found = pattern.findall(measure)
    return named[found[-1]] if found else card.payer


def _definition(card: Card, measure: str, before: str, since: datetime.date | None) -> Definition:
    """The claim's definition with the form and group that the words around tell."""
    told = card.claim.definition
    form, scope = told.form, told.scope
    if form is None and card.claim.measure is None:
        form = next(
            (f for f, words in load_definitions().form.items() if any(w in measure for w in words)), None
        )
    groups = list(team_words().finditer(before + measure))
    if groups:
        scope = groups[-1].lastgroup
    return msgspec.structs.replace(
        told, form=form, scope=scope, since=since, cumulative=True if since else told.cumulative
    )


def thing_of(card: Card) -> str | None:
    """The name of the thing that a figure tells of, one of those told in many words; None where it is none."""
    units, claim = load_units(), card.claim
    for name, thing in load_cards().things.items():
        if thing.unit not in (card.family, units.kind_of.get(card.unit)):
            continue
        if claim.indicator in thing.indicators or any(w in (claim.measure or "") for w in thing.words):
            return name
    return None


def likeness(one: Card, other: Card) -> float:
    """How far two cards tell of the same thing in whatever words, from 0 to 1."""
    if _same_words(one, other):
        return max(alike(one, other), _NEAR)
    usual = alike(one, other) if same_topic(one, other) else 0.0
    thing = thing_of(one) if usual < _NEAR else None
    if thing is None or thing != thing_of(other) or one.claim.kind is not other.claim.kind:
        return usual
    rests = [_rest(card.core, thing) for card in (one, other)]
    return max(usual, _NEAR if not all(rests) or rests[0] == rests[1] else 0.0)


def tied(one: Card, other: Card) -> bool:
    """Whether more than the thing ties two figures told in other words: a place, a team, a payer, the time of a term."""
    a, b = one.claim, other.claim
    if any(
        x is not None and y is not None
        for x, y in ((a.place, b.place), (a.party, b.party), (one.payer, other.payer))
    ):
        return True
    if one.days is None or other.days is None:
        return False
    return min(last - first for first, last in (one.days, other.days)) > _TERM


def _same_words(one: Card, other: Card) -> bool:
    """Whether people are counted in the same words, whatever the indicator that their units suggest."""
    people = one.family == other.family == "people" and one.unit != other.unit
    return people and one.core == other.core and bool(one.core) and one.claim.kind is other.claim.kind


@lru_cache(1 << 14)
def _rest(core: str, thing: str) -> str:
    """What a figure of a thing says besides."""
    return _asides(thing).sub("", core)


@cache
def _asides(thing: str) -> re.Pattern[str]:
    known = load_cards().things[thing]
    return re.compile(any_of([*known.words, *known.aside]))
