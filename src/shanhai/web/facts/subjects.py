"""Whose series are shown or compared: places, teams and pairings, as an address names them."""

from collections import Counter
from collections.abc import Iterable

import msgspec
from django.http import QueryDict

from shanhai.catalogue.places import load_gazetteer
from shanhai.ledger.access import access_pairing
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Fact
from shanhai.ledger.queries.facts import series
from shanhai.web.facts.asking import place_of
from shanhai.web.facts.wording import pairing_name, place_name
from shanhai.web.links import UNFILED

KINDS = ("place", "party", "pairing")


class Subject(msgspec.Struct, frozen=True):
    """A place (by its code), a team (by its name) or a pairing (by its key).

    Attributes:
        kind: one of ``KINDS``.
        key: its code, name or key.
        name: what a person calls it.
    """

    kind: str
    key: str
    name: str


def subjects_of(actor: Actor, address: QueryDict) -> tuple[list[Subject], list[str]]:
    """The subjects of an address, each once, and what names none. More than are compared may come.

    Raises:
        NotThere: the actor sees no such pairing.
    """
    found: dict[Subject, None] = {}
    unknown: list[str] = []
    for kind in KINDS:
        for written in (told.strip() for told in address.getlist(kind)):
            if not written:
                continue
            key = place_of(written)[0] if kind == "place" else written[:200]
            if key:
                found[Subject(kind, key, _name(actor, kind, key))] = None
            else:
                unknown.append(written[:40])
    return _told_apart(list(found)), unknown


def _told_apart(subjects: list[Subject]) -> list[Subject]:
    """The subjects, places of one name with all that is above them before it."""
    names = Counter(s.name for s in subjects)
    return [
        msgspec.structs.replace(s, name=place_name(s.key).rpartition(" ")[0])
        if s.kind == "place" and names[s.name] > 1
        else s
        for s in subjects
    ]


def subject_of(fact: Fact) -> tuple[str, str] | None:
    """As whose figure a fact is compared: its place's, else its team's, else its pairing's; None where it tells none, or no year."""
    if not fact.indicator or fact.year is None:
        return None
    if fact.place_code:
        return "place", fact.place_code
    if fact.party:
        return "party", fact.party
    return ("pairing", fact.pairing.key) if fact.pairing else None


def facts_of(
    actor: Actor, indicator: str, subject: Subject, years: tuple[int | None, int | None]
) -> list[Fact]:
    """The facts of an indicator about a subject, the earliest first."""
    named = {subject.kind: subject.key}
    since, until = years
    return [
        fact
        for fact in series(actor, indicator, **named)
        if fact.year is not None and (since or fact.year) <= fact.year <= (until or fact.year)
    ]


def address_of(indicator: str, subjects: Iterable[Subject | tuple[str, str]], **more: object) -> str:
    """The part of an address behind ``?`` that names an indicator and subjects."""
    address = QueryDict(mutable=True)
    address["indicator"] = indicator
    for subject in subjects:
        kind, key = (subject.kind, subject.key) if isinstance(subject, Subject) else subject
        address.appendlist(kind, key)
    for name, value in more.items():
        if value not in (None, ""):
            address[name] = str(value)
    return address.urlencode()


def _name(actor: Actor, kind: str, key: str) -> str:
    if kind == "place":
        record = load_gazetteer().by_code(key)
        return record.name if record else key
    if kind == "pairing":
        return pairing_name(None if key == UNFILED else access_pairing(actor, key))
    return key
