"""Which offers may meet a need: of one area and no other place, the more alike in words the better."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import msgspec

from shanhai.programme.matching.items import stem

_LEAST = Fraction(1, 5)


class Said(msgspec.Struct, frozen=True):
    """A need or an offer: its number, what it says, its area, the codes of its places (none: anywhere)."""

    key: str
    summary: str
    area: str
    codes: tuple[str, ...] = ()


class Suggested(msgspec.Struct, frozen=True):
    """An offer that may meet a need: words that both have (of 1), and whether a place is told by both."""

    need: str
    offer: str
    words: Fraction
    place: bool


def suggest(needs: Sequence[Said], offers: Iterable[Said], most: int = 3) -> dict[str, list[Suggested]]:
    """For each need the offers that may meet it, the best first; at most ``most``."""
    among = sorted(offers, key=lambda o: o.key)
    found: dict[str, list[Suggested]] = {}
    for need in needs:
        told = [s for offer in among if (s := _pair(need, offer)) is not None]
        told.sort(key=lambda s: (-s.words, not s.place, s.offer))
        found[need.key] = told[:most]
    return found


def _pair(need: Said, offer: Said) -> Suggested | None:
    if need.area != offer.area:
        return None
    place = any(_one_in_other(a, b) for a in need.codes for b in offer.codes)
    if need.codes and offer.codes and not place:
        return None
    words = alike(need.summary, offer.summary)
    return Suggested(need.key, offer.key, words, place) if place or words >= _LEAST else None


def _one_in_other(one: str, other: str) -> bool:
    a, b = stem(one), stem(other)
    return a.startswith(b) or b.startswith(a)


def alike(one: str, other: str) -> Fraction:
    """How many of the pairs of characters of the shorter text the other has, too."""
    a, b = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    least = min(len(a), len(b))
    return Fraction(len(a & b), least) if least else Fraction(0)
