"""Projects: by number and name, by name, by what else they have in common."""

from shanhai.programme.exchange.differing import Difference, Outcome, of_amounts, of_days, of_words
from shanhai.programme.exchange.lines import Project
from shanhai.programme.exchange.matching import Step, likeness, plain
from shanhai.programme.kinds.projects import DELIVERY, LEVEL, LIVELIHOOD, STATUS
from shanhai.programme.values import Choice

_ALIKE = 40
FIRST = (Outcome.AMOUNT, Outcome.DEFINITION, Outcome.TIMING)
"""How a project is classified explains no difference of its money."""


def _by_number(one: Project, other: Project) -> int:
    return int(one.key != other.key)


def _alike(one: Project, other: Project) -> int | None:
    alike = likeness(one.name, other.name)
    return 100 - alike if alike >= _ALIKE else None


def _same_number(one: Project, other: Project) -> int | None:
    same_money = one.planned is not None and (one.planned, one.area) == (other.planned, other.area)
    return 0 if same_money else _alike(one, other)


STEPS: tuple[Step[Project], ...] = (
    Step(lambda p: (p.key, plain(p.name)), _by_number),
    Step(lambda p: plain(p.name), _by_number),
    Step(lambda p: p.key, _same_number),
    Step(lambda p: (p.area, p.planned) if p.planned is not None else None, _alike),
)


def differences(one: Project, other: Project) -> list[Difference]:
    """What two records of one project differ in."""
    found = []
    if one.currency != other.currency:
        found.append(
            Difference(
                Outcome.AMOUNT,
                f"币种不同：{one.currency}，{other.currency}",
                f"The currency differs: {one.currency}, {other.currency}",
            )
        )
    found += of_amounts("计划资金", "planned money", one.planned, other.planned)
    chosen: tuple[tuple[str, str, Choice, str, str], ...] = (
        ("受益层级", "level", LEVEL, one.level, other.level),
        ("民生属性", "livelihood", LIVELIHOOD, one.livelihood, other.livelihood),
        ("实施方式", "delivery", DELIVERY, one.delivery, other.delivery),
    )
    for zh, en, choice, first, second in chosen:
        found += of_words(zh, en, _both(choice, first), _both(choice, second))
    if one.status != other.status:
        (zh, en), (zh_other, en_other) = _both(STATUS, one.status), _both(STATUS, other.status)
        found.append(
            Difference(
                Outcome.TIMING,
                f"状态登记有先后：{zh or '未写'}，{zh_other or '未写'}",
                f"the state is ahead on one side: {en or 'not told'}, {en_other or 'not told'}",
            )
        )
    found += of_days("计划开工", "planned start", one.planned_start, other.planned_start)
    found += of_days("计划完工", "planned end", one.planned_end, other.planned_end)
    found += of_days("实际开工", "start", one.started, other.started)
    return found + of_days("实际完工", "end", one.ended, other.ended)


def _both(choice: Choice, value: str) -> tuple[str, str]:
    return choice.shown(value), choice.shown(value, english=True)
