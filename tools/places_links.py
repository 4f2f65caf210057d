"""Which code a code's place went to: by its name where the name goes on, else by the succession facts.

``name``: the same short name goes on under a code that begins when this one ends (the packages alone say so).
``renamed``: the code itself goes on under another name. ``counties``: a prefecture went where its counties
went. ``areacodes``: from the succession facts; ``both``: the facts add codes to what the name says.
"""

from collections import defaultdict
from collections.abc import Callable

from places_history import Row
from places_sources import Link

TOO_COMMON = ("郊", "城", "市", "东", "西", "南", "北", "新")
"""Short names that many districts of one province bear at a time."""


def link_rows(rows: list[Row], links: list[Link], short_name: Callable[[str], str]) -> None:
    """Fill in the successors of every row that has ended."""
    beginning, ending = _by_year(rows, "begins"), _by_year(rows, "ends")
    held = {(r.code, r.begins) for r in rows} | {(r.code, y) for r in rows for y in beginning if r.holds(y)}
    facts = {(li.code, li.ends): {c for c, year in li.went if year == li.ends} for li in links if li.ends}
    for row in rows:
        if row.ends is None:
            continue
        by_name = _by_name(row, beginning[row.ends], ending[row.ends], short_name)
        by_fact = {c for c in facts.get((row.code, row.ends), ()) if (c, row.ends) in held}
        row.successors, row.link = _decide(row, by_name, by_fact, beginning[row.ends])
    _link_prefectures(rows)


def _by_year(rows: list[Row], which: str) -> dict[int, list[Row]]:
    years: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        year = getattr(row, which)
        if year is not None:
            years[year].append(row)
    return years


def read_transfers(rows: list[Row], links: list[Link]) -> list[tuple[str, int, str]]:
    """Area that moved while the code lived on: code, year, the code it went to."""
    held = {r.code for r in rows}
    moves = {
        (li.code, year, code)
        for li in links
        for code, year in li.went
        if year != li.ends and li.code in held and code in held and code != li.code
    }
    # A row of the facts that ends only because area moved, and is resumed at once, is one row of ours.
    resumed = {(li.code, li.name, li.begins) for li in links}
    for li in links:
        if li.ends and li.code in held and (li.code, li.name, li.ends) in resumed:
            moves |= {(li.code, year, code) for code, year in li.went if code != li.code and code in held}
    return sorted(moves)


def _by_name(row: Row, begun: list[Row], ended: list[Row], short_name: Callable[[str], str]) -> set[str]:
    """The one code that begins when the row ends with its name; none where another row claims it better."""
    stem = short_name(row.name)
    provinces = {row.code[:2]} | {r.code[:2] for r in begun if r.level == "province"}
    levels = (row.level, "province") if row.level == "prefecture" else (row.level,)
    same = [r for r in begun if r.level in levels and r.code[:2] in provinces and short_name(r.name) == stem]
    rivals = [r for r in ended if r is not row and r.level == row.level and r.code[:2] == row.code[:2]]
    rivals = [r for r in rivals if short_name(r.name) == stem]
    same = [r for r in same if r.name == row.name or all(r.name != o.name for o in rivals)]
    near = [r for r in same if r.code[:4] == row.code[:4]]
    found = [r for r in same if r.code == row.code] or near
    if not found and all(o.name != row.name for o in rivals):
        found = same if stem not in TOO_COMMON else []
    return {found[0].code} if len(found) == 1 else set()


def _decide(row: Row, by_name: set[str], by_fact: set[str], candidates: list[Row]) -> tuple[set[str], str]:
    if by_name:
        return (by_name, "name") if by_fact <= by_name else (by_name | by_fact, "both")
    if by_fact:
        return by_fact, "areacodes"
    if any(r.code == row.code for r in candidates):
        return {row.code}, "renamed"
    return set(), ""


def _link_prefectures(rows: list[Row]) -> None:
    """Where no name goes on, a prefecture went where those of its counties went that ended with it."""
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    for row in rows:
        if row.level != "prefecture" or row.ends is None or row.successors:
            continue
        counties = [r for r in rows if r.code[:4] == row.code[:4] and r.ends == row.ends]
        went = {c for r in counties for c in r.successors}
        heads = {c[:4] + "00" for c in went if c[:4] != row.code[:4]}
        row.successors = {h for h in heads if any(r.holds(row.ends) for r in by_code[h])}
        row.link = "counties" if row.successors else ""
