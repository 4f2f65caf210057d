"""Facts of one indicator over years put into lines: joined only where nothing that both tell differs.

A line joins what is told in one unit and kind, of whole years or of moments within them, for one pairing, and whose
definitions and teams do not contradict each other. Where one year leaves open what another tells, the line says so.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from django.utils.translation import gettext as _

from shanhai.catalogue.places import Gazetteer, load_gazetteer
from shanhai.ledger.models import Fact
from shanhai.ledger.queries.facts import codes_of
from shanhai.web.facts.wording import definition_of, kind_name, pairing_name, part_name, short, whole_year

_LEVEL = "level"
_NOT_YET = ("planned", "agreed")
"""Stages that a text always tells: where it tells none, what it tells has come about. That a figure adds up over years is told, too."""


class Line(msgspec.Struct, eq=False):
    """Facts that may stand in one line.

    Attributes:
        basis: what must be the same, by its name; None where the line leaves it open.
        told: what some fact tells of the parts that may be unsaid.
        facts: in the order of years.
    """

    basis: dict[str, str]
    told: dict[str, str]
    facts: list[Fact]

    @property
    def years(self) -> dict[int, list[Fact]]:
        """The facts by year."""
        found: dict[int, list[Fact]] = {}
        for fact in self.facts:
            if fact.year is not None:
                found.setdefault(fact.year, []).append(fact)
        return found

    def label(self, known: Iterable[str] = ()) -> str:
        """What sets the line apart, without the parts that the page has told already."""
        told = {name: v for name, v in (self.basis | self.told).items() if name not in known and v}
        if told.get("counted") == self.basis["unit"]:
            del told["counted"]
        return " · ".join(short(name, v) for name, v in told.items())

    def unsaid(self, fact: Fact) -> list[str]:
        """The parts that the line tells and a fact of it leaves open, by their names."""
        told = _loose(fact)
        return [part_name(part) for part in self.told if part not in told]


class Break(msgspec.Struct, frozen=True):
    """A year from which figures of a place are of another code; ``other_area`` where they are of another area, too."""

    year: int
    told: str
    other_area: bool


def lines(facts: Iterable[Fact], *, across: bool = False, one_place: bool = False) -> list[Line]:
    """The facts parted into lines, the longest first.

    Args:
        facts: of one indicator.
        across: whether facts of different pairings and teams may stand in one line, as a comparison puts them.
        one_place: whether all are of one place under its codes, so that the place sets no line apart.
    """
    found: list[Line] = []
    for fact in facts:
        basis, told = _basis(fact, across), _loose(fact)
        if one_place:
            basis["place"] = ""
        if across:
            told.pop("party", None)
        line = next((one for one in found if one.basis == basis and not _apart(one.told, told)), None)
        if line is None:
            found.append(Line(basis, dict(told), [fact]))
        else:
            line.facts.append(fact)
            line.told |= told
    return sorted(found, key=lambda one: (-len(one.years), -len(one.facts)))


def differences(one: Line, other: Line) -> list[tuple[str, str, str]]:
    """What sets two lines apart: the part's name, what the one tells, what the other tells."""
    a, b = {**one.basis, **one.told}, {**other.basis, **other.told}
    names = dict.fromkeys([*one.basis, *one.told, *other.told])
    conflicts = [n for n in names if n in a and n in b and a[n] != b[n]]
    if "unit" in conflicts and "counted" in conflicts:
        conflicts.remove("counted")
    return [
        (part_name(n) if n not in _NAMES else _NAMES[n](), _said(n, a[n]), _said(n, b[n])) for n in conflicts
    ]


def differences_of(one: Fact, other: Fact) -> list[tuple[str, str, str]]:
    """What sets two facts apart, in the same way; parts that only one of them tells count as apart."""
    a, b = Line(_basis(one, False), _loose(one), [one]), Line(_basis(other, False), _loose(other), [other])
    parts = dict.fromkeys([*a.told, *b.told])
    for line in (a, b):
        line.told |= {part: line.told.get(part, "") for part in parts}
    return differences(a, b)


def breaks(place: str, facts: Sequence[Fact]) -> list[Break]:
    """The changes of the place's code and area within the years of its facts."""
    years = [f.year for f in facts if f.year is not None]
    if not place or not years:
        return []
    gazetteer, codes = load_gazetteer(), codes_of(place)
    used = {f.place_code for f in facts} | {place}
    found = [*_successions(gazetteer, codes, used), *_transfers(gazetteer, used)]
    return sorted({b for b in found if min(years) <= b.year <= max(years)}, key=lambda b: (b.year, b.told))


def _successions(gazetteer: Gazetteer, codes: Sequence[str], used: set[str]) -> Iterable[Break]:
    rows = [row for code in codes for row in gazetteer.rows(code)]
    for row in rows:
        ends = row.ends
        if ends is None or not used & {row.code, *row.successors}:
            continue
        after = [s for code in row.successors for s in gazetteer.rows(code) if s.holds(ends)]
        if not after:
            continue
        merged = any(
            s.code != row.code and s.holds(ends - 1) for code in row.successors for s in gazetteer.rows(code)
        )
        beside = any(
            r is not row and r.ends == ends and set(r.successors) & set(row.successors) for r in rows
        )
        names = {
            "year": ends,
            "before": f"{row.name}（{row.code}）",
            "after": "、".join(f"{s.name}（{s.code}）" for s in after),
        }
        told = (
            _("%(year)s年起，%(before)s并入%(after)s")
            if merged
            else _("%(year)s年起，%(before)s改为%(after)s")
        ) % names
        other_area = merged or beside or len(after) > 1
        yield Break(ends, told + (_("，范围不同") if other_area else ""), other_area)


def _transfers(gazetteer: Gazetteer, used: set[str]) -> Iterable[Break]:
    for code in sorted(used):
        record = gazetteer.by_code(code)
        for moved in gazetteer.transfers(code):
            to = gazetteer.by_code(moved.to)
            told = _("%(year)s年起，%(place)s有一部分划归%(to)s，此前的数字范围更大") % {
                "year": moved.year,
                "place": record.name if record else code,
                "to": to.name if to else moved.to,
            }
            yield Break(moved.year, told, True)


def _basis(fact: Fact, across: bool) -> dict[str, str]:
    kind = "" if fact.kind == _LEVEL else kind_name(fact.kind)
    told = definition_of(fact)
    strict = {
        "stage": told.get("stage", "") if fact.definition.get("stage") in _NOT_YET else "",
        "cumulative": told.get("cumulative", "") if fact.definition.get("cumulative") else "",
    }
    basis = {"unit": fact.unit, "kind": kind, "span": _span(fact), **strict}
    return basis if across else {**basis, "pairing": pairing_name(fact.pairing), "place": _place(fact)}


def _span(fact: Fact) -> str:
    """What stretch of time a figure is of; "" for a whole year."""
    if whole_year(fact.period):
        return ""
    first, _dash, last = (part[:4] for part in fact.period.partition("/"))
    if last and first != last:
        return _("%(year)s年起历年合计") % {"year": first}
    return _("年内时点或时段")


def _place(fact: Fact) -> str:
    """A place by the newest of its names, so that a change of name or code sets nothing apart."""
    codes = codes_of(fact.place_code) if fact.place_code else ()
    record = load_gazetteer().by_code(codes[-1]) if codes else None
    return record.name if record else fact.place


def _loose(fact: Fact) -> dict[str, str]:
    """The parts that a text may leave open."""
    told = definition_of(fact)
    return {**told, "party": fact.party} if fact.party else told


def _said(name: str, told: str) -> str:
    if told:
        return told
    return {"kind": _("数量"), "span": _("全年"), "pairing": "—", "place": "—"}.get(name, _("未写明"))


def _apart(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(one[part] != other[part] for part in one.keys() & other.keys())


_NAMES = {
    "kind": lambda: _("类型"),
    "span": lambda: _("时间跨度"),
    "unit": lambda: _("单位"),
    "pairing": lambda: _("结对"),
}
