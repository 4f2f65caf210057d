"""The picture of money by stage over time."""

from typing import Any

from django.utils.translation import gettext as _

from shanhai.programme.models import Stage
from shanhai.programme.queries.boards.money import Money
from shanhai.web.boards.words import STAGES, money_unit, scaled, shown

_DRAWN = (Stage.COMMITTED, Stage.ARRIVED, Stage.SPENT)


def money_picture(money: Money) -> dict[str, Any]:
    """ECharts options: what was committed, arrived and was spent in each year, and its table with all stages."""
    stages = list(STAGES)
    rows = [[str(y.year), *(shown(y.by_stage[stage]) for stage in stages)] for y in money.years]
    rows.append([_("合计"), *(shown(money.total.get(stage, None)) for stage in stages)])
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"data": [str(STAGES[stage]) for stage in _DRAWN], "top": 0},
        "grid": {"left": 8, "right": 8, "top": 48, "bottom": 4, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": [str(y.year) for y in money.years],
            "axisTick": {"show": False},
        },
        "yAxis": {"type": "value", "name": money_unit()},
        "series": [
            {
                "type": "bar",
                "name": str(STAGES[stage]),
                "barMaxWidth": 26,
                "data": [float(scaled(y.by_stage[stage])) for y in money.years],
            }
            for stage in _DRAWN
        ],
        "table": {"head": [_("年份"), *(str(STAGES[stage]) for stage in stages)], "rows": rows},
    }
