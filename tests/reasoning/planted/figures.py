"""Planted figures: amounts as a report prints them, the sentences that they stand in, and what ties them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

UP, DOWN, ANY = "up", "down", "any"


@dataclass(frozen=True)
class Amount:
    """A number as it is printed.

    Attributes:
        value: what is printed, in the printed scale.
        unit: what stands behind it (个, 万元, %, 个百分点).
    """

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.value}{self.unit}"


def amount(value: object, unit: str, decimals: int = 0) -> Amount:
    """An amount rounded as people round; trailing zeros as they fall."""
    return Amount(Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), unit)


@dataclass(frozen=True)
class Tie:
    """What must hold: the figures of one side and of the other, by number.

    Attributes:
        left, right: the numbers of the figures; of a sum each side adds up to the same.
        needed: where all figures are needed for a clash (a product, or a sum with signs), how many claims they
            are: a from–to tells two figures in one; 0 for a sum.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    needed: int = 0


@dataclass(frozen=True)
class Planted:
    """A piece of a report whose figures fit.

    Attributes:
        form: which form it is.
        phrasing: the number of its wording.
        pieces: text and amounts in turn.
        ties: what holds between the amounts.
        spoilable: for amounts that a reader would see to be wrong, in which direction.
        before: what an earlier report tells, for what only two reports can clash in.
    """

    form: str
    phrasing: int
    pieces: tuple[str | Amount, ...]
    ties: tuple[Tie, ...]
    spoilable: tuple[tuple[int, str], ...]
    before: str = ""

    @property
    def amounts(self) -> list[Amount]:
        return [p for p in self.pieces if isinstance(p, Amount)]

    @property
    def text(self) -> str:
        return "".join(map(str, self.pieces))

    def start(self, number: int) -> int:
        """Where amount ``number`` stands in the text."""
        at = [i for i, p in enumerate(self.pieces) if isinstance(p, Amount)][number]
        return sum(len(str(p)) for p in self.pieces[:at])

    def with_amount(self, number: int, told: Amount) -> "Planted":
        """The same piece with another amount in one place."""
        at = [i for i, p in enumerate(self.pieces) if isinstance(p, Amount)][number]
        return replace(self, pieces=(*self.pieces[:at], told, *self.pieces[at + 1 :]))


def spoilt(planted: Planted, random: Random) -> tuple[Planted, int]:
    """The piece with one figure that clearly leaves its bounds, and the number of that figure."""
    number, direction = random.choice(planted.spoilable)
    old = planted.amounts[number]
    up = direction == UP or (direction == ANY and random.random() < 0.5)
    factor = Decimal(random.randint(125, 160) if up else random.randint(60, 80)) / 100
    new = replace(old, value=(old.value * factor).quantize(old.value, ROUND_HALF_UP))
    least = Decimal(3) * Decimal(1).scaleb(int(old.value.as_tuple().exponent))
    if abs(new.value - old.value) < least:
        new = replace(old, value=old.value + (least if up else -least))
    return planted.with_amount(number, new), number


def smallest(planted: Planted) -> int:
    """How many figures the smallest set has that clashes in a piece with one tie, worked out by hand.

    A product needs all its figures. Of a sum one side whole and the fewest of the other that surpass it: all figures
    are at or above zero, so that what is left out only adds.
    """
    (tie,) = planted.ties
    if tie.needed:
        return tie.needed
    sides = [[_base(planted.amounts[i]) for i in side] for side in (tie.left, tie.right)]
    more, less = sorted(sides, key=lambda values: -sum(values))
    needed, total = 0, Decimal(0)
    for value in sorted(more, reverse=True):
        needed, total = needed + 1, total + value
        if total > sum(less):
            break
    return len(less) + needed


def _base(told: Amount) -> Decimal:
    return told.value * {"亿": 10**8, "万": 10**4}.get(told.unit[:1], 1)


def joined(parts: Sequence[tuple[str, Amount]], sign: str, last: str = "") -> list[str | Amount]:
    """Names with their amounts, parted by a sign, the last two by another where one is given."""
    pieces: list[str | Amount] = []
    for i, (name, told) in enumerate(parts):
        if i:
            pieces.append(last if last and i == len(parts) - 1 else sign)
        pieces += [name, told]
    return pieces
