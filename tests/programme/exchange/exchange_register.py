"""What each of two offices has in its register: the same programme, kept by two people."""

import datetime
from decimal import Decimal
from typing import Any

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.records import Told, put, put_all
from shanhai.programme.kinds import KINDS


def fill(pairing: Pairing, actor: Actor, side: str) -> None:
    ours = side == "sending"
    number = "X1" if ours else "P-7"
    values: dict[str, Any] = {"name": "乡镇卫生院改扩建", "area": "health", "planned": Decimal(1_200_000)}
    clinic = put(KINDS["project"], pairing, Told(number, values), actor=actor)

    def event(key: str, day: str, amount: int, **other: Any) -> Told:
        told = {"day": datetime.date.fromisoformat(day), "amount": Decimal(amount), "project": clinic}
        return Told(key, {**told, "plan": "in", "stage": "arrived", **other})

    events = [
        event("E1", "2023-03-01", 600_000),
        event("E2", "2023-05-10", 200_000 if ours else 190_000),
        event("E3" if ours else "F3", "2023-12-30" if ours else "2024-01-08", 300_000),
        event("E4", "2023-07-01", 45_000, stage="arrived" if ours else "paid_on"),
    ]
    events += [event("E9", "2023-09-09", 1_234)] if ours else []
    put_all(KINDS["money"], pairing, events, actor=actor)
    training = {"sort": "training", "name": "急救培训", "day": datetime.date(2023, 8, 14)}
    counts = {"trained": 42} if ours else {"attendances": 126}
    put(KINDS["activity"], pairing, Told("D1", {**training, "counts": counts}), actor=actor)
