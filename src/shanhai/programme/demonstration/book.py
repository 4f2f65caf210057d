"""What the parts of the demonstration share: the pairing, the day, how records are entered, chance by seed."""

import datetime
from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from shanhai.catalogue.places import load_gazetteer
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.records import Told, put_all
from shanhai.programme.demonstration.words import load_words
from shanhai.programme.kinds import KINDS

WHY = "演示数据，全部虚构"
FEN = 100


class Book:
    """One pairing's register while it is being filled.

    Attributes:
        pairing, actor: whose register, who fills it.
        seed: of all chance; each part draws from a row of its own, so that one does not move the other.
        day: the last day of which anything is told.
        at: when it is entered.
        entered: how many records of each kind were entered.
    """

    def __init__(
        self, pairing: Pairing, actor: Actor, seed: int, day: datetime.date, at: datetime.datetime
    ) -> None:
        self.pairing, self.actor, self.seed, self.day, self.at = pairing, actor, seed, day, at
        self.words = load_words()
        self.entered: dict[str, int] = {}

    def chance(self, part: str) -> Random:
        """Chance for one part."""
        return Random(f"{self.seed}/{part}")

    def enter(self, kind: str, rows: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Enter records of a kind; "key" and "evidence" of a row are the record's own."""
        told = []
        for number, row in enumerate(rows, self.entered.get(kind, 0) + 1):
            values = dict(row)
            key = values.pop("key", f"{KINDS[kind].prefix}{number:04}")
            told.append(Told(key, values, values.pop("evidence", None)))
        self.entered[kind] = self.entered.get(kind, 0) + len(told)
        return list(put_all(KINDS[kind], self.pairing, told, actor=self.actor, why=WHY, at=self.at))

    def place(self, chance: Random) -> list[str]:
        """A county of the receiving prefecture and, mostly, a township in it."""
        code = chance.choice(sorted(self.words.townships_of))
        return [code, chance.choice(self.words.townships_of[code]) if chance.random() < 0.7 else ""]

    def name_of(self, place: list[str]) -> str:
        """How a place is called in names: its county."""
        record = load_gazetteer().by_code(place[0])
        return record.name if record else place[0]


def days(number: float) -> datetime.timedelta:
    """So many days."""
    return datetime.timedelta(days=round(number))


def paper(chance: Random, day: datetime.date) -> str:
    """An invented document's number."""
    return f"示范文〔{day.year}〕{chance.randint(1, 200)}号"


def split(chance: Random, amount: int, parts: int, grain: int = 100 * FEN) -> list[int]:
    """An amount in so many parts, each above zero, at whole grains as far as they go; they come to the amount exactly."""
    parts = max(1, min(parts, amount // grain))
    cuts = sorted(chance.sample(range(1, amount // grain), parts - 1)) if parts > 1 else []
    ends = [*(cut * grain for cut in cuts), amount]
    return [end - begin for begin, end in zip([0, *ends[:-1]], ends, strict=True)]
