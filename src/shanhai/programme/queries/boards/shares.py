"""Both shares of 80 %: a range from certain to possible, the projects that decide it, and what if.

Every project counts once: records that only gather others, and projects whose parts are entered, are not added beside
their parts. What could not be added is told.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

import msgspec

from shanhai.catalogue.places import load_gazetteer
from shanhai.catalogue.rules import Rule, RuleVersion, load_rules
from shanhai.ledger.models import Pairing
from shanhai.model import Bounds
from shanhai.programme.models import Level, Livelihood, Project, Status
from shanhai.programme.queries.boards.money import OWN
from shanhai.reasoning.rules.meter import Item, Reading, measure
from shanhai.reasoning.rules.versions import versions_for

COUNTY, LIVELIHOOD = "county_share", "livelihood_share"
_ZERO, _ONE = Decimal(0), Decimal(1)


class Basis(StrEnum):
    """Which money the shares are of."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    SPENT = "spent"


class Weighed(msgspec.Struct, frozen=True):
    """One project as the meter sees it.

    Attributes:
        key, name: "" and a name for one that is only supposed.
        amount: in yuan.
        level, livelihood, share: as a project has them.
    """

    key: str
    name: str
    amount: Decimal
    level: str
    livelihood: str
    share: Decimal | None = None

    def part(self, rule: str) -> tuple[Decimal, Decimal]:
        """How much of it counts for a rule at least and at most."""
        if rule == COUNTY:
            if self.level == Level.UNCLASSIFIED:
                return _ZERO, _ONE
            counts = _ONE if self.level in (Level.COUNTY, Level.BELOW) else _ZERO
            return counts, counts
        if self.livelihood == Livelihood.PART:
            return (_ZERO, _ONE) if self.share is None else (self.share, self.share)
        if self.livelihood == Livelihood.UNCLASSIFIED:
            return _ZERO, _ONE
        counts = _ONE if self.livelihood == Livelihood.WHOLE else _ZERO
        return counts, counts


class Changes(msgspec.Struct, frozen=True):
    """What if: projects left out, classed otherwise, added."""

    dropped: tuple[str, ...] = ()
    classed: tuple[Weighed, ...] = ()
    added: tuple[Weighed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.dropped or self.classed or self.added)


class Refusals(msgspec.Struct, frozen=True):
    """What was not added, by reason: how many projects."""

    gathering: int = 0
    cancelled: int = 0
    without_amount: int = 0
    other_currency: int = 0


class Share(msgspec.Struct, frozen=True):
    """One rule's share.

    Attributes:
        key, rule: of the catalogue.
        version: where and when the rule holds; None where none is known for the place and day: then nothing is judged.
        reading: certain and possible share, how they stand to the threshold.
        deciding: the fewest projects that settle it.
    """

    key: str
    rule: Rule
    version: RuleVersion | None
    reading: Reading
    deciding: tuple[Weighed, ...]


class Meter(msgspec.Struct, frozen=True):
    """Both shares, of how many projects and how much money, and what was not added."""

    shares: tuple[Share, ...]
    projects: int
    amount: Decimal
    refused: Refusals


def meter_of(
    pairing: Pairing,
    basis: Basis,
    *,
    day: datetime.date,
    term: str = "",
    changes: Changes = Changes(),  # noqa: B008 - frozen
) -> Meter:
    """Both shares of a pairing's money, or of one term's."""
    weighed, refused = _weighed(pairing, basis, term)
    if changes:
        weighed = changed(weighed, changes)
    shares = [
        _share(key, version, weighed)
        for key in (COUNTY, LIVELIHOOD)
        for version in _versions(pairing, key, day)
    ]
    total = sum((one.amount for one in weighed), _ZERO)
    return Meter(tuple(shares), len(weighed), total, refused)


def _weighed(pairing: Pairing, basis: Basis, term: str) -> tuple[list[Weighed], Refusals]:
    rows = Project.objects.filter(pairing=pairing, withdrawn=False)
    gathering = set(rows.filter(parent__isnull=False).order_by().values_list("parent", flat=True).distinct())
    if term:
        rows = rows.filter(term__key=term)
    amount = "planned" if basis is Basis.PLANNED else f"balances__{basis}"
    columns = ("pk", "key", "name", amount, "level", "livelihood", "livelihood_share")
    found: list[Weighed] = []
    left: Counter[str] = Counter()
    for row in rows.order_by("key").values_list(*columns, "umbrella", "status", "currency"):
        pk, key, name, money, level, livelihood, share, umbrella, status, currency = row
        if umbrella or pk in gathering:
            left["gathering"] += 1
        elif status == Status.CANCELLED:
            left["cancelled"] += 1
        elif currency != OWN:
            left["other_currency"] += 1
        elif money is None and basis is Basis.PLANNED:
            left["without_amount"] += 1
        elif money:
            found.append(Weighed(key, name, money, level, livelihood, share))
    return found, Refusals(**left)


def changed(weighed: Iterable[Weighed], changes: Changes) -> list[Weighed]:
    """What would be weighed after changes."""
    classed = {one.key: one for one in changes.classed}
    kept = []
    for one in weighed:
        if one.key in changes.dropped:
            continue
        if told := classed.get(one.key):
            one = msgspec.structs.replace(
                one,
                level=told.level or one.level,
                livelihood=told.livelihood or one.livelihood,
                share=told.share if told.livelihood else one.share,
            )
        kept.append(one)
    return [*kept, *changes.added]


def _versions(pairing: Pairing, key: str, day: datetime.date) -> Sequence[RuleVersion | None]:
    code = pairing.receiving_code
    codes = (code, *(above.code for above in load_gazetteer().ancestors(code))) if code else ()
    on = day.isoformat()
    return versions_for(load_rules()[key], codes, (on, on)) or (None,)


def _share(key: str, version: RuleVersion | None, weighed: Sequence[Weighed]) -> Share:
    """The share; what is settled goes in as one item a part, which comes to the same and is quicker."""
    settled: dict[Decimal, Decimal] = {}
    items, of_item = [], []
    for one in weighed:
        certain, possible = one.part(key)
        if certain == possible:
            settled[certain] = settled.get(certain, _ZERO) + one.amount
        else:
            items.append(Item(one.key, Bounds(one.amount, one.amount), certain, possible))
            of_item.append(one)
    whole = [Item("", Bounds(amount, amount), part, part) for part, amount in sorted(settled.items())]
    rule = load_rules()[key]
    if version is None:
        reading = measure([*items, *whole], 100)
        return Share(key, rule, None, msgspec.structs.replace(reading, to_meet=(), to_break=()), ())
    reading = measure([*items, *whole], version.threshold, version.must)
    deciding = sorted((of_item[n] for n in reading.deciding), key=lambda one: (-one.amount, one.key))
    return Share(key, rule, version, reading, tuple(deciding))
