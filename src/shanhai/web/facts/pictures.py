"""Pictures of facts: intervals against each other, a series with its bounds as a band, a comparison."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from shanhai.ledger.models import Fact
from shanhai.web.facts.lines import Break, Line
from shanhai.web.facts.wording import amount_of
from shanhai.web.frame.amounts import axis_of

_WIDTH = 100.0
_LEAST_WIDTH = 1.2
_MARGIN = Decimal("0.08")
_UNSHOWN = {"show": False}
Ends = tuple[Decimal | None, Decimal | None]


class Bar(msgspec.Struct, frozen=True):
    """An interval in a picture 100 wide: where it begins, how wide it is, and which ends are open."""

    x: float
    width: float
    open_left: bool = False
    open_right: bool = False

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width


def bars(intervals: Sequence[Ends | None]) -> list[Bar | None]:
    """Intervals on one axis that is just wide enough for all their ends; None where there is none to draw."""
    ends = [end for pair in intervals if pair for end in pair if end is not None]
    if not ends:
        return [None for _pair in intervals]
    low, high = min(ends), max(ends)
    margin = (high - low) * _MARGIN or abs(high) * _MARGIN or Decimal(1)
    return [_bar(pair, low - margin, high + margin) for pair in intervals]


def series_picture(lines: Sequence[Line], labels: Sequence[str], breaks: Sequence[Break]) -> dict[str, Any]:
    """ECharts options of lines over years, each with its bounds as a band and the breaks as upright marks."""
    told = sorted({year for line in lines for year in line.years})
    years = list(range(told[0], told[-1] + 1))
    by, unit = axis_of(_most(f for line in lines for f in line.facts), lines[0].basis["unit"])
    drawn: list[dict[str, Any]] = []
    for number, (line, label) in enumerate(zip(lines, labels, strict=True)):
        for part, span in enumerate(_spans(years, breaks)):
            drawn += _band(line, label, years, span, f"{number}-{part}", by)
    if drawn and breaks:
        marks = [{"xAxis": str(b.year), "name": str(b.year)} for b in breaks]
        look = {
            "symbol": "none",
            "silent": True,
            "label": {"formatter": _("区划变动")},
            "lineStyle": {"type": "dashed"},
        }
        drawn[-1]["markLine"] = {**look, "data": marks}
    rows = [
        [str(fact.year), label, amount_of(fact), fact.grade]
        for line, label in zip(lines, labels, strict=True)
        for fact in line.facts
    ]
    return {
        "tooltip": {"trigger": "item"},
        "legend": {"data": list(dict.fromkeys(labels)), "type": "scroll", "top": 0},
        "grid": {"left": 12, "right": 24, "top": 64, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": [str(y) for y in years]},
        "yAxis": {"type": "value", "scale": True, "name": unit},
        "series": drawn,
        "table": {"head": [_("年份"), _("口径"), _("数值"), _("等级")], "rows": rows},
    }


def compared_picture(
    years: Sequence[int], values: Mapping[str, Mapping[int, Sequence[Fact]]], unit: str
) -> dict[str, Any]:
    """ECharts options of a comparison: a group of bars a year, the uncertain part of each paler on top."""
    by, unit = axis_of(_most(f for told in values.values() for facts in told.values() for f in facts), unit)
    drawn: list[dict[str, Any]] = []
    for name, told in values.items():
        ends = [_ends(_only(told.get(year, ()))) for year in years]
        sure = [None if e is None else float((e[0] or 0) / by) for e in ends]
        wide = [None if e is None or e[1] is None else float((e[1] - (e[0] or 0)) / by) or None for e in ends]
        stack = {"type": "bar", "stack": name, "barMaxWidth": 36}
        drawn.append({**stack, "name": name, "data": sure})
        drawn.append(
            {**stack, "name": name, "data": wide, "itemStyle": {"opacity": 0.35}, "tooltip": _UNSHOWN}
        )
    rows = [
        [str(year), *("；".join(amount_of(f) for f in told.get(year, ())) or "—" for told in values.values())]
        for year in years
    ]
    return {
        "tooltip": {"trigger": "item"},
        "legend": {"data": list(values), "type": "scroll", "top": 0},
        "grid": {"left": 12, "right": 24, "top": 64, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": [str(y) for y in years]},
        "yAxis": {"type": "value", "name": unit},
        "series": drawn,
        "table": {"head": [_("年份"), *values], "rows": rows},
    }


def ends_of(low: str, high: str, closed: str) -> Ends | None:
    """The ends of a stored interval; None where it is open both ways or none."""
    first, last = (Decimal(end) if end else None for end in (low, high))
    return None if closed == "clash" or (first is None and last is None) else (first, last)


def _bar(pair: Ends | None, low: Decimal, high: Decimal) -> Bar | None:
    if pair is None:
        return None
    per = Decimal(_WIDTH) / (high - low)
    left = 0.0 if pair[0] is None else float((pair[0] - low) * per)
    right = _WIDTH if pair[1] is None else float((pair[1] - low) * per)
    if right - left < _LEAST_WIDTH:
        left = (left + right - _LEAST_WIDTH) / 2
        right = left + _LEAST_WIDTH
    return Bar(round(left, 2), round(right - left, 2), pair[0] is None, pair[1] is None)


def _spans(years: Sequence[int], breaks: Sequence[Break]) -> list[range]:
    """The stretches of years within which the place's area was the same."""
    cuts = sorted({b.year for b in breaks if b.other_area and b.year > years[0]})
    begins, ends = [years[0], *cuts], [*cuts, years[-1] + 1]
    return [range(a, b) for a, b in zip(begins, ends, strict=True)]


def _band(
    line: Line, label: str, years: Sequence[int], span: range, stack: str, by: int
) -> list[dict[str, Any]]:
    of_year = line.years
    ends = [_ends(_only(of_year.get(year, ()))) if year in span else None for year in years]
    if not any(e is not None for e in ends) and not any(year in span for year in of_year):
        return []
    whole = [e if e and None not in e else None for e in ends]
    unseen = {
        "type": "line",
        "stack": stack,
        "symbol": "none",
        "lineStyle": {"opacity": 0},
        "silent": True,
        "tooltip": _UNSHOWN,
    }
    middle = [None if e is None else _middle(e, by) for e in ends]
    several = [
        [str(f.year), _middle(e, by)]
        for year, facts in of_year.items()
        if year in span and len(facts) > 1
        for f in facts
        if (e := _ends(f)) is not None
    ]
    drawn = [
        {**unseen, "name": label, "data": [None if e is None else float((e[0] or 0) / by) for e in whole]},
        {
            **unseen,
            "name": label,
            "data": [None if e is None else float(((e[1] or 0) - (e[0] or 0)) / by) for e in whole],
            "areaStyle": {"opacity": 0.22},
        },
        {
            "type": "line",
            "name": label,
            "data": middle,
            "symbol": "circle",
            "symbolSize": 9,
            "lineStyle": {"width": 2},
        },
    ]
    if several:
        drawn.append(
            {"type": "scatter", "name": label, "data": several, "symbol": "emptyCircle", "symbolSize": 9}
        )
    return drawn


def _only(facts: Sequence[Fact]) -> Fact | None:
    """The one fact of a year; none where there are several, which no line may choose from."""
    return facts[0] if len(facts) == 1 else None


def _ends(fact: Fact | None) -> Ends | None:
    return None if fact is None else ends_of(fact.low, fact.high, fact.closed)


def _middle(ends: Ends, by: int) -> float:
    known = [end for end in ends if end is not None]
    return float(sum(known) / len(known) / by)


def _most(facts: Iterable[Fact]) -> float:
    return max(
        (abs(float(end)) for fact in facts for end in _ends(fact) or () if end is not None), default=0.0
    )
