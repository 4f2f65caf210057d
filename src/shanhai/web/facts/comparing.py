"""Up to five places, teams or pairings beside each other: what counts the same in one table, the rest apart with the reason."""

from collections.abc import Mapping, Sequence

import msgspec

from shanhai.ledger.models import Fact
from shanhai.web.facts.lines import Line, differences, lines
from shanhai.web.facts.subjects import Subject


class Apart(msgspec.Struct, frozen=True):
    """What is told in another definition: its number for the address, what differs, and by whom it is told."""

    number: int
    line: Line
    differs: list[tuple[str, str, str]]
    told: list[tuple[Subject, list[Fact]]]


class Comparison(msgspec.Struct, frozen=True):
    """A comparison.

    Attributes:
        line: the definition of the table; None where nothing is known.
        number: its number.
        years: the rows of the table, the newest first.
        cells: by subject and year the facts.
        apart: the other definitions.
    """

    line: Line | None
    number: int
    years: list[int]
    cells: Mapping[Subject, Mapping[int, list[Fact]]]
    apart: list[Apart]

    @property
    def rows(self) -> list[tuple[int, list[list[Fact]]]]:
        """The table: a year with each subject's facts."""
        return [(year, [told.get(year, []) for told in self.cells.values()]) for year in self.years]


def compare(told: Sequence[tuple[Subject, list[Fact]]], wanted: int | None = None) -> Comparison:
    """Put facts of several subjects beside each other.

    Args:
        told: each subject with its facts.
        wanted: the number of the definition of the table; that of most subjects where None or unknown.
    """
    of_fact = {id(fact): subject for subject, facts in told for fact in facts}
    found = lines((f for _, facts in told for f in facts), across=True)
    found.sort(key=lambda line: -len({of_fact[id(f)] for f in line.facts}))
    if not found:
        return Comparison(None, 0, [], {subject: {} for subject, _ in told}, [])
    number = wanted if wanted is not None and 0 <= wanted < len(found) else 0
    chosen = found[number]
    cells: dict[Subject, dict[int, list[Fact]]] = {subject: {} for subject, _ in told}
    for year, facts in chosen.years.items():
        for fact in facts:
            cells[of_fact[id(fact)]].setdefault(year, []).append(fact)
    apart = [
        Apart(n, line, differences(chosen, line), _by_subject(line, told))
        for n, line in enumerate(found)
        if n != number
    ]
    return Comparison(chosen, number, sorted(chosen.years, reverse=True), cells, apart)


def _by_subject(line: Line, told: Sequence[tuple[Subject, list[Fact]]]) -> list[tuple[Subject, list[Fact]]]:
    here = {id(f) for f in line.facts}
    return [(s, facts) for s, all_of_it in told if (facts := [f for f in all_of_it if id(f) in here])]
