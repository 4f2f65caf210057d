"""The pictures of the home page: each drawn from counts of figures, with a table of the same and links into lists.

What is drawn are numbers of figures told, never sums of what they tell: amounts of several years and definitions do not
add up to anything.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from django.utils.translation import gettext as _

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.place_records import PlaceRecord
from shanhai.catalogue.places import load_gazetteer
from shanhai.ledger.queries.home import Flow
from shanhai.web import links
from shanhai.web.frame.templatetags.frame import both

_YEARS: Final = 15
_FLOWS: Final = 24
_LISTED: Final = 300
_SMALLEST, _LARGEST = 7, 34
_WEST, _EAST, _SOUTH, _NORTH = 70, 140, 15, 55


class Cell(msgspec.Struct, frozen=True):
    """A cell of a picture's table: what it says and where it leads."""

    text: str
    href: str = ""
    number: bool = False


class Picture(msgspec.Struct, frozen=True):
    """A picture with its table.

    Attributes:
        name: its id in the page.
        caption: what it shows.
        note: how to read it, and what it does not show.
        options: what ECharts draws.
        head, rows: the table.
        size: tall or low; "" for the usual height.
    """

    name: str
    caption: str
    note: str
    options: dict[str, Any]
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    size: str = ""


def areas_and_years(counts: Mapping[tuple[str, int | None], int]) -> Picture | None:
    """A heat map of figures by area and year; None where no figure tells a year."""
    known = load_areas()
    told = {year for (_area, year), n in counts.items() if year is not None and n}
    if not told:
        return None
    years = range(max(min(told), max(told) - _YEARS + 1), max(told) + 1)
    areas = [key for key in known if any(counts.get((key, y)) for y in years)]
    names = {key: both(known[key].name_zh, known[key].name_en) for key in areas}
    most = max(counts.get((area, year), 0) for area in areas for year in years)
    data = [
        {
            "name": f"{names[area]} {year}：{n:,}",
            "value": [column, row, n],
            "href": links.facts_path(area=area, since=year, until=year),
        }
        for row, area in enumerate(reversed(areas))
        for column, year in enumerate(years)
        if (n := counts.get((area, year), 0))
    ]
    axis = {"type": "category", "axisTick": {"show": False}}
    options = {
        "grid": {"left": 8, "right": 12, "top": 8, "bottom": 64, "containLabel": True},
        "tooltip": {"formatter": "{b}"},
        "xAxis": {**axis, "data": [str(y) for y in years]},
        "yAxis": {**axis, "data": [names[a] for a in reversed(areas)]},
        "visualMap": {
            "min": 0,
            "max": most,
            "text": [f"{most:,}", "0"],
            "orient": "horizontal",
            "left": "center",
            "bottom": 4,
            "dimension": 2,
            "itemHeight": 120,
            "itemWidth": 12,
        },
        "series": [
            {
                "type": "heatmap",
                "name": _("数字条数"),
                "data": data,
                "emphasis": {"itemStyle": {"borderWidth": 2}},
            }
        ],
    }
    return Picture(
        "areas",
        _("各领域、各年度有多少数字"),
        _(
            "颜色深浅是报告中数字的条数（不含背景数字），不是数字的大小。年份更早或未写明年份的，见表中末列。点开是相应的事实。"
        ),
        options,
        (_("领域"), *(str(y) for y in years), _("更早或无年份")),
        [_area_row(counts, area, names[area], years) for area in areas],
        "tall",
    )


def _area_row(
    counts: Mapping[tuple[str, int | None], int], area: str, name: str, years: Sequence[int]
) -> Sequence[Cell]:
    told = [counts.get((area, y), 0) for y in years]
    rest = sum(n for (key, _year), n in counts.items() if key == area) - sum(told)
    return (
        Cell(name, links.facts_path(area=area)),
        *(_count(n, links.facts_path(area=area, since=y, until=y)) for y, n in zip(years, told, strict=True)),
        _count(rest, links.facts_path(area=area)),
    )


def flows(told: Sequence[Flow]) -> Picture | None:
    """Pairings from sending to receiving place; None where nothing is filed under any."""
    filed = sorted((f for f in told if f.pairing and f.statements), key=lambda f: -f.statements)
    if not filed:
        return None
    senders = {f.pairing.sending for f in filed if f.pairing}
    drawn = []
    nodes: dict[str, dict[str, Any]] = {}
    for flow in filed[:_FLOWS]:
        assert flow.pairing
        sending, receiving = flow.pairing.sending, flow.pairing.receiving
        to = f"{receiving}\u200b" if receiving in senders else receiving  # one place may send and receive
        nodes.setdefault(sending, {"name": sending, "depth": 0})
        nodes.setdefault(to, {"name": to, "depth": 1, "label": {"position": "left"}})
        drawn.append(
            {
                "source": sending,
                "target": to,
                "value": flow.statements,
                "href": links.sources_path(pairing=flow.pairing.key),
            }
        )
    series = {
        "type": "sankey",
        "left": 4,
        "right": 4,
        "top": 8,
        "bottom": 8,
        "nodeGap": 14,
        "draggable": False,
        "emphasis": {"focus": "adjacency"},
        "data": list(nodes.values()),
        "links": drawn,
    }
    rows = [_flow_row(f) for f in told[:_LISTED] if f.statements]
    return Picture(
        "flows",
        _("从派出地到受援地：各结对报告了多少数字"),
        _("线的粗细是报告中数字的条数，不是金额：不同年度、不同口径的金额不能相加。点开是相应的来源。"),
        {"tooltip": {"show": True}, "series": [series]},
        (_("结对"), _("派出地"), _("受援地"), _("数字"), _("待审核")),
        rows,
    )


def _flow_row(flow: Flow) -> Sequence[Cell]:
    pairing = flow.pairing
    key = pairing.key if pairing else links.UNFILED
    address = links.sources_path(pairing=key)
    waiting = links.sources_path(pairing=key, state="waiting")
    name = both(pairing.name_zh, pairing.name_en or pairing.name_zh) if pairing else _("未归入结对")
    return (
        Cell(name, address),
        Cell(pairing.sending if pairing else "—"),
        Cell(pairing.receiving if pairing else "—"),
        _count(flow.statements, address),
        _count(flow.waiting, waiting if flow.waiting else ""),
    )


def places(counts: Mapping[str, int]) -> Picture | None:
    """Places as points by longitude and latitude, without borders; None where no figure tells a place that is known."""
    gazetteer = load_gazetteer()
    ranked = Counter(counts).most_common(_LISTED)
    found = [(code, gazetteer.by_code(code), n) for code, n in ranked if n]
    if not found:
        return None
    most = found[0][2]
    data = [
        {
            "name": f"{place.name} {n:,}",
            "value": [place.lon, place.lat, n],
            "symbolSize": _size(n, most),
            "href": links.facts_path(place=code),
        }
        for code, place, n in reversed(found)
        if place is not None and place.lon is not None
    ]
    axis = {"type": "value", "minInterval": 5}
    options = {
        "grid": {"left": 8, "right": 24, "top": 12, "bottom": 8, "containLabel": True},
        "tooltip": {"formatter": "{b}"},
        "xAxis": {
            **axis,
            "min": _WEST,
            "max": _EAST,
            "axisLabel": {"formatter": "{value}°E", "hideOverlap": True},
        },
        "yAxis": {**axis, "min": _SOUTH, "max": _NORTH, "axisLabel": {"formatter": "{value}°N"}},
        "series": [{"type": "scatter", "name": _("数字条数"), "data": data, "itemStyle": {"opacity": 0.65}}],
    }
    return Picture(
        "places",
        _("数字说的是哪些地方"),
        _(
            "每点是一个地方的政府驻地或中心，按经纬度排布，不画边界；点的大小是数字的条数。没有坐标的地方只列在表中。点开是相应的事实。"
        ),
        options,
        (_("地方"), _("代码"), _("经纬度"), _("数字")),
        [_place_row(code, place, n) for code, place, n in found],
    )


def _place_row(code: str, place: PlaceRecord | None, n: int) -> Sequence[Cell]:
    address = links.facts_path(place=code)
    at = (
        f"{place.lon:.2f}, {place.lat:.2f}"
        if place and place.lon is not None and place.lat is not None
        else "—"
    )
    return (Cell(_full_name(place) if place else "—", address), Cell(code), Cell(at), _count(n, address))


def _full_name(place: PlaceRecord) -> str:
    above: Iterable[PlaceRecord] = load_gazetteer().ancestors(place.code)
    return "".join(r.name for r in (*reversed(tuple(above)), place))


def _size(n: int, most: int) -> int:
    """The width of a point whose area grows with the count."""
    return max(_SMALLEST, round(_LARGEST * math.sqrt(n / most)))


def _count(n: int, href: str) -> Cell:
    return Cell(f"{n:,}" if n else "", href if n else "", number=True)
