"""How foreign a stretch of text is to its page and to the field."""

import re
from functools import cache

from shanhai.catalogue.furniture import load_furniture

RUN = re.compile(r"[㐀-鿿]{2,}")
MOST_PAIRS = 64
"""Pairs of characters that are looked at; a longer stretch is sampled evenly."""
SEARCHES = 100
"""Pairs sought in the page's text after which all its pairs are collected, as that costs as much."""
MOST_NAMES = 12_000
"""Searches after which no further items are looked for on the page."""
SMALL = 250
"""Characters of prose below which a page cannot show what is foreign to it."""


def pairs_of(text: str) -> list[str]:
    """The pairs of neighbouring Chinese characters in ``text``, at most ``MOST_PAIRS`` of them."""
    pairs = [run[i : i + 2] for run in RUN.findall(text) for i in range(len(run) - 1)]
    return pairs if len(pairs) <= MOST_PAIRS else pairs[:: len(pairs) // MOST_PAIRS + 1]


@cache
def field_pairs() -> frozenset[str]:
    """The pairs of characters that reports of the field have in common."""
    return frozenset(load_furniture().field.pairs.split())


class Reference:
    """The prose of a page, against which other stretches are held.

    Attributes:
        text: the prose.
        lines: all of the page that is not in question.
        small: whether there is too little of it to show what is foreign.
        half_width: whether its commas are mostly half-width.

    Args:
        prose: its paragraphs, without those that are in question.
        lines: these and its headings, captions and rows.
    """

    def __init__(self, prose: list[str], lines: list[str]) -> None:
        self.text = "\n".join(prose)
        self.lines = "\n".join(lines)
        self.half_width = self.text.count(",") > self.text.count("，")
        self.small = len(self.text) < SMALL
        self.searches = 0
        self.pairs: frozenset[str] | None = None
        self.sought: dict[str, bool] = {}

    def foreign(self, pairs: list[str]) -> float:
        """The share of ``pairs`` that neither the page nor the field has; 1 for no pairs."""
        known = field_pairs()
        unknown = [pair for pair in pairs if pair not in known]
        self.searches += len(unknown)
        if self.pairs is None and len(self.sought) > SEARCHES:
            self.pairs = frozenset(map("".join, zip(self.text, self.text[1:], strict=False)))
        return sum([not self._has(pair) for pair in unknown]) / len(pairs) if pairs else 1.0

    def _has(self, pair: str) -> bool:
        """Whether the prose has ``pair``; the same pairs are asked for as a list's and as an advertisement's."""
        if self.pairs is not None:
            return pair in self.pairs
        if pair not in self.sought:
            self.sought[pair] = pair in self.text
        return self.sought[pair]

    def held(self, items: list[str]) -> int:
        """How many of ``items`` stand in the page's prose."""
        named = [item for item in items if len(item) > 1 and not item.isdigit()]
        self.searches += len(named)
        return sum(item in self.lines for item in named) if self.searches < MOST_NAMES else 0
