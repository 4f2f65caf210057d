"""Both shares as ranges, on top of the meter of the reasoning: what is certain, what is possible, what decides."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from heapq import merge
from itertools import tee

import msgspec

from shanhai.catalogue.rules import Must, Rule, RuleVersion
from shanhai.model import Bounds, Number
from shanhai.programme.shares.classes import CLASSES, Classing, Part
from shanhai.programme.shares.sums import DIGITS, Row, Rows, Total
from shanhai.reasoning.rules.meter import Item, Standing, margin, measure
from shanhai.reasoning.rules.weighing import Weighed, weigh

_ZERO = Decimal(0)


class Meter(msgspec.Struct, frozen=True):
    """What one rule's share comes to.

    Attributes:
        key: the rule's.
        rule: what is asked.
        certain, possible: the least and the greatest share that may be, in per cent; None where there is no money.
        standing: to the versions of the rule that may hold; None where none is known for the place and the time.
        weighed: the version that decides, all that may hold, and why it is open.
        margin: by how many points it is met, or missed (negative); None while it is open.
        deciding: the fewest projects, by id, whose class settles it, where it is open; the weightiest first.
        settles: whether they settle it as met (by counting) or as broken (by not counting); None where nothing does.
        unsettled: of how many projects it is not known how much counts.
    """

    key: str
    rule: Rule
    certain: Decimal | None
    possible: Decimal | None
    standing: Standing | None
    weighed: Weighed | None = None
    margin: Number | None = None
    deciding: tuple[int, ...] = ()
    settles: Standing | None = None
    unsettled: int = 0


def read(total: Total, key: str, rule: Rule, versions: Sequence[RuleVersion]) -> Meter:
    """What a rule's share comes to over what may be added.

    Args:
        total: what may be added.
        key: the rule's.
        rule: of a share that projects tell (``CLASSES``).
        versions: that may hold at the place and the time.
    """
    classing = CLASSES[rule.indicator]
    told = _Told.of(total, classing)
    items = told.items()
    if not versions:
        reading = measure(items, Decimal(100))
        return Meter(key, rule, reading.certain, reading.possible, None, unsettled=told.unsettled)
    weighed = weigh(versions, lambda v: measure(items, v.threshold, v.must).standing)
    version = weighed.version
    reading = measure(items, version.threshold, version.must)
    found = Meter(
        key, rule, reading.certain, reading.possible, weighed.standing, weighed, unsettled=told.unsettled
    )
    if reading.certain is None:
        return found
    if weighed.standing is not Standing.OPEN:
        return msgspec.structs.replace(found, margin=margin(reading, version.threshold))
    settles, deciding = told.deciding(version)
    return msgspec.structs.replace(found, settles=settles, deciding=deciding)


def by_rule(
    total: Total, rules: Mapping[str, Rule], versions_of: Callable[[Rule], Sequence[RuleVersion]]
) -> tuple[Meter, ...]:
    """Each rule that projects can be held against, in the order of keys."""
    return tuple(
        read(total, key, rule, versions_of(rule))
        for key, rule in sorted(rules.items())
        if rule.indicator in CLASSES
    )


class _Told(msgspec.Struct, frozen=True):
    """What is added, by how much of it counts.

    Attributes:
        parts: the least and the greatest amount that may be the pairing's own, by the part that counts.
        unsettled: how many projects may count more or less.
        rows: those projects.
    """

    parts: dict[Part, tuple[Decimal, Decimal]]
    unsettled: int
    rows: Callable[[], Rows]

    @classmethod
    def of(cls, total: Total, classing: Classing) -> "_Told":
        parts: dict[Part, tuple[Decimal, Decimal]] = {}
        open_ = set()
        unsettled = 0
        with localcontext(prec=DIGITS):
            for group, told in total.counted().items():
                part = classing.part(group)
                low, high = group.range_of(told.amount)
                before = parts.get(part, (_ZERO, _ZERO))
                parts[part] = before[0] + low, before[1] + high
                if part[0] != part[1]:
                    open_.add(group)
                    unsettled += told.projects
        return cls(parts, unsettled, lambda: total.rows(classing, open_))

    def items(self) -> list[Item]:
        return [Item("", Bounds(*self.parts[part]), *part) for part in sorted(self.parts)]

    def deciding(self, version: RuleVersion) -> tuple[Standing | None, tuple[int, ...]]:
        """The fewest projects that settle it: as met where they count in full, or as broken where they count least.

        A share is at least ``line`` whatever the amounts are where the sum of amount times (part - line) is not below
        zero for the worst of them. Each project adds its own to that sum, so those that add most are the fewest.
        """
        with localcontext(prec=DIGITS):
            line = Decimal(version.threshold) / 100
            strict = version.must is Must.OVER
            up = sum((_worst(*told, part[0] - line) for part, told in self.parts.items()), _ZERO)
            down = sum((_best(*told, part[1] - line) for part, told in self.parts.items()), _ZERO)
            sure, others = self.rows()
            ways = tee(sure)
            to_meet: list[int] = []
            to_break: list[int] = []
            for (more, one), (less, other) in zip(
                _by_gain(ways[0], others, _worst, line), _by_gain(ways[1], others, _best, line), strict=True
            ):
                up, down = up + more, down - less
                to_meet.append(one)
                to_break.append(other)
                if up > 0 or (up == 0 and not strict):
                    return Standing.MET, tuple(to_meet)
                if down < 0 or (down == 0 and strict):
                    return Standing.BROKEN, tuple(to_break)
            return self._of_nothing_certain(line, strict, to_meet, to_break)

    def _of_nothing_certain(
        self, line: Decimal, strict: bool, to_meet: list[int], to_break: list[int]
    ) -> tuple[Standing | None, tuple[int, ...]]:
        """Where any amount may be nothing, every single part must lie beyond the line."""
        if not any(low for low, _ in self.parts.values()):
            settled = [part[0] for part, told in self.parts.items() if part[0] == part[1] and told[1]]
            if strict and all(part > line for part in settled):
                return Standing.MET, tuple(to_meet)
            if not strict and all(part < line for part in settled):
                return Standing.BROKEN, tuple(to_break)
        return None, ()


def _worst(low: Decimal, high: Decimal, weight: Decimal) -> Decimal:
    return (low if weight > 0 else high) * weight


def _best(low: Decimal, high: Decimal, weight: Decimal) -> Decimal:
    return (high if weight > 0 else low) * weight


def _by_gain(
    sure: Iterator[Row],
    others: Sequence[Row],
    end: Callable[[Decimal, Decimal, Decimal], Decimal],
    line: Decimal,
) -> Iterator[tuple[Decimal, int]]:
    """What each project moves by counting in full or not at all, the most first."""
    told = [(end(r.low, r.high, 1 - line) - end(r.low, r.high, -line), r.id) for r in others]
    told.sort(key=_weightiest)
    return merge(((row.high, row.id) for row in sure), told, key=_weightiest)


def _weightiest(told: tuple[Decimal, int]) -> tuple[Decimal, int]:
    return -told[0], told[1]
