"""Small registers for tests: lines with everything that matters told in short, and files of them."""

import datetime
from decimal import Decimal
from typing import Any

from shanhai.programme.exchange.file import ExchangeFile, Terms, read, written
from shanhai.programme.exchange.keys import SigningKey
from shanhai.programme.exchange.lines import Activity, Figure, Line, Money, Place, Project, Side

SENDING, RECEIVING = Place("东江市", "440100"), Place("雪山县", "540100")
KEYS = {Side.SENDING: SigningKey(bytes(range(32))), Side.RECEIVING: SigningKey(bytes(range(1, 33)))}
NOON = datetime.datetime(2024, 1, 15, 12, tzinfo=datetime.UTC)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text if len(text) > 5 else f"2023-{text}")


def money(key: str, on: str, amount: Any, stage: str = "arrived", **other: Any) -> Money:
    told: dict[str, Any] = {"plan": "in", "form": "cash", "currency": "CNY", "project": "X1"}
    return Money(
        key=key, day=day(on), stage=stage, amount=Decimal(amount).quantize(Decimal("0.01")), **told | other
    )


def project(key: str, name: str, planned: Any = None, **other: Any) -> Project:
    amount = None if planned is None else Decimal(planned).quantize(Decimal("0.01"))
    return Project(key=key, name=name, area="health", currency="CNY", planned=amount, **other)


def work(key: str, on: str, name: str, sort: str = "training", **other: Any) -> Activity:
    return Activity(key=key, day=day(on), name=name, sort=sort, **other)


def figure(key: str, value: Any, of: str = "result", **other: Any) -> Figure:
    told: dict[str, Any] = {"indicator": "training.people", "unit": "人"}
    told |= {"starts": day("01-01"), "ends": day("12-31")}
    return Figure(key=key, of=of, value=Decimal(value), **told | other)  # type: ignore[arg-type]


def terms(side: Side, starts: str = "01-01", ends: str = "12-31", **other: Any) -> Terms:
    told: dict[str, Any] = {"sending": SENDING, "receiving": RECEIVING, "office": f"{side}办公室", "at": NOON}
    return Terms(side=side, starts=day(starts), ends=day(ends), **told | other)


def data_of(side: Side, lines: list[Line], **other: Any) -> bytes:
    return written(terms(side, **other), lines, KEYS[side])


def file_of(side: Side, *lines: Line, **other: Any) -> ExchangeFile:
    return read(data_of(side, list(lines), **other))
