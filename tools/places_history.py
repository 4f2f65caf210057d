"""From yearly lists to one row a code and name: when each began and ended.

Years are those of the ministry's lists, which show the state on 31 December: a row that begins in 2014 is in
the list of 2014 and not in that of 2013; one that ends in 2014 is the other way round.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from places_sources import EDITIONS, Listed

MAINLAND = "123456"
"""First digits of the codes that the statistics office's editions hold."""

EARLIEST = 1981
"""The first year told. Codes in the list of 1980 already are given this year."""

RENUMBERED = 1982
"""The first edition of the standard. The lists of 1980 and 1981 carry numbers that it replaced."""

CITY_NUMBERS_UNTIL, CITY_NUMBERS_FROM = 1995, 1990
"""County-level cities are numbered under their prefecture in the standard from its edition of 1991 (state of
1990); the ministry's lists do so from 1995."""


DISTRICTS_FROM = 1983
"""City districts are numbered in the standard from its edition of 1984 (state of 1983), those of
municipalities from the first edition; the ministry's lists of 1980 to 1982 hold all of them."""


@dataclass
class Row:
    """A code under one name, from ``begins`` to before ``ends``."""

    code: str
    name: str
    begins: int
    ends: int | None
    successors: set[str] = field(default_factory=set)
    link: str = ""
    lon: str = ""
    lat: str = ""

    def holds(self, year: int) -> bool:
        """Whether the row is in force at the end of the year."""
        return self.begins <= year and (self.ends is None or year < self.ends)

    @property
    def level(self) -> str:
        """What the digits of the code say."""
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"


def build_rows(listed: list[Listed], editions: dict[int, dict[str, str]], corrections: Path) -> list[Row]:
    """All rows, in order of code and year.

    Raises:
        ValueError: when two rows of one code overlap.
    """
    rows = _without_old_numbers(listed)
    rows = _with_districts_from_1983(rows)
    rows = _with_city_numbers(rows)
    rows = _with_gaps(rows)
    replaced, not_held = _read_corrections(corrections)
    rows = _carried_on(rows, editions, not_held)
    touched = {r.code for r in replaced} | not_held
    rows = [r for r in rows if r.code not in touched] + replaced
    rows = _joined(rows)
    clashes = [f"{a} and {b}" for a, b in pairwise(rows) if _overlap(a, b)]
    if clashes:
        raise ValueError("rows of one code overlap; add a correction:\n" + "\n".join(clashes))
    return rows


def _without_old_numbers(listed: list[Listed]) -> list[Row]:
    """Carry the numbering of 1982 back to 1981; a number that it replaced is left out."""
    before, after = _names_in(listed, EARLIEST), _names_in(listed, RENUMBERED)
    numbered = {e.code for e in listed if e.first <= RENUMBERED and (e.last is None or e.last >= RENUMBERED)}
    rows = []
    for e in listed:
        name = (e.code[:2], e.name)
        if e.last is not None and e.last < RENUMBERED:
            if e.last < EARLIEST or name in after or e.code in numbered:
                continue
            begins = EARLIEST
        elif e.first == RENUMBERED:
            begins = EARLIEST if name in before else RENUMBERED
        else:
            begins = max(e.first, EARLIEST)
        rows.append(Row(e.code, e.name, begins, None if e.last is None else e.last + 1))
    return rows


def _names_in(listed: list[Listed], year: int) -> set[tuple[str, str]]:
    return {(e.code[:2], e.name) for e in listed if e.first <= year and (e.last is None or year <= e.last)}


def _with_districts_from_1983(rows: list[Row]) -> list[Row]:
    """Let districts of cities begin with the standard's numbers for them."""
    provinces = [r for r in rows if r.level == "province" and r.holds(DISTRICTS_FROM)]
    municipalities = {r.code[:2] for r in provinces if r.name.endswith("市")}
    kept = []
    for row in rows:
        district = row.level == "county" and row.name.endswith("区") and int(row.code[4:]) < 20
        if district and not row.name.endswith("特区") and row.code[:2] not in municipalities:
            row.begins = max(row.begins, DISTRICTS_FROM)
        if row.ends is None or row.begins < row.ends:
            kept.append(row)
    return kept


def _with_city_numbers(rows: list[Row]) -> list[Row]:
    """Give county-level cities the numbers that the standard has for them from 1990."""
    numbered: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.begins == CITY_NUMBERS_UNTIL and 80 < int(row.code[4:]) < 90:
            numbered[row.code[:2], row.name].append(row)
    kept = []
    for row in rows:
        under_province = row.code[2:4] == "90" and row.ends == CITY_NUMBERS_UNTIL
        same = numbered[row.code[:2], row.name] if under_province else []
        if len(same) == 1:
            same[0].begins = max(row.begins, CITY_NUMBERS_FROM)
            row.ends = CITY_NUMBERS_FROM
        if row.ends is None or row.begins < row.ends:
            kept.append(row)
    return kept


def _with_gaps(rows: list[Row]) -> list[Row]:
    """Split a county's row where it bore another code in between: the package tells first and last only."""
    counties: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.name.endswith("县"):
            counties[row.code[:2], row.name].append(row)
    added = []
    for row in rows:
        for other in counties.get((row.code[:2], row.name), ()):
            if other is row or other.ends is None:
                continue
            if row.begins <= other.begins and row.holds(other.ends):
                added.append(Row(row.code, row.name, other.ends, row.ends))
                row.ends = other.begins
    return [r for r in rows + added if r.ends is None or r.begins < r.ends]


def _carried_on(rows: list[Row], editions: dict[int, dict[str, str]], not_held: set[str]) -> list[Row]:
    """Follow the yearly editions after the last list; statistical zones (71 to 79) are not places."""
    for year in EDITIONS:
        names = {c: n for c, n in editions[year].items() if c not in not_held and not _statistical(c, n)}
        for row in rows:
            if row.ends is None and row.code[0] in MAINLAND and names.get(row.code) != row.name:
                row.ends = year
        in_force = {r.code for r in rows if r.ends is None}
        rows = rows + [Row(c, n, year, None) for c, n in sorted(names.items()) if c not in in_force]
    return rows


def _statistical(code: str, name: str) -> bool:
    return code[4] == "7" or "直辖县级" in name or name in ("市辖区", "县")


def _read_corrections(path: Path) -> tuple[list[Row], set[str]]:
    """Rows that stand in place of all rows of their code; codes that are not held (no name)."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    rows = [
        Row(li["code"], li["name"], int(li["begins"]), int(li["ends"]) if li["ends"] else None)
        for li in lines
        if li["name"]
    ]
    return rows, {li["code"] for li in lines if not li["name"]}


def _joined(rows: list[Row]) -> list[Row]:
    """In order of code and year, with runs of the same name made one."""
    joined: list[Row] = []
    for row in sorted(rows, key=lambda r: (r.code, r.begins, r.name)):
        last = joined[-1] if joined else None
        if last and (last.code, last.name, last.ends) == (row.code, row.name, row.begins):
            last.ends = row.ends
        else:
            joined.append(row)
    return joined


def _overlap(a: Row, b: Row) -> bool:
    return a.code == b.code and (a.ends is None or b.begins < a.ends)
