"""Places: provinces, prefectures, counties and some townships, their codes through time, and their names.

Codes are those of GB/T 2260 (six digits; townships nine). Years are those of the yearly lists, which show the state
on 31 December: a place that begins in 2014 is in the list of 2014 and not in that of 2013. Where the data come from
is told in ``data/places/PROVENANCE.md``.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

import msgspec

from shanhai.catalogue.place_names import NameRules, load_name_rules, read_table
from shanhai.model import CatalogueError


class PlaceLevel(StrEnum):
    """The levels of the administrative order, highest first."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWN = "town"


class Succession(StrEnum):
    """How it is known where a place's area went."""

    NONE = ""
    NAME = "name"  # the name goes on under a code that begins when this one ends
    RENAMED = "renamed"  # the code goes on under another name
    COUNTIES = "counties"  # a prefecture went where its counties went
    AREACODES = "areacodes"  # the succession facts of areacodes
    BOTH = "both"  # those facts add codes to what the name says


class NameKind(StrEnum):
    """What a name kept by hand is to the place."""

    SHORT = "short"
    FORMER = "former"
    VARIANT = "variant"
    LETTER = "letter"


class PlaceRecord(msgspec.Struct, frozen=True):
    """One code under one name.

    Attributes:
        code, name, level: as in the list.
        parent: the code of the place above it, "" for provinces.
        begins: the first year of the list that has it; 1981 where it is older, None where that is not known (towns).
        ends: the first year whose list has it no more; None where it is in force.
        successors: the codes that its area went to when it ended; several where it was split.
        succession: how the successors are known.
        lon, lat: degrees of the seat, for a dot on a map; None where no source has them.
    """

    code: str
    name: str
    level: PlaceLevel
    parent: str
    begins: int | None
    ends: int | None = None
    successors: tuple[str, ...] = ()
    succession: Succession = Succession.NONE
    lon: float | None = None
    lat: float | None = None

    @property
    def is_current(self) -> bool:
        """Whether the newest list has it."""
        return self.ends is None

    def holds(self, year: int) -> bool:
        """Whether the list of the year has it."""
        return (self.begins is None or self.begins <= year) and (self.ends is None or year < self.ends)


class Transfer(msgspec.Struct, frozen=True):
    """Area that left a place while its code lived on: a figure of the place before ``year`` covers more than after."""

    code: str
    year: int
    to: str


class ExtraName(msgspec.Struct, frozen=True):
    """A name kept by hand, beside the full names and what they are shortened to."""

    name: str
    codes: tuple[str, ...]
    kind: NameKind


class Gazetteer:
    """All places and all their names. What is ambiguous comes back as several candidates, never as a guess.

    Args:
        records: the places, each code's rows in order of time.
        extra: names kept by hand.
        transfers: area that moved while codes lived on.
        rules: what full names are shortened to.

    Raises:
        CatalogueError: when a row or a name points to a code that there is not.
    """

    def __init__(
        self,
        records: Iterable[PlaceRecord],
        extra: Iterable[ExtraName],
        transfers: Iterable[Transfer],
        rules: NameRules,
    ) -> None:
        self.records = tuple(records)
        self._rows: dict[str, list[PlaceRecord]] = defaultdict(list)
        self._before: dict[str, set[str]] = defaultdict(set)
        for record in self.records:
            self._rows[record.code].append(record)
            for code in record.successors:
                self._before[code].add(record.code)
        self._transfers: dict[str, list[Transfer]] = defaultdict(list)
        for transfer in transfers:
            self._transfers[transfer.code].append(transfer)
        self._meant: dict[str, list[PlaceRecord]] = defaultdict(list)
        self._searched: dict[str, list[PlaceRecord]] = defaultdict(list)
        self._letters: dict[str, list[PlaceRecord]] = defaultdict(list)
        extra = tuple(extra)
        self._check(extra)
        self._add_names(extra, rules)

    def by_code(self, code: str) -> PlaceRecord | None:
        """The place that bears the code now, or that bore it last; None for a code that there is not."""
        rows = self._rows.get(code)
        return rows[-1] if rows else None

    def rows(self, code: str) -> tuple[PlaceRecord, ...]:
        """Everything that the code has stood for, in order of time."""
        return tuple(self._rows.get(code, ()))

    def named(self, name: str) -> tuple[PlaceRecord, ...]:
        """All places that a written name may mean, those in force first; empty for an unknown name.

        The whole of ``name`` is taken to be the name of a place, so that a form which is an ordinary word
        elsewhere (朝阳, 和平) is answered here; ``names`` leaves such forms out.
        """
        return tuple(sorted(self._meant.get(name) or self._letters.get(name, ()), key=_rank))

    def resolve(self, name: str, within: str | None = None) -> tuple[PlaceRecord, ...]:
        """What ``named`` answers, narrowed to the places that lie in ``within`` or in what it was before or became."""
        candidates = self.named(name)
        if within is None:
            return candidates
        around = set(self.series(within))
        return tuple(
            r for r in candidates if r.code in around or any(a.code in around for a in self._above(r))
        )

    def current(self, code: str, on: datetime.date | None = None) -> tuple[PlaceRecord, ...]:
        """The places that the code's area belongs to now, or by the list of the year of ``on``.

        Several where the area was split or the code has meant several places; none where it ended without a
        successor, or had not begun.
        """
        reached: dict[PlaceRecord, None] = {}
        waiting = [r for r in self._rows.get(code, ()) if on is None or r.begins is None or r.begins <= on.year]
        seen = set(waiting)
        while waiting:
            row = waiting.pop()
            if row.ends is None or (on is not None and on.year < row.ends):
                reached[row] = None
                continue
            after = [r for c in row.successors for r in self._rows[c] if r.holds(row.ends)]
            waiting += [r for r in after if r not in seen]
            seen.update(after)
        return tuple(sorted(reached, key=_rank))

    def ancestors(self, code: str) -> tuple[PlaceRecord, ...]:
        """The places above the one that bears or last bore the code, nearest first."""
        record = self.by_code(code)
        return self._above(record) if record else ()

    def series(self, code: str) -> tuple[str, ...]:
        """The code with all that its area came from and went to, in order of time: what a long series joins.

        Joined places need not have the same area: see ``transfers`` and rows with several successors.
        """
        if code not in self._rows:
            return ()
        after = {c: {s for r in rows for s in r.successors} for c, rows in self._rows.items()}
        joined = _reached(code, self._before) | _reached(code, after)
        return tuple(sorted(joined, key=lambda c: (self._rows[c][0].begins or 0, c)))

    def transfers(self, code: str) -> tuple[Transfer, ...]:
        """Area that left the place while its code lived on, in order of time."""
        return tuple(sorted(self._transfers.get(code, ()), key=lambda t: (t.year, t.to)))

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Every form of two or more characters to look for in running text, with its codes, those in force first.

        Forms that are ordinary words are left out.
        """
        return MappingProxyType({form: _codes(records) for form, records in self._searched.items()})

    def letters(self) -> Mapping[str, tuple[str, ...]]:
        """Forms of one character, with their codes: safe only inside compounds such as 渝昌, 闽宁, 赴渝."""
        return MappingProxyType({form: _codes(records) for form, records in self._letters.items()})

    def _above(self, record: PlaceRecord) -> tuple[PlaceRecord, ...]:
        above: list[PlaceRecord] = []
        last = None if record.ends is None else record.ends - 1
        while record.parent:
            rows = self._rows[record.parent]
            record = next((r for r in rows if last is not None and r.holds(last)), rows[-1])
            above.append(record)
        return tuple(above)

    def _check(self, extra: tuple[ExtraName, ...]) -> None:
        pointing = [
            (f"places: {r.code} {r.name}", c)
            for r in self.records
            for c in (*r.successors, r.parent)
            if c and c not in self._rows
        ]
        pointing += [(f"names.csv: {n.name}", c) for n in extra for c in n.codes if c not in self._rows]
        problems = [f"{where}: there is no code {code!r}; correct it or add the place" for where, code in pointing]
        problems += [f"names.csv: {n.name}: must give at least one code" for n in extra if not n.codes]
        if problems:
            raise CatalogueError(tuple(problems))

    def _add_names(self, extra: tuple[ExtraName, ...], rules: NameRules) -> None:
        shortened = {name: tuple(rules.shortened(name)) for name in {r.name for r in self.records}}
        for record in self.records:
            # Townships are looked for by their full names only: 孜托镇, not 孜托.
            forms = () if record.level is PlaceLevel.TOWN else shortened[record.name]
            for form in (record.name, *forms):
                self._meant[form].append(record)
                if not rules.is_word(form, record.code):
                    self._searched[form].append(record)
        for name in extra:
            found = [r for c in name.codes for r in self._rows[c]]
            if name.kind is NameKind.LETTER:
                self._letters[name.name] += found
            else:
                self._meant[name.name] += [r for r in found if r not in self._meant[name.name]]
                self._searched[name.name] += found


def _reached(code: str, steps: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = {code}, [code]
    while waiting:
        new = steps.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached


def _rank(record: PlaceRecord) -> tuple[bool, int, str, int]:
    return (record.ends is not None, _LEVELS[record.level], record.code, record.begins or 0)


def _codes(records: list[PlaceRecord]) -> tuple[str, ...]:
    if len(records) == 1:
        return (records[0].code,)
    return tuple(dict.fromkeys(r.code for r in sorted(records, key=_rank)))


_LEVELS = {level: rank for rank, level in enumerate(PlaceLevel)}
_PLACE_COLUMNS = ("code", "name", "level", "parent", "begins", "ends", "successors", "link", "lon", "lat")


@cache
def load_gazetteer() -> Gazetteer:
    """The places of the catalogue.

    Raises:
        CatalogueError: when a data file does not hold what it must.
    """
    try:
        levels, links = {v.value: v for v in PlaceLevel}, {v.value: v for v in Succession}
        records = [
            PlaceRecord(
                code, name, levels[level], parent, int(begins), int(ends) if ends else None,
                tuple(after.split()), links[link], float(lon) if lon else None, float(lat) if lat else None,
            )
            for code, name, level, parent, begins, ends, after, link, lon, lat in read_table("places.csv", _PLACE_COLUMNS)
        ]  # fmt: skip
        towns = read_table("towns-tibet.csv", ("code", "name", "county"))
        records += [PlaceRecord(code, name, PlaceLevel.TOWN, county, None) for code, name, county in towns]
        extra = [
            ExtraName(name, tuple(codes.split()), NameKind(kind))
            for name, codes, kind, _ in read_table("names.csv", ("name", "codes", "kind", "note"))
        ]
        moved = [Transfer(c, int(year), to) for c, year, to in read_table("transfers.csv", ("code", "year", "to"))]
        rules = load_name_rules()
    except (KeyError, ValueError) as e:
        raise CatalogueError((f"data/places: {e}; build the files again with tools/build_places.py",)) from None
    return Gazetteer(records, extra, moved, rules)
