"""Money events: what agrees in all; by number; by amount; by project and day with an amount that is alike."""

from decimal import Decimal

from shanhai.programme.exchange.differing import (
    DAYS,
    FAR,
    Difference,
    days_between,
    of_amounts,
    of_days,
    of_words,
)
from shanhai.programme.exchange.lines import Money
from shanhai.programme.exchange.matching import Step
from shanhai.programme.kinds.money import FORM, PLAN, STAGE
from shanhai.programme.values import Choice

OWN = "\x1f"
"""Stands between a side and the number of a project that the other side does not have."""
_ANOTHER_NUMBER = 1000
_ANOTHER_WORD = 500
_AGES = 186
"""Between arriving and being passed on lie months; further apart, an equal amount is no sign."""
_CLOSE = Decimal("0.25")
_SLIPS = {Decimal(10) ** n for n in (1, 2, 3, 4, -1, -2, -3, -4)}
"""A decimal point or a unit (元, 万元) mistaken."""


def _all_but_amount(m: Money) -> tuple[str, ...]:
    return m.project, m.stage, m.plan, m.form, m.currency


def _number(one: Money, other: Money) -> int:
    return int(one.key != other.key)


def _by_day(one: Money, other: Money) -> int | None:
    days = days_between(one.day, other.day)
    same = one.key == other.key and days <= DAYS
    return None if days > FAR else days + (0 if same else _ANOTHER_NUMBER)


def _by_amount(one: Money, other: Money) -> int | None:
    days = days_between(one.day, other.day)
    if days > _AGES or (one.project != other.project and one.project and other.project):
        return None
    words = sum(a != b for a, b in zip(_all_but_amount(one), _all_but_amount(other), strict=True))
    return days + words * _ANOTHER_WORD + _number(one, other)


def _same_number(one: Money, other: Money) -> int | None:
    days = days_between(one.day, other.day)
    return None if days > FAR else 0


def _alike(one: Money, other: Money) -> int | None:
    days = days_between(one.day, other.day)
    larger, smaller = max(one.amount, other.amount), min(one.amount, other.amount)
    close = larger and (larger - smaller) / larger <= _CLOSE
    slip = smaller and larger / smaller in _SLIPS
    return days if days <= DAYS and (close or slip) else None


STEPS: tuple[Step[Money], ...] = (
    Step(lambda m: (*_all_but_amount(m), m.amount, m.day), _number),
    Step(lambda m: (m.key, *_all_but_amount(m), m.day), _number),
    Step(lambda m: (*_all_but_amount(m), m.amount), _by_day, FAR),
    Step(lambda m: (m.currency, m.amount), _by_amount, _AGES),
    Step(lambda m: (m.key, m.project, m.currency, m.stage), _same_number),
    Step(_all_but_amount, _alike, DAYS),
)


def differences(one: Money, other: Money) -> list[Difference]:
    """What two records of one money event differ in; their projects are told by the sending side's numbers."""
    found: list[Difference] = []
    chosen: tuple[tuple[str, str, Choice, str, str], ...] = (
        ("阶段", "stage", STAGE, one.stage, other.stage),
        ("计划内外", "in plan or not", PLAN, one.plan, other.plan),
        ("形式", "cash or goods", FORM, one.form, other.form),
    )
    for zh, en, choice, first, second in chosen:
        found += of_words(
            zh,
            en,
            (choice.shown(first), choice.shown(first, english=True)),
            (choice.shown(second), choice.shown(second, english=True)),
        )
    if one.project != other.project:
        found += of_words("归属项目", "project", (_own(one),) * 2, (_own(other),) * 2)
    found += of_amounts("金额", "amount", one.amount, other.amount)
    return found + of_days("日期", "dates", one.day, other.day)


def _own(event: Money) -> str:
    return event.project.rpartition(OWN)[2]
