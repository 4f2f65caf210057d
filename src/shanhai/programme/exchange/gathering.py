"""The lines of a register: of one pairing and one period, with what the other side needs and without any member's name.

Money and activities of some days before and after the period go along, so that what one side booked in December and the
other in January is found to be one thing; they count in no total.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q

from shanhai.ledger.models import Pairing
from shanhai.programme.exchange.lines import Activity, Figure, Line, Money, Place, Project
from shanhai.programme.models import Activity as ActivityRecord
from shanhai.programme.models import Member, MoneyEvent, Result, Target
from shanhai.programme.models import Project as ProjectRecord

AROUND = datetime.timedelta(days=62)
"""Before and after the period."""
_SHORTEST_NAME = 2
_MASK = "（队员）"


def places_of(pairing: Pairing) -> tuple[Place, Place]:
    """The sending and the receiving place of a pairing."""
    return (
        Place(pairing.sending, pairing.sending_code),
        Place(pairing.receiving, pairing.receiving_code),
    )


def lines_of(pairing: Pairing, starts: datetime.date, ends: datetime.date) -> list[Line]:
    """The lines of a pairing's register for a period, both days within it."""
    shown = _masking(pairing)
    around = Q(day__gte=starts - AROUND, day__lte=ends + AROUND)
    standing = Q(pairing=pairing, withdrawn=False)
    lines: list[Line] = []
    lines += _money(MoneyEvent.objects.filter(standing & around).select_related("project"), shown)
    lines += _work(ActivityRecord.objects.filter(standing & around).select_related("project"), shown)
    period = Q(ends__gte=starts - AROUND, ends__lte=ends + AROUND)
    lines += _figures(standing & period, shown)
    named = {line.project for line in lines if not isinstance(line, Project)}
    lines += _projects(standing, named, starts, ends, shown)
    return lines


def _masking(pairing: Pairing) -> Callable[[str], str]:
    """Takes the names of a pairing's members, whether withdrawn or not, out of a text."""
    known = set(Member.objects.filter(pairing=pairing).values_list("name", flat=True))
    names = sorted((n for n in known if len(n) >= _SHORTEST_NAME), key=lambda n: (-len(n), n))
    if not names:
        return str
    found = re.compile("|".join(map(re.escape, names)))
    return lambda text: found.sub(_MASK, text)


def _money(events: Any, shown: Callable[[str], str]) -> Iterator[Money]:
    for e in events:
        yield Money(
            key=e.key,
            day=e.day,
            stage=e.stage,
            plan=e.plan,
            form=e.form,
            amount=e.amount,
            currency=e.currency,
            project=e.project.key if e.project else "",
            what=shown(e.what),
            counterparty=shown(e.counterparty),
        )


def _work(activities: Any, shown: Callable[[str], str]) -> Iterator[Activity]:
    for a in activities:
        yield Activity(
            key=a.key,
            day=a.day,
            sort=a.sort,
            name=shown(a.name),
            ends=a.ends,
            project=a.project.key if a.project else "",
            partner=shown(a.partner),
            stage=a.stage,
            counts=a.counts,
            amount=a.amount,
            currency=a.currency if a.amount is not None else "",
        )


def _figures(which: Q, shown: Callable[[str], str]) -> Iterator[Figure]:
    for t in Target.objects.filter(which).select_related("project"):
        yield Figure(
            key=t.key,
            of="target",
            indicator=t.indicator,
            unit=t.unit,
            starts=t.starts,
            ends=t.ends,
            value=t.target,
            definition=shown(t.definition),
            project=t.project.key if t.project else "",
        )
    for r in Result.objects.filter(which).select_related("target__project"):
        yield Figure(
            key=r.key,
            of="result",
            indicator=r.target.indicator,
            unit=r.target.unit,
            starts=r.starts,
            ends=r.ends,
            value=r.value,
            numerator=r.numerator,
            denominator=r.denominator,
            cumulative=r.cumulative,
            definition=shown(r.target.definition),
            project=r.target.project.key if r.target.project else "",
        )


def _projects(
    standing: Q, named: set[str], starts: datetime.date, ends: datetime.date, shown: Callable[[str], str]
) -> Iterator[Project]:
    """The projects that run in the period, or that a line names; those without dates always."""
    for p in ProjectRecord.objects.filter(standing):
        begin, end = p.started or p.planned_start, p.ended or p.planned_end
        outside = (begin is not None and begin > ends) or (end is not None and end < starts)
        if outside and p.key not in named:
            continue
        yield Project(
            key=p.key,
            name=shown(p.name),
            area=p.area,
            level=p.level,
            livelihood=p.livelihood,
            delivery=p.delivery,
            status=p.status,
            currency=p.currency,
            planned=p.planned,
            planned_start=p.planned_start,
            planned_end=p.planned_end,
            started=p.started,
            ended=p.ended,
        )
