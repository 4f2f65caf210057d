"""What the tests of the register share: a clerk, a pairing, and records entered as an office enters them."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from shanhai import find_claims, read
from shanhai.ledger.actions.filing import PairingDetails, make_pairing
from shanhai.ledger.actions.receive import Arrival
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.records import Told, put
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Record

NOON = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)
Enter = Callable[..., Any]


@pytest.fixture
def clerk() -> Actor:
    return Actor.command_line("clerk")


@pytest.fixture
def pairing(db: None, clerk: Actor) -> Pairing:
    return make_pairing("cq-cd", PairingDetails("重庆援藏", "重庆市", "昌都市"), actor=clerk)


@pytest.fixture
def enter(pairing: Pairing, clerk: Actor) -> Enter:
    """Enters a record: ``enter("money", "E1", amount=…)``; records that it refers to are given themselves."""

    def one(kind: str, key: str, **values: Any) -> Record:
        return put(KINDS[kind], pairing, Told(key, values), actor=clerk)

    return one


def day(text: str) -> datetime.date:
    """A day."""
    return datetime.date.fromisoformat(text)


def arrival(text: str, name: str = "简报.txt") -> Arrival:
    """What a text is when it comes."""
    data = text.encode()
    report = read(data, name=name)
    return Arrival(data, name, "", report, find_claims(report))
