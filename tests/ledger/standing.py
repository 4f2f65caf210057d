"""A report of two figures that tests decide about, read by one version and by the next."""

from collections.abc import Sequence

import msgspec
import pytest

from ledger.conftest import NOON, arrival
from shanhai.ledger.actions import receive as receiving
from shanhai.ledger.actions.receive import Arrival, Received, receive
from shanhai.ledger.actions.review import Seen
from shanhai.ledger.actors import Actor
from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import STANDING, Report, State, Statement
from shanhai.model import Claim

TEXT = "2021年工作情况\n2021年实施项目12个,培训医生86名,选派教师24名。\n"


def first_reading(clerk: Actor, text: str = TEXT) -> Report:
    """The report of the text, received."""
    source = receive(arrival(text), actor=clerk, at=NOON).source
    return Report.objects.select_related("source").get(source=source)


def next_reading(
    clerk: Actor, version: str, claims: Sequence[Claim], monkeypatch: pytest.MonkeyPatch, text: str = TEXT
) -> Received:
    """The same text once more, read by another version that tells other claims."""
    monkeypatch.setattr(receiving, "reader_version", lambda: version)
    came: Arrival = msgspec.structs.replace(arrival(text), claims=claims)
    return receive(came, actor=clerk, at=NOON)


def told(text: str = TEXT) -> list[Claim]:
    """What the reading tells of the text."""
    return list(arrival(text).claims)


def by_quote(report: Report, quote: str) -> Statement:
    """The standing statement whose quote begins so."""
    return Statement.objects.get(report=report, quote__startswith=quote, state__in=STANDING)


def seen(*statements: Statement) -> Seen:
    """The statements as a reviewer sees them now."""
    return {s.key: Statement.objects.get(pk=s.pk).review_id for s in statements}


def other(statement: Statement, measure: str) -> Claim:
    """What a statement says, about another measure."""
    return msgspec.structs.replace(claim_of(statement, statement.report.doc), measure=measure)


def states(report: Report) -> dict[str, list[str]]:
    """How the statements of a report stand, by quote, in the order of their making."""
    found: dict[str, list[str]] = {}
    for statement in Statement.objects.filter(report=report).order_by("pk"):
        found.setdefault(statement.quote, []).append(State(statement.state).value)
    return found
