"""What the tests of the ledger share: an actor who may do all, and reports of their own."""

import datetime

import pytest

from shanhai import find_claims, read
from shanhai.ledger.actions.receive import Arrival
from shanhai.ledger.actors import Actor

NOON = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def clerk() -> Actor:
    return Actor.command_line("clerk")


def arrival(text: str, name: str = "简报.txt", origin: str = "") -> Arrival:
    """What a text file with ``text`` is when it comes."""
    data = text.encode()
    report = read(data, name=name)
    return Arrival(data, name, origin, report, find_claims(report))
