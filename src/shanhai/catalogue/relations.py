"""Words by which a text ties its figures together (``data/relations.yaml``)."""

import re
from collections.abc import Iterable
from functools import cache, cached_property

import msgspec

from shanhai.catalogue.files import data_file, decode
from shanhai.catalogue.indicators import load_indicators
from shanhai.model import CatalogueError


class RelationWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The lists of ``relations.yaml``; what each is for stands there."""

    among: tuple[str, ...]
    split: tuple[str, ...]
    split_by: tuple[str, ...]
    split_by_end: tuple[str, ...]
    rest: tuple[str, ...]
    left_over: tuple[str, ...]
    besides: tuple[str, ...]
    total: tuple[str, ...]
    total_weak: tuple[str, ...]
    open_end: tuple[str, ...]
    statement: tuple[str, ...]
    overlapping: tuple[str, ...]
    axes: tuple[tuple[str, ...], ...]
    complete: tuple[tuple[str, str], ...]
    base: tuple[str, ...]
    grew: tuple[str, ...]
    shrank: tuple[str, ...]
    around_change: tuple[str, ...]
    converted: tuple[str, ...]
    average: tuple[str, ...]
    average_of: dict[str, tuple[str, ...]]
    constant_prices: tuple[str, ...]
    real_terms: tuple[str, ...]
    rate: tuple[str, ...]
    done_rates: tuple[str, ...]
    aim: tuple[str, ...]
    opening: tuple[str, ...]
    income: tuple[str, ...]
    outlay: tuple[str, ...]
    closing: tuple[str, ...]
    table_total: tuple[str, ...]
    table_part_total: tuple[str, ...]

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """For each list of words a pattern that finds any of them, the longest first."""
        lists = {f: getattr(self, f) for f in self.__struct_fields__}
        return {
            name: re.compile(any_of(words))
            for name, words in lists.items()
            if isinstance(words, tuple) and words and isinstance(words[0], str)
        }


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


@cache
def load_relations() -> RelationWords:
    """The words of relations.

    Raises:
        CatalogueError: when the file does not hold what it must.
    """
    return decode(data_file("relations.yaml"), RelationWords)


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an indicator's figure may not pass: those of the indicators ``of``, where the words stand with both."""

    of: tuple[str, ...]
    words: tuple[str, ...]
    of_words: tuple[str, ...]


@cache
def load_orders() -> dict[str, Order]:
    """The orders by indicator (``data/orders.yaml``).

    Raises:
        CatalogueError: when the file does not hold what it must, or names an indicator that there is not.
    """
    orders = decode(data_file("orders.yaml"), dict[str, Order])
    known = load_indicators()
    named = {code for lower, order in orders.items() for code in (lower, *order.of)}
    unknown = sorted(named - known.keys())
    if unknown:
        raise CatalogueError(tuple(f"orders.yaml: there is no indicator {code}" for code in unknown))
    return orders
