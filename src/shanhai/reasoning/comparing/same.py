"""Whether two claims speak of one place, one team, one time; what is not said does not differ."""

import datetime
import re
from functools import lru_cache

from shanhai.catalogue.sides import load_sides
from shanhai.model import Claim
from shanhai.reasoning.promises.due import ends

_KIND = re.compile("(?:特别行政区|自治区|自治州|自治县|地区|[省市区县盟旗乡镇])+$")
_KINDS_INSIDE = re.compile("(?:特别行政区|自治区|自治州|自治县|地区|[省市区县盟旗])")
_BATCH = re.compile("第[一二三四五六七八九十百\\d]+[批轮届]")
_CORE = 2


def place_core(place: str | None) -> str:
    """The last characters of a place's own name, the same however it is written out (昌都市洛隆县, 洛隆县)."""
    if place is None:
        return ""
    return (_KIND.sub("", place) or place)[-_CORE:]


def same_place(one: str | None, other: str | None) -> bool:
    """Whether two places are one, as far as is said; a place against none is not."""
    if one is None or other is None:
        return one is other
    a, b = _KINDS_INSIDE.sub("", one), _KINDS_INSIDE.sub("", other)
    return a == b or (min(len(a), len(b)) >= _CORE and (a.endswith(b) or b.endswith(a)))


def apart(one: str | None, other: str | None) -> bool:
    """Whether two stated places are clearly two: neither is named within the other."""
    if one is None or other is None:
        return False
    a, b = _KINDS_INSIDE.sub("", one), _KINDS_INSIDE.sub("", other)
    return a not in b and b not in a


def differ(one: str | None, other: str | None) -> bool:
    """Whether two stated teams are clearly two: another sender, or another batch of one.

    重庆市第九批援藏工作队, 重庆第九批援藏工作队 and 第九批第二期 are one team or a part of it.
    """
    if one is None or other is None or one == other:
        return False
    (sender, batch), (other_sender, other_batch) = _team(one), _team(other)
    if batch and other_batch and batch != other_batch:
        return True
    if min(len(sender), len(other_sender)) < _CORE:
        return False
    return sender not in other_sender and other_sender not in sender


def team_of(claim: Claim) -> str | None:
    """The team that a claim names: as its party, else at the begin of the words that say what is counted."""
    return claim.party if claim.party is not None or claim.measure is None else _leading_team(claim.measure)


@lru_cache(1 << 14)
def _leading_team(measure: str) -> str | None:
    ends_at = [at + len(t) for t in load_sides().teams if (at := measure.find(t)) > 0]
    return measure[: min(ends_at)] if ends_at else None


def same_team(one: str | None, other: str | None) -> bool:
    """Whether two stated teams are surely one, or one a part of the other: by their sender, or by their full names."""
    if one is None or other is None or differ(one, other):
        return False
    sender, other_sender = _team(one)[0], _team(other)[0]
    return one == other or min(len(sender), len(other_sender)) >= _CORE


@lru_cache(4096)
def _team(party: str) -> tuple[str, str]:
    """Who sent a team, in short, and its batch; "" where it does not say."""
    batch = _BATCH.search(party)
    words = [*load_sides().assisting_after, *load_sides().teams]
    ends_at = min((at for w in words if (at := party.find(w)) >= 0), default=0)
    sender = _KINDS_INSIDE.sub("", party[:ends_at])
    return sender if len(sender) >= _CORE else party[:ends_at], batch[0] if batch else ""


@lru_cache(4096)
def span_of(period: str | None) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of a period; None where it says none, or none that exists.

    >>> span_of("2023-07/2024")
    (datetime.date(2023, 7, 1), datetime.date(2024, 12, 31))
    """
    if period is None:
        return None
    first, _, last = period.partition("/")
    try:
        parts = [int(p) for p in first.split("-")]
        return datetime.date(parts[0], *(parts[1:2] or [1]), *(parts[2:3] or [1])), ends(last or first)
    except ValueError:
        return None
