"""Activities: by sort and name, by number, by name alike, by day and counts."""

from shanhai.catalogue.activities import load_activities
from shanhai.programme.exchange.differing import (
    DAYS,
    FAR,
    Difference,
    Outcome,
    days_between,
    of_amounts,
    of_days,
    of_words,
)
from shanhai.programme.exchange.lines import Activity
from shanhai.programme.exchange.matching import Step, likeness, plain

_ALIKE = 50
_ANOTHER_NUMBER = 1000


def _number(one: Activity, other: Activity) -> int:
    return int(one.key != other.key)


def _by_day(one: Activity, other: Activity) -> int | None:
    days = days_between(one.day, other.day)
    same = one.key == other.key and days <= DAYS
    return None if days > FAR else days + (0 if same else _ANOTHER_NUMBER)


def _alike(one: Activity, other: Activity) -> int | None:
    days = days_between(one.day, other.day)
    alike = likeness(one.name, other.name) if days <= DAYS else 0
    return days * 100 + 100 - alike if alike >= _ALIKE else None


def _told(a: Activity) -> tuple[object, ...] | None:
    counted = tuple(sorted(a.counts.items()))
    return (a.sort, a.day, counted, a.amount) if counted or a.amount is not None else None


STEPS: tuple[Step[Activity], ...] = (
    Step(
        lambda a: (a.sort, plain(a.name), a.day, a.stage, tuple(sorted(a.counts.items())), a.amount), _number
    ),
    Step(lambda a: (a.sort, plain(a.name), a.day), _number),
    Step(lambda a: (a.sort, plain(a.name)), _by_day, FAR),
    Step(lambda a: (a.key, a.sort), _alike),
    Step(lambda a: a.sort, _alike, DAYS),
    Step(_told, _number),
)


def differences(one: Activity, other: Activity) -> list[Difference]:
    """What two records of one activity differ in."""
    found = _of_counts(one, other)
    if one.currency == other.currency or None in (one.amount, other.amount):
        found += of_amounts("金额", "amount", one.amount, other.amount)
    else:
        found += of_words("币种", "currency", (one.currency,) * 2, (other.currency,) * 2)
    found += of_words("进展", "stage", _stage(one), _stage(other))
    found += of_days("日期", "dates", one.day, other.day)
    return found


def _of_counts(one: Activity, other: Activity) -> list[Difference]:
    """People and attendances are not the same count; what only one side counts is no difference beside what both count."""
    both = sorted(one.counts.keys() & other.counts.keys())
    if not both and one.counts and other.counts:
        first, second = _counted(one), _counted(other)
        return of_words("所计数量", "what is counted", first, second)
    found: list[Difference] = []
    for key in both:
        zh, en = _name(one.sort, key)
        found += of_amounts(zh, en, one.counts[key], other.counts[key])
    if not both and one.counts != other.counts:
        first, second = _counted(one), _counted(other)
        found.append(
            Difference(
                Outcome.AMOUNT,
                f"数量只有一方写明：{first[0] or '—'}，{second[0] or '—'}",
                f"counts told by one side only: {first[1] or '—'}, {second[1] or '—'}",
            )
        )
    return found


def _counted(activity: Activity) -> tuple[str, str]:
    told = [(*_name(activity.sort, key), n) for key, n in sorted(activity.counts.items())]
    return "、".join(f"{zh}{n}" for zh, _, n in told), ", ".join(f"{en} {n}" for _, en, n in told)


def _name(sort: str, key: str) -> tuple[str, str]:
    known = load_activities().get(sort)
    counted = known.counts.get(key) if known else None
    return (counted.name_zh, counted.name_en) if counted else (key, key)


def _stage(activity: Activity) -> tuple[str, str]:
    known = load_activities().get(activity.sort)
    stage = known.stages.get(activity.stage) if known else None
    return (stage.name_zh, stage.name_en) if stage else (activity.stage, activity.stage)
