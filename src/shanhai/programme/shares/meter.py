"""Both shares as ranges, on top of the meter of the reasoning: what is certain, what is possible, what decides."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Self

import msgspec

from shanhai.catalogue.rules import Must, Rule, RuleVersion
from shanhai.model import Bounds, Number
from shanhai.programme.shares.classes import CLASSES, Part
from shanhai.programme.shares.credit import Credit, Credited
from shanhai.reasoning.rules.meter import Item, Standing, margin, measure
from shanhai.reasoning.rules.weighing import Weighed, weigh

MOST_TRIED = 400
"""Where shares of funders are unknown, what decides is looked for among so many items at most."""
_DIGITS = 100
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
        deciding: the fewest projects, by number, whose class settles it, where it is open.
        settles: whether they settle it as met (by counting) or as broken (by not counting); None where nothing does.
        unsettled: the projects of which it is not known how much counts, the greatest first.
    """

    key: str
    rule: Rule
    certain: Decimal | None
    possible: Decimal | None
    standing: Standing | None
    weighed: Weighed | None = None
    margin: Number | None = None
    deciding: tuple[str, ...] = ()
    settles: Standing | None = None
    unsettled: tuple[str, ...] = ()


class _Row(msgspec.Struct, frozen=True):
    credited: Credited
    part: Part
    gain: Decimal

    @classmethod
    def of(cls, credited: Credited, part: Part) -> Self:
        least, most = part
        return cls(credited, part, credited.high * (most - least) if least != most else _ZERO)


def read(found: Credit, key: str, rule: Rule, versions: Sequence[RuleVersion]) -> Meter:
    """What a rule's share comes to over what may be added.

    Args:
        found: what may be added.
        key: the rule's.
        rule: of a share that projects tell (``CLASSES``).
        versions: that may hold at the place and the time.
    """
    classify = CLASSES[rule.indicator]
    with localcontext(prec=_DIGITS):
        rows = [_Row.of(c, classify(c.project)) for c in found.counted]
        open_rows = [r for r in rows if r.gain]
        open_rows.sort(key=lambda r: (-r.gain, r.credited.project.key))
        items = _merged(rows)
    unsettled = tuple(r.credited.project.key for r in open_rows)
    if not versions:
        reading = measure(items, Decimal(100))
        return Meter(key, rule, reading.certain, reading.possible, None, unsettled=unsettled)
    weighed = weigh(versions, lambda v: measure(items, v.threshold, v.must).standing)
    version = weighed.version
    reading = measure(items, version.threshold, version.must)
    if reading.certain is None or weighed.standing is not Standing.OPEN:
        told = None if reading.certain is None else margin(reading, version.threshold)
        return Meter(
            key,
            rule,
            reading.certain,
            reading.possible,
            weighed.standing,
            weighed,
            told,
            unsettled=unsettled,
        )
    settles, deciding = _deciding(rows, open_rows, version)
    return Meter(
        key,
        rule,
        reading.certain,
        reading.possible,
        weighed.standing,
        weighed,
        deciding=deciding,
        settles=settles,
        unsettled=unsettled,
    )


def by_rule(
    found: Credit, rules: Mapping[str, Rule], versions_of: Callable[[Rule], Sequence[RuleVersion]]
) -> tuple[Meter, ...]:
    """Each rule that projects can be held against, in the order of keys."""
    return tuple(
        read(found, key, rule, versions_of(rule))
        for key, rule in sorted(rules.items())
        if rule.indicator in CLASSES
    )


def _merged(rows: Iterable[_Row]) -> list[Item]:
    """The rows with those of one part put together: the range stays the same, and takes no longer for many projects."""
    sums: dict[Part, tuple[Decimal, Decimal]] = {}
    for row in rows:
        low, high = sums.get(row.part, (_ZERO, _ZERO))
        sums[row.part] = low + row.credited.low, high + row.credited.high
    return [Item("", Bounds(*sums[part]), *part) for part in sorted(sums)]


def _deciding(
    rows: Sequence[_Row], open_rows: Sequence[_Row], version: RuleVersion
) -> tuple[Standing | None, tuple[str, ...]]:
    if all(r.credited.low == r.credited.high for r in rows):
        to_meet, to_break = _greatest(rows, open_rows, version)
    elif len(open_rows) <= MOST_TRIED:
        to_meet, to_break = _tried(rows, open_rows, version)
    else:
        to_meet, to_break = (), ()
    sets = [(s, keys) for s, keys in ((Standing.MET, to_meet), (Standing.BROKEN, to_break)) if keys]
    return min(sets, key=lambda told: len(told[1])) if sets else (None, ())


def _greatest(
    rows: Sequence[_Row], open_rows: Sequence[_Row], version: RuleVersion
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where all amounts are known, those that weigh most are the fewest: first to meet, then to break."""
    strict = version.must is Must.OVER
    with localcontext(prec=_DIGITS):
        line = sum((r.credited.high for r in rows), _ZERO) * version.threshold / 100
        least = sum((r.credited.high * r.part[0] for r in rows if r.part[0]), _ZERO)
        most = sum((r.credited.high * r.part[1] for r in rows if r.part[1]), _ZERO)
        to_meet: int | None = None
        to_break: int | None = None
        for count, row in enumerate(open_rows, 1):
            least, most = least + row.gain, most - row.gain
            if to_meet is None and (least > line or (least == line and not strict)):
                to_meet = count
            if to_break is None and (most < line or (most == line and strict)):
                to_break = count
    return _keys(open_rows[: to_meet or 0]), _keys(open_rows[: to_break or 0])


def _tried(
    rows: Sequence[_Row], open_rows: Sequence[_Row], version: RuleVersion
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    settled = _merged(r for r in rows if r.part[0] == r.part[1])
    named = [
        Item(r.credited.project.key, Bounds(r.credited.low, r.credited.high), *r.part) for r in open_rows
    ]
    reading = measure([*settled, *named], version.threshold, version.must)
    first = len(settled)
    return (
        _keys([open_rows[i - first] for i in reading.to_meet]),
        _keys([open_rows[i - first] for i in reading.to_break]),
    )


def _keys(rows: Sequence[_Row]) -> tuple[str, ...]:
    return tuple(r.credited.project.key for r in rows)
