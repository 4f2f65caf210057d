"""What the reader found in a brief, as events: the figures of one sentence that tell of one sort of work are one event."""

import datetime
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

import msgspec

from shanhai.catalogue.activities import load_activities
from shanhai.catalogue.registered import load_held, load_registered
from shanhai.catalogue.units import load_units
from shanhai.model import Claim, Kind, Status
from shanhai.programme.briefs.events import Event
from shanhai.reasoning.comparing.same import span_of

_LONGEST_NAME = 40


class Told(msgspec.Struct, frozen=True):
    """One figure of a brief: its statement's id, its claim, its sentence, its place's code."""

    number: int
    claim: Claim
    sentence: str
    code: str = ""


class Proposed(msgspec.Struct, frozen=True):
    """An event proposed, and the statements that it comes from."""

    event: Event
    statements: tuple[int, ...]


def propose(told: Iterable[Told], month: datetime.date) -> list[Proposed]:
    """The events of a brief, in text order; a figure that belongs to no sort of work is left out.

    Args:
        told: its figures, in text order.
        month: the first day of the month that the brief is of. Another month's days are kept as told: the sender decides.
    """
    useful = [t for t in told if _is_useful(t.claim)]
    found: list[Proposed] = []
    for _, group in groupby(useful, key=lambda t: t.claim.sentence):
        found += _of_sentence(list(group))
    return found


def _is_useful(claim: Claim) -> bool:
    done = claim.status is not Status.EXPECTED and claim.kind is Kind.LEVEL
    return done and not claim.minor and claim.value is not None and claim.repeats is None


def _of_sentence(told: list[Told]) -> Iterator[Proposed]:
    by_sort: dict[str, list[tuple[Told, str]]] = {}
    for one in told:
        sort, part = sort_of(one.claim)
        if sort:
            by_sort.setdefault(sort, []).append((one, part))
    for sort, parts in by_sort.items():
        first = parts[0][0]
        counts: dict[str, int] = {}
        amount: Decimal | None = None
        for one, part in parts:
            value = one.claim.value
            assert value is not None
            if part == "amount":
                amount = Decimal(value) if amount is None else amount
            elif part != "events" and value == int(value):
                counts.setdefault(part, int(value))
        places = tuple(sorted({(one.code, "") for one, _ in parts if one.code}))
        event = Event(
            sort,
            (_named(first.sentence) if len(by_sort) == 1 else "") or _name(first.claim, sort),
            _day(first.claim.period),
            places=places,
            counts=counts,
            amount=amount,
            sentence=first.sentence,
        )
        yield Proposed(event, tuple(one.number for one, _ in parts))


def sort_of(claim: Claim) -> tuple[str, str]:
    """The sort of work that a figure tells of, and what it is of it: a count's key, ``amount`` or ``events``.

    Both are "" where the indicator belongs to no sort, or to several.
    """
    told = load_registered().get(claim.indicator or "", ())
    told = (
        tuple(whole for one in told for part in one.part_of for whole in load_registered().get(part, ()))
        or told
    )
    found = {(one.sort, one.of) for one in told if one.sort and _fits(one.sort, one.of, claim.unit)}
    return found.pop() if len(found) == 1 else ("", "")


def _fits(sort: str, of: str, unit: str) -> bool:
    counted = load_activities()[sort].counts.get(of)
    return counted is None or load_units().comparable(counted.unit, unit)


def _named(sentence: str) -> str:
    """What a sentence says was held (举办急救培训，…), where it says it once; "" where it says nothing or several."""
    held = "|".join(map(re.escape, load_held()))
    told = re.findall(f"(?:{held})+了?([^，。；、：\\d]{{2,{_LONGEST_NAME}}}?)(?=[，。；：\\d]|$)", sentence)
    return str(told[0]) if len(set(told)) == 1 else ""


def _name(claim: Claim, sort: str) -> str:
    told = (claim.measure or "").strip()
    return told[:_LONGEST_NAME] if told else load_activities()[sort].name_zh


def _day(period: str | None) -> datetime.date | None:
    """The day that a text tells; none where it tells a month or a year: the sender knows it."""
    days = span_of(period)
    return days[0] if days and days[0] == days[1] else None
