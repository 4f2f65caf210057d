"""What the tests of an exchange share: a pairing with a small register, an office's actor, two keys."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.records import Told, put_all
from shanhai.programme.kinds import KINDS

from .registers import NOON, RECEIVING, SENDING


@pytest.fixture
def clerk() -> Actor:
    return Actor.command_line("clerk")


@pytest.fixture
def pairing(db: None, clerk: Actor) -> Pairing:
    made = Pairing.objects.create(
        key="dong-xue",
        name_zh="东江对口支援雪山",
        sending=SENDING.name,
        sending_code=SENDING.code,
        receiving=RECEIVING.name,
        receiving_code=RECEIVING.code,
    )
    record(clerk, "make pairing", "pairing:dong-xue", at=NOON)  # its places are in no gazetteer
    return made


@pytest.fixture
def register(pairing: Pairing, clerk: Actor) -> Pairing:
    """A pairing whose register has two projects, money, work and figures."""
    fill(pairing, clerk)
    return pairing


def fill(pairing: Pairing, actor: Actor) -> None:
    def put(kind: str, *told: dict[str, Any]) -> dict[str, Any]:
        made = put_all(
            KINDS[kind],
            pairing,
            [Told(t["key"], {k: v for k, v in t.items() if k != "key"}) for t in told],
            actor=actor,
        )
        return {record.key: record for record in made}

    def on(month: int, day: int) -> datetime.date:
        return datetime.date(2023, month, day)

    term = put("term", {"key": "P9", "batch": 9, "starts": on(1, 1), "ends": datetime.date(2025, 12, 31)})[
        "P9"
    ]
    team = put("team", {"key": "T9", "name": "第九批工作队", "term": term})["T9"]
    people = [
        {"key": "Y1", "name": "欧阳青山", "team": team, "profession": "doctor", "sending_unit": "市中心医院"}
    ]
    put("member", *({**p, "starts": on(1, 5)} for p in people))
    clinic, fields = put(
        "project",
        {
            "key": "X1",
            "name": "乡镇卫生院改扩建",
            "area": "health",
            "planned": Decimal("1200000.00"),
            "status": "2",
        },
        {
            "key": "X2",
            "name": "农田水利",
            "area": "agriculture",
            "planned": Decimal("300000.00"),
            "status": "4",
        },
    ).values()
    base = {"plan": "in", "stage": "arrived"}
    put(
        "money",
        {"key": "E1", "day": on(3, 1), "amount": Decimal("600000.00"), "project": clinic, **base},
        {
            "key": "E2",
            "day": on(5, 1),
            "amount": Decimal("100000.00"),
            "project": clinic,
            **base,
            "stage": "spent",
        },
        {"key": "E3", "day": on(12, 30), "amount": Decimal("300000.00"), "project": fields, **base},
        {"key": "E4", "day": datetime.date(2024, 6, 1), "amount": Decimal("5.00"), "project": fields, **base},
        {"key": "E5", "day": on(7, 1), "amount": Decimal("80.00"), "counterparty": "欧阳青山工作室", **base},
    )
    put(
        "activity",
        {
            "key": "D1",
            "sort": "training",
            "name": "欧阳青山急救培训",
            "day": on(8, 14),
            "counts": {"trained": 42},
        },
    )
    whole = {"unit": "人", "starts": on(1, 1), "ends": on(12, 31)}
    target = put("target", {"key": "B1", "indicator": "training.people", "target": Decimal(400), **whole})[
        "B1"
    ]
    put(
        "result",
        {"key": "W1", "target": target, "starts": on(1, 1), "ends": on(12, 31), "value": Decimal(310)},
    )
