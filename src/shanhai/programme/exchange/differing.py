"""What two lines that belong together differ in: told in words, and what it makes of the pair."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

import msgspec

DAYS = 31
"""Dates that lie no further apart are called near; it is printed on the memo."""
FAR = 400
"""Dates further apart are never taken for the same thing by their dates alone."""


class Outcome(StrEnum):
    """What became of a line; each line has one."""

    AGREED = "agreed"
    TIMING = "timing"
    DEFINITION = "definition"
    AMOUNT = "amount"
    ONE_SIDED = "one_sided"
    UNCLEAR = "unclear"


OUTCOMES: dict[Outcome, tuple[str, str]] = {
    Outcome.AGREED: ("一致", "agreed"),
    Outcome.TIMING: ("时间差异", "timing"),
    Outcome.DEFINITION: ("口径差异", "definition"),
    Outcome.AMOUNT: ("实际差异", "true difference"),
    Outcome.ONE_SIDED: ("只有一方有", "on one side only"),
    Outcome.UNCLEAR: ("对不准", "unclear"),
}
"""Each outcome in Chinese and English, in the order of lists."""
_FIRST = (Outcome.DEFINITION, Outcome.AMOUNT, Outcome.TIMING)
"""Definitions before contradiction: what is counted differently is not called a contradiction."""


class Difference(msgspec.Struct, frozen=True):
    """One thing that two lines differ in: what it makes of them, and in words."""

    makes: Outcome
    zh: str
    en: str


def outcome_of(differences: Sequence[Difference], first: tuple[Outcome, ...] = _FIRST) -> Outcome:
    """What a pair's differences make of it."""
    made = {d.makes for d in differences}
    return next((o for o in first if o in made), Outcome.AGREED)


def days_between(first: datetime.date | None, second: datetime.date | None) -> int:
    """How many days lie between two days; 0 where one is not told."""
    return abs((first - second).days) if first and second else 0


def of_days(
    zh: str, en: str, sending: datetime.date | None, receiving: datetime.date | None
) -> list[Difference]:
    """What there is to say of two days."""
    if sending == receiving:
        return []
    told = tuple(day.isoformat() if day else "—" for day in (sending, receiving))
    if sending is None or receiving is None:
        return [
            Difference(
                Outcome.TIMING,
                f"{zh}只有一方写明：{told[0]}，{told[1]}",
                f"{en} told by one side only: {told[0]}, {told[1]}",
            )
        ]
    apart = days_between(sending, receiving)
    if sending.year != receiving.year:
        span = ("跨年", "in different years")
    elif sending.month != receiving.month:
        span = ("跨月", "in different months")
    else:
        span = ("同月", "in one month")
    return [
        Difference(
            Outcome.TIMING,
            f"{zh}差{apart}天，{span[0]}：{told[0]}，{told[1]}",
            f"{en} {apart} days apart, {span[1]}: {told[0]}, {told[1]}",
        )
    ]


def of_words(zh: str, en: str, sending: tuple[str, str], receiving: tuple[str, str]) -> list[Difference]:
    """What there is to say of two words, each in Chinese and English, that define what is counted."""
    if sending == receiving:
        return []
    (one, first), (other, second) = sending, receiving
    return [
        Difference(
            Outcome.DEFINITION,
            f"{zh}不同：{one or '未写'}，{other or '未写'}",
            f"{en} differs: {first or 'not told'}, {second or 'not told'}",
        )
    ]


def of_amounts(
    zh: str, en: str, sending: Decimal | int | None, receiving: Decimal | int | None
) -> list[Difference]:
    """What there is to say of two amounts."""
    if sending == receiving:
        return []
    told = tuple(
        "—" if n is None else f"{n:,f}" if isinstance(n, Decimal) else f"{n:,}" for n in (sending, receiving)
    )
    zh_apart = en_apart = ""
    if sending is not None and receiving is not None:
        apart = abs(Decimal(sending) - Decimal(receiving))
        zh_apart, en_apart = f"差{apart:,f}：", f" by {apart:,f}"
    return [
        Difference(
            Outcome.AMOUNT,
            f"{zh}{zh_apart or '只有一方写明：'}{told[0]}，{told[1]}",
            f"{en} {'differs' + en_apart if en_apart else 'told by one side only'}: {told[0]}, {told[1]}",
        )
    ]
