"""Units and count nouns: what may follow a numeral, what kind it is, and what it may be compared with.

One file a kind under ``data/units``; the file's name is the kind's key.
"""

from decimal import Decimal
from functools import cache

import msgspec

from shanhai.catalogue.files import data_files, decode_all
from shanhai.model import CatalogueError, Number, exact


class UnitKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The units of one kind.

    Attributes:
        name_zh, name_en: what the kind is called.
        whole: whether amounts of it are whole numbers (people are, money is not).
        base: the unit that ``factors`` convert to.
        units: may follow Arabic and Chinese numerals.
        arabic_only: may follow Arabic numerals only; after Chinese ones they are as a rule other words.
        background: amounts in these are as a rule background, not results.
        light: background after a single Chinese numeral (三类).
        not_after_single: not units after a single Chinese numeral, where they make names (三门, 两面).
        told_only: count only where a figure is told (a score, an index), not where a name holds them.
        never: of ``arabic_only``, those that make a name or an ordinal, never a quantity.
        only_with: for a unit of ``never``, the things next to which it counts after all (13面锦旗).
        unless_before: what must not follow a unit, because together they are another word (国 before 道).
        same_as: units that count the same thing, mapped to the one that stands for them.
        written_as: how a unit is shown where this is not as written.
        before: currencies that may be named before the number.
        factors: how many ``base`` one unit is.
    """

    name_zh: str
    name_en: str
    whole: bool
    base: str = ""
    units: tuple[str, ...] = ()
    arabic_only: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    not_after_single: tuple[str, ...] = ()
    told_only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    only_with: dict[str, tuple[str, ...]] = {}
    unless_before: dict[str, tuple[str, ...]] = {}
    same_as: dict[str, str] = {}
    written_as: dict[str, str] = {}
    before: dict[str, str] = {}
    factors: dict[str, Decimal] = {}

    def problems(self) -> list[str]:
        """What is wrong with the kind's own entries."""
        known = {*self.units, *self.arabic_only}
        found = [
            f"{key}: {word!r} is not among units or arabic_only; add it there or take it out here"
            for key in (
                "background",
                "light",
                "not_after_single",
                "told_only",
                "never",
                "only_with",
                "unless_before",
                "same_as",
                "written_as",
            )
            for word in getattr(self, key)
            if word not in known
        ]
        found += [f"units: {word!r} stands twice" for word in self.units if word in self.arabic_only]
        return found


class Units:
    """All units of the catalogue, by word."""

    def __init__(self, kinds: dict[str, UnitKind]) -> None:
        self.kinds = kinds
        self.kind_of = {w: key for key, kind in kinds.items() for w in (*kind.units, *kind.arabic_only)}
        self.written_as = {w: v for kind in kinds.values() for w, v in kind.written_as.items()}
        self.before = {w: v for kind in kinds.values() for w, v in kind.before.items()}
        self.only_with = {w: v for kind in kinds.values() for w, v in kind.only_with.items()}
        self.unless_before = {w: v for kind in kinds.values() for w, v in kind.unless_before.items()}
        self.background = frozenset(w for kind in kinds.values() for w in kind.background)
        self.light = frozenset(w for kind in kinds.values() for w in kind.light)
        self.not_after_single = frozenset(w for kind in kinds.values() for w in kind.not_after_single)
        self.told_only = frozenset(w for kind in kinds.values() for w in kind.told_only)
        self.never = frozenset(w for kind in kinds.values() for w in kind.never)
        self.any_numeral = frozenset(w for kind in kinds.values() for w in kind.units)
        self.whole = frozenset(
            w for kind in kinds.values() if kind.whole for w in (*kind.units, *kind.arabic_only)
        )
        self.exact = self.whole | {w for w, key in self.kind_of.items() if key == "money"}
        self.same_as = {w: v for kind in kinds.values() for w, v in kind.same_as.items()}
        self.factors = {w: f for kind in kinds.values() for w, f in kind.factors.items()}

    def comparable(self, one: str, other: str) -> bool:
        """Whether amounts in two units may be held against each other: the same thing, or convertible measures.

        人 and 名 may, 亩 and 公顷 may; 人 and 人次, 元 and 美元, 个 and 所 may not.
        """
        one, other = self.same_as.get(one, one), self.same_as.get(other, other)
        return one == other or (self._measure(one) == self._measure(other) is not None)

    def converted(self, amount: Number, unit: str) -> tuple[Number, str]:
        """The amount in its kind's base unit; unchanged where the kind has none.

        >>> load_units().converted(3, "公里")
        (3000, '米')
        """
        unit = self.same_as.get(unit, unit)
        base = self._measure(unit)
        return (amount, unit) if base is None else (exact(amount * self.factors.get(unit, Decimal(1))), base)

    def _measure(self, unit: str) -> str | None:
        """The base of a measure that is converted; None for counts, currencies and units without a factor."""
        kind = self.kinds.get(self.kind_of.get(unit, ""))
        if kind is None or not kind.factors:
            return None
        return kind.base if unit == kind.base or unit in kind.factors else None


@cache
def load_units() -> Units:
    """The units of the catalogue.

    Raises:
        CatalogueError: when a file does not hold what it must, or a word stands in two files.
    """
    kinds = decode_all(data_files("units"), UnitKind)
    problems = [f"units/{key}.yaml: {p}" for key, kind in kinds.items() for p in kind.problems()]
    seen: dict[str, str] = {}
    for key, kind in kinds.items():
        for word in (*kind.units, *kind.arabic_only):
            if word in seen:
                problems.append(f"units/{key}.yaml: {word!r} stands in units/{seen[word]}.yaml too; keep one")
            seen[word] = key
    if problems:
        raise CatalogueError(tuple(problems))
    return Units(kinds)
