"""What the catalogue knows of a query: places by name and code, indicators by name, catalogue word and code."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import msgspec

from shanhai.catalogue.indicators import Indicator, load_indicators
from shanhai.catalogue.place_records import PlaceLevel, PlaceRecord
from shanhai.catalogue.places import load_gazetteer

KEY: Final = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")
"""What keys of figures and findings, and names of sources, look like."""
_CODE: Final = re.compile(r"\d{6}(?:\d{3})?")
_SHORTEST: Final = 2


class FoundPlace(msgspec.Struct, frozen=True):
    """A place, with the places above it, the highest first."""

    record: PlaceRecord
    above: tuple[PlaceRecord, ...]


def normal(query: str) -> str:
    """A query as it is compared: full-width forms narrowed, letters small."""
    return " ".join(unicodedata.normalize("NFKC", query).lower().split())


def places_of(query: str) -> list[FoundPlace]:
    """The places that a query, or one of its words, names or gives the code of; those in force and the highest first."""
    gazetteer = load_gazetteer()
    codes: dict[str, PlaceRecord] = {}
    for word in dict.fromkeys([normal(query).replace(" ", ""), *normal(query).split()]):
        by_code = gazetteer.by_code(word) if _CODE.fullmatch(word) else None
        for record in (by_code,) if by_code else gazetteer.named(word) if len(word) >= _SHORTEST else ():
            codes.setdefault(record.code, gazetteer.by_code(record.code) or record)
    levels = list(PlaceLevel)
    found = sorted(codes.values(), key=lambda r: (not r.is_current, levels.index(r.level), r.code))
    return [FoundPlace(record, gazetteer.ancestors(record.code)) for record in found]


def indicators_of(query: str) -> list[tuple[str, Indicator]]:
    """The indicators that a query means, the best first: by code, by name, by catalogue word, by all its words."""
    asked = normal(query)
    if len(asked) < _SHORTEST:
        return []
    ranked = [
        (rank, code, one) for code, one in load_indicators().items() if (rank := _rank(asked, code, one))
    ]
    ranked.sort(key=lambda r: (r[0], r[1]))
    return [(code, one) for _, code, one in ranked]


def _rank(asked: str, code: str, one: Indicator) -> int:
    """How well a query fits an indicator: 1 is best, 0 not at all."""
    names = [one.name_zh.lower(), one.name_en.lower()]
    words = [word.lower() for entry in one.words for word in entry.split()]
    if asked in (code, *names):
        return 1
    if any(asked in name for name in names) or asked in code:
        return 2
    if asked in words or any(len(name) >= _SHORTEST and name in asked for name in names):
        return 3
    everything = " ".join([code, *names, *words])
    return 4 if all(part in everything for part in _parts(asked)) else 0


def _parts(asked: str) -> Sequence[str]:
    return [part for part in asked.split() if len(part) >= _SHORTEST] or ["\0"]
