"""Places held against a list made by others; each difference stands in places_differences.csv with a reason."""

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

from shanhai.catalogue.places import Gazetteer, PlaceLevel, Succession

PROJECT = Path(__file__).parents[2]
AREACODES = PROJECT.parent / "shared" / "standards" / "places" / "areacodes.csv"
EXPLAINED = Path(__file__).parent / "places_differences.csv"
LEVELS = {"省级": "province", "地级": "prefecture", "县级": "county"}

Rows = dict[str, list[tuple[str, int, int | None]]]
"""Name, first year, and the year after the last one, of what each code has stood for."""


@pytest.fixture(scope="module")
def areacodes() -> list[dict[str, str]]:
    if not AREACODES.exists():
        reason = "../shared/standards/places/areacodes.csv is not there: nothing to hold the places against"
        if os.environ.get("SHANHAI_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with AREACODES.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class TestAgainstAreacodes:
    """Held against a list made by others; each difference stands in places_differences.csv with a reason."""

    def test_every_difference_is_explained(self, places: Gazetteer, areacodes: list[dict[str, str]]) -> None:
        # given what differs, and what is explained
        found = set(differences(places, areacodes))
        with EXPLAINED.open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        explained = {(li["code"], li["field"], li["ours"], li["theirs"]) for li in lines}
        # then the two are the same, and no explanation is empty or given twice
        assert sorted(found - explained) == []
        assert sorted(explained - found) == []
        assert all(li["reason"] for li in lines)
        assert len(explained) == len(lines)

    def test_names_alone_already_tell_most_of_the_succession(
        self, places: Gazetteer, areacodes: list[dict[str, str]]
    ) -> None:
        # given the successors that come from the packages alone, without the facts of areacodes
        independent = {Succession.NAME, Succession.RENAMED}
        ended = [r for r in places.records if r.level is PlaceLevel.COUNTY and r.ends]
        ours = {(r.code, r.ends or 0): set(r.successors) for r in ended if r.succession in independent}
        # when they are held against those facts
        theirs = successors_of(areacodes)
        same = [key for key, went in ours.items() if went == theirs.get(key)]
        # then nearly all agree (nine, Fuling and Jiyuan, do not), and they are three quarters of all
        assert len(same) >= 0.995 * len(ours)
        assert len(ours) >= 0.75 * len(ended)


def differences(places: Gazetteer, areacodes: list[dict[str, str]]) -> list[tuple[str, str, str, str]]:
    """Code, field, ours, theirs."""
    found = []
    our_rows, their_rows = rows_of_ours(places), rows_of(areacodes)
    our_levels = {r.code: r.level.value for r in places.records}
    their_levels = {row["代码"]: LEVELS[row["级别"]] for row in areacodes}
    for code in sorted(set(our_rows) | set(their_rows)):
        ours, theirs = shown(our_rows.get(code, [])), shown(their_rows.get(code, []))
        if ours != theirs:
            found.append((code, "years", ours, theirs))
        if code in our_rows and code in their_rows and our_levels[code] != their_levels[code]:
            found.append((code, "level", our_levels[code], their_levels[code]))
    our_after = {(r.code, r.ends): set(r.successors) for r in places.records if r.ends}
    their_after = successors_of(areacodes)
    for key in sorted(set(our_after) & set(their_after)):
        if our_after[key] != their_after[key]:
            found.append((key[0], f"successors {key[1]}", joined(our_after[key]), joined(their_after[key])))
    our_moves = {(t.code, f"{t.year} {t.to}") for c in our_rows for t in places.transfers(c)}
    for code, move in sorted(our_moves ^ moves_of(areacodes)):
        found.append((code, "transfer", *((move, "") if (code, move) in our_moves else ("", move))))
    return found


def rows_of_ours(places: Gazetteer) -> Rows:
    rows: Rows = defaultdict(list)
    for r in places.records:
        if r.begins is not None:
            rows[r.code].append((r.name, r.begins, r.ends))
    return rows


def rows_of(areacodes: list[dict[str, str]]) -> Rows:
    """Theirs, where a row that ends only because area moved runs on in the next."""
    rows: Rows = defaultdict(list)
    for line in sorted(areacodes, key=lambda li: (li["代码"], li["启用时间"])):
        run = rows[line["代码"]]
        row = (line["名称"], int(line["启用时间"]), int(line["变更/弃用时间"] or 0) or None)
        if run and run[-1][0] == row[0] and run[-1][2] == row[1]:
            row = (row[0], run.pop()[1], row[2])
        run.append(row)
    return rows


def successors_of(areacodes: list[dict[str, str]]) -> dict[tuple[str, int], set[str]]:
    ends = {(code, end) for code, run in rows_of(areacodes).items() for _, _, end in run if end}
    after: dict[tuple[str, int], set[str]] = {}
    for line in areacodes:
        key = (line["代码"], int(line["变更/弃用时间"] or 0))
        if key in ends:
            after[key] = {code for code, year in went(line) if year == key[1]}
    return after


def moves_of(areacodes: list[dict[str, str]]) -> set[tuple[str, str]]:
    ends = {(code, end) for code, run in rows_of(areacodes).items() for _, _, end in run if end}
    return {
        (line["代码"], f"{year} {code}")
        for line in areacodes
        for code, year in went(line)
        if code != line["代码"] and (line["代码"], year) not in ends
    }


def went(line: dict[str, str]) -> list[tuple[str, int]]:
    """Where the area went: codes with years."""
    found = []
    for part in filter(None, line["新代码"].split(";")):
        code, _, year = part.rstrip("]").partition("[")
        found.append((code, int(year or line["变更/弃用时间"] or 0)))
    return found


def shown(rows: list[tuple[str, int, int | None]]) -> str:
    return "; ".join(f"{name} {begins}-{ends or ''}" for name, begins, ends in rows)


def joined(found: set[str]) -> str:
    return " ".join(sorted(found))
