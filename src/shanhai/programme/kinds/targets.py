"""Target and result."""

from collections.abc import Iterator

from shanhai.catalogue.indicators import Adds, load_indicators
from shanhai.catalogue.units import load_units
from shanhai.programme.kinds.kind import Draft, Field, Kind, Problem
from shanhai.programme.kinds.projects import PROJECT
from shanhai.programme.kinds.terms import ENDS, ENDS_AFTER, STARTS, TEAM
from shanhai.programme.models import Result, Target
from shanhai.programme.values import Counts, IndicatorCode, Quantity, Reference, Text, YesNo


def _unit_fits(draft: Draft) -> Iterator[Problem]:
    indicator = load_indicators().get(draft.values.get("indicator") or "")
    unit = draft.values.get("unit") or ""
    if indicator is None or not unit:
        return
    kind = load_units().kind_of.get(unit)
    if unit not in indicator.units and kind not in indicator.units:
        kinds = load_units().kinds
        zh = [kinds[u].name_zh if u in kinds else u for u in indicator.units]
        en = [kinds[u].name_en if u in kinds else u for u in indicator.units]
        yield Problem(
            "unit",
            f"“{indicator.name_zh}”不用“{unit}”计。请用：{'、'.join(filter(None, zh))}。",
            f"“{indicator.name_en}” is not counted in “{unit}”. Its units: {', '.join(filter(None, en))}.",
        )


def _one_owner(draft: Draft) -> Iterator[Problem]:
    if draft.values.get("project") and draft.values.get("team"):
        yield Problem(
            "team",
            "目标属于项目时不再写工作队。请留一个。",
            "A project's target names no team. Keep one of them.",
        )


def _ratio_or_value(draft: Draft) -> Iterator[Problem]:
    values = draft.values
    target = values.get("target")
    if target is None:
        return
    is_ratio = load_indicators()[target.indicator].adds is Adds.RATIO
    has_parts = values.get("numerator") is not None and values.get("denominator") is not None
    if is_ratio and (not has_parts or values.get("value") is not None):
        yield Problem(
            "numerator",
            "比率指标须写分子和分母，不写数值：比率不能相加，只能由分子分母重算。",
            "A ratio needs numerator and denominator and no value: ratios are not added but worked out anew.",
        )
    if not is_ratio and (values.get("value") is None or values.get("numerator") is not None):
        yield Problem(
            "value", "该指标须写数值，不写分子分母。", "This indicator needs a value, no numerator."
        )
    if values.get("denominator") == 0:
        yield Problem("denominator", "分母不能为0。", "The denominator may not be 0.")


def _within_target(draft: Draft) -> Iterator[Problem]:
    target, starts, ends = (draft.values.get(name) for name in ("target", "starts", "ends"))
    if target and starts and ends and (ends < target.starts or starts > target.ends):
        yield Problem(
            "ends",
            f"时间段在目标期（{target.starts}至{target.ends}）之外。",
            f"The period lies outside that of the target ({target.starts} to {target.ends}).",
        )


def _parts_make_whole(draft: Draft) -> Iterator[Problem]:
    parts, value = draft.values.get("breakdown") or {}, draft.values.get("value")
    if parts and value is not None and sum(parts.values()) != value:
        yield Problem(
            "breakdown",
            f"分项合计{sum(parts.values())}，与数值{Quantity().shown(value)}不等。请核对。",
            f"The parts come to {sum(parts.values())}, the value is {Quantity().shown(value)}. Check them.",
        )


TARGET = Kind(
    "target",
    "目标",
    "target",
    "targets",
    Target,
    (
        Field(
            "indicator",
            "指标",
            "Indicator",
            IndicatorCode(),
            required=True,
            example="training.people",
            listed=True,
        ),
        Field("unit", "单位", "Unit", Text(16), required=True, example="人", listed=True),
        STARTS,
        ENDS,
        Field("baseline", "基期值", "Baseline", Quantity(), example="0", listed=True),
        Field("target", "目标值", "Target", Quantity(), required=True, example="1200", listed=True),
        Field("definition", "口径", "Definition", Text(200), example="举办的各类培训，含线上", listed=True),
        Field("project", "项目编号", "Project", PROJECT, listed=True),
        Field("team", "工作队编号", "Team", TEAM, listed=True, example="T10"),
    ),
    (ENDS_AFTER, _unit_fits, _one_owner),
    prefix="B",
)
RESULT = Kind(
    "result",
    "完成情况",
    "result",
    "results",
    Result,
    (
        Field(
            "target",
            "目标编号",
            "Target",
            Reference("target", "目标", "target"),
            required=True,
            example="B1",
            listed=True,
        ),
        STARTS,
        ENDS,
        Field(
            "cumulative",
            "累计数",
            "Cumulative",
            YesNo(),
            example="否",
            listed=True,
            note_zh="从目标期开始累计的数；累计数之间不相加",
            note_en="counted since the target's begin; never added",
        ),
        Field("value", "数值", "Value", Quantity(), example="310", listed=True),
        Field("numerator", "分子", "Numerator", Quantity(), listed=True),
        Field("denominator", "分母", "Denominator", Quantity(), listed=True),
        Field("breakdown", "分项", "Breakdown", Counts(), listed=True),
    ),
    (ENDS_AFTER, _ratio_or_value, _within_target, _parts_make_whole),
    prefix="W",
)
