"""Places: provinces, prefectures, counties and some townships, their codes through time, and their names.

Codes are those of GB/T 2260 (six digits; townships nine). Years are those of the yearly lists, which show the
state on 31 December: a place that begins in 2014 is in the list of 2014 and not in that of 2013. Where the
data come from is told in ``data/places/PROVENANCE.md``.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from types import MappingProxyType

from shanhai.catalogue.place_names import NameRules, load_name_rules, read_table
from shanhai.catalogue.place_records import ExtraName, NameKind, PlaceLevel, PlaceRecord, Succession, Transfer
from shanhai.model import CatalogueError

__all__ = ["Gazetteer", "PlaceLevel", "PlaceRecord", "Succession", "Transfer", "load_gazetteer"]

SAFE_TOWN_NAME = 3
"""Characters that the name of a township must have to be looked for: 玛乡 stands by chance in other words."""


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
        self._rules = rules
        extra = tuple(extra)
        self._check(extra)
        self._add_names(extra)

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
        found = self._meant.get(name) or self._letters.get(name) or []
        return tuple(sorted(found, key=_rank))

    def resolve(self, name: str, within: str | None = None) -> tuple[PlaceRecord, ...]:
        """What ``named`` answers, narrowed to what lies in ``within`` or in what it was or became."""
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
        year = None if on is None else on.year
        waiting = [r for r in self.rows(code) if year is None or r.begins is None or r.begins <= year]
        seen = set(waiting)
        while waiting:
            row = waiting.pop()
            if row.ends is None or (year is not None and year < row.ends):
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
        joined = _reached(code, self._before) | _reached(code, self._after)
        return tuple(sorted(joined, key=lambda c: (self._rows[c][0].begins or 0, c)))

    def transfers(self, code: str) -> tuple[Transfer, ...]:
        """Area that left the place while its code lived on, in order of time."""
        return tuple(sorted(self._transfers.get(code, ()), key=lambda t: (t.year, t.to)))

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Every form of two or more characters to look for in running text, with its codes, newest first.

        Forms that are ordinary words are left out.
        """
        return MappingProxyType({form: _codes(records) for form, records in self._searched.items()})

    def letters(self) -> Mapping[str, tuple[str, ...]]:
        """Forms of one character, with their codes: safe only inside compounds such as 渝昌, 闽宁, 赴渝."""
        return MappingProxyType({form: _codes(records) for form, records in self._letters.items()})

    def decoys(self) -> frozenset[str]:
        """Words that hold a form of ``names`` by chance (其中 before 山东 holds 中山).

        Who looks for these too, and takes the leftmost longest match, is not misled by them.
        """
        return self._rules.decoys

    @cached_property
    def _after(self) -> dict[str, set[str]]:
        return {c: {s for r in rows for s in r.successors} for c, rows in self._rows.items()}

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
        moves = [t for moved in self._transfers.values() for t in moved]
        pointing += [("transfers.csv", c) for t in moves for c in (t.code, t.to) if c not in self._rows]
        problems = [f"{where}: there is no code {code!r}; add the place" for where, code in pointing]
        problems += [f"names.csv: {n.name}: must give at least one code" for n in extra if not n.codes]
        if problems:
            raise CatalogueError(tuple(problems))

    def _add_names(self, extra: tuple[ExtraName, ...]) -> None:
        rules = self._rules
        shortened = {name: tuple(rules.shortened(name)) for name in {r.name for r in self.records}}
        for record in self.records:
            # Townships are looked for by their full names only: 孜托镇, not 孜托.
            town = record.level is PlaceLevel.TOWN
            for form in (record.name,) if town else (record.name, *shortened[record.name]):
                self._meant[form].append(record)
                if not rules.is_word(form, record.code) and not (town and len(form) < SAFE_TOWN_NAME):
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


def _rank(record: PlaceRecord) -> tuple[int, int, str, int]:
    """In force first, then the latest to end; higher levels before lower ones."""
    age = 0 if record.ends is None else 10_000 - record.ends
    return (age, _LEVELS[record.level], record.code, record.begins or 0)


def _codes(records: list[PlaceRecord]) -> tuple[str, ...]:
    if len(records) == 1:
        return (records[0].code,)
    return tuple(dict.fromkeys(r.code for r in sorted(records, key=_rank)))


_LEVELS = {level: rank for rank, level in enumerate(PlaceLevel)}
_PLACE_COLUMNS = ("code", "name", "level", "parent", "begins", "ends", "successors", "link", "lon", "lat")


def _read_places() -> list[PlaceRecord]:
    levels, links = {v.value: v for v in PlaceLevel}, {v.value: v for v in Succession}
    return [
        PlaceRecord(
            code,
            name,
            levels[level],
            parent,
            int(begins),
            int(ends) if ends else None,
            tuple(after.split()),
            links[link],
            float(lon) if lon else None,
            float(lat) if lat else None,
        )
        for code, name, level, parent, begins, ends, after, link, lon, lat in read_table(
            "places.csv", _PLACE_COLUMNS
        )
    ]


@cache
def load_gazetteer() -> Gazetteer:
    """The places of the catalogue.

    Raises:
        CatalogueError: when a data file does not hold what it must.
    """
    try:
        records = _read_places()
        towns = read_table("towns-tibet.csv", ("code", "name", "county"))
        records += [PlaceRecord(code, name, PlaceLevel.TOWN, county, None) for code, name, county in towns]
        extra = [
            ExtraName(name, tuple(codes.split()), NameKind(kind))
            for name, codes, kind, _ in read_table("names.csv", ("name", "codes", "kind", "note"))
        ]
        moves = read_table("transfers.csv", ("code", "year", "to"))
        transfers = [Transfer(code, int(year), to) for code, year, to in moves]
        rules = load_name_rules()
    except (KeyError, ValueError) as e:
        raise CatalogueError((f"data/places: {e}; build it again with tools/build_places.py",)) from None
    return Gazetteer(records, extra, transfers, rules)
