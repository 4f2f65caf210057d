"""What stands on a figure's card: what it says, its versions side by side, who decided what, what is made of it."""

from typing import Any

import msgspec

from shanhai.catalogue.areas import load_areas
from shanhai.claims.find import explain
from shanhai.claims.meaning.indicator import Choice
from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import STANDING, Origin, Review, Statement
from shanhai.ledger.queries import room
from shanhai.web.links import fact_path, finding_path
from shanhai.web.matched import said_to
from shanhai.web.room import words
from shanhai.web.room.text import OpenReport, look_of, words_of


class Version(msgspec.Struct, frozen=True):
    """One version of a figure: the machine's reading, or what a reviewer wrote."""

    statement: Statement
    by_reader: bool
    current: bool
    look: str
    state: str


class Decided(msgspec.Struct, frozen=True):
    """A decision as the card and the history show it."""

    review: Review
    before: list[Statement]
    after: list[Statement]
    can_undo: bool


def card_of(opened: OpenReport, statement: Statement) -> dict[str, Any]:
    """The context of ``room/parts/card.html``."""
    actor, doc = opened.actor, opened.row.doc
    near = room.touching(actor, statement)
    reviews = room.decisions_about(actor, near)
    line = _line(statement, near, reviews)
    versions = [_version(s, statement) for s in line]
    claim = claim_of(statement, doc)
    about = {s.pk for s in line}
    return {
        "opened": opened,
        "statement": statement,
        "claim": claim,
        "look": look_of(statement),
        "state": words_of(look_of(statement), reopened=statement.reopened),
        "stands": statement.state in STANDING,
        "seen": seen_of(statement),
        "rows": words.rows(claim, statement.place_code),
        "definition": words.indicator_definition(claim.indicator),
        "versions": versions,
        "compared": _compared(line, doc) if len(line) > 1 else [],
        "decisions": [decided(r) for r in reviews if any(p.statement_id in about for p in r.parts.all())],
        "facts": [
            (b, fact_path(b.fact.pairing.key if b.fact.pairing else None, b.fact.key))
            for b in room.facts_of(actor, statement)
        ],
        "findings": [(f, finding_path(f.key)) for f in room.findings_of(actor, statement)],
        "register": said_to(actor, statement),
        "instead": statement.superseded_by,
    }


def decided(review: Review) -> Decided:
    """A decision with its statements, and whether it can be taken back."""
    before, after = room.sides(review)
    return Decided(review, list(before), list(after), room.can_be_taken_back(review))


def seen_of(statement: Statement) -> str:
    """What a form sends back to tell which decision its reader saw: the key and the decision's id."""
    return f"{statement.key}:{statement.review_id or ''}"


def why_of(opened: OpenReport, statement: Statement) -> dict[str, Any]:
    """What was weighed for a figure's indicator and area; ``choice`` is None where the reader read no figure there."""
    choice = _weighed(opened).get((statement.start, statement.end))
    if choice is None:
        return {"choice": None}
    areas = load_areas()
    return {
        "choice": choice,
        "area": areas.get(choice.area),
        "names": words.indicator(choice.indicator),
        "weighed": [(*_named(code), f"{score:.2f}", spoke) for code, score, spoke in choice.weighed],
    }


_kept: dict[tuple[str, str], dict[tuple[int, int], Choice]] = {}
_MOST_KEPT = 4


def _weighed(opened: OpenReport) -> dict[tuple[int, int], Choice]:
    """What was weighed in a report; kept for the last few, since explaining a long report takes a second."""
    key = (opened.sha256, opened.row.read_at.isoformat())
    found = _kept.get(key)
    if found is None:
        found = explain(opened.report)
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = found
    return found


def _named(code: str) -> tuple[str, str]:
    areas = load_areas()
    if code in areas:
        return areas[code].name_zh, areas[code].name_en
    return words.indicator(code)


def _line(statement: Statement, near: list[Statement], reviews: list[Review]) -> list[Statement]:
    """The versions that decisions connect with a figure, the first stored first."""
    connected = {statement.pk}
    for _ in near:
        grown = set(connected)
        for review in reviews:
            named = {part.statement_id for part in review.parts.all()}
            if named & grown:
                grown |= named
        if grown == connected:
            break
        connected = grown
    return [s for s in near if s.pk in connected]


def _version(statement: Statement, chosen: Statement) -> Version:
    look = look_of(statement)
    return Version(
        statement,
        statement.origin == Origin.READING,
        statement.pk == chosen.pk,
        look,
        words_of(look, reopened=statement.reopened),
    )


def _compared(line: list[Statement], doc: str) -> list[tuple[str, list[str], bool]]:
    """All versions row by row: the label, what each says, and whether they differ."""
    told = [
        {key: (label, text) for key, label, text, _ in words.rows(claim_of(s, doc), s.place_code)}
        for s in line
    ]
    labels: dict[str, str] = {}
    for one in told:
        labels |= {key: label for key, (label, _) in one.items()}
    order = [key for key in words.ORDER if key in labels]
    found = []
    for key in order:
        texts = [one[key][1] if key in one else "—" for one in told]
        found.append((labels[key], texts, len(set(texts)) > 1))
    return found
