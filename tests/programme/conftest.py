"""What the tests of the register share: a pairing, actors of each role, and records told in a form's words."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from shanhai import find_claims, read
from shanhai.ledger.actions.receive import Arrival
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.models import Pairing, Role
from shanhai.ledger.rights import RIGHTS
from shanhai.programme.actions.records import Told, context_of, put
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Project, Record

NOON = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)
QAMDO, LHORONG = "540300", "540329"
"""A city and one of its counties, for which the rules of 80 % are known."""

Enter = Callable[..., Any]


@pytest.fixture
def clerk() -> Actor:
    return Actor.command_line("clerk")


@pytest.fixture
def pairing(db: None, clerk: Actor) -> Pairing:
    return made("cq-cd", clerk)


@transaction.atomic
def made(key: str, clerk: Actor) -> Pairing:
    """A pairing, entered into the audit."""
    found = Pairing.objects.create(
        key=key,
        name_zh="重庆援藏",
        sending="重庆市",
        receiving="昌都市",
        sending_code="500000",
        receiving_code=QAMDO,
    )
    record(clerk, "pairing", f"pairing:{key}", at=NOON, new={"key": key})
    return found


def of_role(role: Role, pairing: Pairing | None = None) -> Actor:
    """An actor of a role, for one pairing or everywhere."""
    if pairing is None:
        return Actor(role.value, RIGHTS[role])
    return Actor(role.value, scoped={pairing.pk: RIGHTS[role]})


def told(kind: str, pairing: Pairing, key: str = "", **texts: Any) -> Told:
    """A record as a form tells it: texts are read, other values are taken as they are."""
    own = {name: texts.pop(name) for name in ("evidence", "revision") if name in texts}
    context = context_of(pairing)
    values = {
        name: KINDS[kind].field(name).value.read(text, context) if isinstance(text, str) else text
        for name, text in texts.items()
    }
    return Told(key, values, **own)


@pytest.fixture
def enter(pairing: Pairing, clerk: Actor) -> Enter:
    """Enters a record of the pairing."""

    def enter(kind: str, key: str = "", *, actor: Actor = clerk, why: str = "", **texts: Any) -> Record:
        one = told(kind, pairing, key, **texts)
        return put(KINDS[kind], pairing, one, actor=actor, why=why, at=NOON)

    return enter


@pytest.fixture
def project(enter: Enter) -> Callable[..., Any]:
    """Enters a project, or changes it; what is not told of a new one is filled in."""

    def project(key: str = "", **texts: Any) -> Record:
        there = Project.objects.filter(key=key).exists()
        filled = {} if there else {"name": f"项目{key}", "area": "health"}
        return enter("project", key, **{**filled, **texts})

    return project


@pytest.fixture
def money(enter: Enter) -> Callable[..., Any]:
    """Enters a money event in plan."""

    def money(key: str, stage: str, amount: str, day: str = "2023-05-10", **texts: Any) -> Record:
        return enter("money", key, **{"stage": stage, "amount": amount, "day": day, "plan": "in", **texts})

    return money


def day(text: str) -> datetime.date:
    """A day."""
    return datetime.date.fromisoformat(text)


def arrival(text: str, name: str = "简报.txt") -> Arrival:
    """What a text is when it comes."""
    data = text.encode()
    report = read(data, name=name)
    return Arrival(data, name, "", report, find_claims(report))
