"""What a project's page tells of money and time: balances in words, pictures, what happened when."""

import datetime
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from shanhai.programme.kinds.money import STAGE
from shanhai.programme.models import Balance, Project
from shanhai.programme.queries.project_life import Life, Month
from shanhai.programme.targets.standing import Standing
from shanhai.web.frame.amounts import axis_of
from shanhai.web.links import record_path
from shanhai.web.register.plans.told import STATES
from shanhai.web.register.shown import english

_WIDTH, _LEAST = 1000, 4
_YEAR, _TWO_YEARS = 12, 24
"""Months after which auditors ask about money that lies idle."""


class Lot(msgspec.Struct, frozen=True):
    """Idle money of one day of arrival: how much, since when, how many whole months; how much it should worry."""

    amount: Decimal
    since: datetime.date
    months: int
    level: str


class Told(msgspec.Struct, frozen=True):
    """A balance in words: sums by stage, what is idle, the lots that it is made of."""

    balance: Balance
    sums: list[tuple[str, Decimal]]
    lots: list[Lot]

    @property
    def oldest(self) -> Lot | None:
        """The money that has lain idle longest."""
        return self.lots[0] if self.lots else None


def money_told(balance: Balance, today: datetime.date) -> Told:
    """A balance in words."""
    sums = [(o.en.capitalize() if english() else o.zh, getattr(balance, o.value)) for o in STAGE.options]
    lots = [
        _lot(Decimal(amount), datetime.date.fromisoformat(day), today) for day, amount in balance.idle_lots
    ]
    return Told(balance, sums, lots)


def _lot(amount: Decimal, since: datetime.date, today: datetime.date) -> Lot:
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    return Lot(amount, since, months, "bad" if months >= _TWO_YEARS else "wary" if months >= _YEAR else "")


def money_picture(project: Project, months: Sequence[Month], today: datetime.date) -> dict[str, Any]:
    """ECharts options: what had arrived, and what had been spent, by the end of each month with events."""
    stages = ("arrived", "spent")
    running = dict.fromkeys(stages, Decimal(0))
    points: dict[str, list[tuple[str, Decimal]]] = {stage: [] for stage in stages}
    for month in months:
        for stage in stages:
            running[stage] += month.sums.get(stage, Decimal(0))
            points[stage].append((f"{month.month:%Y-%m}", running[stage]))
    most = max((*running.values(), project.planned or Decimal(0)), default=Decimal(0))
    unit = _("元") if project.currency == "CNY" else project.currency
    by, shown = axis_of(float(most), unit)
    names = {o.value: (o.en if english() else o.zh) for o in STAGE.options}
    last = today.isoformat()
    series: list[dict[str, Any]] = [
        {
            "name": names[stage],
            "type": "line",
            "step": "end",
            "symbolSize": 6,
            "data": [
                *([f"{month}-01", float(amount / by)] for month, amount in points[stage]),
                *([[last, float(running[stage] / by)]] if last > f"{points[stage][-1][0]}-01" else []),
            ],
        }
        for stage in stages
    ]
    if project.planned:
        series[0]["markLine"] = {
            "symbol": "none",
            "silent": True,
            "data": [{"yAxis": float(project.planned / by), "name": _("计划资金")}],
            "label": {"formatter": _("计划"), "position": "insideEndTop"},
        }
    head = [_("月份"), *(f"{names[stage]}（{shown}）" for stage in stages)]
    rows = [
        [arrived[0], f"{arrived[1] / by:,.2f}", f"{spent[1] / by:,.2f}"]
        for arrived, spent in zip(points["arrived"], points["spent"], strict=True)
    ]
    return {
        "grid": {"left": 12, "right": 24, "top": 48, "bottom": 8, "containLabel": True},
        "legend": {"top": 0, "right": 0},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "time"},
        "yAxis": {"type": "value", "name": shown, "max": _axis_end(float(most / by))},
        "series": series,
        "table": {"head": head, "rows": rows},
    }


def _axis_end(most: float) -> float:
    """The round number at or above the largest one of an axis."""
    if most <= 0:
        return 1
    step = float(10 ** math.floor(math.log10(most)))
    return next(part * step for part in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if part * step >= most)


class Span(msgspec.Struct, frozen=True):
    """A stretch of time in a picture 1,000 wide."""

    x: int
    width: int


class Bar(msgspec.Struct, frozen=True):
    """Planned and real time of a project on one axis, with today and the turns of years."""

    planned: Span | None
    real: Span | None
    today: int | None
    years: tuple[tuple[int, int], ...]
    late: int


def bar_of(project: Project, today: datetime.date) -> Bar | None:
    """The picture of a project's time; None where no date is known."""
    p_start, p_end = project.planned_start, project.planned_end
    r_start, r_end = project.started, project.ended
    running = r_start is not None and r_end is None and project.status in ("2", "6")
    r_last = r_end or (max(today, r_start) if running and r_start else r_start)
    days = [d for d in (p_start, p_end, r_start, r_last) if d is not None]
    if not days:
        return None
    low, high = min(days), max(days)
    low, high = low.replace(month=1, day=1), high.replace(month=12, day=31)
    whole = (high - low).days + 1

    def at(day: datetime.date) -> int:
        return round((day - low).days * _WIDTH / whole)

    def span(first: datetime.date | None, last: datetime.date | None) -> Span | None:
        if first is None and last is None:
            return None
        begin, end = first or last, last or first
        assert begin is not None
        assert end is not None
        return Span(at(begin), max(at(end) - at(begin), _LEAST))

    years = tuple((year, at(datetime.date(year, 1, 1))) for year in range(low.year, high.year + 1))
    end = r_end or (today if running or (r_start is None and project.status in ("1", "2")) else None)
    late = (end - p_end).days if p_end and end and end > p_end else 0
    return Bar(
        span(p_start, p_end),
        span(r_start, r_last),
        at(today) if low <= today <= high else None,
        years if len(years) <= 12 else years[:: len(years) // 10 + 1],
        late,
    )


class Happened(msgspec.Struct, frozen=True):
    """Something that happened, or is to happen, on a day."""

    day: datetime.date
    what: str
    href: str = ""
    planned: bool = False


def happened(project: Project, told: Life, pairing: str) -> list[Happened]:
    """What happened to a project, the first first."""
    found: list[Happened] = []
    for day, what, planned in (
        (project.planned_start, _("计划开工"), True),
        (project.planned_end, _("计划完工"), True),
        (project.started, _("实际开工"), False),
        (project.ended, _("实际完工"), False),
    ):
        if day is not None:
            found.append(Happened(day, what, planned=planned))
    for version in told.versions:
        asked = _("提出计划第%(n)d版") % {"n": version.number}
        found.append(Happened(version.asked_at.date(), asked))
        if version.decided_at is not None:
            what = _("计划第%(n)d版：%(state)s") % {"n": version.number, "state": STATES[version.state]}
            found.append(Happened(version.decided_at.date(), what))
    first: dict[str, Any] = {}
    for event in reversed(told.events):
        first.setdefault(event.stage, event)
    for stage, event in first.items():
        word = STAGE.shown(stage, english())
        what = _("首笔资金：%(stage)s") % {"stage": word}
        found.append(Happened(event.day, what, record_path(pairing, "money", event.key)))
    for asset, visits in told.assets:
        if asset.handed_over is not None:
            what = _("移交资产：%(name)s") % {"name": asset.name}
            found.append(Happened(asset.handed_over, what, record_path(pairing, "asset", asset.key)))
        for visit in visits:
            what = _("回访：%(name)s") % {"name": asset.name}
            found.append(Happened(visit.day, what, record_path(pairing, "visit", visit.key)))
    return sorted(found, key=lambda one: one.day)


class TargetTold(msgspec.Struct, frozen=True):
    """What a target's results come to.

    Attributes:
        figure: in the target's unit; "" where there is none.
        share: of the way in per cent; None where it cannot be told.
        met: whether it is reached.
        notes: what was left out and why, why there is no figure or no share.
    """

    figure: str
    share: Decimal | None
    met: bool | None
    notes: list[str]


def target_told(one: Standing) -> TargetTold:
    """What a target's results come to, by the catalogue's rule."""
    progress = one.progress
    said = [note.en if english() else note.zh for note in one.notes]
    if progress.zh:
        said.append(progress.en if english() else progress.zh)
    return TargetTold(one.shown(english()), progress.share, progress.met, said)
