"""One line a pairing for the sending office: each figure worked out from the registers in the same way."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from shanhai.ledger.models import Pairing
from shanhai.programme.queries.boards import idle, money, progress, targets
from shanhai.programme.queries.boards.progress import Pace

NOTHING = Decimal(0)


class Line(msgspec.Struct, frozen=True):
    """What the register of one pairing comes to on a day.

    Attributes:
        paces: projects by how they stand to their plans.
        stages: money by stage, in yuan.
        idle: money that is idle longer than so many years, by years.
        assets: idle assets: all (0), and those idle for longer than one and two years.
        off, judged: targets of the year that are off, of how many that can be judged.
    """

    pairing: Pairing
    paces: dict[Pace, int]
    stages: dict[str, Decimal]
    idle: dict[int, Decimal]
    assets: dict[int, int]
    off: int
    judged: int

    @property
    def projects(self) -> int:
        """All projects that count."""
        return sum(self.paces.values())

    @property
    def finished(self) -> int:
        """Projects that are done, late or not."""
        return self.paces.get(Pace.DONE, 0) + self.paces.get(Pace.DONE_LATE, 0)

    @property
    def spent(self) -> Decimal | None:
        """Spent in per cent of what arrived."""
        return progress.share(self.stages.get("spent", NOTHING), self.stages.get("arrived"))


def lines(pairings: Sequence[Pairing], day: datetime.date) -> list[Line]:
    """The pairings' lines, in their order."""
    own = [p.pk for p in pairings]
    paces = progress.by_pace(own, day)
    stages = money.totals(own, day)
    idle_money = idle.idle_sums(own, day)
    assets = idle.by_years(idle.idle_assets(own, day))
    off, judged = _targets(own, day)
    return [
        Line(
            p,
            paces.get(p.pk, {}),
            stages.get(p.pk, {}),
            idle_money[p.pk].amounts if p.pk in idle_money else {},
            assets.get(p.pk, {}),
            off.get(p.pk, 0),
            judged.get(p.pk, 0),
        )
        for p in pairings
    ]


def _targets(pairings: Sequence[int], day: datetime.date) -> tuple[dict[int, int], dict[int, int]]:
    off: dict[int, int] = {}
    judged: dict[int, int] = {}
    for one in targets.judged(list(targets.told(pairings, day.year).select_related(None)), day):
        pairing = one.target.pairing_id
        if one.course is not targets.Course.OPEN:
            judged[pairing] = judged.get(pairing, 0) + 1
            off[pairing] = off.get(pairing, 0) + (one.course in targets.OFF)
    return off, judged
